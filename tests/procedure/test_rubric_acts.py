"""Codes that an act shows by itself: each is found where it must be, and not where it must not."""

import pytest

from mock_server.domain import commands as c
from mock_server.domain.events import CbtsyncClosed
from mock_server.domain.hazards import At, Hazard, SyncHazard
from mock_server.domain.setup import Condition, MachineSetup
from tests.procedure import traces
from tests.procedure.traces import (
    FAILS,
    LAPTOP,
    MINUTE_MS,
    OTHER_ID,
    OWN_ID,
    SERVER,
    TINY,
    UNBK,
    UNKNOWN_ID,
    Trainee,
    window,
)
from tests.procedure.verdicts import codes


def test_a_nominal_run_has_no_finding_at_all() -> None:
    assert codes(traces.nominal()) == []


# --- K1: ID changed after the sync ----------------------------------------------------------------


def test_k1_another_servers_id_accepted_after_the_sync() -> None:
    assert codes(Trainee().gets_synced().submits(OTHER_ID)) == ["K1"]


def test_k1_also_where_the_centre_answers_that_the_id_is_bound_elsewhere() -> None:
    trainee = Trainee().gets_synced()
    trainee.does(c.SubmitId(server_id=OTHER_ID, verdict="bound-elsewhere"))

    assert codes(trainee) == ["K1"]


def test_k1_is_armed_by_whatever_id_the_machine_synced_under() -> None:
    trainee = Trainee().sits_down().opens_cbtsync().patches().submits(OTHER_ID)
    trainee.backs_up().deletes().refreshes_status().starts_sync().waits_for_sync()
    trainee.submits(OWN_ID)

    assert codes(trainee) == ["B7", "K4", "K1"]


def test_k1_not_for_submitting_the_same_id_again() -> None:
    assert codes(Trainee().gets_synced().submits(OWN_ID)) == []


def test_k1_not_before_the_sync() -> None:
    assert "K1" not in codes(traces.other_id_corrected())


def test_k1_not_while_the_sync_is_only_partial() -> None:
    trainee = Trainee().gets_synced(SyncHazard(drop=At(data=8, permille=0))).submits(OTHER_ID)

    assert codes(trainee) == ["B7"]


def test_k1_not_for_an_id_that_the_centre_does_not_know() -> None:
    assert codes(Trainee().gets_synced().submits(UNKNOWN_ID)) == ["R4"]


def test_k1_not_for_an_id_that_is_nobodys_whatever_the_centre_is_made_to_answer() -> None:
    trainee = Trainee().gets_synced()
    trainee.does(c.SubmitId(server_id=UNKNOWN_ID, verdict="bound-elsewhere"))

    assert codes(trainee) == []


def test_an_id_that_never_reached_the_centre_is_b7_even_after_the_sync() -> None:
    trainee = Trainee().gets_synced()
    trainee.does(c.SubmitId(server_id=OTHER_ID, verdict="no-line"))

    assert codes(trainee) == ["B7"]


# --- K2: HAPUS once complete ----------------------------------------------------------------------


def test_k2_hapus_confirmed_while_all_data_are_complete() -> None:
    assert codes(Trainee().gets_synced().opens("backup").deletes()) == ["K2"]


def test_k2_not_for_the_hapus_of_step_14() -> None:
    assert codes(Trainee().gets_ready_to_sync()) == []


def test_k2_not_for_hapus_on_a_partial_sync() -> None:
    trainee = Trainee().gets_synced(SyncHazard(drop=At(data=8, permille=0)))

    assert codes(trainee.opens("backup").deletes()) == []


def test_k2_not_for_asking_alone() -> None:
    assert codes(Trainee().gets_synced().opens("backup").does(c.AskDelete())) == []


# --- K3 and K4: wrong machine, wrong ID -----------------------------------------------------------


def test_k3_start_sync_on_a_laptop() -> None:
    assert codes(traces.synced_on_laptop()) == ["K3"]


