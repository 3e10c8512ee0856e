"""BACKUP and HAPUS (steps 12 to 14 and 21): required before the sync, ruinous after it."""

from mock_server.domain import commands as c
from mock_server.domain import events as e
from mock_server.domain import exam_data, screens
from mock_server.domain.hazards import Hazard
from mock_server.domain.truth import truth
from tests.builders import (
    MINUTE,
    OWN_ID,
    SECOND,
    SERVER,
    Proctor,
    at_dashboard,
    download_whole,
    emptied,
    setup,
    synced,
    syncing,
)

OLD_ROWS = sum(one.old_rows for one in setup().data_sets)


def backed_up() -> Proctor:
    return at_dashboard().does(c.StartBackup()).wait(3 * MINUTE)


def test_a_backup_holds_the_old_rows_and_offers_its_link_at_the_end():
    proctor = at_dashboard().does(c.StartBackup())
    assert not screens.backup(proctor.station, proctor.now_ms).link

    screen = screens.backup(proctor.wait(2 * MINUTE).station, proctor.now_ms)
    assert (screen.phase, screen.rows, screen.link) == ("done", OLD_ROWS, True)


def test_a_backup_of_empty_data_is_an_empty_backup():
    proctor = emptied().does(c.StartBackup()).wait(MINUTE)

    assert proctor.machine.backup.rows == 0
    assert proctor.machine.backup.size_bytes == 512


def test_a_file_counts_once_all_of_it_has_left():
    proctor = backed_up()
    part = c.RecordDownload(machine=SERVER, backup=1, start=0, stop=2000)
    rest = c.RecordDownload(machine=SERVER, backup=1, start=2000, stop=5000)

    assert not proctor.does(part).machine.backup.covers_data
    assert proctor.does(rest).machine.backup.covers_data


def test_two_stretches_with_a_gap_are_no_whole_file():
    proctor = backed_up()
    for start, stop in ((0, 2000), (2001, 5000)):
        proctor.does(c.RecordDownload(machine=SERVER, backup=1, start=start, stop=stop))

    assert not proctor.machine.backup.covers_data


def test_a_corrupt_file_is_no_backup_and_can_be_fetched_again():
    proctor = at_dashboard().does(c.StartBackup(hazard=Hazard(corrupt_bytes=1))).wait(3 * MINUTE)
    corrupt = c.RecordDownload(machine=SERVER, backup=1, start=0, stop=5000, corrupt=True)

    assert not proctor.does(corrupt).machine.backup.covers_data
    assert download_whole(proctor).machine.backup.covers_data


def test_a_failed_backup_says_how_far_it_got():
    proctor = at_dashboard().does(c.StartBackup(hazard=Hazard(fail_permille=500)))
    proctor.wait(MINUTE)

    screen = screens.backup(proctor.station, proctor.now_ms)
    assert (screen.phase, screen.percent, screen.link) == ("failed", 50, False)


def test_the_link_can_be_missing():
    proctor = at_dashboard().does(c.StartBackup(hazard=Hazard(no_link=True))).wait(3 * MINUTE)

    assert not screens.backup(proctor.station, proctor.now_ms).link


def test_a_second_backup_while_one_runs_is_refused():
    assert at_dashboard().does(c.StartBackup()).tries(c.StartBackup()) == "backup.busy"


def test_hapus_while_a_backup_runs_is_refused():
    assert at_dashboard().does(c.StartBackup()).tries(c.StartDelete()) == "job.busy"


def test_a_backup_that_loses_the_service_fails():
    hazard = Hazard(service_dies_permille=500)
    proctor = at_dashboard().does(c.StartBackup(hazard=hazard)).wait(3 * MINUTE)

    assert proctor.happened(e.BackupFailed)[0].service
    assert proctor.tries(c.StartBackup()) == "job.service_stopped"


def test_hapus_asks_and_batal_deletes_nothing():
    proctor = backed_up().does(c.AskDelete(), c.CancelDelete()).wait(MINUTE)

    assert sum(proctor.machine.data.old) == OLD_ROWS
    assert [type(one) for one in proctor.journal[-2:]] == [e.DeleteAsked, e.DeleteCancelled]


