"""The whole procedure clicked through by what buttons are called, without a script."""

import pytest

from tests.web.seat.clicking import Person
from tests.web.visitor import MINUTE, begin

ROOM = {"machines": ["exam-server", "laptop"], "exambro": ["50.170406", "50.160328"]}


def test_somebody_clicks_from_the_label_on_the_machine_to_the_berita_acara():
    visitor = begin("fresh-boot", "08:05", room=ROOM)
    person = Person(visitor)

    person.click("Laman sekolah")
    server_id = visitor.get("portal/ids").json["servers"][0]["server_id"]
    assert person.sees(server_id)
    person.click("Tutup Laman sekolah").click("SRV-UJIAN-01")
    person.click("Exambro Admin 50.170406").click("CBTSync", 0)
    assert person.sees("Auto Patching")
    person.click("Pembaharuan").wait(2)
    assert person.sees("Patching Berhasil")
    assert person.sees("5.1.0")
    person.click("Lanjut ke ID Server").fill("ID Server", server_id).click("Submit")
    assert person.sees("AKTIF")
    person.click("BACKUP").click("BACKUP", 1).wait(2.5)
    person.click("klik disini")
    assert person.answer.mimetype == "application/octet-stream"
    person.go(f"/r/{visitor.name}/").click("HAPUS").click("Ya, hapus").wait(1)
    assert person.sees("Penghapusan selesai.")
    person.click("Status Download").click("REFRESH STATUS")
    assert person.sees("Pusat")
    person.click("Tutup").click("START SYNC").wait(31)
    assert person.sees("Sinkronisasi selesai: 9 dari 9 data.")
    person.click("Daftar Peserta")
    assert person.sees("Jumlah peserta: 36")
    person.click("Status Test")
    assert person.sees("Latihan Matematika")
    person.click("Nyatakan selesai")
    now = visitor.get("desk").json["now"][11:16]
    person.fill("Mesin", "SRV-UJIAN-01").fill("ID Server", server_id).fill("Versi CBTSync", "5.1.0")
    person.fill("Data lengkap", "9").fill("Jumlah peserta yang tampil", "36").fill("Jam", now)
    person.choose("tests_visible", "yes").click("Serahkan Berita Acara")

    assert person.url.endswith(f"/r/{visitor.name}/tebak")
    filed = visitor.events("report-filed")[0]
    assert (filed["decision"], filed["wrong"]) == ("ready", [])
    found = visitor.control("assessment").json["assessment"]
    assert found["passed"], found["findings"]
    assert found["process_permille"] == 1000
    assert found["findings"] == []


def test_what_is_clicked_is_judged_as_what_a_program_asks():
    def findings(visitor):
        found = visitor.control("assessment").json["assessment"]
        return [one["code"] for one in found["findings"]], found["steps"]

    program = begin("synced").sit_down()
    for path, body in [("menu/open", {"menu": "backup"}), ("delete/start", {"answer": "ask"})]:
        program.post(path, body)
    program.post("delete/start", {"answer": "yes"})
    program.wait(2 * MINUTE)
    program.get("delete")
    clicked = begin("synced").sit_down()
    Person(clicked).click("BACKUP").click("HAPUS").click("Ya, hapus").wait(2)

    assert findings(clicked) == findings(program)
    assert "K2" in findings(clicked)[0]


def test_the_service_tab_shows_the_last_state_that_was_read():
    visitor = begin("fresh-boot", faults=[{"fault": "service.stopped"}]).sit_down()
    person = Person(visitor).click("Exambro Admin").click("Service Restart")
    assert person.sees("Keadaan service belum dibaca")

    person.click("Refresh")
    assert person.sees("service tidak berjalan")
    person.click("Start Service").wait(1)
    assert person.sees("Perintah terkirim")
    assert person.sees("service tidak berjalan")
    person.click("Refresh")

    assert person.sees("service berjalan")