def test_k3_start_sync_on_another_rooms_exam_server() -> None:
    other = MachineSetup(
        id="next-door", label="SRV-02", role="exam-server", sn="CCCC-3",
        exambro=(UNBK.values.exambro_version,),
    )  # fmt: skip
    trainee = Trainee(machines=(*traces.setup_for(UNBK).machines, other))
    trainee.sits_down("next-door").opens_cbtsync().patches().submits().backs_up().deletes()

    assert codes(trainee.refreshes_status().starts_sync()) == ["K3"]


def test_k3_counts_a_machine_once_however_often_the_sync_is_resumed() -> None:
    trainee = Trainee().sits_down(LAPTOP).opens_cbtsync().patches().submits().backs_up()
    trainee.refreshes_status().starts_sync(SyncHazard(drop=At(data=3, permille=0)))
    trainee.waits_for_sync().starts_sync()

    assert codes(trainee) == ["K3"]


def test_k3_not_for_sitting_at_the_laptop_first() -> None:
    trainee = Trainee().sits_down(LAPTOP).does(c.UseMachine(machine=SERVER))
    trainee.opens_cbtsync().patches().submits().backs_up().deletes()

    assert codes(trainee.refreshes_status().starts_sync()) == []


def test_k4_start_sync_under_another_servers_id() -> None:
    trainee = Trainee().sits_down().opens_cbtsync().patches().submits(OTHER_ID)
    trainee.backs_up().deletes().refreshes_status().starts_sync()

    assert codes(trainee) == ["B7", "K4"]


def test_k4_counts_an_id_once_however_often_the_sync_is_resumed() -> None:
    trainee = Trainee().sits_down().opens_cbtsync().patches().submits(OTHER_ID).backs_up()
    trainee.deletes().refreshes_status().starts_sync(SyncHazard(drop=At(data=3, permille=0)))

    assert codes(trainee.waits_for_sync().starts_sync()) == ["B7", "K4"]


def test_k4_not_once_the_id_was_corrected() -> None:
    assert "K4" not in codes(traces.other_id_corrected())


# --- B1 and B2: the old data ----------------------------------------------------------------------


def test_b1_hapus_without_a_downloaded_backup() -> None:
    trainee = Trainee().gets_to_dashboard().opens("backup").does(c.StartBackup())
    trainee.wait(3 * MINUTE_MS)

    assert codes(trainee.deletes()) == ["B1"]


def test_b1_where_only_a_damaged_file_was_downloaded() -> None:
    trainee = Trainee().gets_to_dashboard().opens("backup").does(c.StartBackup())
    trainee.wait(3 * MINUTE_MS).downloads(corrupt=True)

    assert codes(trainee.deletes()) == ["B1"]


def test_b1_counts_once_where_the_same_hapus_is_finished_by_another() -> None:
    trainee = Trainee().gets_to_dashboard().opens("backup")
    trainee.does(c.AskDelete(), c.StartDelete(hazard=Hazard(fail_permille=500)))

    assert codes(trainee.wait(MINUTE_MS).deletes()) == ["B1"]


def test_b1_not_after_a_backup_was_downloaded() -> None:
    assert codes(Trainee().gets_ready_to_sync()) == []


def test_b1_not_where_there_are_no_old_data() -> None:
    trainee = Trainee(old_data=False).gets_to_dashboard().opens("backup").does(c.AskDelete())

    assert codes(trainee.does(c.StartDelete())) == []


def test_b2_start_sync_over_the_old_data() -> None:
    trainee = Trainee().gets_to_dashboard().backs_up().refreshes_status()

    assert codes(trainee.starts_sync()) == ["B2"]


def test_b2_where_hapus_left_rows_behind() -> None:
    trainee = Trainee().gets_to_dashboard().backs_up()
    trainee.does(c.AskDelete(), c.StartDelete(hazard=Hazard(left_rows=12))).wait(MINUTE_MS)

    assert codes(trainee.refreshes_status().starts_sync()) == ["B2"]


