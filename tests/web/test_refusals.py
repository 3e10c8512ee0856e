"""What the screen refuses: each code, in character, with the state that stands on the screen."""

import re
from pathlib import Path

import pytest

from mock_server import domain
from mock_server.scenario.packs import load_messages, load_pack
from mock_server.web.routes.table import ROUTES
from tests.web.visitor import EXAMBRO, MINUTE, SECOND, Visitor, begin

DOMAIN = Path(domain.__file__).parent
ENVELOPE = {"banner", "now", "now_ms", "machine", "data_version", "status"}


def closed_cbtsync() -> Visitor:
    return begin().sit_down()


def opened(at: str = "08:05", **keys) -> Visitor:
    visitor = begin(at=at, **keys).sit_down()
    visitor.post("exambro/open", {"version": EXAMBRO})
    visitor.post("cbtsync/open")
    return visitor


def patching() -> Visitor:
    visitor = opened()
    visitor.post("patch/start")
    return visitor


def patched() -> Visitor:
    visitor = patching()
    visitor.wait(3 * MINUTE)
    return visitor


def up_to_date() -> Visitor:
    visitor = patched()
    visitor.post("cbtsync/close")
    visitor.post("cbtsync/open")
    return visitor


def with_failed_patching() -> Visitor:
    visitor = opened(faults=[{"fault": "patch.fails", "with": {"reason": "network"}}])
    visitor.post("patch/start")
    visitor.wait(3 * MINUTE)
    return visitor


def with_spoilt_licence() -> Visitor:
    visitor = begin("active", faults=[{"fault": "licence.invalid"}]).sit_down()
    visitor.post("cbtsync/close")
    visitor.post("cbtsync/open")
    return visitor


def active() -> Visitor:
    return begin("active").sit_down()


def backing_up() -> Visitor:
    visitor = active()
    visitor.post("backup/start")
    return visitor


def deleting() -> Visitor:
    visitor = active()
    visitor.post("delete/start", {"answer": "yes"})
    return visitor


def syncing() -> Visitor:
    visitor = begin("ready-to-sync").sit_down()
    visitor.post("sync/start")
    return visitor


def synced() -> Visitor:
    return begin("synced").sit_down()


def reopened() -> Visitor:
    visitor = synced()
    visitor.post("portal/reopen", {"server_id": visitor.own_id()})
    visitor.wait(61 * MINUTE)
    return visitor


def before_the_window() -> Visitor:
    return begin("identified", at="07:50").sit_down()


def with_stopped_service() -> Visitor:
    return begin("active", faults=[{"fault": "service.stopped"}]).sit_down()


ID = {"server_id": "K00000000"}
CASES = [
    ("room.choose", begin, "exambro/open", {"version": EXAMBRO}, 409),
    ("room.unknown", begin, "machine/use", {"machine": "mars"}, 422),
    ("exambro.not_installed", closed_cbtsync, "exambro/open", {"version": "1.0"}, 409),
    ("exambro.closed", closed_cbtsync, "cbtsync/open", {}, 409),
    ("exambro.closed", closed_cbtsync, "service/start", {}, 409),
    ("exambro.closed", closed_cbtsync, "service/refresh", {}, 409),
    ("cbtsync.closed", closed_cbtsync, "patch/start", {}, 409),
    ("cbtsync.closed", closed_cbtsync, "id/submit", ID, 409),
    ("cbtsync.closed", closed_cbtsync, "id/draft", ID, 409),
    ("cbtsync.closed", closed_cbtsync, "id/leave", {}, 409),
    ("cbtsync.closed", closed_cbtsync, "menu/open", {"menu": "backup"}, 409),
    ("cbtsync.closed", closed_cbtsync, "backup/start", {}, 409),
    ("cbtsync.closed", closed_cbtsync, "delete/start", {"answer": "ask"}, 409),
    ("cbtsync.closed", closed_cbtsync, "delete/start", {"answer": "yes"}, 409),
    ("cbtsync.closed", closed_cbtsync, "delete/start", {"answer": "cancel"}, 409),
    ("cbtsync.closed", closed_cbtsync, "status/refresh", {}, 409),
    ("cbtsync.closed", closed_cbtsync, "status/close", {}, 409),
    ("cbtsync.closed", closed_cbtsync, "sync/start", {}, 409),
    ("menu.unknown", opened, "menu/open", {"menu": "spam"}, 422),
    ("patching.not_open", lambda: opened(at="07:40"), "patch/start", {}, 409),
    ("patching.busy", patching, "patch/start", {}, 409),
    ("patching.busy", patching, "id/submit", ID, 409),
    ("patching.reopen", with_failed_patching, "patch/start", {}, 409),
    ("patching.up_to_date", up_to_date, "patch/start", {}, 409),
    ("licence.invalid", with_spoilt_licence, "patch/start", {}, 409),
    ("licence.invalid", with_spoilt_licence, "id/submit", ID, 409),
    ("identity.empty", patched, "id/submit", {"server_id": ""}, 409),
    ("identity.none", patched, "backup/start", {}, 409),
    ("identity.none", patched, "delete/start", {"answer": "yes"}, 409),
    ("identity.none", patched, "status/refresh", {}, 409),
    ("identity.none", patched, "sync/start", {}, 409),
    ("identity.unknown", begin, "portal/sn-reset", ID, 409),
    ("identity.unknown", begin, "portal/reopen", ID, 409),
    ("backup.busy", backing_up, "backup/start", {}, 409),
    ("delete.busy", deleting, "delete/start", {"answer": "yes"}, 409),
    ("sync.busy", syncing, "sync/start", {}, 409),
    ("job.busy", backing_up, "delete/start", {"answer": "yes"}, 409),
    ("job.busy", deleting, "sync/start", {}, 409),
    ("job.busy", syncing, "backup/start", {}, 409),
    ("job.service_stopped", with_stopped_service, "backup/start", {}, 409),
    ("job.service_stopped", with_stopped_service, "delete/start", {"answer": "yes"}, 409),
    ("sync.not_active", before_the_window, "sync/start", {}, 409),
    ("sync.complete_already", reopened, "sync/start", {}, 409),
    ("error.stale", active, "backup/start", {"data_version": 999}, 412),
    ("error.stale", active, "delete/start", {"answer": "yes", "data_version": 999}, 412),
    ("error.stale", active, "sync/start", {"data_version": 999}, 412),
]
each_refusal = pytest.mark.parametrize(
    ("code", "prepare", "path", "body", "status"),
    CASES,
    ids=[f"{code} at {path} {number}" for number, (code, _, path, _, _) in enumerate(CASES)],
)


