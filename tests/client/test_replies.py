"""What an HTTP answer is worth: only JSON with the station's envelope is believed."""

import json

import pytest

from client.outcome import Obeyed, Refused, Unknown
from client.replies import judge
from client.wire import Patch
from tests.client.fake_station import FakeStation

JSON = "application/json"


def a_patch(**changes):
    station = FakeStation()
    station.open = True
    return {**station.envelope(), **station.patch_fields({}), **changes}


def without(field):
    answer = a_patch()
    del answer[field]
    return answer


def body(answer):
    return json.dumps(answer).encode()


def test_a_whole_answer_is_believed():
    outcome = judge(200, JSON, "", body(a_patch()), Patch)

    assert isinstance(outcome, Obeyed)
    assert outcome.reply.version == "5.0.4"


def test_what_the_client_does_not_know_is_ignored():
    outcome = judge(200, "application/json; charset=utf-8", "", body(a_patch(new=1)), Patch)

    assert isinstance(outcome, Obeyed)


@pytest.mark.parametrize("field", ["banner", "now", "now_ms", "data_version", "machine", "status"])
def test_an_answer_without_its_envelope_is_not_believed(field):
    assert isinstance(judge(200, JSON, "", body(without(field)), Patch), Unknown)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"percent": 101}, id="more than everything"),
        pytest.param({"percent": "50"}, id="a text for a number"),
        pytest.param({"phase": "exploded"}, id="an unheard-of phase"),
        pytest.param({"opens_at": "07:45"}, id="an instant without a day"),
        pytest.param({"opens_at": "2017-04-08T07:45:00"}, id="an instant without a zone"),
        pytest.param({"version": None}, id="no version"),
    ],
)
def test_an_ill_typed_answer_is_not_believed(changes):
    assert isinstance(judge(200, JSON, "", body(a_patch(**changes)), Patch), Unknown)


def test_a_refusal_is_believed_and_tells_its_code():
    answer = {**FakeStation().envelope(), "refused": {"code": "job.busy", "message": "Sibuk."}}

    outcome = judge(409, JSON, "", body(answer), Patch)

    assert isinstance(outcome, Refused)
    assert (outcome.code, outcome.message) == ("job.busy", "Sibuk.")


@pytest.mark.parametrize(
    ("status", "content_type", "raw"),
    [
        pytest.param(200, "text/html", body(a_patch()), id="200 with the wrong type"),
        pytest.param(200, "text/html", b"<html>Masuk</html>", id="a sign-in page"),
        pytest.param(200, JSON, b"", id="an empty body"),
        pytest.param(200, JSON, body(a_patch())[:80], id="half an answer"),
        pytest.param(200, JSON, b'"ok"', id="JSON that is no object"),
        pytest.param(200, JSON, b"\xff\xfe", id="bytes that are no text"),
        pytest.param(200, "", body(a_patch()), id="no type at all"),
        pytest.param(204, JSON, b"", id="204"),
        pytest.param(302, JSON, b"{}", id="a redirect"),
        pytest.param(409, JSON, b'{"refused": {"code": "x", "message": "y"}}', id="a bare no"),
        pytest.param(404, "text/html", b"not found", id="somebody else's 404"),
        pytest.param(500, JSON, body(a_patch()), id="500"),
        pytest.param(502, "text/html", b"bad gateway", id="502"),
    ],
)
def test_anything_else_says_nothing_about_what_became_of_the_request(status, content_type, raw):
    assert isinstance(judge(status, content_type, "", raw, Patch), Unknown)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("30", 30), ("0", 0), ("", None), ("soon", None), ("-5", None), ("9" * 30, None)],
)
def test_retry_after_is_whole_seconds_or_nothing(header, seconds):
    outcome = judge(503, "text/html", header, b"busy", Patch)

    assert isinstance(outcome, Unknown)
    assert outcome.retry_after_s == seconds


def test_a_503_with_a_refusal_in_it_is_still_no_word_about_the_effect():
    answer = {**FakeStation().envelope(), "refused": {"code": "error.busy", "message": "Sibuk."}}

    assert isinstance(judge(503, JSON, "", body(answer), Patch), Unknown)
