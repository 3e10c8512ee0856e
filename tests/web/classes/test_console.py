"""The facilitator's door and console: who may come in, what is seen, what each button does."""

import csv
import io
import json
import re

import pytest

from tests.web.classes.classroom import (
    ELSEWHERE,
    LAN,
    MINUTE,
    PASSPHRASE,
    POSTPONED,
    SECOND,
    SERVER,
    Facilitator,
    House,
    Seat,
    both,
    join,
    shared,
)


@pytest.mark.slow
def test_the_first_passphrase_is_set_at_the_serving_machine_only():
    house = House()
    far = house.browser(LAN["REMOTE_ADDR"])

    assert "http://localhost" in far.get("/fasilitator/").text
    assert 'href="?lang=en' in house.browser().get("/fasilitator/").text
    assert far.post("/fasilitator/sandi", both()).status_code == 403
    assert house.browser().post("/fasilitator/sandi", both()).status_code == 303
    assert house.browser().post("/fasilitator/sandi", both("another one")).status_code == 403


@pytest.mark.parametrize(
    "name", ["evil.example:8080", "127.0.0.1.evil.example", "localhost.evil", "[::1", ""]
)
def test_a_name_of_elsewhere_that_leads_here_cannot_set_the_first_passphrase(name):
    browser = House().browser()
    address = {"Host": name, "Origin": f"http://{name}"}

    assert "http://localhost" in browser.get("/fasilitator/", **address).text
    assert browser.post("/fasilitator/sandi", both(), address).status_code == 403


@pytest.mark.parametrize(
    "form", [both("short"), {"sandi": "long enough", "ulangi": "but different"}, {}]
)
def test_a_passphrase_that_is_short_or_mistyped_is_not_kept(form):
    house = House()

    assert house.browser().post("/fasilitator/sandi", form).status_code == 400
    assert "Buat kata sandi" in house.browser().get("/fasilitator/").text


def test_the_passphrase_is_kept_as_a_hash_and_stands_in_no_address(tmp_path):
    house = House(tmp_path / "kelas.db")
    answer = house.browser().post("/fasilitator/sandi", both())

    assert PASSPHRASE not in answer.headers["Location"]
    stored = (tmp_path / "kelas.db").read_bytes() + (tmp_path / "kelas.db-wal").read_bytes()
    assert b"scrypt" in stored
    assert PASSPHRASE.encode() not in stored


def test_who_says_the_passphrase_comes_in_from_anywhere_and_others_do_not():
    house = House()
    Facilitator(house)
    far = house.browser(LAN["REMOTE_ADDR"])

    assert far.post("/fasilitator/masuk", {"sandi": "wrong"}).status_code == 403
    assert "Kelas Sabtu" not in far.get("/fasilitator/").text
    entered = far.post("/fasilitator/masuk", {"sandi": PASSPHRASE})

    assert entered.status_code == 303
    cookie = entered.headers["Set-Cookie"]
    assert all(word in cookie for word in ("HttpOnly", "SameSite=Lax", "Path=/fasilitator"))
    assert "Kelas Sabtu" in far.get("/fasilitator/").text
    far.post("/fasilitator/keluar")
    assert "Kelas Sabtu" not in far.get("/fasilitator/").text


@pytest.mark.slow
def test_passphrases_cannot_be_tried_without_end():
    house = House()
    Facilitator(house)
    guesser = house.browser(LAN["REMOTE_ADDR"])
    for n in range(5):
        assert guesser.post("/fasilitator/masuk", {"sandi": f"guess {n}"}).status_code == 403

    assert guesser.post("/fasilitator/masuk", {"sandi": PASSPHRASE}).status_code == 429
    assert house.browser().post("/fasilitator/masuk", {"sandi": PASSPHRASE}).status_code == 303
    house.time.advance(MINUTE)
    assert guesser.post("/fasilitator/masuk", {"sandi": PASSPHRASE}).status_code == 303


