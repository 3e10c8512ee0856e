"""The transport into an application in this process behaves as the wire would."""

import json

import pytest

from client import calls
from client.outcome import NotSent, Obeyed, Unknown
from client.settings import Bounds
from client.transport import Http
from tests.client.fake_station import FakeStation

BASE = "http://inside.invalid/r/x/api/"
DATA = bytes(range(256)) * 4


def http_to(app):
    return Http(BASE, bounds=Bounds(), app=app)


def answering(body, *, length=None, kind="application/json", status="200 OK", headers=()):
    def app(environ, start_response):
        app.environ = environ
        app.read = environ["wsgi.input"].read()
        size = len(body) if length is None else length
        head = [("Content-Type", kind), ("Content-Length", str(size)), *headers]
        start_response(status, head)
        return [body]

    return app


def a_desk():
    station = FakeStation()
    return json.dumps({**station.envelope(), **station.desk_fields({})}).encode()


def test_a_request_arrives_whole():
    app = answering(a_desk())

    outcome = http_to(app).send(calls.use_machine("meja 1"))

    assert isinstance(outcome, Obeyed)
    assert json.loads(app.read) == {"machine": "meja 1"}
    assert app.environ["REQUEST_METHOD"] == "POST"
    assert app.environ["PATH_INFO"] == "/r/x/api/machine/use"
    assert app.environ["CONTENT_TYPE"] == "application/json"
    assert app.environ["HTTP_ACCEPT_LANGUAGE"] == "id"
    assert app.environ["CONTENT_LENGTH"] == str(len(app.read))


def test_queries_and_odd_characters_arrive():
    app = answering(b"{}")

    http_to(app).send(calls.registration("K9 9/é"))

    assert app.environ["QUERY_STRING"] == "server_id=K9+9%2F%C3%A9"


def test_a_body_shorter_than_it_says_is_unknown():
    body = a_desk()

    assert isinstance(http_to(answering(body, length=len(body) + 9)).send(calls.DESK), Unknown)


def test_a_generator_that_starts_late_is_read():
    body = a_desk()

    def app(_environ, start_response):
        start_response("200 OK", [("Content-Type", "application/json")])
        yield body[:10]
        yield b""
        yield body[10:]

    assert isinstance(http_to(app).send(calls.DESK), Obeyed)


def test_what_is_written_the_old_way_comes_first():
    body = a_desk()

    def app(_environ, start_response):
        write = start_response("200 OK", [("Content-Type", "application/json")])
        write(body[:10])
        return [body[10:]]

    assert isinstance(http_to(app).send(calls.DESK), Obeyed)


def test_the_answer_is_closed_as_wsgi_asks():
    class Body:
        closed = 0

        def __iter__(self):
            return iter([a_desk()])

        def close(self):
            Body.closed += 1

    def app(_environ, start_response):
        start_response("200 OK", [("Content-Type", "application/json")])
        return Body()

    http_to(app).send(calls.DESK)

    assert Body.closed == 1


@pytest.mark.parametrize("error", [ConnectionResetError("reset"), TimeoutError("slow")])
def test_a_broken_connection_is_unknown(error):
    def app(_environ, _start_response):
        raise error

    assert isinstance(http_to(app).send(calls.START_PATCH), Unknown)


def test_a_connection_that_breaks_in_the_body_is_unknown():
    def app(_environ, start_response):
        start_response("200 OK", [("Content-Type", "application/json")])
        yield b"{"
        raise ConnectionResetError("reset")

    assert isinstance(http_to(app).send(calls.START_PATCH), Unknown)


def test_a_connection_that_was_never_made_is_not_sent():
    def app(_environ, _start_response):
        raise ConnectionRefusedError("refused")

    assert isinstance(http_to(app).send(calls.START_PATCH), NotSent)


def test_a_defect_of_the_application_is_not_taken_for_a_network():
    def app(_environ, _start_response):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        http_to(app).send(calls.DESK)


def test_a_download_streams_and_hands_on_range_and_headers():
    app = answering(
        DATA[100:],
        kind="application/octet-stream",
        status="206 Partial Content",
        headers=[("Content-Range", f"bytes 100-{len(DATA) - 1}/{len(DATA)}")],
    )

    answer = http_to(app).download("backup/download", {"Range": "bytes=100-"})

    assert not isinstance(answer, NotSent | Unknown)
    assert app.environ["HTTP_RANGE"] == "bytes=100-"
    assert answer.status == 206
    assert answer.headers["content-range"].startswith("bytes 100-")
    assert b"".join(answer.pieces()) == DATA[100:]
    assert answer.broken == ""
    answer.close()


def test_a_broken_download_keeps_what_came():
    answer = http_to(answering(DATA[:300], length=len(DATA))).download("backup/download", {})

    assert not isinstance(answer, NotSent | Unknown)
    assert b"".join(answer.pieces()) == DATA[:300]
    assert answer.broken
    answer.close()
