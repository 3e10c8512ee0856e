"""Triggers: counts and virtual windows, read as written and kept to the request and the instant."""

import pytest

from mock_server.domain import commands as c
from mock_server.domain.operations import Operation
from mock_server.faults.errors import FaultError
from mock_server.faults.plan import FaultSpec, Trigger
from tests.builders import MINUTE, SECOND, START_MS, instant_ms
from tests.faults.rehearsing import Rehearsed, fired_ids, look, reasons, spec

ON = Operation.PORTAL_SCHEDULE


def http(when=None, *, id: str = "f1", on: str = ON.value, fault: str = "http.empty") -> FaultSpec:
    return spec(fault, id=id, on=on, when=when)


def trigger(when) -> Trigger:
    return http(when).when


def refused(fault: str, when) -> FaultError:
    on = ON.value if fault.startswith("http.") else None
    with pytest.raises(FaultError) as found:
        spec(fault, on=on, when=when)
    return found.value


def hits(rehearsed: Rehearsed, requests: int) -> list[bool]:
    """Ask so many times; tell which were struck."""
    return [bool(rehearsed.does(look("portal-schedule"), ON).fired) for _ in range(requests)]


# --- how it is read ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (None, Trigger(times=1)),
        ({}, Trigger(times=1)),
        ({"skip": 2}, Trigger(skip=2, times=1)),
        ({"times": 3}, Trigger(times=3)),
        ({"sticky": True}, Trigger(times=None)),
        ({"sticky": True, "skip": 1}, Trigger(skip=1, times=None)),
        ({"sticky": False}, Trigger(times=1)),
        ({"from": "+5m"}, Trigger(times=None, from_ms=START_MS + 5 * MINUTE)),
        ({"until": "+5m"}, Trigger(times=None, until_ms=START_MS + 5 * MINUTE)),
        ({"from": "+5m", "times": 2}, Trigger(times=2, from_ms=START_MS + 5 * MINUTE)),
        ({"ttl": "30m"}, Trigger(times=None, ttl_ms=30 * MINUTE)),
        (
            {"from": "2017-04-08T08:00:00+07:00", "until": "2017-04-08T02:00:00Z"},
            Trigger(times=None, from_ms=instant_ms("08:00"), until_ms=instant_ms("09:00")),
        ),
    ],
)
def test_no_when_is_once_and_a_stretch_without_a_count_is_every_time(when, expected) -> None:
    assert trigger(when) == expected


@pytest.mark.parametrize(
    ("when", "path", "allowed"),
    [
        ({"times": 0}, "when.times", "a whole number from 1 to 1000"),
        ({"times": True}, "when.times", "a whole number from 1 to 1000"),
        ({"skip": -1}, "when.skip", "a whole number from 0 to 1000"),
        ({"skip": None}, "when.skip", "a whole number from 0 to 1000"),
        ({"sticky": 1}, "when.sticky", "true or false"),
        ({"sticky": True, "times": 1}, "when.times", "one of the two"),
        ({"from": "5m"}, "when.from", "an offset such as +12m"),
        ({"from": "2017-04-08T08:00:00"}, "when.from", "an instant such as"),
        ({"from": "+9m", "until": "+9m"}, "when.until", "later than from"),
        ({"until": "2017-04-08T07:00:00+07:00"}, "when.until", "later than from"),
        ({"ttl": 30}, "when.ttl", "250ms, 90s"),
        ({"time": 1}, "when.time", "skip, times, from, until, sticky, ttl"),
        ({"p": 0.5}, "when.p", "skip, times, from, until, sticky, ttl"),
        ("once", "when", "skip, times"),
    ],
)
def test_an_error_names_the_key_and_what_is_allowed(when, path, allowed) -> None:
    error = refused("http.empty", when)

    assert error.key_path == path
    assert allowed in error.allowed


def test_a_near_miss_of_a_key_is_named() -> None:
    assert "did you mean 'times'" in refused("http.empty", {"time": 1}).problem


@pytest.mark.parametrize("fault", ["service.stopped", "id.bound-elsewhere", "licence.invalid"])
@pytest.mark.parametrize("when", [{"times": 1}, {"from": "+1m"}, {"sticky": True}])
def test_a_condition_of_the_station_strikes_when_armed_and_takes_no_when(fault, when) -> None:
    error = refused(fault, when)

    assert "strikes when it is armed" in error.problem
    assert error.allowed == "no when"


@pytest.mark.parametrize("fault", ["central.closed", "central.unreachable", "central.slow"])
def test_a_condition_of_the_centre_is_a_stretch_of_time_and_no_count(fault: str) -> None:
    assert refused(fault, {"times": 1}).allowed == "from, until, sticky, ttl"
    assert spec(fault, when={"from": "+5m"}).when.from_ms == START_MS + 5 * MINUTE
    assert spec(fault).when.times is None