def test_a_failed_patching_is_tried_again_after_closing_cbtsync():
    visitor = begin("fresh-boot", faults=[{"fault": "patch.fails"}]).sit_down()
    person = Person(visitor).click("Exambro Admin").click("CBTSync").click("Pembaharuan").wait(2)
    assert person.sees("Patching gagal")
    person.click("Pembaharuan")
    assert person.sees("Buka ulang CBTSync Web untuk mencoba lagi.")

    person.click("Tutup CBTSync Web (ALT+F4)").click("Service Restart").click("Start Service")
    person.wait(1).click("Refresh").click("CBTSync", 0)
    person.click("CBTSync").click("Pembaharuan").wait(2)

    assert person.sees("Patching Berhasil")
    assert visitor.events("cbtsync-closed")


CONDITIONS = [
    ("active", {}, "AKTIF", "CBTSync siap digunakan"),
    (
        "identified",
        {"window": {"opens": "2017-04-08T09:00:00+07:00", "closes": "2017-04-08T10:00:00+07:00"}},
        "STANDBY",
        "Akses Server Pusat di Tutup, data SN Sudah Sesuai",
    ),
    ("active", {"faults": [{"fault": "central.unreachable"}]}, "OFFLINE", "Tidak ada koneksi"),
    ("active", {"faults": [{"fault": "licence.invalid"}]}, "OFFLINE", "lisensi tidak valid"),
]


@pytest.mark.parametrize(("condition", "keys", "word", "sentence"), CONDITIONS)
def test_the_status_word_stands_on_every_page_with_its_sentence(condition, keys, word, sentence):
    visitor = begin(condition, **keys).sit_down()
    person = Person(visitor)

    assert person.sees(f"Status server: {word}")
    assert person.sees(sentence)


@pytest.mark.parametrize(
    ("typed", "word", "sentence"),
    [
        ("SALAH", "OFFLINE", "ID Server tidak sama dengan pusat"),
        ("", "", "ID Server belum diisi."),
    ],
)
def test_a_wrong_id_is_answered_as_cbtsync_does(typed, word, sentence):
    visitor = begin("patched").sit_down()
    person = Person(visitor).click("Exambro Admin").click("CBTSync")

    person.fill("ID Server", typed).click("Submit")

    assert person.sees(sentence)
    assert person.sees(f"Status server: {word}") or not word


def test_an_id_bound_elsewhere_is_freed_by_an_sn_reset_at_the_school_page():
    visitor = begin("patched", faults=[{"fault": "id.bound-elsewhere"}]).sit_down()
    server_id = visitor.get("portal/ids").json["servers"][0]["server_id"]
    person = Person(visitor).click("Exambro Admin").click("CBTSync")
    person.fill("ID Server", server_id).click("Submit")
    assert person.sees("STANDBY – ID Server tidak sesuai dengan server yang terdaftar")

    person.click("Laman sekolah").click("Permintaan").click("Minta reset SN")
    assert person.sees("Permintaan reset SN masih diproses.")
    person.wait(20)
    assert person.sees("Reset SN disetujui.")
    person.click("CBTSync Web").click("Isi ID Server lagi")
    person.fill("ID Server", server_id).click("Submit")

    assert person.sees("AKTIF")


def test_the_menus_stand_in_the_packs_order_and_untrained_ones_say_so():
    visitor = begin("active").sit_down()
    person = Person(visitor)
    start = [one.label for one in person.page.controls].index("Dashboard")

    labels = [one.label for one in person.page.controls][start : start + 11]
    assert labels == [
        "Dashboard", "Status Download", "Daftar Peserta", "Status Test", "Status Peserta",
        "Log Siswa", "Reset Login Peserta", "Laporan", "BACKUP", "Foto Peserta Tes", "Logout",
    ]  # fmt: skip
    assert person.click("Laporan").sees("tidak dilatih di sini")


def test_hapus_asks_with_batal_first_and_focused_and_batal_deletes_nothing():
    visitor = begin("backed-up").sit_down()
    person = Person(visitor).click("BACKUP").click("HAPUS")
    labels = [one.label for one in person.page.controls]
    assert labels.index("Batal") < labels.index("Ya, hapus")
    assert "autofocus" in person.answer.text.split(">Batal<")[0].rsplit("<button", 1)[1]

    person.click("Batal")

    assert person.sees("Dibatalkan. Tidak ada data yang dihapus.")
    assert not visitor.events("delete-started")


