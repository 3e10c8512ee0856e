"""Every operation of the vendor's plane, carried out once in a day that goes well."""

from datetime import datetime

import pytest

from mock_server.domain.operations import Operation
from mock_server.web.routes.table import ROUTES
from tests.web.visitor import EXAMBRO, MINUTE, SECOND, Visitor, begin

ENVELOPE = {"banner", "now", "now_ms", "machine", "data_version", "status"}


def test_every_operation_has_a_route_or_is_the_download():
    routed = {route.op for route in ROUTES if route.op is not None}

    assert routed | {Operation.BACKUP_DOWNLOAD} == set(Operation)
    assert len({(route.method, route.path) for route in ROUTES}) == len(ROUTES)
    assert len({route.name for route in ROUTES}) == len(ROUTES)


@pytest.fixture(scope="module")
def day() -> tuple[Visitor, dict[str, dict]]:
    """A whole day, and the last answer of every route in it."""
    visitor = begin("fresh-boot", at="07:50")
    answers: dict[str, dict] = {}

    def ask(method: str, path: str, body: dict | None = None) -> dict:
        answer = visitor.get(path) if method == "GET" else visitor.post(path, body)
        assert answer.status_code == 200, (path, answer.text)
        answers[f"{method} {path.partition('?')[0]}"] = answer.json
        return answer.json

    slip = ask("GET", "desk")["slips"][0]
    ask("POST", "machine/use", {"machine": "srv-ujian-01"})
    ask("POST", "machine/set-clock")
    ask("POST", "exambro/open", {"version": EXAMBRO})
    ask("POST", "service/start")
    visitor.wait(10 * SECOND)
    ask("POST", "service/refresh")
    for path in ("ids", "schedule", f"registration?server_id={slip}", "sn-reset", "reopen"):
        ask("GET", f"portal/{path}")
    ask("POST", "cbtsync/open")
    ask("POST", "patch/start")
    visitor.wait(2 * MINUTE)
    ask("GET", "patch")
    ask("POST", "id/draft", {"server_id": "K1"})
    ask("POST", "id/leave")
    ask("POST", "id/submit", {"server_id": slip})
    visitor.wait(10 * MINUTE)
    ask("GET", "dashboard")
    ask("POST", "menu/open", {"menu": "backup"})
    ask("POST", "backup/start")
    visitor.wait(3 * MINUTE)
    ask("GET", "backup")
    assert visitor.get("backup/download").status_code == 200
    ask("POST", "delete/start", {"answer": "yes"})
    visitor.wait(MINUTE)
    ask("GET", "delete")
    ask("POST", "status/refresh")
    ask("POST", "status/close")
    ask("POST", "sync/start")
    visitor.wait(31 * MINUTE)
    ask("GET", "sync")
    ask("GET", "participants?q=a&per_page=3&page=2")
    ask("GET", "tests")
    report = {
        "decision": "ready",
        "machine": "SRV-UJIAN-01",
        "server_id": slip,
        "version": "5.1.0",
        "datasets_complete": 9,
        "participants": 36,
        "tests_visible": True,
        "time": f"{datetime.fromisoformat(answers['GET tests']['now']):%H:%M}",
        "notes": "Baris satu.\nBaris dua.",
    }
    ask("POST", "report", report)
    ask("GET", "report")
    ask("POST", "portal/sn-reset", {"server_id": slip})
    ask("POST", "portal/reopen", {"server_id": slip})
    ask("POST", "cbtsync/close")
    return visitor, answers


@pytest.mark.parametrize("route", ROUTES, ids=[f"{r.method} {r.path}" for r in ROUTES])
def test_each_answer_has_the_envelope_and_the_fields_of_its_type(day, route):
    _, answers = day

    answer = answers[f"{route.method} {route.path}"]

    fields = {"from" if name == "sender" else name for name in route.answers.__struct_fields__}
    assert answer.keys() == fields
    assert answer.keys() >= ENVELOPE
    assert answer["banner"] == "LATIHAN – BUKAN SISTEM UJIAN"
    assert datetime.fromisoformat(answer["now"]).timestamp() * 1000 == answer["now_ms"]


def test_the_day_ended_well_and_without_a_violation(day):
    visitor, _ = day

    assert visitor.control("state").json["truth"]["ready"] is True
    assert visitor.control("assessment").json["violations"] == []