# --- how it is kept ------------------------------------------------------------------------------


def test_once_is_once() -> None:
    assert hits(Rehearsed().arm(http()), 3) == [True, False, False]


def test_times_counts_the_requests_that_were_struck() -> None:
    assert hits(Rehearsed().arm(http({"times": 2})), 4) == [True, True, False, False]


def test_skip_lets_the_first_ones_pass() -> None:
    assert hits(Rehearsed().arm(http({"skip": 2, "times": 1})), 4) == [False, False, True, False]


def test_sticky_never_ends() -> None:
    assert all(hits(Rehearsed().arm(http({"sticky": True})), 50))


def test_another_operation_neither_is_struck_nor_counts() -> None:
    rehearsed = Rehearsed().arm(http({"skip": 1}))

    other = [
        rehearsed.does(look("backup"), Operation.BACKUP_STATUS),
        rehearsed.does(look("desk"), None),
    ]

    assert [reasons(struck) for struck in other] == [{"f1": "OPERATION_DIFFERS"}] * 2
    assert hits(rehearsed, 3) == [False, True, False]


def test_a_window_opens_at_from_and_is_over_at_until() -> None:
    rehearsed = Rehearsed().arm(http({"from": "+1m", "until": "+2m"}))
    seen = []
    for step in (0, MINUTE - 1, 1, MINUTE - 1, 1):
        rehearsed.wait(step)
        seen += hits(rehearsed, 1)

    assert seen == [False, False, True, True, False]


def test_a_request_outside_the_window_is_not_skipped_but_unheard() -> None:
    rehearsed = Rehearsed().arm(http({"from": "+1m", "skip": 1, "times": 1}))

    before = hits(rehearsed, 5)
    rehearsed.wait(MINUTE)

    assert not any(before)
    assert hits(rehearsed, 3) == [False, True, False]


def test_ttl_counts_from_the_arming() -> None:
    rehearsed = Rehearsed().wait(5 * MINUTE).arm(http({"ttl": "30s"}))
    rehearsed.wait(30 * SECOND - 1)

    assert hits(rehearsed, 2) == [True, True]
    assert hits(rehearsed.wait(1), 1) == [False]


def test_a_disarmed_fault_does_nothing_at_all() -> None:
    rehearsed = Rehearsed().arm(http({"sticky": True})).disarm("f1")
    undisturbed = Rehearsed()

    struck = rehearsed.does(look("portal-schedule"), ON)

    assert struck == undisturbed.does(look("portal-schedule"), ON)


def test_an_id_may_be_armed_again_and_begins_anew() -> None:
    rehearsed = Rehearsed().arm(http())
    assert hits(rehearsed, 2) == [True, False]

    rehearsed.disarm("f1").arm(http())

    assert hits(rehearsed, 2) == [True, False]


def test_an_id_that_is_armed_cannot_be_armed_again() -> None:
    rehearsed = Rehearsed().arm(http())

    with pytest.raises(ValueError, match="armed already"):
        rehearsed.arm(http())


def test_a_refused_command_uses_up_neither_skip_nor_count() -> None:
    rehearsed = Rehearsed().arm(
        spec("http.empty", on="sync.start", when={"skip": 1, "times": 1}),
        spec("sync.drops", id="f2", when={"skip": 1, "times": 1}),
    )
    rehearsed.proctor.does(c.UseMachine(machine="exam-server"))

    for _ in range(3):  # CBTSync Web is closed
        rehearsed.does(c.StartSync())

    assert rehearsed.report("f1").skipped == 0
    assert rehearsed.report("f2").skipped == 0


def test_a_fault_before_the_work_strikes_whether_or_not_the_station_would_refuse() -> None:
    rehearsed = Rehearsed().arm(spec("http.status", on="sync.start"))
    rehearsed.proctor.does(c.UseMachine(machine="exam-server"))

    struck = rehearsed.does(c.StartSync())

    assert struck.held
    assert fired_ids(struck) == ["f1"]
    assert rehearsed.report().hits == 1


@pytest.mark.parametrize("command", [c.AskDelete(), c.CancelDelete()])
def test_the_question_before_hapus_is_not_hapus(command) -> None:
    rehearsed = Rehearsed().arm(
        spec("http.empty", on="delete.start"), spec("delete.partial", id="f2")
    )

    assert reasons(rehearsed.strikes(command)) == {
        "f1": "OPERATION_DIFFERS",
        "f2": "OPERATION_DIFFERS",
    }
