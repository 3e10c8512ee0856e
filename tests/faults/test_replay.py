"""A journal alone gives the faults' state back, and asking what would strike changes nothing."""

from functools import reduce

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mock_server.domain import commands as c
from mock_server.domain.operations import Operation
from mock_server.faults.armed import FaultState, evolve
from mock_server.faults.events import FaultDisarmed, FaultEvent, FaultFired
from mock_server.faults.plan import Draw, FaultSpec, Trigger
from tests.builders import MINUTE, emptied
from tests.faults.rehearsing import OPERATION_OF, Rehearsed, look, spec, submit

IDS = ("a", "b", "c", "d")
MOULDS: tuple[dict[str, object], ...] = (
    {"fault": "sync.drops", "with_": {"data": 2}},
    {"fault": "sync.stalls", "with_": {"data": 3}},
    {"fault": "sync.short", "with_": {"data": 1}},
    {"fault": "participants.missing"},
    {"fault": "cbtsync.crashes", "with_": {"at": "10%"}},
    {"fault": "http.status", "on": "sync.start"},
    {"fault": "http.empty", "on": "sync.status"},
    {"fault": "http.slow", "on": "sync.status"},
    {"fault": "net.reset", "on": "sync.start"},
    {"fault": "id.unknown"},
    {"fault": "central.closed"},
    {"fault": "central.slow"},
    {"fault": "service.stopped"},
)
COUNTED = (None, {"times": 2}, {"skip": 1, "times": 1}, {"sticky": True}, {"from": "+2h"})
LASTING = (None, {"from": "+90m"}, {"ttl": "5m"})


@st.composite
def faults(draw: st.DrawFn) -> FaultSpec:
    mould = draw(st.sampled_from(MOULDS))
    name = str(mould["fault"])
    keys = dict(mould)
    if name.startswith("central."):
        keys["when"] = draw(st.sampled_from(LASTING))
    elif name != "service.stopped":
        keys["when"] = draw(st.sampled_from(COUNTED))
        if keys["when"] is None and draw(st.booleans()):
            keys["draw"] = Draw(seed=draw(st.integers(0, 9)), p_ppm=400_000)
    return spec(id=draw(st.sampled_from(IDS)), **keys)


requests = st.sampled_from(
    [
        (c.StartSync(), Operation.SYNC_START),
        (look("sync"), Operation.SYNC_STATUS),
        (look("dashboard"), Operation.DASHBOARD_VIEW),
        (submit(), Operation.ID_SUBMIT),
        (c.OpenCbtsync(), Operation.CBTSYNC_OPEN),
        (c.StartService(), Operation.SERVICE_START),
    ]
)
doings = st.lists(
    st.one_of(
        faults().map(lambda one: ("arm", one)),
        st.sampled_from(IDS).map(lambda one: ("disarm", one)),
        requests.map(lambda one: ("ask", one)),
        st.integers(0, 30).map(lambda one: ("wait", one * MINUTE)),
    ),
    max_size=25,
)
READY = emptied()


def carried_out(steps) -> Rehearsed:
    proctor = emptied_again()
    rehearsed = Rehearsed(proctor=proctor)
    for what, value in steps:
        match what:
            case "arm" if not rehearsed.faults.is_armed(value.id):
                rehearsed.arm(value)
            case "disarm" if rehearsed.faults.is_armed(value):
                rehearsed.disarm(value)
            case "ask":
                command, op = value
                rehearsed.does(command, op)
            case "wait":
                rehearsed.wait(value)
    return rehearsed


def emptied_again():
    """The same proctor, cheaply: what was done so far is frozen and shared."""
    again = object.__new__(type(READY))
    again.now_ms = READY.now_ms
    again.journal = list(READY.journal)
    again.station = READY.station
    return again


@pytest.mark.slow
@given(doings)
@settings(max_examples=200)
def test_folding_the_journal_gives_the_state_that_was_lived(steps) -> None:
    lived = carried_out(steps)
    stored = [msgspec.json.encode(event) for event in lived.fault_events]

    read = [msgspec.json.decode(line, type=FaultEvent) for line in stored]

    assert read == lived.fault_events
    assert reduce(evolve, read, FaultState()) == lived.faults


@given(doings)
@settings(max_examples=100)
def test_the_same_requests_give_the_same_journals(steps) -> None:
    first, second = carried_out(steps), carried_out(steps)

    assert first.fault_events == second.fault_events
    assert first.proctor.journal == second.proctor.journal


@given(doings, requests)
@settings(max_examples=100)
def test_asking_what_would_strike_changes_nothing_and_is_consistent(steps, request) -> None:
    rehearsed = carried_out(steps)
    command, op = request
    before = rehearsed.faults

    struck = rehearsed.strikes(command, op)

    assert rehearsed.strikes(command, op) == struck
    assert rehearsed.faults is before
    fired = [event.id for event in struck.fired]
    assert len(fired) == len(set(fired))
    assert set(fired).isdisjoint(struck.why_not)
    assert {event.id for event in struck.skipped} <= set(struck.why_not)
    assert {answer.id for answer in struck.answers} <= set(fired)
    assert {*fired, *struck.why_not} <= {one.spec.id for one in before.live}
    assert type(struck.command) is type(command)


@given(doings)
@settings(max_examples=100)
def test_no_fault_strikes_more_often_than_its_trigger_allows(steps) -> None:
    rehearsed = carried_out(steps)

    for one in rehearsed.faults.faults:
        times = one.spec.when.times
        assert times is None or one.hits <= times
        assert one.skipped <= one.spec.when.skip
        assert one.hits == 0 or one.skipped == one.spec.when.skip


@pytest.mark.parametrize(
    "event",
    [
        FaultDisarmed(at_ms=0, id="x"),
        FaultFired(at_ms=0, id="x", fault="sync.drops", on="sync.start", hit=1),
    ],
)
def test_a_journal_that_speaks_of_a_fault_that_is_not_armed_is_broken(event) -> None:
    with pytest.raises(ValueError, match="'x' is not armed"):
        evolve(FaultState(), event)


def test_nothing_armed_costs_nothing_and_says_nothing() -> None:
    command = c.StartSync()

    struck = Rehearsed().strikes(command, OPERATION_OF[c.StartSync])

    assert struck.command is command
    assert (struck.fired, struck.skipped, struck.answers) == ((), (), ())
    assert (struck.held, struck.why_not) == (False, {})


def test_a_trigger_without_words_is_once() -> None:
    assert Trigger() == spec("sync.drops").when
