"""The credit of each step: in full, half for what was put right, nothing, or not observed."""

import pytest
from msgspec.structs import replace

from mock_server.domain import commands as c
from mock_server.domain.hazards import At, Hazard, SyncHazard
from mock_server.domain.setup import Condition
from tests.procedure import traces
from tests.procedure.traces import (
    FAILS,
    LAPTOP,
    MINUTE_MS,
    OWN_ID,
    SERVER,
    UNBK,
    Trainee,
    window,
)
from tests.procedure.verdicts import assessed, credits, missed

DROPS = SyncHazard(drop=At(data=8, permille=0))


def test_nothing_is_missed_before_its_time() -> None:
    trainee = Trainee()
    blocks = (
        Trainee.sits_down, Trainee.opens_cbtsync, Trainee.patches, Trainee.submits,
        Trainee.backs_up, Trainee.deletes, Trainee.refreshes_status, Trainee.starts_sync,
        Trainee.waits_for_sync, Trainee.checks_lists,
    )  # fmt: skip
    for block in blocks:
        block(trainee)

        assert missed(trainee) == {}, block.__name__


def test_a_step_that_was_passed_over_is_missed_at_once() -> None:
    trainee = Trainee().gets_to_dashboard().opens("status-download")

    assert missed(trainee) == {}
    assert missed(trainee.starts_sync()) == {12: 0, 13: 0, 14: 0, 16: 0}


def test_declared_ready_at_once_misses_every_step_that_is_always_called_for() -> None:
    trainee = Trainee().sits_down().claims_all()

    assert set(missed(trainee)) == {3, 4, 5, 6, 8, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20}


def test_a_machine_without_old_data_has_nothing_to_delete() -> None:
    assert credits(traces.synced_on_laptop())[14] is None
    assert credits(traces.nominal())[14] == 1000


def test_the_label_read_only_after_submit_is_half_a_step() -> None:
    trainee = Trainee().does(c.UseMachine(machine=SERVER)).opens_cbtsync().patches().submits()

    assert missed(trainee.looks("desk")) == {2: 500}


def test_the_wrong_exambro_put_right_is_half_a_step() -> None:
    old, right = UNBK.values.wrong_exambro_version, UNBK.values.exambro_version
    machines = tuple(
        replace(machine, exambro=(old, right)) for machine in traces.setup_for(UNBK).machines
    )
    trainee = Trainee(machines=machines).sits_down().does(c.OpenExambro(version=old))
    trainee.does(c.OpenCbtsync()).looks("patch").patches()

    assert missed(trainee) == {3: 0}
    trainee.does(c.CloseCbtsync(), c.OpenExambro(version=right), c.OpenCbtsync())
    assert missed(trainee) == {3: 500}


def test_a_version_put_right_after_submit_is_half_a_step() -> None:
    trainee = Trainee().sits_down().opens_cbtsync().patches(Hazard(claims_success=True)).submits()

    assert missed(trainee)[6] == 0
    assert missed(trainee.patches_again().submits())[6] == 500


def test_the_version_is_shown_by_the_form_alone_or_by_reading_alone() -> None:
    unread = Trainee().sits_down().does(c.OpenExambro(version=UNBK.values.exambro_version))
    unread.does(c.OpenCbtsync(), c.StartPatch()).wait(unread.station.setup.durations.patch_ms)
    unread.submits().opens("backup").does(c.StartBackup())

    assert missed(unread) == {6: 0}
    assert missed(unread.reports("postpone")) == {}
    assert missed(Trainee().gets_to_dashboard().reports("postpone", version="?")) == {}


def test_who_never_got_to_submit_shows_step_6_by_what_the_report_says() -> None:
    old = Trainee().sits_down().opens_cbtsync().patches(FAILS).restarts_service()
    old.patches_again(FAILS)

    assert credits(old)[6] is None
    assert credits(old.reports("postpone"))[6] == 1000
    assert credits(old.reports("postpone", version="?"))[6] == 0
    assert credits(old.reports("ready"))[6] == 0
    new = Trainee().sits_down().opens_cbtsync().patches()
    assert credits(new.reports("ready"))[6] == 1000