@each_refusal
def test_a_refusal_says_its_code_what_the_screen_says_and_how_things_stand(
    code, prepare, path, body, status
):
    visitor = prepare()
    before = visitor.get("desk").json

    answer = visitor.post(path, body)

    assert (answer.status_code, answer.json["refused"]["code"]) == (status, code)
    assert answer.json.keys() == ENVELOPE | {"refused"}
    assert answer.json["refused"].keys() == {"code", "message"}
    assert answer.json["data_version"] == before["data_version"]
    assert "{" not in answer.json["refused"]["message"]


@each_refusal
def test_a_refusal_speaks_the_language_that_was_asked_for(code, prepare, path, body, status):
    visitor = prepare()
    pack = load_pack("unbk-2017")
    message = load_messages(pack)[code]

    said = {
        language: visitor.post(path, body, **{"Accept-Language": language}).json["refused"]
        for language in ("id", "en")
    }

    for language, refused in said.items():
        begins = getattr(message, language).partition("{")[0]
        assert refused["message"].startswith(begins)


def test_every_refusal_that_the_description_names_was_met():
    named = {code for route in ROUTES for code in route.refusals}

    assert named == {code for code, *_ in CASES}


def test_every_refusal_that_a_rule_of_the_station_can_raise_was_met():
    rules = "".join(path.read_text(encoding="utf-8") for path in DOMAIN.glob("*.py"))
    raised = set(re.findall(r'Refusal\("([a-z_.]+)"', rules))
    raised |= {f"{job}.busy" for job in re.findall(r'refuse_second_job\(machine, "(\w+)"', rules)}

    assert raised == {code for code, *_ in CASES}


def test_the_codes_met_at_each_operation_are_among_those_that_the_description_names():
    described = {route.path: set(route.refusals) for route in ROUTES if route.method == "POST"}

    for code, _, path, _, _ in CASES:
        assert code in described[path], f"{code} at {path}"


LOOKS = [route for route in ROUTES if route.method == "GET" and "room.choose" in route.refusals]


@pytest.mark.parametrize("route", LOOKS, ids=[route.path for route in LOOKS])
def test_a_screen_can_be_looked_at_once_somebody_sits_before_it(route):
    assert begin().get(route.path).json["refused"]["code"] == "room.choose"
    assert begin().sit_down().get(route.path).status_code == 200


def test_looking_at_a_screen_that_cannot_be_seen_is_refused_and_leaves_nothing():
    visitor = begin()

    answer = visitor.get("patch")

    assert (answer.status_code, answer.json["refused"]["code"]) == (409, "room.choose")
    assert visitor.events("command-refused") == []


def test_a_refused_command_is_evidence():
    visitor = closed_cbtsync()

    visitor.post("backup/start")

    assert [event["code"] for event in visitor.events("command-refused")] == ["cbtsync.closed"]


def test_a_registration_of_an_id_that_is_not_the_schools_is_refused():
    answer = begin().get("portal/registration?server_id=K1")

    assert (answer.status_code, answer.json["refused"]["code"]) == (409, "identity.unknown")


def test_no_backup_can_be_downloaded_before_there_is_one():
    visitor = active()

    answer = visitor.get("backup/download")

    assert (answer.status_code, answer.json["refused"]["code"]) == (409, "backup.none")


def test_a_missing_link_is_no_download():
    visitor = begin("active", faults=[{"fault": "backup.link-missing"}]).sit_down()
    visitor.post("backup/start")
    visitor.wait(3 * MINUTE)

    assert visitor.get("backup").json["phase"] == "done"
    assert visitor.get("backup").json["file"] is None
    assert visitor.get("backup/download").status_code == 409


def test_an_aimed_command_that_hits_is_obeyed():
    visitor = active()
    aim = visitor.get("desk").json["data_version"]

    answer = visitor.post("backup/start", {"data_version": aim})

    assert (answer.status_code, answer.json["phase"]) == (200, "running")


def test_nothing_waits_for_a_clock_that_was_not_moved():
    visitor = patching()
    visitor.wait(30 * SECOND)

    first, second = visitor.get("patch").json, visitor.get("patch").json

    assert first == second
    assert first["phase"] == "running"