def test_a_forged_cookie_and_one_of_another_house_open_nothing():
    here, there = House(), House()
    room = Facilitator(here)
    other = Facilitator(there).browser.cookie("cbtsync_fasilitator", "/fasilitator")
    for value in ("", "x", other):
        browser = here.browser()
        browser.set_cookie("cbtsync_fasilitator", value, "/fasilitator")
        assert browser.get(f"{room.base}/").headers["Location"] == "/fasilitator/"


PAGES = [
    "/", "/bagian", "/kendali", "/bahas", "/proyektor", "/peserta", "/kursi/1", "/hasil.csv",
    "/jurnal.jsonl", "/xapi.jsonl",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_no_page_of_a_class_is_shown_to_a_seat(path):
    house = shared()
    room = Facilitator(house).opens()
    (ayu,) = room.seats("Ayu")

    assert ayu.browser.get(room.base + path).status_code == 303
    assert room.browser.get(room.base + path).status_code == 200


@pytest.mark.parametrize("path", ["/lakukan", "/hapus", "/peserta"])
def test_no_seat_and_no_other_site_changes_a_class(path):
    house = shared()
    room = Facilitator(house).opens()
    (ayu,) = room.seats("Ayu")
    form = {"aksi": "tutup", "kode": room.code, "kosongkan": "1"}

    assert ayu.browser.post(room.base + path, form).status_code == 403
    assert room.browser.post(room.base + path, form, ELSEWHERE).status_code == 403
    assert join(house.browser(), room.code, 2, "Bayu").status_code == 303


@pytest.mark.parametrize("path", [*PAGES, "/lakukan"])
def test_a_class_that_does_not_exist_is_not_found(path):
    room = Facilitator(shared())
    address = f"/fasilitator/nobody{path}"
    answer = (
        room.browser.post(address, {"aksi": "tutup"})
        if path == "/lakukan"
        else room.browser.get(address)
    )
    assert answer.status_code == 404


def test_a_crash_of_browser_or_server_keeps_the_facilitator_inside(tmp_path):
    house = House(tmp_path / "kelas.db")
    room = Facilitator(house).opens()
    room.seats("Ayu")

    house.start()

    page = house.again(room.browser).get(f"{room.base}/")
    assert page.status_code == 200
    assert "01 Ayu" in page.text


def test_a_forgotten_passphrase_is_set_anew_at_the_serving_machine_and_classes_stay(tmp_path):
    house = House(tmp_path / "kelas.db")
    room = Facilitator(house)

    house.forgets_its_passphrase()

    assert room.browser.get(f"{room.base}/").status_code == 303
    here = house.browser()
    assert here.post("/fasilitator/sandi", both("quite another one")).status_code == 303
    assert here.get(f"{room.base}/").status_code == 200


@pytest.mark.parametrize("path", ["/", "/kendali", "/bahas", "/proyektor", "/kursi/1", "/peserta"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_says_that_it_is_a_rehearsal_and_asks_nobody_else(path, language):
    house = shared()
    room = Facilitator(house).opens()
    room.seats("Ayu")

    answer = room.browser.get(f"{room.base}{path}?lang={language}")

    assert "LATIHAN – BUKAN SISTEM UJIAN" in answer.text
    assert f'<html lang="{language}">' in answer.text
    assert " style=" not in answer.text
    assert "http" not in "".join(re.findall(r'(?:src|href|action)="([^"]*)"', answer.text))
    assert answer.headers["Cache-Control"] == "no-store"
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert all('src="/static/' in tag for tag in re.findall(r"<script[^>]*>", answer.text))


def test_the_wall_names_nobody():
    house = shared()
    room = Facilitator(house).opens()
    seats = room.seats("Ayu", "Bayu")
    seats[0].poll()

    wall = room.page("/proyektor")

    assert "Ayu" not in wall
    assert "<svg" in wall
    assert f">{room.code[:3]}<" in wall
    assert "1</b> dari 2 kursi tersambung" in wall


def letters(room: Facilitator) -> dict[str, str]:
    """The letter of each tile by its seat, in the order in which they stand."""
    found = re.findall(
        r'<li class="of-(\w)[^"]*"><a class="tile" id="ubin-(\d+)"', room.page("/bagian")
    )
    return {seat: letter.upper() for letter, seat in found}


def test_tiles_are_sorted_by_who_needs_somebody_first():
    house = shared()
    room = Facilitator(house, "already-synced").opens()
    seats = room.seats("Ayu", "Bayu", "Citra", "Dewi")
    for seat in seats[:3]:
        seat.api("machine/use", machine=SERVER)
        seat.poll()
    seats[0].browser.post(f"{seats[0].enter()}lakukan", {"aksi": "machine.use", "machine": SERVER})
    raise_hand(seats[1])
    delete_all(seats[2])

    assert list(letters(room).items()) == [("3", "K"), ("2", "T"), ("4", "P"), ("1", "J")]


def raise_hand(seat: Seat) -> None:
    answer = seat.browser.post(f"{seat.enter()}lakukan", {"aksi": "hand.raise"})
    assert answer.status_code == 303


def delete_all(seat: Seat) -> None:
    """Press HAPUS although all data are complete."""
    seat.api("exambro/open", version="50.170406")
    seat.api("cbtsync/open")
    own = seat.browser.get(f"{seat.enter()}api/desk").json["slips"][0]
    seat.api("id/submit", server_id=own)
    assert seat.api("delete/start", answer="yes").status_code == 200


def test_an_alert_that_was_seen_to_fades_until_something_new_happens():
    house = shared()
    room = Facilitator(house, "already-synced").opens()
    (ayu,) = room.seats("Ayu")
    ayu.api("machine/use", machine=SERVER)
    delete_all(ayu)
    ayu.poll()
    alert = re.search(r'name="tanda" value="([^"]+)"', room.page("/?kursi=1"))
    assert alert is not None
    assert letters(room) == {"1": "K"}

    assert room.does("lihat", kursi=1, tanda=alert[1]) == "done"

    assert 'class="of-k is-picked is-seen"' in room.page("/bagian?kursi=1")
    assert 'name="tanda"' not in room.page("/?kursi=1")


def test_a_seat_that_is_silent_is_told_from_one_that_is_stuck():
    house = shared()
    room = Facilitator(house).opens()
    ayu, bayu = room.seats("Ayu", "Bayu")
    ayu.poll()
    bayu.poll()
    assert letters(room) == {"1": "J", "2": "J"}

    house.time.advance(3 * MINUTE)
    ayu.poll()
    assert letters(room) == {"2": "P", "1": "L"}
    house.time.advance(MINUTE)
    ayu.poll()

    assert letters(room)["1"] == "M"


def test_the_console_is_not_sent_again_while_nothing_changes():
    house = shared()
    room = Facilitator(house).opens()
    room.seats("Ayu")[0].poll()
    first = room.browser.get(f"{room.base}/bagian")

    same = room.browser.get(f"{room.base}/bagian", **{"If-None-Match": first.headers["ETag"]})
    house.time.advance(5 * SECOND)
    later = room.browser.get(f"{room.base}/bagian", **{"If-None-Match": first.headers["ETag"]})

    assert (same.status_code, same.text) == (304, "")
    assert later.status_code == 200


def test_a_frozen_class_refuses_acts_says_why_and_thaws_by_itself():
    house = shared()
    room = Facilitator(house).opens()
    ayu, bayu = room.seats("Ayu", "Bayu")
    ayu.poll()

    assert room.does("beku", teks="Lihat ke depan", cair="2", untuk="semua") == "done"

    assert ayu.api("machine/use", machine=SERVER).status_code == 409
    assert "Lihat ke depan" in ayu.browser.get(ayu.enter()).text
    assert "Cairkan kelas" in room.page()
    house.time.advance(2 * MINUTE)
    room.page("/bagian")  # the facilitator's look thaws seats that nobody watches, too
    assert bayu.api("machine/use", machine=SERVER).status_code == 200
    assert ayu.api("machine/use", machine=SERVER).status_code == 200


def test_one_seat_alone_can_be_frozen_and_thawed():
    house = shared()
    room = Facilitator(house).opens()
    ayu, bayu = room.seats("Ayu", "Bayu")
    ayu.enter(), bayu.enter()

    room.does("beku", teks="", cair="manual", untuk="kursi", kursi=2)
    assert ayu.api("machine/use", machine=SERVER).status_code == 200
    assert bayu.api("machine/use", machine=SERVER).status_code == 409
    room.does("cair", kursi=2)

    assert bayu.api("machine/use", machine=SERVER).status_code == 200


def test_a_message_reaches_seats_that_work_and_seats_that_wait():
    house = shared()
    room = Facilitator(house)
    (ayu,) = room.seats("Ayu")
    room.does("pesan", teks="Kita mulai <sebentar> lagi", untuk="semua")
    assert "Kita mulai &lt;sebentar&gt; lagi" in ayu.browser.get(ayu.link).text

    room.opens()
    ayu.enter()
    room.does("pesan", teks="Baca langkah 6", kursi=1)

    assert "Baca langkah 6" in ayu.browser.get(ayu.enter()).text


def test_a_fault_is_previewed_armed_listed_and_taken_back():
    house = shared()
    room = Facilitator(house).opens()
    (ayu,) = room.seats("Ayu")
    ayu.enter()

    page = room.page("/?gangguan=sync.drops")
    preview = re.search(r'data-fault="sync.drops"[^>]*>', page)
    assert preview is not None
    assert "hidden" not in preview[0]
    planned = {"gangguan": "sync.drops", "nilai": "data=7, at=60%", "untuk": "semua"}
    assert room.does("gangguan", kapan="pukul", pada="11:00", **planned) == "done"
    assert "11:00 WIB" in room.page()
    assert room.does("batal", id="s1") == "done"
    assert "11:00 WIB" not in room.page()

    assert room.does("gangguan", kapan="sekarang", **planned) == "done"
    assert "Gangguan dipasang: Sinkronisasi berhenti di tengah" in room.page("/kursi/1")


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"gangguan": "no.such"}, "insert"),
        ({"gangguan": "net.reset"}, "insert"),
        ({"gangguan": "http.status"}, "insert"),
        ({"gangguan": "sync.drops", "nilai": "data=99"}, "values"),
        ({"gangguan": "sync.drops", "nilai": "nonsense"}, "values"),
        ({"gangguan": "sync.drops", "nilai": "data=7;drop"}, "values"),
        ({"gangguan": "sync.drops", "kapan": "langkah", "pada": "99"}, "step"),
        ({"gangguan": "sync.drops", "kapan": "langkah", "pada": "x"}, "step"),
        ({"gangguan": "sync.drops", "kapan": "pukul", "pada": "25:00"}, "clock"),
    ],
)
def test_what_cannot_be_armed_is_refused_and_says_why(fields, why):
    room = Facilitator(shared()).opens()

    assert room.does("gangguan", untuk="semua", **fields) == why


