"""Requests that cannot be understood: each is a 4xx of the right kind, in the plane's dialect."""

import json

import msgspec
import pytest

from mock_server.web.reading import allowed_by
from mock_server.web.routes.table import ROUTES
from tests.web.visitor import BEARER, Visitor, begin, shared

JSON = "application/json"
DEEP = b'{"machine":' + b"[" * 50_000


@pytest.fixture(scope="module")
def visitor() -> Visitor:
    return begin()


def send(visitor: Visitor, raw: bytes, kind: str | None = JSON, path="machine/use", **headers):
    return shared().http.post(
        f"/r/{visitor.name}/api/{path}", data=raw, content_type=kind, headers=headers
    )


BODIES = [
    pytest.param(b"{", 400, id="broken JSON"),
    pytest.param(b'{"machine":"laptop"}{}', 400, id="two documents"),
    pytest.param(b"\x00\x01\xff\xfe", 400, id="binary"),
    pytest.param(b'{"machine":"\xff"}', 400, id="bad UTF-8"),
    pytest.param(b'{"machine":"\\ud800"}', 400, id="a lone surrogate"),
    pytest.param(b'{"machine":"a\x00b"}', 400, id="a raw NUL"),
    pytest.param(b'{"machine":NaN}', 400, id="not a number"),
    pytest.param(b"\xef\xbb\xbf{}", 400, id="a byte order mark"),
    pytest.param(b'{"machine":"a\\u0000b"}', 422, id="an escaped NUL"),
    pytest.param(b'{"machine":"a\\nb"}', 422, id="two lines"),
    pytest.param(DEEP, 422, id="deep nesting in a field"),
    pytest.param(b"[" * 50_000, 422, id="deep nesting"),
    pytest.param(b"[]", 422, id="a list"),
    pytest.param(b"null", 422, id="nothing"),
    pytest.param(b'"x"', 422, id="a text"),
    pytest.param(b"{}", 422, id="a missing field"),
    pytest.param(b'{"machine":3}', 422, id="a number for a text"),
    pytest.param(b'{"machine":null}', 422, id="null for a text"),
    pytest.param(b'{"machine":"' + b"a" * 61 + b'"}', 422, id="a long text"),
    pytest.param(b'{"machine":"laptop","more":1}', 422, id="an unknown field"),
    pytest.param(b'{"machine":"laptop","' + b"x" * 500 + b'":1}', 422, id="a long unknown field"),
    pytest.param(b'{"machine":"laptop","machine":"laptop"}', 400, id="a field twice"),
    pytest.param(b'{"\\ud800":1,"\\ud800":2}', 400, id="half a character twice"),
    pytest.param(b'{"x":' * 300 + b"1" + b"}" * 300, 422, id="objects deep in each other"),
    pytest.param(b" " * 65_537, 413, id="too large by one byte"),
    pytest.param(b"a" * 1_000_000, 413, id="far too large"),
]


@pytest.mark.parametrize(("raw", "status"), BODIES)
def test_a_bad_body_is_refused_in_the_vendors_dialect(visitor, raw, status):
    answer = send(visitor, raw)

    assert (answer.status_code, answer.mimetype) == (status, JSON)
    assert answer.json["refused"]["code"] == "error.request"
    assert answer.json["now"] == "2017-04-08T08:05:00.000+07:00"
    assert len(answer.data) < 2_000


@pytest.mark.parametrize(("raw", "status"), BODIES)
def test_a_bad_body_is_refused_on_the_control_plane_with_a_problem(raw, status):
    raw = raw.replace(b"machine", b"scenario")
    answer = shared().http.post(
        "/control/v1/rehearsals", data=raw, content_type=JSON, headers=BEARER
    )

    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert answer.json["status"] == status
    assert answer.json["errors"][0].keys() == {"pointer", "detail", "allowed"}
    assert len(answer.data) < 3_000


