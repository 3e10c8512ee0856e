"""Conditions: what arming and disarming ask of the world, and when a condition counts as fired."""

import pytest

from mock_server.domain import commands as c
from mock_server.domain.commands import Interval
from mock_server.domain.operations import Operation
from mock_server.faults import conditions
from mock_server.faults.conditions import composed
from mock_server.faults.events import FaultFired
from tests.builders import HOUR, MINUTE, START_MS, at_dashboard, emptied
from tests.faults.rehearsing import Rehearsed, fired_ids, look, reasons, spec, submit, with_exambro

NOW = START_MS


def asked_of_the_world(*specs, at_ms: int = 0) -> tuple:
    """Arm all but the last, then tell what arming the last asks for."""
    rehearsed = Rehearsed().wait(at_ms).arm(*specs)
    state, station = rehearsed.faults, rehearsed.station
    return conditions.on_arming(specs[-1], state, station, rehearsed.now_ms).commands


def test_service_stopped_stops_the_service() -> None:
    state = Rehearsed()
    made = spec("service.stopped")
    arming = conditions.on_arming(made, state.faults, state.station, NOW)

    assert arming.commands == (c.StopService(),)
    assert arming.events == (FaultFired(at_ms=NOW, id="f1", fault="service.stopped", on="", hit=1),)


def test_id_bound_elsewhere_binds_it_and_says_how_long_a_reset_takes() -> None:
    state = Rehearsed()
    made = spec("id.bound-elsewhere", with_={"after": "20m"})

    arming = conditions.on_arming(made, state.faults, state.station, NOW)

    assert arming.commands == (c.BindElsewhere(granted_after_ms=20 * MINUTE),)


def test_licence_invalid_spoils_the_licence() -> None:
    state = Rehearsed()

    arming = conditions.on_arming(spec("licence.invalid"), state.faults, state.station, NOW)

    assert arming.commands == (c.SpoilLicence(),)


@pytest.mark.parametrize("fault", ["sync.drops", "patch.fails"])
def test_a_fault_of_a_command_asks_nothing_when_it_is_armed(fault: str) -> None:
    assert asked_of_the_world(spec(fault)) == ()


@pytest.mark.parametrize("fault", ["service.stopped", "id.bound-elsewhere", "licence.invalid"])
def test_what_happened_to_the_station_is_not_undone_by_disarming(fault: str) -> None:
    rehearsed = with_exambro().arm(spec(fault))
    before = rehearsed.station

    rehearsed.disarm("f1")

    assert rehearsed.station == before


# --- the centre ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "part"), [("central.unreachable", "outages"), ("central.closed", "closures")]
)
def test_without_a_when_it_holds_from_the_arming_until_disarmed(fault: str, part: str) -> None:
    rehearsed = Rehearsed().wait(5 * MINUTE).arm(spec(fault))
    planned = getattr(rehearsed.station.central, part)

    rehearsed.wait(HOUR).disarm("f1")

    assert planned == (Interval(from_ms=NOW + 5 * MINUTE),)
    assert getattr(rehearsed.station.central, part) == ()


def test_central_slow_carries_its_factor() -> None:
    (plan,) = asked_of_the_world(spec("central.slow", with_={"factor": 2}))

    assert plan == c.SetCentral(slowdowns=(Interval(from_ms=NOW, factor_permille=2000),))


def test_all_armed_faults_of_the_centre_make_one_plan() -> None:
    (plan,) = asked_of_the_world(
        spec("central.closed", id="a", when={"from": "+9m"}),
        spec("central.unreachable", id="b", when={"from": "+5m", "until": "+6m"}),
        spec("central.unreachable", id="c", when={"from": "+1m", "until": "+2m"}),
        spec("central.slow", id="d", when={"until": "+30m"}),
    )

    assert plan == c.SetCentral(
        outages=(
            Interval(from_ms=NOW + MINUTE, until_ms=NOW + 2 * MINUTE),
            Interval(from_ms=NOW + 5 * MINUTE, until_ms=NOW + 6 * MINUTE),
        ),
        closures=(Interval(from_ms=NOW + 9 * MINUTE),),
        slowdowns=(Interval(from_ms=NOW, until_ms=NOW + 30 * MINUTE, factor_permille=4000),),
    )


