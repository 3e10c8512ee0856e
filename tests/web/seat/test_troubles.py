"""Faults of the answer are shown inside the window as a browser shows them, with their effect."""

from urllib.parse import parse_qsl

import msgspec
import pytest

from mock_server.faults.plan import FaultSpec
from mock_server.web.seat.lost import Lost, lost_of
from mock_server.web.seat.window import Window, window_of
from tests.web.seat.clicking import Person
from tests.web.visitor import MINUTE, Simulator, begin

GONE = "Halaman tidak dapat ditampilkan"


@pytest.mark.parametrize(("effect", "started"), [("none", 0), ("applied", 1)])
def test_a_lost_answer_to_a_button_leaves_what_the_fault_says(effect, started):
    visitor = begin("active").sit_down()
    visitor.arm("http.status", on="backup.start", effect=effect, **{"with": {"status": 503}})
    person = Person(visitor).click("BACKUP")

    person.click("BACKUP", 1)

    assert person.sees(GONE)
    assert person.sees("HTTP 503")
    assert len(visitor.events("backup-started")) == started
    person.click("Muat ulang")
    assert not person.sees(GONE)
    assert person.sees("Backup berjalan") == bool(started)


def test_a_screen_that_cannot_be_seen_is_no_evidence_until_it_is_loaded_again():
    visitor = begin("ready-to-sync").sit_down()
    visitor.arm("http.status", on="sync.status", effect="none", **{"with": {"status": 502}})
    person = Person(visitor).click("Status Download")
    assert person.sees("HTTP 502")
    assert not [one for one in visitor.events("screen-seen") if one["screen"] == "sync"]

    person.click("Muat ulang")

    assert person.sees("DATA 9")
    assert [one for one in visitor.events("screen-seen") if one["screen"] == "sync"]


def test_an_error_page_stays_while_the_page_looks_again_by_itself():
    visitor = begin("ready-to-sync").sit_down()
    person = Person(visitor).click("Status Download")
    visitor.arm("http.status", on="sync.status", effect="none", **{"with": {"status": 502}})
    address = f"/r/{visitor.name}/bagian?"

    first = visitor.simulator.http.get(f"{address}j=cbtsync").text
    again = first.partition('data-alamat="')[2].partition('"')[0].replace("&amp;", "&")

    assert GONE in first
    assert GONE in visitor.simulator.http.get(f"{address}{again}").text
    assert GONE not in visitor.simulator.http.get(f"{address}j=cbtsync").text
    assert person.again().sees("DATA 1")


def test_a_slow_answer_really_takes_its_time_and_is_then_the_true_one():
    simulator = Simulator()
    visitor = simulator.begin("active").sit_down()
    visitor.arm("http.slow", on="dashboard.view", **{"with": {"delay": "2s"}})

    person = Person(visitor)

    assert simulator.paused_ms == [2_000]
    assert person.sees("AKTIF")


def test_the_retry_after_of_a_busy_server_is_told_in_seconds():
    visitor = begin("active").sit_down()
    values = {"status": 503, "retry_after": 30}
    visitor.arm("http.status", on="dashboard.view", effect="none", **{"with": values})

    assert Person(visitor).sees("Coba lagi setelah 30 detik.")


KINDS = {
    "http.truncate": "half",
    "http.malformed": "unreadable",
    "http.html-for-json": "foreign",
    "http.empty": "empty",
    "net.reset": "cut",
    "net.hangup": "cut",
    "net.garbage": "unreadable",
    "net.bad-chunk": "half",
    "net.half-header": "half",
    "net.hang": "no-answer",
    "net.late": "no-answer",
}


@pytest.mark.parametrize(("fault", "kind"), KINDS.items())
def test_every_fault_that_loses_an_answer_has_its_error_page(fault, kind):
    spec = msgspec.convert({"id": "f1", "fault": fault}, FaultSpec)

    assert lost_of([spec]) == Lost(kind=kind)


@pytest.mark.parametrize("fault", ["http.slow", "http.dribble", "net.twice"])
def test_an_answer_that_only_comes_late_is_not_lost(fault):
    assert lost_of([msgspec.convert({"id": "f1", "fault": fault}, FaultSpec)]) is None


