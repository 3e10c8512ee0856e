"""Codes that only a Berita Acara shows: what it claims, beside what was true and was looked at."""

import pytest

from mock_server.domain import commands as c
from mock_server.domain.hazards import At, Hazard, Short, SyncHazard
from mock_server.domain.setup import Condition
from tests.procedure.traces import (
    LAPTOP,
    OWN_ID,
    PARTICIPANTS,
    SERVER,
    TINY,
    UNBK,
    UNKNOWN_ID,
    Trainee,
    window,
)
from tests.procedure.verdicts import codes, findings

DROPS = SyncHazard(drop=At(data=8, permille=0))
MISSING_NAMES = SyncHazard(participants_missing=3)
MISSING_TESTS = SyncHazard(tests_missing=True)


def test_without_a_report_nothing_is_held_against_what_it_might_have_claimed() -> None:
    assert codes(Trainee().gets_synced(DROPS)) == []
    assert codes(Trainee().gets_synced(MISSING_TESTS)) == []


# --- B4 -------------------------------------------------------------------------------------------


def test_b4_declared_ready_while_rows_are_missing() -> None:
    trainee = Trainee().gets_synced(DROPS).checks_lists().claims_all()

    assert findings(trainee) == [("B4", "7")]


def test_b4_declared_ready_even_if_the_number_is_honest() -> None:
    assert codes(Trainee().gets_synced(DROPS).checks_lists().reports("ready")) == ["B4"]


def test_b4_where_a_row_is_green_and_yet_short() -> None:
    short = SyncHazard(short=(Short(data=5, missing=4),))
    trainee = Trainee().gets_synced(short).checks_lists().claims_all()

    assert findings(trainee) == [("B4", "8")]


def test_b4_declared_ready_by_ones_own_word_of_fewer() -> None:
    trainee = Trainee().gets_synced().checks_lists().reports("ready", datasets_complete=8)

    assert findings(trainee) == [("B4", "9")]


def test_b4_where_nothing_was_ever_synced() -> None:
    assert "B4" in codes(Trainee().gets_ready_to_sync().claims_all())


def test_b4_counts_the_data_sets_of_the_pack() -> None:
    drops = SyncHazard(drop=At(data=7, permille=0))
    trainee = Trainee(TINY).gets_synced(drops).opens("participants", "participants")

    assert findings(trainee.reports("ready"))[0] == ("B4", "6")


def test_b4_not_for_a_postponement() -> None:
    assert codes(Trainee().gets_synced(DROPS).reports("postpone")) == []


def test_b4_not_once_the_sync_was_resumed_to_the_end() -> None:
    trainee = Trainee().gets_synced(DROPS).starts_sync().waits_for_sync()

    assert codes(trainee.checks_lists().reports()) == []


# --- B5 -------------------------------------------------------------------------------------------


def test_b5_daftar_peserta_not_opened_after_the_sync() -> None:
    assert codes(Trainee().gets_synced().opens("tests", "tests").reports()) == ["B5"]


def test_b5_where_it_was_opened_only_before_the_sync() -> None:
    trainee = Trainee().gets_ready_to_sync().opens("participants", "participants")
    trainee.refreshes_status().starts_sync().waits_for_sync().opens("tests", "tests")

    assert codes(trainee.reports()) == ["B5"]


def test_b5_a_shortfall_that_the_report_hides() -> None:
    assert codes(Trainee().gets_synced(MISSING_NAMES).checks_lists().claims_all()) == ["B5"]


def test_b5_a_double_in_the_list_and_declared_ready() -> None:
    doubles = SyncHazard(participants_duplicate=1)

    assert codes(Trainee().gets_synced(doubles).checks_lists().claims_all()) == ["B5"]


def test_b5_not_for_a_shortfall_that_is_reported() -> None:
    trainee = Trainee().gets_synced(MISSING_NAMES).checks_lists()

    assert codes(trainee.reports("postpone")) == []


def test_b5_not_where_a_look_at_the_list_left_its_evidence() -> None:
    trainee = Trainee().gets_synced().looks("participants", "tests")

    assert codes(trainee.reports()) == []


