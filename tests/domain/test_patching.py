"""Auto patching: when it opens, what it needs, how it ends (steps 4 to 7 and NB)."""

import pytest

from mock_server.domain import commands as c
from mock_server.domain import events as e
from mock_server.domain import screens
from mock_server.domain.hazards import Hazard
from tests.builders import (
    EXAMBRO,
    MINUTE,
    OLD_VERSION,
    SECOND,
    SERVER,
    VERSION,
    Proctor,
    instant_ms,
    setup,
)


def opened(**changes) -> Proctor:
    proctor = Proctor(setup(**changes))
    return proctor.does(
        c.UseMachine(machine=SERVER), c.OpenExambro(version=EXAMBRO), c.OpenCbtsync()
    )


def phase(proctor: Proctor) -> str:
    return screens.patch(proctor.station, proctor.now_ms).phase


def test_one_millisecond_before_it_opens_patching_is_refused():
    proctor = opened(start_ms=instant_ms("07:45") - 1)

    assert proctor.tries(c.StartPatch()) == "patching.not_open"
    assert phase(proctor) == "not-open"


def test_the_instant_it_opens_is_early_enough():
    proctor = opened(start_ms=instant_ms("07:45") - 1).wait(1)

    assert phase(proctor) == "available"
    assert proctor.tries(c.StartPatch()) is None


def test_it_takes_its_time_and_ends_in_the_pack_version():
    proctor = opened().does(c.StartPatch())

    proctor.wait(90 * SECOND - 1)
    assert proctor.machine.version == OLD_VERSION

    proctor.wait(1)
    assert proctor.machine.version == VERSION
    assert phase(proctor) == "succeeded"


def test_pressing_again_while_it_runs_is_refused_as_busy():
    assert opened().does(c.StartPatch()).tries(c.StartPatch()) == "patching.busy"


def test_there_is_nothing_to_patch_at_the_right_version():
    proctor = opened().does(c.StartPatch()).wait(2 * MINUTE)
    proctor.does(c.CloseCbtsync(), c.OpenCbtsync())

    assert phase(proctor) == "up-to-date"
    assert proctor.tries(c.StartPatch()) == "patching.up_to_date"


def test_without_the_service_it_fails_and_names_the_service():
    proctor = opened().does(c.StopService(), c.StartPatch()).wait(MINUTE)

    [failed] = proctor.happened(e.PatchFailed)
    assert failed.cause == "service-stopped"
    assert proctor.machine.version == OLD_VERSION


def test_a_failure_for_want_of_the_service_leaves_the_service_stopped():
    proctor = opened().does(c.StartPatch(hazard=Hazard(fail_permille=400))).wait(MINUTE)

    assert proctor.happened(e.ServiceStopped)
    assert not proctor.machine.service.running


def test_a_failure_of_the_network_leaves_the_service_running():
    hazard = Hazard(fail_permille=400, patch_cause="network")
    proctor = opened().does(c.StartPatch(hazard=hazard)).wait(MINUTE)

    assert proctor.machine.patching.cause == "network"
    assert proctor.machine.service.running


def test_the_line_going_down_fails_it_at_that_very_instant():
    proctor = opened().does(c.StartPatch())
    outage = c.Interval(from_ms=proctor.now_ms + 30 * SECOND)
    proctor.does(c.SetCentral(outages=(outage,))).wait(MINUTE)

    [failed] = proctor.happened(e.PatchFailed)
    assert (failed.at_ms, failed.cause) == (outage.from_ms, "network")


def test_after_a_failure_only_a_reopened_cbtsync_web_tries_again():
    proctor = opened().does(c.StartPatch(hazard=Hazard(fail_permille=100))).wait(MINUTE)
    proctor.does(c.StartService()).wait(10 * SECOND)
    assert proctor.tries(c.StartPatch()) == "patching.reopen"

    proctor.does(c.CloseCbtsync(), c.OpenCbtsync(), c.StartPatch()).wait(2 * MINUTE)
    assert proctor.machine.version == VERSION


def test_a_claimed_success_leaves_the_old_version():
    proctor = opened().does(c.StartPatch(hazard=Hazard(claims_success=True))).wait(2 * MINUTE)

    assert phase(proctor) == "succeeded"
    assert proctor.machine.version == OLD_VERSION


def test_a_stalled_patch_stands_still_until_cbtsync_web_is_closed():
    proctor = opened().does(c.StartPatch(hazard=Hazard(stall_permille=500))).wait(60 * MINUTE)
    assert screens.patch(proctor.station, proctor.now_ms).percent == 50
    assert screens.patch(proctor.station, proctor.now_ms).eta_ms is None

    proctor.does(c.CloseCbtsync(), c.OpenCbtsync())
    assert phase(proctor) == "available"


def test_closing_cbtsync_web_gives_a_running_patch_up():
    proctor = opened().does(c.StartPatch()).wait(30 * SECOND).does(c.CloseCbtsync())

    assert proctor.happened(e.PatchAborted)
    assert proctor.wait(5 * MINUTE).machine.version == OLD_VERSION


def test_an_invalid_licence_stops_it_until_clock_and_reopening():
    proctor = opened().does(c.SpoilLicence())
    assert proctor.tries(c.StartPatch()) == "licence.invalid"
    proctor.does(c.SetMachineClock())
    assert proctor.tries(c.StartPatch()) == "licence.invalid"

    proctor.does(c.CloseCbtsync(), c.OpenCbtsync())
    assert proctor.tries(c.StartPatch()) is None


@pytest.mark.parametrize("at", [0, 1, 45_000, 89_999])
def test_its_percentage_is_a_function_of_time(at):
    proctor = opened().does(c.StartPatch()).wait(at)

    assert screens.patch(proctor.station, proctor.now_ms).percent == at * 100 // 90_000
