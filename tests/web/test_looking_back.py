"""What the control plane knows afterwards: why a reply was what it was, and the way back."""

import json

import pytest

from mock_server.adapters.memory_store import MemoryEventStore
from tests.web.test_control_plane import problem
from tests.web.visitor import HOUR, MINUTE, SECOND, Simulator, begin


class LosingStore(MemoryEventStore):
    """A store that has lost entry ``lost``, once it is told which."""

    lost = 0

    def load(self, name: str, after: int = 0) -> tuple[bytes, ...]:
        kept = super().load(name, after)
        return tuple(one for one in kept if json.loads(one)["seq"] != self.lost)


# --- why this reply -------------------------------------------------------------------------------


def test_a_reply_is_explained_by_the_fault_that_struck_it_and_those_that_did_not():
    visitor = begin("active").sit_down()
    visitor.arm("http.status", on="backup.start", effect="applied")
    visitor.arm("http.empty", on="sync.start")
    visitor.arm("backup.fails", when={"skip": 1})

    visitor.post("backup/start")
    told = visitor.control("requests/explain").json

    assert (told["request"]["op"], told["request"]["status"]) == ("backup.start", 503)
    assert told["said"] == "POST backup/start: answered 503; struck by f1"
    assert [entry["event"]["type"] for entry in told["entries"]] == [
        "fault-skipped", "fault-fired", "backup-started",
    ]  # fmt: skip
    assert [(one["id"], one["struck"], one["reason"], one["detail"]) for one in told["faults"]] == [
        ("f1", True, None, ""),
        ("f2", False, "OPERATION_DIFFERS", ""),
        ("f3", False, "WINDOW_NOT_OPEN", "skip"),
    ]


def test_a_refusal_is_explained_by_its_code_and_what_it_left_in_the_journal():
    visitor = begin().sit_down()

    visitor.post("sync/start")
    told = visitor.control("requests/explain").json

    assert told["said"].startswith("POST sync/start: the answer was no: ")
    assert told["request"]["refused"] in told["said"]
    assert [entry["event"]["type"] for entry in told["entries"]] == ["command-refused"]


def test_an_earlier_reply_is_explained_as_things_stood_then():
    visitor = begin("active").sit_down()
    visitor.post("backup/start")
    asked = visitor.heard()[-1]["seq"]
    visitor.arm("http.status", on="backup.start")
    visitor.wait(HOUR)
    visitor.post("backup/start")

    told = visitor.control(f"requests/explain?seq={asked}").json

    assert told["request"]["seq"] == asked
    assert told["faults"] == []
    assert [entry["event"]["type"] for entry in told["entries"]] == ["backup-started"]


def test_a_poll_that_found_nothing_new_has_caused_nothing():
    visitor = begin("active").sit_down()
    visitor.get("backup")
    visitor.get("backup")

    assert visitor.control("requests/explain").json["entries"] == []


def test_a_fault_whose_time_had_not_come_says_so_for_that_reply():
    visitor = begin("active").sit_down()
    visitor.arm("http.status", on="backup.status", when={"from": "+1h"})
    visitor.get("backup")

    [fault] = visitor.control("requests/explain").json["faults"]

    assert (fault["reason"], fault["detail"]) == ("WINDOW_NOT_OPEN", "not-yet")
    assert fault["said"] == "its time has not come"


def test_a_reply_that_is_not_kept_cannot_be_explained():
    visitor = begin()
    problem(visitor.control("requests/explain"), 404, "not-found")
    visitor.sit_down()

    found = problem(visitor.control("requests/explain?seq=9"), 404, "not-found")

    assert "1 to 1" in found["detail"]


# --- back to an event -----------------------------------------------------------------------------


def test_a_snapshot_is_where_a_rewind_goes_back_to_under_the_same_name():
    visitor = begin("active").sit_down()
    snapshot = visitor.control("snapshot", {}).json
    before = visitor.control("journal.jsonl").data
    state = visitor.control("state").json
    visitor.post("backup/start")
    visitor.wait(HOUR)

    answer = visitor.control("rewind", {"at": snapshot["at"]})

    assert (answer.status_code, answer.json["name"]) == (200, visitor.name)
    assert answer.json["clock"]["now_ms"] == snapshot["now_ms"]
    assert visitor.control("journal.jsonl").data == before
    assert visitor.control("state").json == state
    assert [one["op"] for one in visitor.heard()] == ["machine.use"]


