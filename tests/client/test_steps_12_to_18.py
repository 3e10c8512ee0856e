"""Steps 12 to 18: back up, delete once, look, start, wait, resume."""

import hashlib

import pytest

from client.steps import PROCEDURE
from tests.client.fake_station import (
    MINUTE,
    FakeSender,
    FakeStation,
    delivered_twice,
    lost_answer,
    lost_request,
    then,
)
from tests.client.support import acts, run, step, up_to


@pytest.fixture
def station():
    return FakeStation()


@pytest.fixture
def sender(station):
    return FakeSender(station)


def only(sender, *ops):
    return [name for name in sender.calls if name.split(":")[0] in ops]


# --- 12 and 13 -----------------------------------------------------------------------------------


def test_the_backup_is_downloaded_and_proved(station, sender, tmp_path):
    runner = up_to(13, sender, tmp_path)

    runner.carry_out(step(13))

    saved = runner.belief.saved
    assert saved is not None
    assert (tmp_path / "latihan.Source").read_bytes() == station.file
    assert saved.sha256 == hashlib.sha256(station.file).hexdigest()


def test_a_backup_that_failed_is_made_again(station, sender, tmp_path):
    station.backup_fails = 2

    assert run(sender, tmp_path).ending == "ready"
    assert only(sender, "backup.start") == ["backup.start"] * 3


def test_without_a_whole_backup_nothing_is_deleted(station, sender, tmp_path):
    station.backup_fails = 99

    result = run(sender, tmp_path)

    assert (result.ending, result.why.key) == ("reported", "stop.backup")
    assert only(sender, "backup.start") == ["backup.start"] * 3
    assert only(sender, "delete.start", "sync.start") == []


def test_a_wrong_digest_costs_three_downloads_of_each_of_three_backups(station, sender, tmp_path):
    station.stated_sha = "0" * 64

    result = run(sender, tmp_path)

    assert result.why.key == "stop.backup"
    assert len(sender.downloads) == 9
    assert only(sender, "delete.start") == []
    assert not (tmp_path / "latihan.Source").exists()


def test_a_missing_link_is_looked_for_in_the_menu_then_a_new_backup_is_made(
    station, sender, tmp_path
):
    station.link = False
    sender.fates["backup.start"] = [None, then(lambda s: setattr(s, "link", True))]

    result = run(sender, tmp_path)

    assert result.ending == "ready"
    assert only(sender, "backup.start") == ["backup.start"] * 2
    assert sender.calls.count("menu.open:backup") == 2


def test_a_service_that_died_is_started_before_the_backup_is_made_again(station, sender, tmp_path):
    runner = up_to(13, sender, tmp_path)

    def dies(s):
        s.service, s.backup.phase = False, "failed"

    sender.fates["backup.start"] = [then(dies)]
    runner.carry_out(step(13))

    sent = acts(sender)
    assert sent[:3] == ["backup.start", "backup.start", "service.start"]
    assert sent[-1] == "backup.start"
    assert runner.belief.saved is not None


def test_a_crash_of_cbtsync_web_does_not_end_the_backup(station, sender, tmp_path):
    runner = up_to(13, sender, tmp_path)
    sender.fates["backup.start"] = [then(lambda s: s.crash())]

    runner.carry_out(step(13))

    assert acts(sender) == ["backup.start", "cbtsync.open", "id.submit"]
    assert runner.recoveries[0].why.key == "recover.crash"


# --- 14 ------------------------------------------------------------------------------------------


def test_hapus_is_asked_confirmed_and_done_once(station, sender, tmp_path):
    runner = up_to(14, sender, tmp_path)

    runner.carry_out(step(14))

    assert acts(sender) == ["delete.start:ask", "delete.start:yes"]
    assert station.old_rows == [0, 0, 0]


