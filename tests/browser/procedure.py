"""The 21 steps as somebody clicks through them. Each part leaves the seat where the next begins."""

import re

from tests.browser.seat import Seat

PUPILS = 36
MAIN = re.compile("Isi CBTSync Web|Contents of CBTSync Web")


class ASKED:
    """What the coach asks in the guided story, and what it offers for an answer."""

    label = "Nama mesin pada label"
    version = "Versi CBTSync yang tampil"
    tail = "ID milik server ini, empat karakter terakhir"
    status = "Kata status yang tampil"
    old = "Data lama"
    safe = "Sudah"
    rows = "Banyaknya baris data yang hijau"
    listed = "Jumlah peserta di Daftar Peserta"
    filled = "Terisi"


def walk(seat: Seat, *, coached: bool = False, resumes: bool = False) -> None:
    """Go through all steps from 07:40 to the report.

    ``coached``: answer what the coach asks. ``resumes``: the sync stops once and is gone on with.
    """
    server_id = sit_down(seat)
    label = seat.machine_label()
    seat.pass_time("6m")
    patch(seat)
    if coached:
        seat.answer({ASKED.label: label, ASKED.version: "5.1.0", ASKED.tail: server_id[-4:]})
    submit(seat, server_id)
    wait_for_aktif(seat, "15m")
    if coached:
        seat.answer({ASKED.status: "aktif"})
    back_up(seat)
    if coached:
        seat.answer({ASKED.old: "", ASKED.safe: ""})
    delete(seat)
    start_sync(seat)
    seat.pass_time("31m")
    if resumes:
        seat.see("Gagal Sinkronisasi")
        seat.press("START SYNC")
        seat.pass_time("31m")
    seat.see(seat.words.sync_done)
    listed = check_lists(seat)
    assert listed == registered(seat) == PUPILS
    if coached:
        seat.answer({ASKED.rows: "9", ASKED.listed: str(listed), ASKED.filled: ""})
    declare_ready(seat, server_id, listed)


def sit_down(seat: Seat) -> str:
    """Steps 1 to 4: the ID noted, the right machine, the right Exambro, CBTSync Web opened."""
    server_id = seat.own_id()
    seat.sit_down_at_the_exam_server()
    seat.open_cbtsync()
    return server_id


def patch(seat: Seat) -> None:
    """Steps 5 and 6, from an open CBTSync Web, after 07:45."""
    seat.press("Pembaharuan")
    seat.pass_time("3m")
    seat.see(seat.words.patched)
    assert "5.1.0" in seat.cbtsync.inner_text()


def submit(seat: Seat, server_id: str) -> None:
    """Step 8."""
    seat.follow(seat.words.go_to_id)
    seat.write("ID Server", server_id)
    seat.press("Submit")


def wait_for_aktif(seat: Seat, length: str) -> None:
    """Steps 9 to 11: the schedule is looked up, then it is waited."""
    assert seat.status_word == "STANDBY"
    seat.school_page(seat.words.schedule)
    seat.window("CBTSync Web")
    seat.rehearsal.clock.advance(length)
    seat.follow(seat.words.check_again)
    seat.see("AKTIF")
    assert seat.status_word.startswith("AKTIF")


def back_up(seat: Seat) -> None:
    """Steps 12 and 13: back up, download, look whether the file is there and whole."""
    seat.menu("BACKUP")
    seat.press("BACKUP", within=seat.page.get_by_role("region", name=MAIN))
    seat.pass_time("3m")
    told = seat.cbtsync.get_by_text(re.compile(r"\d B\)")).first.inner_text()
    size = int(re.sub(r"\D", "", told.partition("(")[2]))
    assert seat.download().stat().st_size == size
    seat.hands.press(seat.link(seat.words.downloads, exact=False).first)
    assert str(size) in re.sub(r"\D", "", seat.page.get_by_role("table").inner_text())
    seat.window("CBTSync Web")


def delete(seat: Seat) -> None:
    """Step 14."""
    seat.press("HAPUS")
    seat.press(seat.words.delete_yes)
    seat.pass_time("1m")
    seat.see(seat.words.deleted)


def start_sync(seat: Seat) -> None:
    """Steps 15 to 17."""
    seat.menu("Status Download")
    seat.press("REFRESH STATUS")
    overlay = seat.page.get_by_role("dialog", name="REFRESH STATUS")
    assert overlay.get_by_role("row").count() == 1 + 9
    seat.press(seat.words.close, within=overlay)
    seat.press("START SYNC")


def check_lists(seat: Seat) -> int:
    """Steps 19 and 20: return how many participants are listed, compared with the registration."""
    seat.menu(seat.words.participants_menu)
    listed = seat.number_after(seat.words.participants_count)
    seat.school_page(seat.words.registered)
    seat.see(seat.words.on_this_server)
    seat.window("CBTSync Web")
    seat.menu("Status Test")
    assert seat.page.get_by_role("table", name=seat.words.tests_list).get_by_role("row").count() > 1
    return listed


def registered(seat: Seat) -> int:
    """How many the school's account registers for this server."""
    seat.school_page(seat.words.registered)
    count = seat.number_after(seat.words.on_this_server)
    seat.window("CBTSync Web")
    return count


def declare_ready(seat: Seat, server_id: str, participants: int) -> None:
    """Step 21: nothing is deleted any more, and the report says what the screens said."""
    report(seat, server_id, seat.words.ready, datasets=9, participants=participants, tests=True)


def report(
    seat: Seat, server_id: str, ending: str, *, datasets: int, participants: int, tests: bool
) -> None:
    """Open the form by one of its two endings, and fill in what the screens say."""
    words = seat.words
    fields = {
        words.machine: seat.machine_label(),
        "ID Server": server_id,
        words.version: "5.1.0",
        words.time: seat.time(),
        words.datasets: str(datasets),
        words.participants: str(participants),
    }
    if ending == words.postpone:
        fields[words.notes] = "Mohon dibantu."
    seat.report(ending, fields, tests=tests)