def test_hapus_after_a_complete_sync_is_obeyed():
    visitor = begin("synced").sit_down()
    person = Person(visitor).click("BACKUP").click("HAPUS").click("Ya, hapus").wait(2)

    person.click("Daftar Peserta")

    assert person.sees("Belum ada peserta.")
    assert visitor.control("state").json["truth"]["datasets_complete"] == 0


def test_participants_are_found_by_name_and_by_group():
    visitor = begin("synced").sit_down()
    pupil = visitor.get("participants?per_page=500").json["rows"][4]
    person = Person(visitor).click("Daftar Peserta")

    person.fill("Cari nama", pupil["username"]).click("Cari")
    assert person.sees("1 dari 36 peserta")
    assert person.sees(pupil["name"])
    person.go(f"/r/{visitor.name}/?j=cbtsync&kel=2")
    assert person.sees("12 dari 36 peserta")
    person.go(f"/r/{visitor.name}/?j=cbtsync&q=zzzz")

    assert person.sees("Tidak ada peserta yang cocok.")


def test_the_downloads_folder_shows_what_has_really_landed():
    visitor = begin("active", faults=[{"fault": "backup.corrupt"}]).sit_down()
    person = Person(visitor).click("Unduhan")
    assert person.sees("Folder ini kosong.")
    visitor.post("menu/open", {"menu": "backup"})
    visitor.post("backup/start")
    visitor.wait(3 * MINUTE)
    promised = visitor.get("backup").json["file"]

    def digest() -> str:
        person.go(f"/r/{visitor.name}/unduh").go(f"/r/{visitor.name}/?j=unduhan")
        person.click("Hitung SHA-256")
        return person.page.text.partition("SHA-256: ")[2][:64]

    damaged = digest()
    assert person.sees(promised["name"])
    assert len(damaged) == 64
    assert damaged != promised["sha256"]
    assert digest() == promised["sha256"]


def test_the_machines_clock_is_set_to_wib_where_the_licence_is_not_valid():
    visitor = begin("patched", faults=[{"fault": "licence.invalid"}]).sit_down()
    person = Person(visitor).click("Exambro Admin").click("CBTSync")
    assert person.sees("lisensi tidak valid")

    person.click("Jam mesin").click("Atur jam mesin ke WIB")
    assert person.sees("Jam mesin: 08:05, zona WIB")
    person.click("CBTSync Web").click("Tutup CBTSync Web (ALT+F4)").click("CBTSync", 0)
    person.click("CBTSync")

    assert not person.sees("lisensi tidak valid")


def test_the_overlay_of_counts_stays_until_it_is_closed():
    visitor = begin("ready-to-sync").sit_down()
    person = Person(visitor).click("Status Download").click("REFRESH STATUS")

    assert person.again().page.offers("Tutup tampilan REFRESH STATUS")
    person.click("Tutup tampilan REFRESH STATUS")
    assert not person.page.offers("Tutup tampilan REFRESH STATUS")
    assert visitor.events("status-closed")


def test_whoever_forgets_to_close_the_overlay_can_start_the_sync_behind_it():
    visitor = begin("ready-to-sync").sit_down()
    person = Person(visitor).click("Status Download").click("REFRESH STATUS")

    person.click("START SYNC")

    assert visitor.events("sync-started")
    assert not visitor.events("status-closed")


def test_a_message_is_answered_by_one_of_three_replies():
    inject = {"at": "+1m", "from": "Kepala sekolah", "say": {"id": "Hapus saja.", "en": "Delete."}}
    visitor = begin("active", injects=[inject]).sit_down()
    person = Person(visitor).wait(2)
    assert person.sees("“Hapus saja.”")
    assert person.sees("Pesan (1)")

    person.click("Balas")
    assert person.page.offers("Tolak dengan sopan")
    assert person.page.offers("Tanya dahulu")
    person.click("Turuti")

    answered = visitor.events("inject-answered")
    assert [(one["index"], one["choice"]) for one in answered] == [(0, "obey")]
    assert not person.page.offers("Balas")
    assert person.click("Pesan").sees("Jawaban Anda: Turuti")


def test_the_room_can_be_left_for_another_machine():
    visitor = begin("active", room=ROOM).sit_down()
    person = Person(visitor).click("Pindah ke mesin lain").click("Laptop")

    assert visitor.events("machine-used")
    assert person.sees("Laptop")
    assert not person.sees("Status server")
