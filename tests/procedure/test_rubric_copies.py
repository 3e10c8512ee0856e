"""Violations and copies: nobody is charged with what a delivery did that nobody pressed for."""

import pytest
from msgspec.structs import replace

from mock_server.domain import commands as c
from mock_server.domain import events as e
from mock_server.domain import station as rules
from mock_server.domain.hazards import Hazard
from tests.procedure.traces import MINUTE_MS, OTHER_ID, OWN_ID, UNBK, Trainee, window
from tests.procedure.verdicts import codes, credits


def arrives(trainee: Trainee, command: c.Trainee) -> Trainee:
    """Deliver a copy; what it brings about is marked."""
    events = rules.decide(trainee.station, command, trainee.now_ms)
    trainee._fold(tuple(replace(event, copy=True) for event in events))
    return trainee


def sends_late(trainee: Trainee, command: c.Trainee, by_ms: int = 10 * MINUTE_MS) -> Trainee:
    """Press, hear nothing; nothing has arrived yet."""
    held = e.RequestHeld(
        at_ms=trainee.now_ms,
        machine=trainee.station.here,
        command=command,
        due_ms=trainee.now_ms + by_ms,
    )
    trainee._fold((held,))
    return trainee


# --- what a copy does -----------------------------------------------------------------------------


def test_a_late_hapus_on_a_synced_server_is_not_k2_and_step_21_was_kept() -> None:
    trainee = arrives(Trainee().gets_synced(), c.StartDelete())

    assert codes(trainee) == []
    assert credits(trainee)[21] == 1000


def test_the_same_hapus_pressed_by_the_trainee_is_k2() -> None:
    trainee = Trainee().gets_synced().does(c.StartDelete())

    assert codes(trainee) == ["K2"]


@pytest.mark.parametrize(
    ("charged", "command"),
    [("K1", c.SubmitId(server_id=OTHER_ID)), ("R4", c.SubmitId(server_id="U99-0001-XXX"))],
)
def test_a_copy_of_a_submit_is_charged_to_nobody(charged: str, command: c.SubmitId) -> None:
    assert charged in codes(Trainee().gets_synced().does(command))
    assert codes(arrives(Trainee().gets_synced(), command)) == []


def test_a_copy_of_hapus_without_a_backup_is_charged_to_nobody() -> None:
    assert codes(Trainee().gets_to_dashboard().does(c.StartDelete())) == ["B1"]
    assert codes(arrives(Trainee().gets_to_dashboard(), c.StartDelete())) == []


def test_a_copy_of_start_sync_over_old_data_is_charged_to_nobody() -> None:
    assert codes(Trainee().gets_to_dashboard().does(c.StartSync())) == ["B2", "R1"]
    assert codes(arrives(Trainee().gets_to_dashboard(), c.StartSync())) == []


def test_a_copy_that_closes_cbtsync_during_a_job_is_not_b8_nor_is_the_way_back() -> None:
    trainee = Trainee().gets_to_dashboard().opens("backup").does(c.StartBackup())
    arrives(trainee, c.CloseCbtsync())
    trainee.does(c.OpenCbtsync(), c.SubmitId(server_id=OWN_ID), c.OpenMenu(menu="tests"))

    assert codes(trainee) == []


def test_leaving_a_job_that_a_copy_began_is_not_b8_but_leaving_ones_own_is() -> None:
    trainee = arrives(Trainee().gets_to_dashboard(), c.StartBackup())
    trainee.does(c.OpenMenu(menu="tests"))
    unasked = codes(trainee)
    trainee.wait(10 * MINUTE_MS).does(c.StartBackup(), c.OpenMenu(menu="participants"))

    assert (unasked, codes(trainee)) == ([], ["B8"])


def test_pressing_while_a_copys_job_runs_is_not_r5_once_but_twice_is() -> None:
    trainee = arrives(Trainee().gets_to_dashboard(), c.StartBackup()).tries(c.StartBackup())
    once = codes(trainee)

    assert (once, codes(trainee.tries(c.StartBackup()))) == ([], ["R5"])


def test_copies_of_menus_are_no_detours() -> None:
    wanders, copied = Trainee().gets_to_dashboard(), Trainee().gets_to_dashboard()
    for menu in ("tests", "participants") * 4:
        wanders.does(c.OpenMenu(menu=menu))
        arrives(copied, c.OpenMenu(menu=menu))

    assert (codes(wanders), codes(copied)) == (["R8"], [])


def test_a_copy_of_pembaharuan_is_no_blind_retry() -> None:
    broken = Hazard(fail_permille=400, patch_cause="network")
    trainee = Trainee().sits_down().opens_cbtsync().patches(broken)
    for _ in range(4):
        trainee.does(c.CloseCbtsync(), c.OpenCbtsync())
        arrives(trainee, c.StartPatch(hazard=broken)).wait(5 * MINUTE_MS)

    assert codes(trainee) == []


def test_a_report_that_arrives_twice_is_judged_once() -> None:
    trainee = Trainee().gets_synced().checks_lists().reports(time="23:59")
    alone = codes(trainee)
    last = trainee.journal[-1]
    assert isinstance(last, e.ReportFiled)
    trainee._fold((replace(last, copy=True),))

    assert alone == ["R7"] == codes(trainee)


# --- what was sent, and comes late ----------------------------------------------------------------


def test_hapus_pressed_on_complete_data_is_k2_although_it_only_comes_later() -> None:
    assert codes(sends_late(Trainee().gets_synced(), c.StartDelete())) == ["K2"]


def test_hapus_pressed_in_its_place_is_none_whatever_it_meets_on_arriving() -> None:
    trainee = sends_late(Trainee().gets_to_dashboard().backs_up(), c.StartDelete())
    trainee.deletes().refreshes_status().starts_sync().waits_for_sync()

    assert codes(arrives(trainee, c.StartDelete())) == []


def test_what_the_station_would_have_refused_is_not_charged_as_done() -> None:
    closed = Trainee(**window(UNBK, "13:00")).gets_ready_to_sync()

    assert codes(sends_late(closed, c.StartSync())) == []