@pytest.mark.parametrize(
    ("fate", "heard"), [(lost_answer, 1), (lost_request, 2)], ids=["answer lost", "request lost"]
)
def test_hapus_in_doubt_is_asked_about_first(fate, heard, station, sender, tmp_path):
    runner = up_to(14, sender, tmp_path)
    sender.fates["delete.start"] = [None, fate]

    runner.carry_out(step(14))

    assert only(sender, "delete.start").count("delete.start:yes") == heard
    assert station.log.count("HAPUS") == 1


def test_a_second_copy_of_hapus_is_refused_by_its_aim(station, sender, tmp_path):
    runner = up_to(14, sender, tmp_path)
    sender.fates["delete.start"] = [None, delivered_twice]

    runner.carry_out(step(14))

    assert station.log.count("HAPUS") == 1


def test_a_hapus_that_left_rows_is_finished(station, sender, tmp_path):
    station.delete_leaves = 4

    result = run(sender, tmp_path)

    assert result.ending == "ready"
    assert station.log.count("HAPUS") == 2
    assert "recover.delete_left" in {one.why.key for one in result.recoveries}


def test_a_hapus_that_stands_still_is_ended_by_reopening_and_finished(station, sender, tmp_path):
    station.delete_halts = 1

    result = run(sender, tmp_path)

    assert result.ending == "ready"
    assert station.log.count("HAPUS") == 2
    order = acts(sender)
    at = order.index("cbtsync.close")
    assert order[at : at + 3] == ["cbtsync.close", "cbtsync.open", "id.submit"]
    assert "service.start" in order[:at]
    again = sender.calls[sender.calls.index("cbtsync.close") :]
    assert again.index("delete.status") < again.index("delete.start:ask")


def test_a_hapus_that_never_completes_is_reported_and_nothing_is_synchronised(
    station, sender, tmp_path
):
    station.delete_halts = 99

    result = run(sender, tmp_path)

    assert (result.ending, result.why.key) == ("reported", "stop.delete")
    assert station.log.count("HAPUS") == 4
    assert only(sender, "sync.start") == []


def test_without_old_data_nothing_is_deleted(station, sender, tmp_path):
    station.old_rows = [0, 0, 0]

    result = run(sender, tmp_path)

    assert result.ending == "ready"
    assert station.log.count("HAPUS") == 0


def test_rows_that_only_refresh_status_shows_send_us_back_to_hapus(station, sender, tmp_path):
    def rows_appear(call):
        if call.name == "status.refresh" and station.log.count("HAPUS") == 1:
            station.old_rows = [0, 2, 0]

    sender.before = rows_appear

    result = run(sender, tmp_path)

    assert result.ending == "ready"
    assert station.log.count("HAPUS") == 2
    assert "recover.rows_left" in {one.why.key for one in result.recoveries}


# --- 15 to 17 ------------------------------------------------------------------------------------


def test_the_view_is_read_and_closed_before_start_sync(station, sender, tmp_path):
    runner = up_to(15, sender, tmp_path)

    assert runner.run(PROCEDURE[14:17]) is None

    assert acts(sender) == [
        "menu.open:status-download",
        "status.refresh",
        "status.close",
        "sync.start",
    ]
    assert "START SYNC" in station.log


@pytest.mark.parametrize("central", [0, None], ids=["empty", "unread"])
def test_a_centre_without_data_is_waited_for(central, station, sender, tmp_path):
    runner = up_to(16, sender, tmp_path)
    station.central_rows = [10, central, 30]

    def filled(s):
        s.central_rows = [10, 20, 30]

    sender.fates["status.refresh"] = [None, then(filled)]

    assert runner.run(PROCEDURE[15:17]) is None
    assert only(sender, "status.refresh") == ["status.refresh"] * 3
    assert "START SYNC" in station.log


def test_a_window_that_closes_meanwhile_is_not_overrun(station, sender, tmp_path):
    runner = up_to(17, sender, tmp_path)
    station.windows = [(station.now + 30 * MINUTE, station.now + 600 * MINUTE)]

    runner.carry_out(step(17))

    assert sender.calls.count("sync.start") == 1
    assert runner.belief.condition == "active"