def test_b2_not_for_rows_that_this_very_sync_has_brought() -> None:
    assert codes(traces.partial_repeated()) == []


def test_b2_counts_once_however_often_the_sync_is_resumed() -> None:
    trainee = Trainee().gets_to_dashboard().backs_up().refreshes_status()
    trainee.starts_sync(SyncHazard(drop=At(data=3, permille=0))).waits_for_sync()

    assert codes(trainee.starts_sync()) == ["B2"]


# --- B3: START SYNC in StandBy --------------------------------------------------------------------


def test_b3_start_sync_while_access_is_closed() -> None:
    trainee = Trainee(**window(UNBK, "13:00")).gets_to_dashboard()

    assert codes(trainee.tries(c.StartSync())) == ["B3"]


def test_b3_start_sync_while_the_id_is_bound_elsewhere() -> None:
    trainee = Trainee().does(c.BindElsewhere(granted_after_ms=MINUTE_MS)).gets_to_dashboard()

    assert codes(trainee.tries(c.StartSync())) == ["B3"]


def test_b3_even_if_nobody_looked_at_the_dashboard() -> None:
    trainee = Trainee(**window(UNBK, "13:00")).sits_down().opens_cbtsync().patches()
    trainee.does(c.SubmitId(server_id=OWN_ID)).tries(c.StartSync())

    assert codes(trainee) == ["B3"]


def test_b3_not_while_the_status_is_offline() -> None:
    outage = c.SetCentral(outages=(c.Interval(from_ms=traces.instant_ms("08:10")),))
    trainee = Trainee().gets_to_dashboard().does(outage).wait(10 * MINUTE_MS)

    assert codes(trainee.tries(c.StartSync())) == []


def test_b3_not_for_a_copy_that_nobody_pressed_for() -> None:
    trainee = Trainee(**window(UNBK, "13:00")).gets_to_dashboard()

    assert codes(trainee.tries(c.StartSync(), copy=True)) == []


def test_b3_not_where_the_station_refuses_for_another_reason() -> None:
    trainee = Trainee(**window(UNBK, "13:00")).gets_to_dashboard().does(c.StopService())

    assert codes(trainee.tries(c.StartSync())) == []


def test_b3_not_for_pressing_again_once_all_is_complete_and_access_closed() -> None:
    assert codes(Trainee().gets_synced().tries(c.StartSync())) == []


# --- B6, B7 and R4: what was submitted ------------------------------------------------------------


def test_b6_submit_before_the_version_was_reached() -> None:
    assert codes(Trainee().sits_down().opens_cbtsync().submits()) == ["B6"]


def test_b6_where_patching_only_claims_success() -> None:
    trainee = Trainee().sits_down().opens_cbtsync().patches(Hazard(claims_success=True))

    assert codes(trainee.submits()) == ["B6"]


def test_b6_counts_a_version_once_however_often_it_is_submitted() -> None:
    assert codes(Trainee().sits_down().opens_cbtsync().submits().submits()) == ["B6"]


def test_b6_not_with_the_packs_version_whatever_it_is() -> None:
    assert codes(Trainee(TINY).gets_to_dashboard()) == []


def test_b7_another_servers_id_submitted_before_the_sync() -> None:
    assert codes(traces.other_id_corrected()) == ["B7"]


def test_b7_not_for_an_id_that_is_nobodys() -> None:
    assert "B7" not in codes(traces.id_mistyped())


def test_r4_an_id_that_the_centre_does_not_know() -> None:
    assert codes(traces.id_mistyped()) == ["R4"]


def test_r4_not_where_the_id_never_reached_the_centre() -> None:
    trainee = Trainee().sits_down().opens_cbtsync().patches()

    assert codes(trainee.does(c.SubmitId(server_id=UNKNOWN_ID, verdict="no-line"))) == []