def test_a_fault_that_was_refused_keeps_what_was_chosen():
    room = Facilitator(shared()).opens()
    form = {"gangguan": "sync.stalls", "untuk": "kelompok", "kelompok": "3, 4", "nilai": "data=4"}
    sent = {"aksi": "gangguan", "kapan": "langkah", "pada": "88", **form}
    page = room.browser.follow(room.browser.post(f"{room.base}/lakukan", sent).location).text

    assert "Isi nomor langkahnya, 1 sampai 21." in page
    assert re.search(r'<option value="sync.stalls" selected>', page)
    assert re.search(r'value="kelompok" checked>', page)
    for kept in ("3, 4", "88", "data=4"):
        assert f'value="{kept}"' in page


def test_a_fault_that_is_armed_and_has_not_struck_is_listed_at_its_seat():
    room = Facilitator(shared()).opens()
    (ayu,) = room.seats("Ayu")
    ayu.enter()
    room.does("gangguan", gangguan="sync.drops", kapan="sekarang", untuk="kursi", kursi=1)

    assert "Sinkronisasi berhenti di tengah · belum terjadi" in room.page("/?kursi=1")
    for step in range(1, 14):  # however much has happened since
        ayu.browser.post(f"{ayu.enter()}lakukan", {"aksi": "note", "text": f"catatan {step}"})
    assert "Sinkronisasi berhenti di tengah · belum terjadi" in room.page("/?kursi=1")
    assert room.does("batal", id="s1", kursi=1) == "done"
    assert "belum terjadi" not in room.page("/?kursi=1")