def test_a_version_put_right_only_after_the_sync_does_not_count() -> None:
    trainee = Trainee().sits_down().opens_cbtsync().patches(Hazard(claims_success=True)).submits()
    trainee.backs_up().deletes().refreshes_status().starts_sync().waits_for_sync()

    assert missed(trainee.patches_again().submits()) == {6: 0}


def test_step_7_is_awaited_while_the_run_goes_on_and_missed_once_it_is_reported() -> None:
    trainee = Trainee().sits_down().opens_cbtsync().patches(FAILS)

    assert missed(trainee) == {}
    parts = dict.fromkeys((7, "7a", "7b", "7c", "7d", "7e"), 0)
    assert missed(trainee.reports("postpone")) == parts


def test_step_5_is_not_called_for_where_the_version_was_right_already() -> None:
    trainee = Trainee(old_version=UNBK.values.cbtsync_version).sits_down().opens_cbtsync()

    assert credits(trainee.submits())[5] is None
    assert credits(trainee)[6] == 1000


def test_the_parts_of_step_7_are_credited_one_by_one() -> None:
    trainee = Trainee().sits_down().opens_cbtsync().patches(FAILS)
    trainee.restarts_service().patches_again().submits()

    parts = ("7a", "7b", "7c", "7d", "7e", "7f")
    assert [credits(trainee)[part] for part in (7, *parts)] == [1000] * 7
    assert [credits(traces.nominal())[part] for part in (7, *parts)] == [None] * 7


def test_step_7_out_of_order_is_half_and_without_the_service_nothing() -> None:
    reopened_first = Trainee().sits_down().opens_cbtsync().patches(FAILS)
    reopened_first.does(c.CloseCbtsync(), c.OpenCbtsync()).restarts_service().patches().submits()
    network = Hazard(fail_permille=400, patch_cause="network")
    untouched = Trainee().sits_down().opens_cbtsync().patches(network).patches_again().submits()

    assert missed(reopened_first) == {7: 500}
    assert missed(untouched) == {7: 0, "7a": 0, "7b": 0, "7c": 0}


def test_7b_needs_no_press_where_the_service_is_read_as_running() -> None:
    network = Hazard(fail_permille=400, patch_cause="network")
    trainee = Trainee().sits_down().opens_cbtsync().patches(network).looks("service")
    trainee.does(c.RefreshService()).patches_again().submits()

    assert missed(trainee) == {}


def test_7c_needs_the_sight_of_a_running_service() -> None:
    trainee = Trainee().sits_down().opens_cbtsync().patches(FAILS).looks("service")
    trainee.does(c.RefreshService(), c.StartService()).wait(MINUTE_MS)

    assert missed(trainee.patches_again().submits()) == {7: 0, "7c": 0}


def test_7f_needs_the_sight_of_the_new_version_or_its_mention_in_the_report() -> None:
    trainee = Trainee().sits_down().opens_cbtsync().patches(FAILS).restarts_service()
    trainee.does(c.CloseCbtsync(), c.OpenCbtsync()).looks("patch").does(c.StartPatch())
    trainee.wait(trainee.station.setup.durations.patch_ms).does(c.SubmitId(server_id=OWN_ID))

    assert missed(trainee) == {6: 0, 7: 0, "7f": 0}
    assert missed(trainee.reports("postpone")) == {}


def test_7f_is_not_called_for_until_patching_has_reached_the_version() -> None:
    trainee = Trainee().sits_down().opens_cbtsync().patches(FAILS).restarts_service()
    trainee.patches_again(Hazard(claims_success=True)).reports("postpone")

    assert credits(trainee)[7] == 1000
    assert credits(trainee)["7f"] is None


def test_step_10_without_a_look_at_the_schedule_is_missed() -> None:
    trainee = Trainee(**window(UNBK, "13:00")).gets_to_dashboard().reports("postpone")

    assert missed(trainee) == {10: 0}


def test_step_10_is_called_for_only_where_standby_was_met_before_the_sync() -> None:
    closed_by_the_centre = Trainee().gets_synced().looks("dashboard")

    assert credits(closed_by_the_centre)[10] is None


def test_step_10_then_aktif_then_on_to_the_end() -> None:
    trainee = Trainee(**window(UNBK, "08:30")).gets_to_dashboard().looks("portal-schedule")
    trainee.wait(30 * MINUTE_MS).looks("dashboard").backs_up().deletes().refreshes_status()
    trainee.starts_sync().waits_for_sync().checks_lists().reports()

    assert credits(trainee)[10] == credits(trainee)[11] == 1000
    assert assessed(trainee).passed