def test_r4_not_where_the_right_id_is_refused() -> None:
    trainee = Trainee().sits_down().opens_cbtsync().patches()

    assert codes(trainee.does(c.SubmitId(server_id=OWN_ID, verdict="unknown"))) == []


# --- B8: left a running job -----------------------------------------------------------------------


def running(job: str) -> Trainee:
    """A trainee on the page of a job that advances."""
    if job == "sync":
        return Trainee().gets_ready_to_sync().refreshes_status().starts_sync()
    trainee = Trainee().gets_to_dashboard()
    if job == "backup":
        return trainee.opens("backup").does(c.StartBackup())
    return trainee.backs_up().does(c.AskDelete(), c.StartDelete())


@pytest.mark.parametrize("job", ["backup", "delete", "sync"])
def test_b8_cbtsync_closed_while_a_job_runs(job: str) -> None:
    assert codes(running(job).does(c.CloseCbtsync())) == ["B8"]


@pytest.mark.parametrize("job", ["backup", "delete", "sync"])
def test_b8_another_menu_opened_while_a_job_runs(job: str) -> None:
    assert codes(running(job).opens("participants")) == ["B8"]


def test_b8_counts_one_leaving_once_and_the_next_anew() -> None:
    trainee = running("sync").opens("participants").opens("tests").opens("status-download")

    assert codes(trainee) == ["B8"]
    assert codes(trainee.opens("tests")) == ["B8", "B8"]


def test_b8_not_for_looking_at_other_screens() -> None:
    assert codes(running("sync").looks("participants", "tests", "dashboard", "backup")) == []


def test_b8_not_for_a_job_that_stands_still() -> None:
    trainee = Trainee().gets_ready_to_sync().refreshes_status()
    trainee.starts_sync(SyncHazard(stall=At(data=5, permille=500))).wait(25 * MINUTE_MS)

    assert codes(trainee.does(c.CloseCbtsync())) == []


def test_b8_not_for_a_crash_nor_for_the_way_back_from_it() -> None:
    trainee = Trainee().gets_ready_to_sync().refreshes_status()
    trainee.starts_sync(SyncHazard(crash=At(data=5, permille=500))).wait(15 * MINUTE_MS)
    trainee.does(c.OpenCbtsync(), c.SubmitId(server_id=OWN_ID))

    assert not trainee.happened(CbtsyncClosed)
    assert codes(trainee.opens("participants").opens("status-download")) == []


def test_b8_not_for_what_is_done_while_cbtsync_patches() -> None:
    trainee = Trainee().sits_down().opens_cbtsync().does(c.StartPatch())

    assert codes(trainee.opens("dashboard").does(c.CloseCbtsync())) == []


# --- B9: patching repeated ------------------------------------------------------------------------


def test_b9_a_third_retry_without_touching_the_service() -> None:
    assert codes(traces.patch_retried_blindly()) == ["B9"]


def test_b9_not_at_the_second_retry() -> None:
    trainee = Trainee().sits_down().opens_cbtsync().patches(FAILS)

    assert codes(trainee.patches_again(FAILS).patches_again()) == []


def test_b9_not_where_the_tab_was_at_least_looked_at() -> None:
    network = Hazard(fail_permille=400, patch_cause="network")
    trainee = Trainee().sits_down().opens_cbtsync().patches(network)
    trainee.patches_again(network).patches_again(network).looks("service")

    assert codes(trainee.patches_again(network)) == []


def test_b9_counts_from_the_first_failure_after_a_success() -> None:
    network = Hazard(fail_permille=400, patch_cause="network")
    trainee = Trainee().sits_down().opens_cbtsync().patches(network)
    trainee.patches_again(Hazard(claims_success=True)).patches_again(network)

    assert codes(trainee.patches_again(network).patches_again(network)) == []
    assert codes(trainee.patches_again(network)) == ["B9"]


