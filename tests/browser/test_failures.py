"""Days on which something goes wrong, clicked through to the debrief."""

import re

import pytest

from tests.browser import procedure
from tests.browser.seat import Seat

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def codes(seat: Seat) -> list[str]:
    return [finding["code"] for finding in seat.rehearsal.assessment["findings"]]


def test_a_failed_patching_is_recovered_by_step_7(people):
    seat = people.seat("patch-fails-until-service-restart")
    procedure.sit_down(seat)
    seat.press("Pembaharuan")
    seat.pass_time("3m")
    seat.see(seat.words.patch_failed)

    seat.open_service_tab()
    seat.press("Refresh")
    seat.see("stopped")
    seat.press("Start Service")
    seat.pass_time("30s")
    seat.press("Refresh")
    seat.see("running")
    seat.window("CBTSync Web")
    seat.press(seat.words.close_cbtsync)
    seat.open_cbtsync()
    procedure.patch(seat)

    assert codes(seat) == []


def test_a_closed_standby_is_looked_up_in_the_schedule_and_postponed(people):
    seat = people.seat("dashboard-closed-all-day", condition="identified")
    server_id = procedure.sit_down(seat)
    assert seat.status_word == "STANDBY"
    seat.school_page(seat.words.schedule)
    seat.see("09/04/2017")
    seat.window("CBTSync Web")

    procedure.report(seat, server_id, seat.words.postpone, datasets=0, participants=0, tests=False)
    seat.guess(seat.words.no)

    assert seat.verdict() == seat.words.passed
    assert seat.monday()[0] == 0
    assert codes(seat) == []


def test_a_sync_that_stopped_is_gone_on_with_until_all_nine_are_green(people):
    seat = people.seat("partial-sync", condition="ready-to-sync")
    server_id = procedure.sit_down(seat)
    procedure.wait_for_aktif(seat, "21m")
    procedure.start_sync(seat)
    seat.pass_time("40m")
    seat.see("Gagal Sinkronisasi")
    seat.see("DATA 7")

    seat.press("START SYNC")
    seat.pass_time("40m")
    seat.see(seat.words.sync_done)
    decline_the_headmaster(seat)
    listed = procedure.check_lists(seat)
    procedure.report(seat, server_id, seat.words.ready, datasets=9, participants=listed, tests=True)
    seat.guess(seat.words.yes)

    assert seat.verdict() == seat.words.passed
    assert seat.monday() == (36, 36)


def test_missing_participants_are_noticed_and_reported(people):
    seat = people.seat("participants-missing", condition="ready-to-sync")
    server_id = procedure.sit_down(seat)
    procedure.wait_for_aktif(seat, "21m")
    procedure.start_sync(seat)
    seat.pass_time("40m")
    seat.see(seat.words.sync_done)

    listed = procedure.check_lists(seat)
    assert (listed, procedure.registered(seat)) == (33, 36)
    procedure.report(
        seat, server_id, seat.words.postpone, datasets=9, participants=listed, tests=True
    )
    seat.guess(seat.words.no)

    assert seat.verdict() == seat.words.passed
    assert seat.monday() == (33, 36)


def test_hapus_after_nine_green_rows_empties_monday_and_the_debrief_says_so(people):
    seat = people.seat("partial-sync", condition="synced")
    server_id = procedure.sit_down(seat)
    seat.menu("BACKUP")
    procedure.delete(seat)

    procedure.report(seat, server_id, seat.words.ready, datasets=9, participants=36, tests=True)
    seat.guess(seat.words.yes)

    assert seat.monday() == (0, 36)
    assert seat.verdict().startswith("Belum lulus")
    assert "K2" in codes(seat)
    seat.see("DILARANG DENGAN KERAS MELAKUKAN HAPUS")


def test_who_is_guided_must_say_what_follows_before_a_forbidden_hapus(people):
    seat = people.seat("normal", condition="synced")
    procedure.sit_down(seat)
    seat.menu("BACKUP")
    seat.press("HAPUS")

    seat.choose("Tidak ada peserta yang dapat masuk")
    seat.press("Batal, jangan hapus")

    assert seat.rehearsal.truth["datasets_complete"] == 9
    assert not re.search("K2", str(codes(seat)))


def decline_the_headmaster(seat: Seat) -> None:
    seat.follow(seat.words.reply)
    seat.press(seat.words.decline)
