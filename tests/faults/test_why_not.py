"""Why a fault did not strike: at the request, in the journal, and whenever somebody asks."""

import pytest

from mock_server.domain import commands as c
from mock_server.domain.operations import Operation
from mock_server.faults.events import FaultSkipped
from mock_server.faults.plan import Draw, WhyNot
from tests.builders import HOUR, MINUTE, emptied
from tests.faults.rehearsing import Rehearsed, look, spec, with_exambro

ON = Operation.PORTAL_SCHEDULE


def http(**keys):
    return spec("http.empty", on=ON.value, **keys)


def asked(rehearsed: Rehearsed) -> Rehearsed:
    rehearsed.does(look("portal-schedule"), ON)
    return rehearsed


def ready(*specs) -> Rehearsed:
    return Rehearsed(proctor=emptied()).arm(*specs)


def test_a_fault_whose_operation_never_came() -> None:
    assert Rehearsed().arm(http()).report().why_not == WhyNot(reason="OPERATION_DIFFERS")


@pytest.mark.parametrize(
    ("when", "wait_ms", "detail"),
    [
        ({"from": "+1m"}, 0, "not-yet"),
        ({"until": "+1m"}, MINUTE, "over"),
        ({"ttl": "1m"}, MINUTE, "ttl"),
    ],
)
def test_a_fault_outside_its_window_says_in_which_way(when, wait_ms, detail) -> None:
    rehearsed = Rehearsed().arm(http(when=when)).wait(wait_ms)
    why = WhyNot(reason="WINDOW_NOT_OPEN", detail=detail)

    struck = rehearsed.does(look("portal-schedule"), ON)

    assert struck.why_not == {"f1": why}
    assert struck.skipped == ()
    assert rehearsed.report().why_not == why


def test_a_fault_that_still_skips() -> None:
    rehearsed = asked(Rehearsed().arm(http(when={"skip": 2})))

    assert rehearsed.report().why_not == WhyNot(reason="WINDOW_NOT_OPEN", detail="skip")
    assert rehearsed.report().skipped == 1


def test_a_fault_whose_count_is_spent() -> None:
    rehearsed = asked(Rehearsed().arm(http()))

    assert rehearsed.report().hits == 1
    assert rehearsed.report().why_not == WhyNot(reason="COUNT_SPENT")
    assert asked(rehearsed).does(look("portal-schedule"), ON).why_not["f1"].reason == "COUNT_SPENT"


def test_a_fault_that_struck_and_may_strike_again_has_nothing_to_explain() -> None:
    report = asked(Rehearsed().arm(http(when={"sticky": True}))).report()

    assert (report.hits, report.why_not, report.last) == (1, None, None)


def test_a_fault_that_was_disarmed() -> None:
    report = asked(Rehearsed().arm(http(when={"sticky": True}))).disarm("f1").report()

    assert report.why_not == WhyNot(reason="DISARMED")
    assert (report.armed, report.hits) == (False, 1)


def test_a_fault_that_gave_way() -> None:
    rehearsed = asked(Rehearsed().arm(http(id="first"), http(id="second")))

    assert rehearsed.report("second").why_not == WhyNot(reason="PRECEDENCE")
    assert rehearsed.report("second").hits == 0


def test_a_fault_that_can_no_longer_change_anything_says_so_before_it_is_asked() -> None:
    rehearsed = ready(spec("sync.drops", with_={"data": 1}))
    assert rehearsed.report().why_not == WhyNot(reason="OPERATION_DIFFERS")

    rehearsed.proctor.does(c.StartSync()).wait(HOUR)

    assert rehearsed.report().why_not == WhyNot(reason="STATE")
    assert rehearsed.report().last is None


def test_what_held_when_its_operation_came_is_kept_apart_from_what_holds_now() -> None:
    rehearsed = with_exambro().arm(spec("service.start-fails"))
    rehearsed.does(c.StartService())
    then = rehearsed.report()

    rehearsed.arm(spec("service.stopped", id="s"))

    assert then.why_not == then.last == WhyNot(reason="STATE")
    assert rehearsed.report().last == WhyNot(reason="STATE")
    assert rehearsed.report().why_not == WhyNot(reason="OPERATION_DIFFERS")


def test_every_pass_is_journaled_with_its_reason() -> None:
    rehearsed = ready(
        spec("sync.drops", id="near", with_={"data": 2}),
        spec("sync.drops", id="far", with_={"data": 4}),
        spec("sync.short", id="patient", with_={"data": 1}, when={"skip": 1}),
        spec("delete.partial", id="other"),
    )

    rehearsed.does(c.StartSync())

    passes = [event for event in rehearsed.fault_events if isinstance(event, FaultSkipped)]
    assert [(event.id, event.on, event.reason, event.detail) for event in passes] == [
        ("far", "sync.start", "PRECEDENCE", ""),
        ("patient", "sync.start", "WINDOW_NOT_OPEN", "skip"),
    ]


def test_every_armed_fault_that_did_not_strike_is_explained_at_every_request() -> None:
    rehearsed = ready(
        spec("sync.drops", id="a"),
        spec("http.status", id="b", on="sync.start", when={"from": "+3h"}),
        spec("patch.stalls", id="c"),
        spec("central.closed", id="d", when={"from": "+3h"}),
        spec("service.stopped", id="e"),
    )

    struck = rehearsed.strikes(c.StartSync())

    fired = {event.id for event in struck.fired}
    assert fired | set(struck.why_not) == {"a", "b", "c", "d", "e"}
    assert fired.isdisjoint(struck.why_not)


def test_a_storm_that_let_a_request_pass_says_that_the_dice_did() -> None:
    rehearsed = asked(Rehearsed().arm(http(draw=Draw(seed=1, p_ppm=1))))

    assert rehearsed.report().why_not == WhyNot(reason="WINDOW_NOT_OPEN", detail="draw")
    assert rehearsed.report().skipped == 1


def test_a_condition_that_held_already_changes_nothing_and_says_so() -> None:
    rehearsed = with_exambro().arm(spec("service.stopped"), spec("service.stopped", id="again"))

    assert rehearsed.report("f1").why_not == WhyNot(reason="COUNT_SPENT")
    assert rehearsed.report("again").why_not == WhyNot(reason="STATE")
    assert rehearsed.report("again").hits == 0


def test_a_report_shows_the_fault_as_it_was_armed() -> None:
    report = ready(spec("service.dies", with_={"during": "sync"})).report()

    assert (report.fault, report.on, report.effect) == ("service.dies", "sync.start", "partial")
    assert report.values == {"during": "sync", "at_permille": 500}
    assert report.when.times == 1
