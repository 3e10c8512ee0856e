"""The transport against raw sockets: what counts as not sent, what as unknown, what as answered."""

import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from client import calls
from client.outcome import NotSent, Obeyed, Refused, Unknown
from client.settings import Bounds
from client.transport import Http
from tests.client.fake_station import FakeStation

pytestmark = pytest.mark.slow
QUICK = Bounds(connect_timeout_s=0.5, read_timeout_s=0.3)


def answer_bytes(status: str = "200 OK", body: bytes | None = None, kind: str = "application/json"):
    if body is None:
        station = FakeStation()
        body = json.dumps({**station.envelope(), **station.desk_fields({})}).encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


WHOLE = answer_bytes()


@contextmanager
def raw_server(*scripts: Callable[[socket.socket], None]) -> Iterator[str]:
    """Serve one connection a script, in order; yields the base URL."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(5)

    def serve() -> None:
        for script in scripts:
            conn, _ = listener.accept()
            with conn:
                script(conn)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/r/x/api/"
    finally:
        thread.join(6)
        listener.close()
        assert not thread.is_alive()


def heard(conn: socket.socket) -> bytes:
    """Read one request, body included."""
    raw = conn.recv(65536)
    head, _, body = raw.partition(b"\r\n\r\n")
    length = int(dict(re.findall(rb"(?m)^(Content-Length): (\d+)", head)).get(b"Content-Length", 0))
    while len(body) < length:
        body += conn.recv(65536)
    return head + b"\r\n\r\n" + body


def saying(data: bytes, then: Callable[[socket.socket], None] = lambda _: None):
    def script(conn: socket.socket) -> None:
        heard(conn)
        conn.sendall(data)
        then(conn)

    return script


def reset(conn: socket.socket) -> None:
    linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
    conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)


def send(base: str, call=calls.DESK):
    http = Http(base, bounds=QUICK)
    try:
        return http.send(call)
    finally:
        http.close()


def test_an_answer_is_read():
    with raw_server(saying(WHOLE)) as base:
        assert isinstance(send(base), Obeyed)


def test_a_refused_connection_is_not_sent():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{probe.getsockname()[1]}/"

    assert isinstance(send(base, calls.START_PATCH), NotSent)


def test_a_name_that_nobody_knows_is_not_sent():
    assert isinstance(send("http://no-such-host.invalid/"), NotSent)


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(saying(b""), id="hangs up without a word"),
        pytest.param(saying(b"", reset), id="resets after the request"),
        pytest.param(saying(WHOLE[:-20]), id="cuts the body short"),
        pytest.param(saying(WHOLE[:-20], reset), id="resets in the body"),
        pytest.param(saying(b"HTTP/1.1 200 OK\r\nContent-Le"), id="half a header"),
        pytest.param(saying(b"\x00\x01nonsense\r\n\r\n"), id="garbage"),
        pytest.param(saying(answer_bytes(body=b"<html>", kind="text/html")), id="html"),
        pytest.param(saying(answer_bytes(body=b"")), id="nothing"),
        pytest.param(saying(answer_bytes("503 Busy", b"busy", "text/plain")), id="503"),
        pytest.param(saying(b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n"),
                     id="a redirect, not followed"),
        pytest.param(
            saying(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                   b"Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\nzz\r\n"),
            id="a bad chunk",
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("call", [calls.DESK, calls.START_PATCH], ids=["look", "act"])
def test_what_was_sent_and_not_answered_in_full_is_unknown(script, call):
    with raw_server(script) as base:
        assert isinstance(send(base, call), Unknown)


def test_a_server_that_hangs_is_given_up_after_the_read_timeout():
    waiting = threading.Event()
    with raw_server(saying(b"", lambda _: waiting.wait(3))) as base:
        outcome = send(base, calls.START_PATCH)
        waiting.set()

    assert isinstance(outcome, Unknown)


def test_a_refusal_of_the_station_arrives_as_one():
    refusal = {**FakeStation().envelope(), "refused": {"code": "job.busy", "message": "Sibuk"}}
    raw = answer_bytes("409 Conflict", json.dumps(refusal).encode())
    with raw_server(saying(raw)) as base:
        outcome = send(base, calls.START_PATCH)

    assert isinstance(outcome, Refused)
    assert outcome.code == "job.busy"


def test_retry_after_is_handed_on_in_seconds():
    raw = b"HTTP/1.1 503 Busy\r\nRetry-After: 30\r\nContent-Length: 0\r\n\r\n"
    with raw_server(saying(raw)) as base:
        outcome = send(base, calls.START_PATCH)

    assert isinstance(outcome, Unknown)
    assert outcome.retry_after_s == 30


def test_one_request_is_one_request():
    """No hidden retry: the second connection must come from the second send."""
    requests = []

    def script(conn: socket.socket) -> None:
        requests.append(heard(conn))

    with raw_server(script, script) as base:
        http = Http(base, bounds=QUICK)
        http.send(calls.START_PATCH)
        assert len(requests) == 1
        http.send(calls.START_PATCH)
        http.close()

    assert len(requests) == http.sent == 2


def test_a_connection_is_kept_for_the_next_request():
    def twice(conn: socket.socket) -> None:
        for _ in range(2):
            heard(conn)
            conn.sendall(WHOLE)

    with raw_server(twice) as base:
        http = Http(base, bounds=QUICK)
        assert isinstance(http.send(calls.DESK), Obeyed)
        assert isinstance(http.send(calls.DESK), Obeyed)
        http.close()


def test_the_request_says_who_and_in_which_language_and_carries_json():
    requests = []

    def script(conn: socket.socket) -> None:
        requests.append(heard(conn))
        conn.sendall(WHOLE)

    with raw_server(script) as base:
        http = Http(base, bounds=QUICK, lang="en", token="secret")
        http.send(calls.use_machine("server"))
        http.close()

    head, _, body = requests[0].decode().partition("\r\n\r\n")
    lines = head.split("\r\n")
    assert lines[0] == "POST /r/x/api/machine/use HTTP/1.1"
    assert {"Accept-Language: en", "Authorization: Bearer secret"} <= set(lines)
    assert {"Content-Type: application/json", "Accept-Encoding: identity"} <= set(lines)
    assert json.loads(body) == {"machine": "server"}


def test_a_proxy_from_the_environment_is_not_used(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with raw_server(saying(WHOLE)) as base:
        assert isinstance(send(base), Obeyed)


def test_a_broken_download_hands_out_what_came():
    raw = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + b"x" * 400
    with raw_server(saying(raw)) as base:
        http = Http(base, bounds=QUICK)
        answer = http.download("backup/download", {})
        assert not isinstance(answer, NotSent | Unknown)
        data = b"".join(answer.pieces())
        answer.close()
        http.close()

    assert data == b"x" * 400
    assert answer.broken


def test_a_download_asks_for_the_rest():
    requests = []

    def script(conn: socket.socket) -> None:
        requests.append(heard(conn).decode())
        conn.sendall(b"HTTP/1.1 206 Partial\r\nContent-Length: 2\r\n\r\nzz")

    with raw_server(script) as base:
        http = Http(base, bounds=QUICK)
        answer = http.download("backup/download", {"Range": "bytes=400-"})
        assert not isinstance(answer, NotSent | Unknown)
        assert (answer.status, b"".join(answer.pieces()), answer.broken) == (206, b"zz", "")
        answer.close()
        http.close()

    assert "Range: bytes=400-" in requests[0]


def test_an_endless_answer_is_not_read_to_its_end():
    piece = b"1" * 65536

    def endless(conn: socket.socket) -> None:
        heard(conn)
        conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
        try:
            for _ in range(2000):
                conn.sendall(piece)
        except OSError:
            pass

    with raw_server(endless) as base:
        outcome = send(base)

    assert isinstance(outcome, Unknown)
    assert "16777216" in outcome.reason