def test_what_is_done_after_a_rewind_is_a_history_of_its_own():
    visitor = begin("active").sit_down()
    at = visitor.control("snapshot", {}).json["at"]
    visitor.post("backup/start")
    visitor.control("rewind", {"at": at})

    assert visitor.get("backup").json["phase"] == "none"
    assert visitor.post("backup/start").status_code == 200
    asked = {"match": {"op": "backup.start"}, "times": 1}
    assert visitor.control("verify", asked).json["verdict"] == "PASS"


def test_a_snapshot_under_a_running_clock_keeps_the_instant():
    simulator = Simulator()
    visitor = simulator.begin(mode="running")
    simulator.time.ms += 90 * SECOND

    snapshot = visitor.control("snapshot", {}).json
    simulator.time.ms += 90 * SECOND
    visitor.control("rewind", {"at": snapshot["at"]})

    assert visitor.control("clock").json["now_ms"] == snapshot["now_ms"]


@pytest.mark.parametrize("at", [1, 999])
def test_a_rewind_goes_neither_before_the_first_instant_nor_beyond_the_end(at):
    visitor = begin().sit_down()

    found = problem(visitor.control("rewind", {"at": at}), 422, "invalid")

    assert found["errors"][0]["pointer"] == "/at"
    assert found["errors"][0]["allowed"] == "2 to 3"


# --- verdicts that wait, and that cannot know -----------------------------------------------------


def test_a_verdict_waits_for_what_has_not_happened_yet():
    simulator = Simulator()
    visitor = simulator.begin("active").sit_down()
    asked = {"match": {"type": "backup-started"}, "wait_ms": 1_000}

    def pressed_by_another(_ms: int) -> None:
        if len(simulator.paused_ms) == 3:
            visitor.post("backup/start")

    simulator.paused_ms.then = pressed_by_another

    assert visitor.control("verify", asked).json["verdict"] == "PASS"
    assert simulator.paused_ms == [50, 50, 50]


def test_a_verdict_waits_no_longer_than_it_was_told():
    simulator = Simulator()
    visitor = simulator.begin("active")

    told = visitor.control("verify", {"match": {"type": "backup-started"}, "wait_ms": 200})

    assert told.json["verdict"] == "FAIL"
    assert sum(simulator.paused_ms) == 200
    problem(visitor.control("verify", {"match": {"op": "desk"}, "wait_ms": 10_001}), 422, "invalid")


def test_a_verdict_that_holds_does_not_wait():
    simulator = Simulator()
    visitor = simulator.begin("active")

    visitor.control("verify", {"match": {"type": "sync-started"}, "times": 0, "wait_ms": 9_000})

    assert simulator.paused_ms == []


@pytest.mark.parametrize("at_end", [False, True], ids=["in the midst", "the last"])
def test_a_journal_that_lost_an_entry_makes_verdicts_inconclusive(at_end):
    store = LosingStore()
    visitor = Simulator(store=store).begin("active").sit_down()
    visitor.post("backup/start")
    visitor.wait(3 * MINUTE)
    events = visitor.control("").json["events"]
    store.lost = events if at_end else events - 2

    def said(**asked: object) -> str:
        return visitor.control("verify", asked).json["verdict"]

    assert said(match={"type": "sync-started"}) == "INCONCLUSIVE"
    assert said(match={"type": "sync-started"}, times=0) == "INCONCLUSIVE"
    assert said(match={"type": "station-prepared"}) == "PASS"
    assert said(match={"op": "sync.start"}, times=0) == "PASS"
    assert visitor.control("journal").json["dropped"] == 1
    pages = [visitor.control(f"journal?after={n}&limit=1").json for n in range(events)]
    assert sum(page["dropped"] for page in pages if page["entries"] or page["dropped"]) >= 1