def test_a_class_that_was_refused_keeps_what_was_chosen():
    browser = shared().facilitators_browser()
    form = {"judul": "", "rencana": "pilihan", "skenario": ["normal", "partial-sync"]}
    page = browser.post("/fasilitator/kelas", form)

    assert page.status_code == 400
    assert re.search(r'value="pilihan" checked>', page.text)
    assert page.text.count('name="skenario" value="normal" checked>') == 1
    assert page.text.count("<details open>") == 2


def test_the_discussion_shows_the_heat_map_without_anybodys_number():
    room = Facilitator(shared()).opens()
    for seat in room.seats("Ayu", "Bayu"):
        seat.enter()

    assert '<th scope="col">02</th>' in room.page()
    assert '<th scope="col">02</th>' not in room.page("/bahas")
    assert 'class="heat"' in room.page("/bahas")


def test_a_class_jumps_to_a_time_and_is_hurried():
    house = shared()
    room = Facilitator(house).opens()
    (ayu,) = room.seats("Ayu")
    ayu.enter()

    assert room.does("lompat", pukul="07:45") == "done"
    assert room.does("kecepatan", kecepatan=60) == "done"

    desk = ayu.browser.get(f"{ayu.enter()}api/desk").json
    assert "T07:45:00" in desk["now"]
    house.time.advance(SECOND)
    assert "T07:46:00" in ayu.browser.get(f"{ayu.enter()}api/desk").json["now"]


