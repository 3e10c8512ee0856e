"""The client's side of the golden exchanges: it asks as they do, and reads what they answer.

No simulator is here: the files alone stand between the two parties.
"""

import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import msgspec
import pytest

from client import calls
from client.calls import Call
from client.control import Control
from client.outcome import Obeyed, Refused, Unknown
from client.problems import UsageProblem
from client.replies import judge
from client.transport import Answer
from tests.contract.golden_day import GOLDEN

Json = dict[str, Any]
EXCHANGES: dict[str, Json] = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in GOLDEN.glob("*.json")
}
SLIP = EXCHANGES["id_submit"]["request"]["server_id"]
CALLS: dict[str, Call] = {
    "desk": calls.DESK,
    "machine_use": calls.use_machine("srv-ujian-01"),
    "machine_set_clock": calls.SET_CLOCK,
    "exambro_open": calls.open_exambro("50.170406"),
    "cbtsync_open": calls.OPEN_CBTSYNC,
    "cbtsync_close": calls.CLOSE_CBTSYNC,
    "service_start": calls.START_SERVICE,
    "service_refresh": calls.REFRESH_SERVICE,
    "patch_start": calls.START_PATCH,
    "patch_status": calls.PATCH,
    "id_submit": calls.submit(SLIP),
    "dashboard_view": calls.DASHBOARD,
    "menu_open": calls.open_menu("backup"),
    "portal_ids": calls.IDS,
    "portal_schedule": calls.SCHEDULE,
    "portal_registration": calls.registration(SLIP),
    "portal_sn_reset": calls.ask_sn_reset(SLIP),
    "portal_sn_reset_state": calls.SN_RESETS,
    "backup_start": calls.start_backup(0),
    "backup_status": calls.BACKUP,
    "delete_start": calls.delete("yes", 2),
    "delete_status": calls.DELETE,
    "status_refresh": calls.REFRESH_STATUS,
    "status_close": calls.CLOSE_STATUS,
    "sync_start": calls.start_sync(4),
    "sync_status": calls.SYNC,
    "participants_list": calls.participants(1),
    "tests_list": calls.TESTS,
    "report_submit": calls.submit_report(EXCHANGES["report_submit"]["request"]),
    "report_state": calls.REPORT,
}
NOT_ASKED = {"id_draft", "id_leave", "portal_reopen", "portal_reopen_state"}  # for people
VENDOR = {name: one for name, one in EXCHANGES.items() if not one["path"].startswith("/control/")}
REFUSALS = {name: one for name, one in VENDOR.items() if 400 <= one["status"] < 500}
each_call = pytest.mark.parametrize("name", CALLS)


def judged(exchange: Json, shape: type = calls.DESK.shape):
    headers = exchange["headers"]
    body = json.dumps(exchange["reply"]).encode()
    retry_after = headers.get("Retry-After", "")
    return judge(exchange["status"], headers["Content-Type"], retry_after, body, shape)


@each_call
def test_the_client_asks_as_the_golden_request_does(name):
    call, golden = CALLS[name], EXCHANGES[name]
    asked, meant = urlsplit(call.path), urlsplit(golden["path"])

    assert (call.method, asked.path) == (golden["method"], meant.path)
    assert dict(parse_qsl(asked.query)).keys() == dict(parse_qsl(meant.query)).keys()
    if name in ("machine_set_clock", "service_start", "delete_start", "portal_registration"):
        assert asked.query == meant.query
    assert call.body == golden["request"]


@each_call
def test_the_client_reads_the_golden_reply(name):
    golden = EXCHANGES[name]

    outcome = judged(golden, CALLS[name].shape)

    assert isinstance(outcome, Obeyed)
    reply, said = outcome.reply, golden["reply"]
    assert round(reply.now.timestamp() * 1000) == reply.now_ms == said["now_ms"]
    assert (reply.machine, reply.data_version) == (said["machine"], said["data_version"])
    word = None if said["status"] is None else said["status"]["word"]
    assert (reply.status and reply.status.word) == word


@each_call
def test_a_reply_that_lacks_what_it_promises_is_not_trusted(name):
    golden, shape = EXCHANGES[name], CALLS[name].shape
    needed = {field.encode_name for field in msgspec.structs.fields(shape) if field.required}

    assert needed <= golden["reply"].keys()
    for field in needed:
        reply = {key: value for key, value in golden["reply"].items() if key != field}
        assert isinstance(judged({**golden, "reply": reply}, shape), Unknown), field