def test_disarming_one_leaves_the_others_planned() -> None:
    rehearsed = Rehearsed().arm(spec("central.unreachable", id="a"), spec("central.closed", id="b"))

    rehearsed.disarm("a")

    assert rehearsed.station.central.outages == ()
    assert rehearsed.station.central.closures == (Interval(from_ms=NOW),)


def test_it_never_reaches_back_before_its_arming() -> None:
    (plan,) = asked_of_the_world(
        spec("central.unreachable", when={"from": "+1m", "until": "+20m"}), at_ms=10 * MINUTE
    )

    assert plan.outages == (Interval(from_ms=NOW + 10 * MINUTE, until_ms=NOW + 20 * MINUTE),)


def test_a_window_that_is_over_plans_nothing() -> None:
    (plan,) = asked_of_the_world(
        spec("central.unreachable", when={"until": "+5m"}), at_ms=10 * MINUTE
    )

    assert plan == c.SetCentral()


def test_a_ttl_ends_it() -> None:
    (plan,) = asked_of_the_world(
        spec("central.closed", when={"ttl": "2m", "until": "+9m"}), at_ms=MINUTE
    )

    assert plan.closures == (Interval(from_ms=NOW + MINUTE, until_ms=NOW + 3 * MINUTE),)


def test_slowdowns_that_overlap_compose_where_they_do() -> None:
    two = Interval(from_ms=0, until_ms=30, factor_permille=2000)
    three = Interval(from_ms=10, until_ms=None, factor_permille=3000)
    apart = Interval(from_ms=90, until_ms=95, factor_permille=1500)

    assert composed([three, apart, two]) == (
        Interval(from_ms=0, until_ms=10, factor_permille=2000),
        Interval(from_ms=10, until_ms=30, factor_permille=6000),
        Interval(from_ms=30, until_ms=90, factor_permille=3000),
        Interval(from_ms=90, until_ms=95, factor_permille=4500),
        Interval(from_ms=95, until_ms=None, factor_permille=3000),
    )


def test_slowdowns_with_a_gap_between_them_leave_the_gap() -> None:
    first = Interval(from_ms=0, until_ms=10, factor_permille=2000)
    second = Interval(from_ms=20, until_ms=30, factor_permille=3000)

    assert composed([second, first]) == (first, second)


# --- when it has fired ---------------------------------------------------------------------------


def test_a_condition_that_holds_at_once_fires_at_its_arming() -> None:
    rehearsed = Rehearsed().arm(spec("central.unreachable"))

    assert rehearsed.report().hits == 1
    assert rehearsed.report().why_not is None


def test_a_condition_of_later_fires_once_with_the_first_request_that_meets_it() -> None:
    rehearsed = Rehearsed(proctor=at_dashboard())
    begin = rehearsed.now_ms - START_MS
    rehearsed.arm(spec("central.unreachable", when={"from": f"+{begin + MINUTE}ms"}))

    early = rehearsed.does(look("dashboard"), Operation.DASHBOARD_VIEW)
    rehearsed.wait(MINUTE)
    elsewhere = rehearsed.does(look("backup"), Operation.BACKUP_STATUS)
    met = rehearsed.does(look("dashboard"), Operation.DASHBOARD_VIEW)
    again = rehearsed.does(look("dashboard"), Operation.DASHBOARD_VIEW)

    assert reasons(early) == {"f1": "WINDOW_NOT_OPEN"}
    assert reasons(elsewhere) == {"f1": "OPERATION_DIFFERS"}
    assert fired_ids(met) == ["f1"]
    assert met.fired[0].on == "dashboard.view"
    assert (again.fired, again.why_not) == ((), {})


def test_a_condition_that_holds_stands_in_the_way_of_no_other_fault() -> None:
    rehearsed = Rehearsed(proctor=emptied()).arm(
        spec("central.slow", id="slow"),
        spec("service.stopped", id="stopped"),
        spec("sync.drops", id="drop"),
        spec("http.status", id="busy", on="id.submit"),
    )

    assert fired_ids(rehearsed.strikes(c.StartSync())) == ["drop"]
    assert fired_ids(rehearsed.strikes(submit())) == ["busy"]