def test_a_rewind_leads_the_seat_to_a_branch_and_keeps_the_original():
    house = shared()
    room = Facilitator(house).opens()
    (ayu,) = room.seats("Ayu")
    before = ayu.enter()
    ayu.api("machine/use", machine=SERVER)
    seq = max(map(int, re.findall(r'name="seq" value="(\d+)"', room.page("/kursi/1"))))

    assert room.does("mundur", kursi=1, seq=seq - 1) == "done"

    assert ayu.enter() != before
    assert ayu.browser.get(f"{before}api/desk").json["machine"] == SERVER
    assert room.does("mundur", kursi=1, seq=9_999) == "nothing-runs"


def test_a_seat_is_moved_to_another_start_of_its_story():
    house = shared()
    room = Facilitator(house).opens()
    (ayu,) = room.seats("Ayu")
    before = ayu.enter()

    assert room.does("pindah", kursi=1, keadaan="ready-to-sync") == "done"

    assert ayu.enter() != before
    ayu.api("machine/use", machine=SERVER)
    assert ayu.browser.get(f"{ayu.enter()}api/patch").json["version"] == "5.1.0"
    assert room.does("pindah", kursi=1, keadaan="nowhere") == "nothing-runs"


def test_a_hint_that_is_given_stands_in_the_seats_coach_and_says_from_whom():
    house = shared()
    room = Facilitator(house).opens()
    ayu, _ = room.seats("Ayu", "Bayu")
    ayu.enter()

    assert room.does("petunjuk", kursi=1) == "done"

    assert "dari fasilitator" in ayu.browser.get(ayu.enter()).text
    assert "Petunjuk dibuka di langkah" in room.page("/?kursi=1")
    assert room.does("petunjuk", kursi=2) == "nothing-runs"


