"""ID Server, SN and the five conditions of the dashboard (steps 8 to 11); the centre's windows."""

import pytest

from mock_server.domain import commands as c
from mock_server.domain import events as e
from mock_server.domain import screens
from tests.builders import (
    EXAMBRO,
    HOUR,
    LAPTOP,
    MINUTE,
    OTHER_ID,
    OWN_ID,
    SERVER,
    Proctor,
    at_dashboard,
    instant_ms,
    synced,
)


def condition(proctor: Proctor) -> str | None:
    return screens.condition(proctor.station, proctor.now_ms)


def submitted(server_id: str, **submit) -> Proctor:
    proctor = at_dashboard().does(c.CloseCbtsync(), c.OpenCbtsync())
    return proctor.does(c.SubmitId(server_id=server_id, **submit))


def test_the_right_id_in_its_window_is_active():
    assert condition(at_dashboard()) == "active"


@pytest.mark.parametrize(
    ("clock", "expected"),
    [("07:59", "closed"), ("08:00", "active"), ("16:59", "active"), ("17:00", "closed")],
)
def test_access_follows_the_window_to_the_minute(clock, expected):
    proctor = Proctor().does(
        c.UseMachine(machine=SERVER),
        c.OpenExambro(version=EXAMBRO),
        c.OpenCbtsync(),
        c.StartPatch(),
    )
    proctor.wait(2 * MINUTE).does(c.SubmitId(server_id=OWN_ID)).wait_until(clock)

    assert condition(proctor) == expected


def test_the_window_closes_at_its_very_millisecond():
    proctor = at_dashboard().wait_until("17:00")
    proctor.now_ms -= 1
    assert condition(proctor) == "active"
    proctor.now_ms += 1
    assert condition(proctor) == "closed"


def test_an_unknown_id_is_offline():
    assert condition(submitted("U99-9999-ZZZ")) == "unknown-id"


def test_an_empty_id_is_refused():
    assert at_dashboard().tries(c.SubmitId(server_id="")) == "identity.empty"


def test_without_a_line_the_dashboard_is_offline_and_comes_back_with_it():
    proctor = at_dashboard()
    outage = c.Interval(from_ms=proctor.now_ms, until_ms=proctor.now_ms + MINUTE)
    proctor.does(c.SetCentral(outages=(outage,)))
    assert condition(proctor) == "no-line"

    assert condition(proctor.wait(MINUTE)) == "active"


def test_submitting_without_a_line_has_to_be_done_again():
    proctor = at_dashboard()
    outage = c.Interval(from_ms=proctor.now_ms, until_ms=proctor.now_ms + MINUTE)
    proctor.does(c.SetCentral(outages=(outage,)), c.SubmitId(server_id=OWN_ID)).wait(MINUTE)
    assert condition(proctor) == "no-line"

    proctor.does(c.SubmitId(server_id=OWN_ID))
    assert condition(proctor) == "active"


def test_the_first_submit_binds_the_id_to_its_machine():
    proctor = at_dashboard().does(
        c.UseMachine(machine=LAPTOP), c.OpenExambro(version=EXAMBRO), c.OpenCbtsync()
    )
    proctor.does(c.SubmitId(server_id=OWN_ID))

    assert condition(proctor) == "mismatch"


def test_a_mismatch_is_not_cured_by_waiting_but_by_an_sn_reset_and_a_new_submit():
    proctor = Proctor().does(c.BindElsewhere(granted_after_ms=15 * MINUTE))
    proctor.does(
        c.UseMachine(machine=SERVER),
        c.OpenExambro(version=EXAMBRO),
        c.OpenCbtsync(),
        c.StartPatch(),
    )
    proctor.wait(2 * MINUTE).does(c.SubmitId(server_id=OWN_ID)).wait_until("12:00")
    assert condition(proctor) == "mismatch"

    proctor.does(c.RequestSnReset(server_id=OWN_ID)).wait(15 * MINUTE)
    assert condition(proctor) == "mismatch"
    proctor.does(c.SubmitId(server_id=OWN_ID))
    assert condition(proctor) == "active"


def test_asking_twice_for_a_reset_is_asking_once():
    proctor = at_dashboard().does(c.RequestSnReset(server_id=OWN_ID))

    proctor.does(c.RequestSnReset(server_id=OWN_ID))
    assert len(proctor.happened(e.SnResetRequested)) == 1


def test_the_centre_closes_access_after_a_complete_sync():
    proctor = synced()

    assert condition(proctor) == "closed"
    assert proctor.happened(e.AccessClosed)[0].at_ms == proctor.happened(e.SyncCompleted)[0].at_ms


def test_access_opens_again_on_request_only_and_for_a_while():
    proctor = synced().does(c.RequestReopening(server_id=OWN_ID))

    proctor.wait(HOUR)
    assert condition(proctor) == "active"
    assert condition(proctor.wait(2 * HOUR)) == "closed"


def test_a_request_for_somebody_elses_id_is_refused():
    assert at_dashboard().tries(c.RequestSnReset(server_id="U99-9999-ZZZ")) == "identity.unknown"


def test_another_id_after_a_sync_taints_the_machine_for_good():
    proctor = synced().does(c.SubmitId(server_id=OTHER_ID), c.SubmitId(server_id=OWN_ID))

    assert proctor.machine.identity.tainted
    assert proctor.happened(e.IdSubmitted)[-2].synced_under == OWN_ID


def test_an_unknown_id_after_a_sync_taints_nothing():
    proctor = synced().does(c.SubmitId(server_id="U99-9999-ZZZ"))

    assert not proctor.machine.identity.tainted


def test_the_schedule_shows_a_reopening_as_a_slot_of_its_own():
    proctor = synced().does(c.RequestReopening(server_id=OWN_ID)).wait(HOUR)

    slots = [slot for slot in screens.schedule(proctor.station) if slot.server_id == OWN_ID]
    assert [slot.opens_ms for slot in slots] == [
        instant_ms("08:00"),
        proctor.happened(e.ReopeningGranted)[0].at_ms,
    ]