def test_hapus_empties_the_server_in_its_time():
    proctor = download_whole(backed_up()).does(c.StartDelete())

    proctor.wait(40 * SECOND - 1)
    assert sum(proctor.machine.data.old) == OLD_ROWS
    assert exam_data.total_rows(proctor.wait(1).machine.data) == 0


def test_hapus_remembers_whether_there_was_a_downloaded_backup():
    with_file = download_whole(backed_up()).does(c.StartDelete())
    without = backed_up().does(c.StartDelete())

    assert with_file.happened(e.DeleteStarted)[0].backed_up
    assert not without.happened(e.DeleteStarted)[0].backed_up


def test_hapus_on_an_empty_server_does_nothing():
    proctor = emptied()
    before = len(proctor.journal)

    assert len(proctor.does(c.StartDelete()).journal) == before


def test_hapus_after_a_complete_sync_is_obeyed_and_loses_the_exam():
    proctor = synced()
    assert truth(proctor.station).ready

    proctor.does(c.AskDelete(), c.StartDelete()).wait(MINUTE)
    assert proctor.happened(e.DeleteStarted)[-1].before == "complete"
    assert truth(proctor.station).datasets_complete == 0
    assert screens.condition(proctor.station, proctor.now_ms) == "closed"


def test_an_aimed_hapus_that_arrives_after_the_sync_is_refused_as_stale():
    proctor = download_whole(backed_up())
    late = c.StartDelete(data_version=proctor.machine.data_version)
    proctor.does(late).wait(MINUTE).does(c.StartSync()).wait(31 * MINUTE)

    assert proctor.tries(late) == "error.stale"
    assert truth(proctor.station).ready


def test_a_partial_delete_leaves_rows_and_can_be_finished():
    proctor = download_whole(backed_up()).does(c.StartDelete(hazard=Hazard(left_rows=12)))
    proctor.wait(MINUTE)
    assert screens.delete(proctor.station, proctor.now_ms).left == 12

    proctor.does(c.StartDelete()).wait(MINUTE)
    assert screens.delete(proctor.station, proctor.now_ms).left == 0


def test_a_stalled_delete_ends_as_failed_when_cbtsync_web_is_reopened():
    proctor = download_whole(backed_up()).does(c.StartDelete(hazard=Hazard(stall_permille=500)))
    proctor.wait(MINUTE)
    assert proctor.tries(c.StartDelete()) == "delete.busy"

    proctor.does(c.CloseCbtsync(), c.OpenCbtsync(), c.SubmitId(server_id=OWN_ID))
    assert proctor.happened(e.DeleteFailed)[0].permille == 500
    assert 0 < exam_data.total_rows(proctor.machine.data) < OLD_ROWS
    assert exam_data.total_rows(proctor.does(c.StartDelete()).wait(MINUTE).machine.data) == 0


def test_a_delete_that_has_stood_still_for_ten_minutes_can_be_finished_at_once():
    proctor = download_whole(backed_up()).does(c.StartDelete(hazard=Hazard(stall_permille=500)))
    proctor.wait(20 * SECOND + 10 * MINUTE - 1)
    assert proctor.tries(c.StartDelete()) == "delete.busy"

    assert proctor.wait(1).tries(c.StartDelete()) is None


def test_the_data_version_moves_only_when_a_job_starts_or_ends():
    proctor = at_dashboard()
    versions = [proctor.machine.data_version]
    for step in (
        lambda: proctor.does(c.OpenMenu(menu="backup"), c.RefreshStatus(), c.CloseStatus()),
        lambda: proctor.does(c.StartBackup()),
        lambda: proctor.wait(MINUTE),
        lambda: proctor.wait(2 * MINUTE),
        lambda: download_whole(proctor),
        lambda: proctor.does(c.StartDelete()),
        lambda: proctor.wait(MINUTE),
    ):
        step()
        versions.append(proctor.machine.data_version)

    assert versions == [0, 0, 1, 1, 2, 2, 3, 4]


def test_hapus_during_a_partial_sync_is_called_partial():
    proctor = syncing().wait(10 * MINUTE)
    outage = c.Interval(from_ms=proctor.now_ms)
    proctor.does(c.SetCentral(outages=(outage,))).wait(1).does(c.AskDelete())

    assert proctor.happened(e.DeleteAsked)[-1].before == "partial"