@pytest.mark.parametrize(
    ("raw", "pointer"),
    [
        (b'{"scenario":"normal","scenario":"partial-sync"}', "/scenario"),
        (b'{"scenario":"normal","clock":{"mode":"manual","mode":"frozen"}}', "/clock/mode"),
        (b'{"document":{"id":"a","faults":[{"id":"f1"},{"with":{"at":1,"\\u0061t":2}}]}}',
         "/document/faults/1/with/at"),
        (b'{"label":"a","a/b~c":1,"a/b~c":2}', "/a~1b~0c"),
    ],
)  # fmt: skip
def test_a_key_that_stands_twice_is_refused_where_it_stands(raw, pointer):
    answer = shared().http.post(
        "/control/v1/rehearsals", data=raw, content_type=JSON, headers=BEARER
    )

    assert answer.status_code == 400
    assert answer.json["type"] == "urn:cbtsync:problem:malformed"
    [error] = answer.json["errors"]
    assert error["pointer"] == pointer
    assert "twice" in error["detail"]
    assert error["allowed"] == "once"


def test_the_same_key_in_two_objects_is_no_key_twice():
    raw = b'{"scenario":"normal","clock":{"mode":"manual"},"label":"mode"}'

    made = shared().http.post("/control/v1/rehearsals", data=raw, content_type=JSON, headers=BEARER)

    assert made.status_code == 201


@pytest.mark.parametrize(
    "kind", [None, "text/plain", "application/x-www-form-urlencoded", f"{JSON}; charset=latin-1"]
)
def test_a_body_of_another_type_is_refused(visitor, kind):
    answer = send(visitor, b'{"machine":"laptop"}', kind)

    assert (answer.status_code, answer.json["refused"]["code"]) == (415, "error.request")
    assert "application/json" in answer.json["refused"]["message"]


def test_a_compressed_body_is_refused(visitor):
    answer = send(visitor, b"\x1f\x8b", **{"Content-Encoding": "gzip"})

    assert answer.status_code == 415
    assert "Content-Encoding" in answer.json["refused"]["message"]


@pytest.mark.parametrize("kind", [JSON, f"{JSON}; charset=utf-8", f'{JSON};charset="UTF-8"'])
def test_json_says_its_type_in_several_ways(visitor, kind):
    assert send(visitor, b'{"machine":"laptop"}', kind).status_code == 200


def test_an_empty_body_is_an_object_without_fields(visitor):
    assert send(visitor, b"", None, "cbtsync/close").status_code in (200, 409)
    assert send(visitor, b"", None, "delete/start").status_code == 409  # asks, while closed


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("participants?page=0", "page"),
        ("participants?page=x", "page"),
        ("participants?per_page=501", "per_page"),
        ("participants?per_page=", "per_page"),
        ("participants?q=" + "a" * 81, "q"),
        ("participants?q=%00", "q"),
        ("participants?more=1", "more"),
        ("participants?page=1&page=2", "page"),
        ("participants?page=99999999999999999999999999", "page"),
        ("portal/registration", "server_id"),
        ("portal/registration?server_id=" + "9" * 41, "server_id"),
        ("desk?x=1", "x"),
        ("backup/download?x=1", "x"),
    ],
)
def test_a_bad_query_is_refused_and_the_field_is_named(visitor, path, field):
    answer = visitor.get(path)

    assert (answer.status_code, answer.json["refused"]["code"]) == (422, "error.request")
    assert field in answer.json["refused"]["message"]


def test_bytes_that_are_no_utf_8_in_a_query_break_nothing(visitor):
    visitor.sit_down()
    assert visitor.get("participants?q=%ff%fe").status_code == 200


@pytest.mark.parametrize(
    "path", ["nothing", "", "desk/", "../desk", "desk/x", "%00", "%ff", "a" * 900]
)
def test_an_unknown_path_is_not_found_in_the_vendors_dialect(visitor, path):
    answer = visitor.get(path)

    assert (answer.status_code, answer.mimetype) == (404, JSON)
    assert answer.json["refused"]["code"] == "error.not_found"


@pytest.mark.parametrize("name", ["nobody", "%00", "%ff%fe", "x" * 5_000, "..", "'; drop table"])
def test_a_rehearsal_that_does_not_exist_is_not_found_and_has_no_time(name):
    answer = shared().http.get(f"/r/{name}/api/desk")

    assert (answer.status_code, answer.mimetype) == (404, JSON)
    assert answer.json["refused"]["code"] == "error.not_found"
    assert (answer.json["now"], answer.json["status"]) == (None, None)