@pytest.mark.parametrize("fault", ["http.status", "http.empty", "http.malformed"])
def test_a_backup_that_does_not_come_is_told_on_the_desk_and_is_not_downloaded(fault):
    visitor = begin("active").sit_down()
    person = Person(visitor).click("BACKUP").click("BACKUP", 1).wait(3)
    visitor.arm(fault, on="backup.download", effect="none")

    person.click("klik disini")

    assert person.sees(GONE)
    assert not visitor.events("backup-downloaded")
    person.click("Muat ulang").click("klik disini")
    assert visitor.events("backup-downloaded")[0]["whole"]


def test_a_backup_that_was_never_made_leads_back_with_what_the_screen_says():
    visitor = begin("active").sit_down()

    person = Person(visitor).go(f"/r/{visitor.name}/unduh")

    assert person.sees("Belum ada hasil backup.")


def test_a_report_whose_answer_was_lost_is_filed_and_keeps_what_was_typed():
    visitor = begin("active").sit_down()
    visitor.arm("http.status", on="report.submit", effect="applied")
    person = Person(visitor).click("Tunda & laporkan")
    person.fill("Jam", "08:05").fill("Data lengkap", "0").fill("Jumlah peserta yang tampil", "0")
    person.fill("Catatan untuk helpdesk", "Akses tertutup").choose("tests_visible", "no")

    person.click("Serahkan Berita Acara")

    assert person.sees(GONE)
    assert person.sees("Akses tertutup")
    assert len(visitor.events("report-filed")) == 1
    assert person.click("Kembali ke meja kerja").sees("Berita Acara sudah diserahkan.")


def test_clicks_stand_in_the_log_of_requests_by_their_operation():
    visitor = begin("active").sit_down()
    Person(visitor).click("BACKUP").click("BACKUP", 1)

    heard = [(one["op"], one["method"]) for one in visitor.heard()]

    assert ("menu.open", "POST") in heard
    assert ("backup.start", "POST") in heard
    assert ("backup.status", "GET") in heard


def test_looking_again_changes_nothing_and_says_so():
    visitor = begin("active").sit_down()
    http, address = visitor.simulator.http, f"/r/{visitor.name}/bagian?j=cbtsync"
    first = http.get(address)
    events = visitor.control("").json["events"]

    again = http.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
    assert visitor.control("").json["events"] == events
    visitor.wait(2 * MINUTE)

    assert http.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


ODD = "j=nowhere&t=x&b=a,portal&kata=%3Cb%3E&galat=odd&hal=-3&kel=%00&x_opens_ms=12a&balas=x"


def test_an_address_that_somebody_wrote_by_hand_means_nothing_but_our_own_words():
    visitor = begin("active").sit_down()

    person = Person(visitor).go(f"/r/{visitor.name}/?{ODD}")

    assert person.answer.status_code == 200
    assert person.sees("AKTIF")
    assert "<b>" not in window_of({"kata": "<b>"}).said
    assert person.go(f"/r/{visitor.name}/?kata=no.such.text").answer.status_code == 200
    assert person.go(f"/r/{visitor.name}/?kata=job.busy").answer.status_code == 200


@pytest.mark.parametrize(
    "window",
    [
        Window(),
        Window(front="portal", tab="jadwal", tools=("portal", "catatan"), panel=False),
        Window(front="cbtsync", q="a b&c", group="2", page=3, digest=True, id_form=True),
        Window(front="cbtsync", said="patching.not_open", fields=(("opens_ms", "12"),)),
        Window(front="cbtsync", lost=Lost(kind="status", status=503, wait_s=0)),
        Window(front="cbtsync", pending="id.submit", pending_id="X-1", reply=0),
    ],
)
def test_an_address_says_all_that_the_desk_shows(window):
    assert window_of(dict(parse_qsl(window.query()))) == window


def test_a_window_that_closed_by_itself_is_told_and_reopened_from_exambro():
    values = {"during": "sync", "at": "50%"}
    faults = [{"fault": "cbtsync.crashes", "with": values}]
    visitor = begin("ready-to-sync", faults=faults).sit_down()
    person = Person(visitor).click("Status Download").click("START SYNC").wait(20)

    assert person.sees("CBTSync Web tertutup sendiri. Buka lagi CBTSync Web dari Exambro.")
    person.click("CBTSync")
    assert person.sees("Registrasi Server")


def test_a_window_that_somebody_closed_is_not_said_to_have_crashed():
    visitor = begin("active").sit_down()
    person = Person(visitor).click("Tutup CBTSync Web (ALT+F4)")

    person.go(f"/r/{visitor.name}/?j=cbtsync")

    assert not person.sees("tertutup sendiri")