@pytest.mark.parametrize("name", REFUSALS)
def test_the_client_knows_each_golden_refusal_for_one(name):
    golden = REFUSALS[name]

    outcome = judged(golden)

    assert isinstance(outcome, Refused)
    said = golden["reply"]["refused"]
    assert (outcome.code, outcome.message) == (said["code"], said["message"])


def test_a_server_that_is_busy_has_said_nothing_but_when_to_come_back():
    outcome = judged(EXCHANGES["busy"], calls.DASHBOARD.shape)

    assert isinstance(outcome, Unknown)
    assert outcome.retry_after_s == 7


def test_every_request_that_the_client_makes_is_among_the_golden_ones():
    fixed = {value.op for value in vars(calls).values() if isinstance(value, Call)}

    assert fixed <= {call.op for call in CALLS.values()}
    asked = {name for name, one in VENDOR.items() if one["status"] == 200}
    assert asked - CALLS.keys() == NOT_ASKED


# --- the control plane ----------------------------------------------------------------------------


class Recorded:
    """Answers with the golden reply to the same question, else with a no if there is one."""

    base = "http://recorded.invalid/"

    def request(self, method: str, path: str, payload: Json | None = None) -> Answer:
        def fits(one: Json) -> bool:
            there = (one["method"], one["path"].partition("?")[0])
            return there == (method, "/" + path.partition("?")[0])

        found = [one for one in EXCHANGES.values() if fits(one)]
        exact = [one for one in found if one["request"] == payload]
        refused = [one for one in found if one["status"] >= 400]
        golden = (exact or refused or found)[0]
        body = json.dumps(golden["reply"]).encode()
        return Answer(status=golden["status"], headers=golden["headers"], body=body)


CONTROL = Control(Recorded())
NAME = "rehearsal-1"


def test_the_client_reads_a_rehearsal_that_it_had_made():
    told = EXCHANGES["create_rehearsal"]
    made = CONTROL.create(
        {"scenario": "normal"}, seed=7, clock={"mode": "manual"}, label=told["request"]["label"]
    )

    assert (made.name, made.url, made.seed) == ("rehearsal-2", "/r/rehearsal-2/", 7)
    assert made.clock.now_ms == told["reply"]["clock"]["now_ms"]
    assert made.expect is not None
    assert made.expect.ending == "ready"
    assert made.expect.truth.participants == 36


def test_the_client_tells_why_a_scenario_was_refused():
    with pytest.raises(UsageProblem) as told:
        CONTROL.create({"scenario": "normall"}, seed=None, clock={"mode": "manual"}, label="")

    assert told.value.reason.key == "usage.scenario_refused"
    assert "there is no scenario 'normall' (normal)" in str(told.value.reason.fields["why"])


def test_the_client_reads_what_a_rehearsal_came_to():
    truth = EXCHANGES["state"]["reply"]["truth"]
    heard = EXCHANGES["requests"]["reply"]["entries"]
    faults = EXCHANGES["list_faults"]["reply"]["faults"]

    found = CONTROL.truth(NAME)

    assert (found.datasets_complete, found.participants) == (
        truth["datasets_complete"],
        truth["participants"],
    )
    assert (found.tests_visible, found.ready) == (truth["tests_visible"], truth["ready"])
    assert list(CONTROL.violations(NAME)) == EXCHANGES["assessment"]["reply"]["violations"]
    assert CONTROL.requests_heard(NAME) == len(heard)
    assert CONTROL.faults_fired(NAME) == tuple(one["id"] for one in faults if one["hits"])
    assert CONTROL.faults_fired(NAME) == ("busy",)


def test_the_client_moves_the_clock():
    assert CONTROL.advance_to(NAME, EXCHANGES["advance_clock"]["request"]["to_ms"])


def test_a_clock_that_may_not_be_moved_is_asked_where_it_stands():
    stands_at = EXCHANGES["show_clock"]["reply"]["now_ms"]

    assert CONTROL.advance_to(NAME, stands_at)
    assert not CONTROL.advance_to(NAME, stands_at + 1)