def test_step_14_with_rows_left_behind_is_missed_until_hapus_is_finished() -> None:
    trainee = Trainee().gets_to_dashboard().backs_up().does(c.AskDelete())
    trainee.does(c.StartDelete(hazard=Hazard(left_rows=12))).wait(MINUTE_MS).refreshes_status()

    finished = Trainee().gets_to_dashboard().backs_up().does(c.AskDelete())
    finished.does(c.StartDelete(hazard=Hazard(left_rows=12))).wait(MINUTE_MS).deletes()

    assert missed(trainee.starts_sync()) == {14: 0}
    assert missed(finished.refreshes_status().starts_sync()) == {}


def test_step_14_after_the_sync_has_begun_is_half_a_step() -> None:
    trainee = Trainee().gets_to_dashboard().backs_up().refreshes_status().starts_sync(DROPS)

    assert missed(trainee.waits_for_sync().opens("backup").deletes()) == {14: 500}


def test_step_14_is_not_done_by_the_forbidden_hapus() -> None:
    trainee = Trainee().gets_to_dashboard().backs_up().refreshes_status().starts_sync()

    assert missed(trainee.waits_for_sync().opens("backup").deletes()) == {14: 0, 21: 0}


def test_step_14_is_judged_on_the_machine_of_the_sync() -> None:
    trainee = Trainee().gets_ready_to_sync().does(c.UseMachine(machine=LAPTOP))
    trainee.opens_cbtsync().patches().does(c.SubmitId(server_id=OWN_ID))
    trainee.does(c.BindElsewhere(granted_after_ms=0), c.RequestSnReset(server_id=OWN_ID)).wait(1)
    trainee.submits().refreshes_status().starts_sync()

    assert credits(trainee)[14] is None


def test_step_10_is_awaited_until_the_sync_begins_without_it() -> None:
    trainee = Trainee(**window(UNBK, "08:30")).gets_to_dashboard()

    assert missed(trainee) == {}
    trainee.wait(30 * MINUTE_MS).looks("dashboard").backs_up().deletes().refreshes_status()
    assert missed(trainee.starts_sync()) == {10: 0}
    assert missed(trainee.looks("portal-schedule")) == {10: 500}


def test_step_11_is_half_where_the_last_look_showed_something_else() -> None:
    trainee = Trainee().gets_ready_to_sync().refreshes_status().looks("portal-schedule")
    pause = c.Interval(from_ms=trainee.now_ms, until_ms=trainee.now_ms + MINUTE_MS)
    trainee.does(c.SetCentral(closures=(pause,))).looks("dashboard").wait(2 * MINUTE_MS)

    assert missed(trainee.starts_sync()) == {11: 500}


def test_step_11_is_missed_where_aktif_was_never_seen() -> None:
    trainee = Trainee(**window(UNBK, "08:30")).gets_to_dashboard().looks("portal-schedule")
    trainee.wait(30 * MINUTE_MS).backs_up().deletes().refreshes_status()

    assert credits(trainee)[11] is None
    assert missed(trainee.starts_sync().looks("dashboard")) == {11: 0}


def test_step_11_is_missed_where_the_dashboard_was_never_looked_at() -> None:
    trainee = Trainee(condition=Condition.IDENTIFIED).sits_down().backs_up().deletes()

    assert missed(trainee.refreshes_status().starts_sync()) == {11: 0}


def test_step_11_is_shown_by_the_dashboard_that_submit_leads_to() -> None:
    trainee = Trainee().sits_down().opens_cbtsync().patches().does(c.SubmitId(server_id=OWN_ID))

    assert credits(trainee)[11] == 1000


def test_a_menu_that_was_only_opened_shows_no_step() -> None:
    trainee = Trainee().gets_to_dashboard().opens("backup", "backup").opens("status-download")

    assert credits(trainee)[12] is credits(trainee)[15] is None


def test_step_13_after_the_sync_is_half_a_step() -> None:
    trainee = Trainee(old_data=False).gets_to_dashboard().refreshes_status().starts_sync()
    trainee.waits_for_sync().backs_up()

    assert missed(trainee) == {12: 500, 13: 500}