def test_b9_does_not_count_what_a_crash_has_broken_off() -> None:
    network = Hazard(fail_permille=400, patch_cause="network")
    crashes = Hazard(crash_permille=500)
    trainee = Trainee().sits_down().opens_cbtsync().patches(network)
    trainee.patches_again(network).patches_again(crashes)
    trainee.does(c.OpenCbtsync()).patches(crashes).does(c.OpenCbtsync())

    assert codes(trainee.patches()) == []


def test_b9_follows_the_packs_limit() -> None:
    trainee = Trainee(TINY).sits_down().opens_cbtsync().patches(FAILS)

    assert codes(trainee.patches_again(FAILS).patches_again()) == ["B9"]


# --- R1 and R6: REFRESH STATUS --------------------------------------------------------------------


def test_r1_sync_without_refresh_status() -> None:
    assert codes(traces.refresh_forgotten()) == ["R1"]


def test_r1_where_the_view_is_older_than_the_data() -> None:
    trainee = Trainee().gets_to_dashboard().refreshes_status().backs_up().deletes()

    assert codes(trainee.starts_sync()) == ["R1"]


def test_r1_not_where_a_sync_is_resumed() -> None:
    assert codes(traces.partial_repeated()) == []


def test_r6_start_sync_over_the_open_view() -> None:
    trainee = Trainee().gets_ready_to_sync().does(c.RefreshStatus())

    assert codes(trainee.starts_sync()) == ["R6"]


def test_r6_not_once_the_view_was_closed() -> None:
    trainee = Trainee().gets_ready_to_sync().does(c.RefreshStatus(), c.CloseStatus())

    assert codes(trainee.starts_sync()) == []


# --- R5: pressed again ----------------------------------------------------------------------------

BUTTONS = {
    "patch": c.StartPatch(),
    "backup": c.StartBackup(),
    "delete": c.StartDelete(),
    "sync": c.StartSync(),
}


@pytest.mark.parametrize("job", ["backup", "delete", "sync"])
def test_r5_a_button_pressed_again_while_its_job_runs(job: str) -> None:
    assert codes(running(job).tries(BUTTONS[job])) == ["R5"]


def test_r5_pembaharuan_pressed_again_while_patching() -> None:
    trainee = Trainee().sits_down().opens_cbtsync().does(c.StartPatch())

    assert codes(trainee.tries(c.StartPatch())) == ["R5"]


def test_r5_not_for_another_button() -> None:
    assert codes(running("backup").tries(BUTTONS["delete"])) == []


def test_r5_not_for_a_copy_that_nobody_pressed_for() -> None:
    assert codes(running("sync").tries(c.StartSync(), copy=True)) == []


def test_r5_not_for_start_sync_once_the_sync_counts_as_stopped() -> None:
    trainee = Trainee().gets_ready_to_sync().refreshes_status()
    trainee.starts_sync(SyncHazard(stall=At(data=1, permille=500))).wait(20 * MINUTE_MS)

    assert codes(trainee.starts_sync()) == []


def test_r5_not_for_the_first_press_after_a_crash_but_for_the_second() -> None:
    trainee = Trainee().gets_ready_to_sync().refreshes_status()
    trainee.starts_sync(SyncHazard(crash=At(data=5, permille=500))).wait(15 * MINUTE_MS)
    trainee.does(c.OpenCbtsync(), c.SubmitId(server_id=OWN_ID))

    assert codes(trainee.tries(c.StartSync())) == []
    assert codes(trainee.tries(c.StartSync())) == ["R5"]


# --- R8: detours ----------------------------------------------------------------------------------


def wanders(trainee: Trainee, times: int) -> Trainee:
    for turn in range(times):
        trainee.opens("reports" if turn % 2 else "tests")
    return trainee


def test_r8_the_seventh_detour() -> None:
    assert codes(wanders(Trainee().gets_to_dashboard(), 6)) == []
    assert codes(wanders(Trainee().gets_to_dashboard(), 7)) == ["R8"]
    assert codes(wanders(Trainee().gets_to_dashboard(), 14)) == ["R8", "R8"]