def test_what_the_lists_hold_is_what_is_registered(day):
    _, answers = day
    registered = answers["GET portal/registration"]

    assert registered["count"] == len(registered["participants"]) == 36
    assert [test["name"] for test in answers["GET tests"]["tests"]] == registered["tests"]
    assert answers["GET tests"]["tests"][0]["date"] == "2017-04-10"  # the Monday
    page = answers["GET participants"]
    assert (page["page"], len(page["rows"]), page["pages"]) == (2, 3, -(-page["count"] // 3))
    names = {one["name"] for one in registered["participants"]}
    assert all(row["name"] in names for row in page["rows"])


def test_the_status_word_stands_on_every_answer_once_an_id_was_submitted(day):
    _, answers = day

    assert answers["POST cbtsync/open"]["status"] is None
    assert answers["GET dashboard"]["status"] == {
        "condition": "active",
        "word": "AKTIF",
        "sentence": "CBTSync siap digunakan",
        "colour": "blue-green",
    }
    assert answers["GET tests"]["status"]["condition"] == "closed"  # the centre closed it
    assert answers["POST cbtsync/close"]["status"] is None


def test_the_service_shows_what_was_read_last():
    visitor = begin().sit_down()
    visitor.post("exambro/open", {"version": EXAMBRO})

    started = visitor.post("service/start").json
    read = visitor.post("service/refresh").json

    assert (started["shown"], started["read_at"]) == ("unread", None)
    assert read["read_at"] == read["now"]


def test_delete_asks_first_and_can_be_called_off():
    visitor = begin("active").sit_down()

    asked = visitor.post("delete/start").json
    called_off = visitor.post("delete/start", {"answer": "cancel"}).json

    assert asked["phase"] == "asked"
    assert asked["question"].endswith("?") or "Hapus" in asked["question"]
    assert (called_off["phase"], called_off["question"]) == ("none", None)
    assert called_off["left"] > 0


def test_a_stopped_sync_says_where_and_why():
    visitor = begin("ready-to-sync", faults=[{"fault": "sync.drops"}]).sit_down()
    visitor.post("sync/start")
    visitor.wait(31 * MINUTE)

    stopped = visitor.get("sync").json["stopped"]

    assert stopped["reason"] == "dropped"
    assert f"DATA {stopped['data']}" in stopped["message"]


def test_asking_the_portal_twice_is_asking_once():
    visitor = begin("synced").sit_down()
    own = {"server_id": visitor.own_id()}

    first = visitor.post("portal/reopen", own).json["requests"]
    second = visitor.post("portal/reopen", own).json["requests"]

    assert first == second
    assert [one["state"] for one in first] == ["waiting"]

    visitor.wait(2 * 60 * MINUTE)
    granted = visitor.get("portal/reopen").json["requests"][0]
    assert granted["state"] == "granted"
    assert granted["until"] is not None


def test_pupils_of_the_previous_phase_stand_in_the_list_until_they_are_deleted():
    visitor = begin("active").sit_down()

    assert visitor.get("participants").json["count"] == 34


def test_messages_of_the_story_lie_on_the_desk_once_their_time_has_come():
    said = {"id": "Hapus saja.", "en": "Just delete it."}
    inject = {"at": "+5m", "from": "Kepala sekolah", "say": said}
    visitor = begin(injects=[inject])

    before = visitor.get("desk").json["messages"]
    visitor.wait(6 * MINUTE)
    after = visitor.get("desk", **{"Accept-Language": "en"}).json["messages"]

    assert before == []
    assert after == [
        {"at": "2017-04-08T08:10:00.000+07:00", "from": "Kepala sekolah", "text": "Just delete it."}
    ]


def test_looking_a_hundred_times_is_evidence_once():
    visitor = begin("active").sit_down()
    for _ in range(100):
        visitor.get("dashboard")

    seen = [event for event in visitor.events("screen-seen") if event["screen"] == "dashboard"]

    assert len(seen) == 1


@pytest.mark.parametrize(
    ("header", "word"),
    [
        ("", "Anda duduk di mesin yang mana?"),
        ("id", "Anda duduk di mesin yang mana?"),
        ("fr", "Anda duduk di mesin yang mana?"),
        ("en", "Which machine are you sitting at?"),
        ("en-GB,en;q=0.9", "Which machine are you sitting at?"),
        ("id;q=0.5, en", "Which machine are you sitting at?"),
        ("en;q=0.5, id", "Anda duduk di mesin yang mana?"),
        ("en;q=0", "Anda duduk di mesin yang mana?"),
        ("en;q=rubbish", "Anda duduk di mesin yang mana?"),
        ("fr, en;q=0.1", "Which machine are you sitting at?"),
    ],
)
def test_the_language_is_indonesian_unless_english_is_preferred(header, word):
    answer = begin().get("patch", **{"Accept-Language": header})

    assert answer.json["refused"]["message"] == word