def test_step_17_with_the_view_left_open_is_half_a_step() -> None:
    trainee = Trainee().gets_ready_to_sync().opens("status-download").does(c.RefreshStatus())

    assert missed(trainee.starts_sync()) == {17: 500}


def test_step_18_needs_a_look_at_the_green_rows() -> None:
    trainee = Trainee().gets_ready_to_sync().refreshes_status().starts_sync()
    trainee.wait(trainee.station.setup.durations.sync_ms).checks_lists().reports()

    assert missed(trainee) == {18: 0}


def test_step_18_is_shown_by_reporting_truly_what_is_not_green() -> None:
    honest = Trainee().gets_synced(DROPS).reports("postpone")
    wrong = Trainee().gets_synced(DROPS).reports("postpone", datasets_complete=9)

    assert credits(honest)[18] == 1000
    assert credits(wrong)[18] == 0


def test_step_18_is_not_called_for_where_no_sync_has_begun() -> None:
    assert credits(traces.standby_postponed())[18] is None
    assert credits(Trainee().gets_ready_to_sync().reports("postpone"))[18] is None


def test_step_18_of_a_rehearsal_that_begins_in_the_middle_of_the_sync() -> None:
    trainee = Trainee(condition=Condition.PARTIAL).sits_down()

    assert credits(trainee)[18] is None
    assert credits(trainee.reports("postpone"))[18] == 1000


def test_lists_opened_before_any_sync_show_nothing() -> None:
    trainee = Trainee().gets_ready_to_sync().checks_lists()

    assert credits(trainee)[19] is credits(trainee)[20] is None


def test_the_lists_are_called_for_once_all_is_green_even_if_it_is_then_postponed() -> None:
    green, stopped = Trainee().gets_synced(), Trainee().gets_synced(DROPS)

    assert missed(green.reports("postpone")) == {19: 0, 20: 0}
    assert missed(stopped.reports("postpone")) == {}


def test_step_19_with_another_number_in_the_form_is_half_a_step() -> None:
    trainee = Trainee().gets_synced(SyncHazard(participants_missing=3))

    assert missed(trainee.checks_lists().claims_all()) == {19: 500}


def test_the_two_prohibitions_are_steps_without_weight() -> None:
    steps = {one.step: one for one in assessed(traces.nominal()).steps}

    for prohibition in (9, 21):
        assert steps[prohibition].weight is None
        assert steps[prohibition].credit_permille == 1000
    assert missed(traces.id_changed_after_sync()) == {9: 0}
    assert missed(traces.hapus_after_green()) == {21: 0}
    assert credits(traces.standby_postponed())[21] is None


BEFORE = {
    Condition.FRESH_BOOT: set(),
    Condition.PATCHED: set(range(1, 8)),
    Condition.IDENTIFIED: set(range(1, 9)),
    Condition.ACTIVE: set(range(1, 12)),
    Condition.BACKED_UP: set(range(1, 14)),
    Condition.READY_TO_SYNC: set(range(1, 15)),
    Condition.PARTIAL: set(range(1, 18)),
    Condition.SYNCED: set(range(1, 19)),
}


@pytest.mark.parametrize("condition", list(Condition))
def test_a_start_further_on_leaves_out_the_steps_before_it(condition: Condition) -> None:
    trainee = Trainee(condition=condition).sits_down()
    order = list(Condition)
    begun = order.index(condition)
    if begun < order.index(Condition.PATCHED):
        trainee.opens_cbtsync().patches()
    if begun < order.index(Condition.IDENTIFIED):
        trainee.submits()
    trainee.looks("dashboard")
    if begun < order.index(Condition.BACKED_UP):
        trainee.backs_up()
    if begun < order.index(Condition.READY_TO_SYNC):
        trainee.deletes()
    if begun < order.index(Condition.PARTIAL):
        trainee.refreshes_status()
    if begun < order.index(Condition.SYNCED):
        trainee.starts_sync().waits_for_sync()
    trainee.checks_lists().reports()

    observed = {step for step, credit in credits(trainee).items() if credit is not None}
    assert assessed(trainee).passed
    assert missed(trainee) == {}
    # 9 and 21 are gates, judged wherever the data are complete
    assert observed == set(range(1, 22)) - {7, 10} - (BEFORE[condition] - {9})