def test_r8_follows_the_packs_limit() -> None:
    assert codes(wanders(Trainee(TINY).gets_to_dashboard(), 5)) == ["R8"]


def test_r8_not_for_the_menus_of_the_steps_that_are_due() -> None:
    trainee = Trainee().gets_to_dashboard()
    for _turn in range(8):
        trainee.opens("backup").opens("dashboard")

    assert codes(trainee) == []


def test_r8_backup_is_a_detour_once_its_steps_are_done() -> None:
    trainee = Trainee().gets_ready_to_sync()
    for _turn in range(7):
        trainee.opens("status-download").opens("backup")

    assert codes(trainee) == ["R8"]


def test_r8_backup_is_a_detour_where_the_start_stands_behind_it() -> None:
    trainee = Trainee(condition=Condition.READY_TO_SYNC).sits_down()
    for _turn in range(7):
        trainee.opens("backup").opens("status-download")

    assert codes(trainee) == ["R8"]


def test_r8_backup_is_no_detour_for_who_deleted_first() -> None:
    trainee = Trainee().gets_to_dashboard().opens("backup").deletes()
    for _turn in range(7):
        trainee.opens("status-download").opens("backup")

    assert codes(trainee) == ["B1"]


def test_r8_backup_is_no_detour_while_rows_are_left() -> None:
    trainee = Trainee().gets_to_dashboard().backs_up()
    for _turn in range(8):
        trainee.opens("dashboard").opens("backup")

    assert codes(trainee) == []


def test_r8_not_the_first_menu_after_a_crash() -> None:
    crash = SyncHazard(crash=At(data=5, permille=500), drop=At(data=6, permille=0))
    trainee = wanders(Trainee().gets_ready_to_sync(), 6).opens("status-download")
    trainee.does(c.RefreshStatus(), c.CloseStatus()).starts_sync(crash).waits_for_sync()
    trainee.does(c.OpenCbtsync(), c.SubmitId(server_id=OWN_ID))

    assert codes(trainee.opens("reports")) == []
    assert codes(trainee.opens("tests")) == ["R8"]


def test_r8_not_for_the_same_page_again_nor_for_looking() -> None:
    trainee = Trainee().gets_to_dashboard()
    for _turn in range(8):
        trainee.opens("reports").looks("tests", "participants")

    assert codes(trainee) == []


def test_r8_not_where_the_start_stands_behind_the_backup() -> None:
    trainee = Trainee(condition=Condition.READY_TO_SYNC).sits_down()
    for _turn in range(8):
        trainee.opens("status-download").opens("dashboard")

    assert codes(trainee) == []


# --- N1 and N2: near misses -----------------------------------------------------------------------


def test_n1_another_id_typed_after_the_sync_and_left() -> None:
    trainee = Trainee().gets_synced().does(c.DraftId(server_id=OTHER_ID), c.LeaveIdForm())

    assert codes(trainee) == ["N1"]


def test_n1_not_for_the_same_id_nor_before_the_sync() -> None:
    after = Trainee().gets_synced().does(c.DraftId(server_id=OWN_ID), c.LeaveIdForm())
    before = Trainee().gets_to_dashboard().does(c.DraftId(server_id=OTHER_ID), c.LeaveIdForm())

    assert codes(after) == codes(before) == []


def test_n1_where_the_rehearsal_begins_synced() -> None:
    trainee = Trainee(condition=Condition.SYNCED).sits_down()

    assert codes(trainee.does(c.DraftId(server_id=OTHER_ID), c.LeaveIdForm())) == ["N1"]


def test_n2_hapus_cancelled_once_complete() -> None:
    assert codes(traces.hapus_cancelled()) == ["N2"]


def test_n2_not_for_hapus_cancelled_at_step_14() -> None:
    trainee = Trainee().gets_to_dashboard().backs_up().does(c.AskDelete(), c.CancelDelete())

    assert codes(trainee) == []