def test_b5_not_for_a_postponement_before_any_sync() -> None:
    trainee = Trainee(**window(UNBK, "13:00")).gets_to_dashboard()

    assert codes(trainee.reports("postpone")) == []


# --- B10 and R3 -----------------------------------------------------------------------------------


@pytest.mark.parametrize("decision", ["ready", "postpone"])
def test_b10_missing_tests_claimed_to_be_there(decision) -> None:
    trainee = Trainee().gets_synced(MISSING_TESTS).checks_lists()

    assert codes(trainee.reports(decision, tests_visible=True)) == ["B10"]


def test_b10_also_where_status_test_was_not_opened_and_then_not_r3() -> None:
    trainee = Trainee().gets_synced(MISSING_TESTS).opens("participants", "participants")

    assert codes(trainee.claims_all()) == ["B10"]


def test_b10_not_where_it_is_reported() -> None:
    trainee = Trainee().gets_synced(MISSING_TESTS).checks_lists()

    assert codes(trainee.reports("postpone")) == []


def test_b10_not_before_the_rows_are_green_unless_declared_ready() -> None:
    drops = SyncHazard(drop=At(data=2, permille=0))
    postponed = Trainee().gets_synced(drops).reports("postpone", tests_visible=True)
    declared = Trainee().gets_synced(drops).checks_lists().claims_all()

    assert findings(postponed) == [("R7", "tests_visible")]
    assert codes(declared) == ["B4", "B10"]


def test_r3_status_test_not_opened_though_nothing_was_wrong_there() -> None:
    trainee = Trainee().gets_synced().opens("participants", "participants")

    assert codes(trainee.reports()) == ["R3"]


def test_r3_also_where_something_else_is_rightly_postponed() -> None:
    trainee = Trainee().gets_synced(MISSING_NAMES).opens("participants", "participants")

    assert codes(trainee.reports("postpone")) == ["R3"]


def test_r3_not_where_status_test_was_opened() -> None:
    assert codes(Trainee().gets_synced().checks_lists().reports()) == []


def test_r3_not_for_a_postponement_in_the_middle_of_the_sync() -> None:
    assert codes(Trainee().gets_synced(DROPS).reports("postpone")) == []


# --- R2 -------------------------------------------------------------------------------------------


def blind_to_the_version() -> Trainee:
    """Patched and submitted without ever looking at the patching screen."""
    trainee = Trainee().sits_down()
    trainee.does(c.OpenExambro(version=UNBK.values.exambro_version), c.OpenCbtsync())
    trainee.does(c.StartPatch()).wait(trainee.station.setup.durations.patch_ms)
    trainee.submits().backs_up().deletes().refreshes_status().starts_sync().waits_for_sync()
    return trainee.checks_lists()


def test_r2_neither_read_nor_rightly_written_and_then_not_r7_as_well() -> None:
    trainee = blind_to_the_version().reports(version=UNBK.values.old_cbtsync_version)

    assert findings(trainee) == [("R2", "version")]


def test_r2_where_only_the_version_before_the_patching_was_seen() -> None:
    trainee = Trainee().sits_down().opens_cbtsync().does(c.StartPatch())
    trainee.wait(trainee.station.setup.durations.patch_ms).does(c.SubmitId(server_id=OWN_ID))

    assert "R2" in codes(trainee.reports("postpone", version="?"))


def test_r2_not_where_the_report_names_the_version() -> None:
    assert codes(blind_to_the_version().reports()) == []


def test_r2_not_where_the_version_was_read_before_submit() -> None:
    trainee = Trainee().gets_synced().checks_lists().reports(version="?")

    assert findings(trainee) == [("R7", "version")]


def test_r2_not_where_the_dashboard_showed_the_version_before_a_second_submit() -> None:
    trainee = Trainee().sits_down()
    trainee.does(c.OpenExambro(version=UNBK.values.exambro_version), c.OpenCbtsync())
    trainee.does(c.StartPatch()).wait(trainee.station.setup.durations.patch_ms)
    trainee.submits(UNKNOWN_ID).submits().reports("postpone", version="?")

    assert codes(trainee) == ["R4", "R7"]