def test_there_are_no_second_chances_in_an_exam():
    house = shared()
    room = Facilitator(house, "exam-saturday").opens()
    (ayu,) = room.seats("Ayu")
    ayu.enter()

    assert room.does("mundur", kursi=1, seq=2) == "exam"
    assert room.does("pindah", kursi=1, keadaan="active") == "exam"
    assert room.does("petunjuk", kursi=1) == "no-hints"
    assert "tidak memakai petunjuk" in room.page("/?kata=no-hints")


def test_time_is_given_and_shown():
    house = shared()
    room = Facilitator(house).opens()
    (ayu,) = room.seats("Ayu")
    ayu.enter()

    assert "<dd>20 menit</dd>" in room.page()
    assert room.does("waktu", menit=5, untuk="semua") == "done"
    assert "<dd>25 menit</dd>" in room.page()


@pytest.mark.parametrize(
    ("act", "fields", "word"),
    [
        ("pesan", {"teks": "", "untuk": "semua"}, "text"),
        ("pesan", {"teks": "x"}, "seat-gone"),
        ("pesan", {"teks": "x", "kursi": "77"}, "seat-gone"),
        ("waktu", {"menit": "-5", "untuk": "semua"}, "minutes"),
        ("waktu", {"menit": "9" * 40, "untuk": "semua"}, "minutes"),
        ("kecepatan", {"kecepatan": "0"}, "speed"),
        ("lompat", {"pukul": "later"}, "clock"),
        ("bagian", {"bagian": "55"}, "part"),
        ("beku", {"cair": "soon", "untuk": "semua"}, "minutes"),
        ("catat", {"kursi": "9", "teks": "x"}, "seat-gone"),
        ("keluarkan", {"kursi": "9"}, "seat-gone"),
        ("mundur", {"kursi": "9", "seq": "1"}, "nothing-runs"),
        ("batal", {"id": "s9"}, "insert"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(act, fields, word):
    room = Facilitator(shared()).opens()

    assert room.does(act, **fields) == word
    page = room.page(f"/?kata={word}")
    assert 'role="alert"' in page


def test_a_button_that_does_not_exist_and_an_address_that_was_sent_lead_nowhere():
    room = Facilitator(shared()).opens()
    assert room.browser.post(f"{room.base}/lakukan", {"aksi": "x"}).status_code == 400

    form = {"aksi": "tutup", "kembali": "//elsewhere.test", "laci": "//elsewhere.test"}
    answer = room.browser.post(f"{room.base}/lakukan", form)

    assert answer.headers["Location"].startswith(f"{room.base}/?kata=done")


def test_notes_are_kept_with_the_seat():
    room = Facilitator(shared()).opens()
    room.seats("Ayu")

    assert room.does("catat", kursi=1, teks="Tenang di bawah <tekanan>") == "done"

    assert "Tenang di bawah &lt;tekanan&gt;" in room.page("/?kursi=1")


def test_the_lesson_plan_goes_part_by_part_with_its_talking_points():
    house = shared()
    browser = Facilitator(house).browser
    made = browser.post("/fasilitator/kelas", {"judul": "Tiga jam", "rencana": "pelajaran"})
    base = made.headers["Location"].rpartition("/")[0]

    page = browser.get(f"{base}/kendali").text
    assert page.count("<li") >= 12
    browser.post(f"{base}/lakukan", {"aksi": "bagian", "bagian": "2", "kembali": "kendali"})
    page = browser.get(f"{base}/kendali").text

    assert "Tidak dinilai. Jangan membantu" in page
    assert re.search(r'<li class="is-now" aria-current="step">', page)


def test_a_class_needs_a_name_and_something_to_do():
    browser = Facilitator(shared()).browser

    nameless = browser.post("/fasilitator/kelas", {"judul": " ", "rencana": "pelajaran"})
    empty = browser.post("/fasilitator/kelas", {"judul": "A", "rencana": "pilihan"})
    unknown = browser.post(
        "/fasilitator/kelas", {"judul": "A", "rencana": "pilihan", "skenario": "no-such"}
    )

    assert [one.status_code for one in (nameless, empty, unknown)] == [400, 400, 400]


def test_a_deleted_class_is_gone_with_its_rehearsals_and_only_on_purpose():
    house = shared()
    room = Facilitator(house).opens()
    (ayu,) = room.seats("Ayu")
    run = ayu.enter()

    kept = room.browser.post(f"{room.base}/hapus", {"kode": "WRONG"})
    assert kept.headers["Location"].endswith("kata=code-differs#hapus")
    assert ayu.browser.get(run).status_code == 200
    room.browser.post(f"{room.base}/hapus", {"kode": room.code.lower()})

    assert ayu.browser.get(run).status_code == 404
    assert ayu.browser.get(ayu.link).status_code == 404
    assert room.browser.get(f"{room.base}/").status_code == 404
    assert join(house.browser(), room.code, 2, "Bayu").status_code == 404
    assert "Kelas Anda</h2>" not in ayu.browser.get("/").text


def test_the_results_leave_as_a_table_that_no_spreadsheet_carries_out():
    house = shared()
    room = Facilitator(house, "already-synced").opens()
    ayu, other = room.seats('=HYPERLINK("x")', "Bayu")
    other.enter()
    ayu.api("machine/use", machine=SERVER)
    delete_all(ayu)

    answer = room.browser.get(f"{room.base}/hasil.csv")
    rows = list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff")), delimiter=";"))

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert rows[0]["nama"] == '\'=HYPERLINK("x")'
    assert (rows[0]["kritis"], rows[0]["kode"]) == ("1", "K2")
    assert (rows[1]["kursi"], rows[1]["selesai"]) == ("2", "belum")


def test_journals_and_statements_name_seats_and_no_people():
    house = shared()
    room = Facilitator(house).opens()
    (ayu,) = room.seats("Ayu Lestari")
    ayu.api("machine/use", machine=SERVER)

    journal = [json.loads(line) for line in room.page("/jurnal.jsonl").splitlines()]
    statements = [json.loads(line) for line in room.page("/xapi.jsonl").splitlines()]

    assert [one["entry"]["seq"] for one in journal] == list(range(1, len(journal) + 1))
    verbs = [one["verb"]["id"].rpartition("/")[2] for one in statements]
    assert verbs[0] == "initialized"
    assert "interacted" in verbs
    assert {one["actor"]["account"]["name"] for one in statements} == {"01"}
    assert all("timestamp" in one for one in statements)
    assert "Ayu" not in json.dumps([journal, statements])


def test_a_finished_run_ends_its_statements_with_its_verdict():
    house = shared()
    room = Facilitator(house).opens()
    (ayu,) = room.seats("Ayu")
    assert ayu.api("report", **POSTPONED).status_code == 200

    statements = [json.loads(line) for line in room.page("/xapi.jsonl").splitlines()]

    verbs = [one["verb"]["id"].rpartition("/")[2] for one in statements]
    assert verbs[-2:] == ["failed", "terminated"]
    assert "completed" in verbs
    assert statements[-2]["result"]["success"] is False
    assert 0 <= statements[-2]["result"]["score"]["scaled"] <= 1


def test_the_class_debrief_tells_the_commonest_slips_and_nobodys_name():
    house = shared()
    room = Facilitator(house, "already-synced").opens()
    ayu, bayu = room.seats("Ayu", "Bayu")
    for seat in (ayu, bayu):
        seat.api("machine/use", machine=SERVER)
    delete_all(ayu)

    page = room.page("/bahas")

    assert "HAPUS setelah data lengkap" in page
    assert "1 dari 2 kursi" in page
    assert "Ayu" not in page
    assert page.count("<li>") >= 5