def test_a_bad_body_to_a_rehearsal_that_does_not_exist_is_not_found():
    answer = shared().http.post("/r/nobody/api/machine/use", data=b"{", content_type=JSON)

    assert answer.status_code == 404


@pytest.mark.parametrize("route", ROUTES, ids=[f"{r.method} {r.path}" for r in ROUTES])
def test_a_method_that_no_path_takes_is_refused_and_the_right_ones_are_named(visitor, route):
    answer = shared().http.open(f"/r/{visitor.name}/api/{route.path}", method="PATCH")

    assert (answer.status_code, answer.json["refused"]["code"]) == (405, "error.method")
    assert route.method in answer.headers["Allow"]
    assert route.method in answer.json["refused"]["message"]


@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "DELETE", "TRACE", "BREW"])
def test_no_method_comes_through_by_itself(visitor, method):
    answer = shared().http.open(f"/r/{visitor.name}/api/desk", method=method)

    assert answer.status_code == 405


LOOKS = [route for route in ROUTES if route.method == "GET" and not route.asks.__struct_fields__]


@pytest.mark.parametrize("route", LOOKS, ids=[route.path for route in LOOKS])
def test_a_head_is_that_of_the_answer_and_nobody_has_seen_the_screen(route):
    asks_head = begin("synced").sit_down()
    path = f"/r/{asks_head.name}/api/{route.path}"
    events = asks_head.control("").json["events"]

    head = shared().http.head(path)

    assert (head.status_code, head.data) == (200, b"")
    assert asks_head.control("").json["events"] == events
    assert head.headers["Content-Length"] == shared().http.get(path).headers["Content-Length"]


def test_no_command_is_given_by_asking_for_a_head(visitor):
    answer = shared().http.head(f"/r/{visitor.name}/api/machine/use")

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


@pytest.mark.parametrize(
    "path", ["/%00", "/%ff%fe", "/r", "/r/", "/r//", "/static/", "/static/%00", "/" + "a" * 5_000]
)
def test_an_unknown_page_is_a_page_that_says_so(path):
    answer = shared().http.get(path)

    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "Halaman tidak ditemukan" in answer.text


@pytest.mark.parametrize("path", ["%00", "rehearsals/%ff", "rehearsals/..%2f..", "%2e%2e/x"])
def test_rubbish_on_the_control_plane_is_a_problem(path):
    answer = shared().control(path)

    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(("raw", "status"), BODIES)
def test_each_kind_of_bad_body_is_explained_in_the_language_asked_for(
    visitor, raw, status, language
):
    answer = send(visitor, raw, **{"Accept-Language": language})

    begins = {"id": "Isian ", "en": "Cannot accept "}
    assert answer.status_code == status
    assert answer.json["refused"]["message"].startswith(begins[language])


def test_the_message_names_the_field_and_what_is_allowed_in_both_languages(visitor):
    raw = json.dumps({"answer": "perhaps"}).encode()

    said = {
        language: send(visitor, raw, path="delete/start", **{"Accept-Language": language}).json
        for language in ("id", "en")
    }

    assert said["id"]["refused"]["message"] == (
        "Isian answer tidak dapat diterima. Yang diterima: ask, yes, atau cancel."
    )
    assert said["en"]["refused"]["message"] == (
        "Cannot accept answer. Accepted: ask, yes or cancel."
    )


def test_every_field_says_what_it_allows_in_both_languages():
    silent = [
        (route.path, field.encode_name)
        for route in ROUTES
        for field in msgspec.structs.fields(route.asks)
        if allowed_by(field.type) is None
    ]

    assert silent == []


def test_what_was_not_understood_stands_in_the_request_log():
    visitor = begin()
    send(visitor, b"{")
    visitor.get("nothing/at/all")

    assert [(one["op"], one["status"], one["refused"]) for one in visitor.heard()] == [
        ("machine.use", 400, "error.request"),
        ("", 404, "error.not_found"),
    ]


def test_nothing_malformed_is_a_failure_of_ours():
    assert shared().failures == []