def test_r2_where_the_version_was_read_on_another_machine() -> None:
    trainee = Trainee().sits_down(LAPTOP).opens_cbtsync().patches()
    trainee.does(c.UseMachine(machine=SERVER))
    trainee.does(c.OpenExambro(version=UNBK.values.exambro_version), c.OpenCbtsync())
    trainee.does(c.StartPatch()).wait(trainee.station.setup.durations.patch_ms)

    assert codes(trainee.submits().reports("postpone", version="?")) == ["R2"]


def test_r2_not_where_nothing_was_submitted() -> None:
    trainee = Trainee().sits_down().reports("postpone", version="?")

    assert findings(trainee) == [("R7", "version")]


def test_r2_not_where_the_rehearsal_begins_patched() -> None:
    trainee = Trainee(condition=Condition.PATCHED).sits_down().submits()

    assert "R2" not in codes(trainee.reports("postpone", version="?"))


# --- R7 -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "claim"), [("machine", "SRV-09"), ("server_id", "U99-9999-ZZZ"), ("time", "03:00")]
)
def test_r7_a_wrong_entry_that_decides_nothing(field: str, claim: str) -> None:
    trainee = Trainee().gets_synced().checks_lists().reports(**{field: claim})

    assert findings(trainee) == [("R7", field)]


def test_r7_one_for_each_wrong_entry() -> None:
    trainee = Trainee().gets_synced().checks_lists().reports(machine="?", time="03:00")

    assert findings(trainee) == [("R7", "machine"), ("R7", "time")]


def test_r7_a_number_that_a_postponement_gets_wrong() -> None:
    trainee = Trainee(**window(UNBK, "13:00")).gets_to_dashboard()

    assert findings(trainee.reports("postpone", participants=PARTICIPANTS)) == [
        ("R7", "participants")
    ]


def test_r7_tests_reported_missing_that_are_there() -> None:
    trainee = Trainee().gets_synced().checks_lists().reports(tests_visible=False)

    assert findings(trainee) == [("R7", "tests_visible")]


def test_r7_not_for_what_a_graver_code_has_judged() -> None:
    trainee = Trainee().gets_synced(DROPS).claims_all()

    assert codes(trainee) == ["B4", "B5", "R3"]


def test_r7_not_for_an_honest_report() -> None:
    assert codes(Trainee().gets_synced().checks_lists().reports()) == []


# --- one cause, one code --------------------------------------------------------------------------


def test_what_hapus_emptied_is_not_charged_as_missing_names_and_tests() -> None:
    trainee = Trainee().gets_synced().checks_lists().opens("backup").deletes().claims_all()

    assert codes(trainee) == ["K2", "B4"]


def test_an_honest_report_of_what_hapus_destroyed_adds_nothing() -> None:
    trainee = Trainee().gets_synced().checks_lists().opens("backup").deletes()

    assert codes(trainee.reports("postpone")) == ["K2"]


def test_a_postponement_that_hides_what_hapus_destroyed_is_wrong_in_each_field() -> None:
    trainee = Trainee().gets_synced().checks_lists().opens("backup").deletes()
    trainee.reports("postpone", participants=PARTICIPANTS, tests_visible=True)

    assert findings(trainee)[1:] == [("R7", "participants"), ("R7", "tests_visible")]


def test_declared_ready_after_hapus_without_a_look_at_the_list_is_also_b5() -> None:
    trainee = Trainee().gets_synced().opens("backup").deletes().claims_all()

    assert codes(trainee) == ["K2", "B4", "B5"]


def test_every_report_is_judged_by_the_truth_of_its_own_moment() -> None:
    trainee = Trainee().gets_synced(DROPS).checks_lists().claims_all()
    trainee.starts_sync().waits_for_sync().checks_lists().reports()

    assert codes(trainee) == ["B4"]


def test_the_report_is_judged_at_the_machine_in_use() -> None:
    trainee = Trainee().sits_down(LAPTOP).does(c.UseMachine(machine=SERVER)).opens_cbtsync()

    assert codes(trainee.patches(Hazard(fail_permille=100)).reports("postpone")) == []