# --- 18 ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["line", "dropped", "stalled", "service"])
def test_a_sync_that_stops_is_resumed_after_a_new_look(reason, station, sender, tmp_path):
    station.sync_halts = [(2, reason)]
    runner = up_to(18, sender, tmp_path)

    runner.carry_out(step(18))

    again = [name for name in acts(sender) if not name.startswith("service.")]
    assert again[:3] == ["status.refresh", "status.close", "sync.start"]
    assert ("service.start" in sender.calls) == (reason == "service")
    assert station.received == [10, 20, 30]
    assert "HAPUS" not in station.log


def test_a_sync_is_resumed_five_times_and_then_reported(station, sender, tmp_path):
    station.sync_halts = [(2, "dropped")] * 99

    result = run(sender, tmp_path)

    assert (result.ending, result.why.key) == ("reported", "stop.sync")
    assert station.log.count("START SYNC") == 6
    form = station.filed[-1]
    assert (form["decision"], form["datasets_complete"]) == ("postpone", 1)
    assert (form["participants"], form["tests_visible"]) == (10, True)


def test_a_crash_while_downloading_is_reopened_and_followed(station, sender, tmp_path):
    runner = up_to(18, sender, tmp_path)
    sender.fates["sync.status"] = [then(lambda s: s.crash())]

    runner.carry_out(step(18))

    assert acts(sender)[:2] == ["cbtsync.open", "id.submit"]
    assert "sync.start" not in sender.calls


@pytest.mark.parametrize("fate", [lost_answer, lost_request], ids=["answer", "request"])
def test_start_sync_in_doubt_is_settled_on_status_download(fate, station, sender, tmp_path):
    sender.fates["sync.start"] = [fate]

    assert run(sender, tmp_path).ending == "ready"
    assert [one for one in station.log if one.startswith("START SYNC")] == ["START SYNC"]


def test_a_green_row_that_lies_is_found_by_reading_again(station, sender, tmp_path):
    station.short = 3

    result = run(sender, tmp_path)

    assert (result.ending, result.why.key) == ("reported", "stop.findings")
    assert result.findings[0].key == "finding.short"
    assert result.findings[0].fields == {"n": 2, "local": 17, "central": 20}
    assert station.filed[-1]["datasets_complete"] == 2
    assert station.log.count("HAPUS") == 1


def test_a_partial_sync_found_at_the_start_is_gone_on_with_and_not_deleted(
    station, sender, tmp_path
):
    station.old_rows = [0, 0, 0]
    station.sync.phase, station.received = "stopped", [10, 0, 0]
    station.stopped = {"data": 2, "reason": "line", "message": "Terhenti."}

    result = run(sender, tmp_path)

    assert result.ending == "ready"
    assert only(sender, "delete.start", "backup.start") == []


def test_a_running_sync_found_at_the_start_is_only_followed(station, sender, tmp_path):
    station.old_rows = [0, 0, 0]
    station.machine, station.exambro, station.open = "server", "50.170406", True
    station.version, station.shown_id = "5.1.0", "K99990001"
    station.sync.start(station.now, None)

    result = run(sender, tmp_path)

    assert result.ending == "ready"
    assert only(sender, "sync.start", "delete.start", "menu.open") == [
        "menu.open:participants",
        "menu.open:tests",
    ]


def test_old_data_under_a_partial_sync_are_reported_never_deleted(station, sender, tmp_path):
    station.sync.phase, station.received = "stopped", [10, 0, 0]
    station.stopped = {"data": 2, "reason": "line", "message": "Terhenti."}

    result = run(sender, tmp_path)

    assert (result.ending, result.why.key) == ("reported", "stop.mixed_data")
    assert only(sender, "delete.start", "sync.start") == []


def test_polls_follow_the_stations_estimate(station, sender, tmp_path):
    runner = up_to(18, sender, tmp_path)

    runner.carry_out(step(18))

    assert sender.calls.count("sync.status") <= 17
