"""Nobody acts on a seat from elsewhere, nothing becomes markup, both languages are whole."""

import re
from pathlib import Path

import pytest

from mock_server.web import page_errors
from tests.web.seat.clicking import Person
from tests.web.visitor import begin, shared

STATIC = Path(page_errors.__file__).parent / "static"
PATHS = ["lakukan", "berita-acara"]
FOREIGN = [
    {"Origin": "http://elsewhere.test"},
    {"Origin": "null"},
    {"Referer": "http://elsewhere.test/"},
    {},
]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("headers", FOREIGN)
def test_a_form_from_elsewhere_is_refused(path, headers):
    visitor = begin("active").sit_down()
    events = visitor.control("").json["events"]

    answer = shared().http.post(
        f"/r/{visitor.name}/{path}", data={"aksi": "cbtsync.close"}, headers=headers
    )

    assert answer.status_code == 403
    assert visitor.control("").json["events"] == events


WRONG = [
    {},
    {"aksi": "nothing"},
    {"aksi": "report.submit"},
    {"aksi": "menu.open"},
    {"aksi": "id.submit", "server_id": "x" * 41},
    {"aksi": "id.submit", "server_id": "a\x00b"},
    {"aksi": "delete.start", "answer": "perhaps"},
    {"aksi": "sync.start", "data_version": "-1"},
    {"aksi": "hint", "step": "6", "rung": "4"},
    {"aksi": "hint", "step": "<b>", "rung": "1"},
    {"aksi": "reply", "index": "-1", "choice": "obey"},
    {"aksi": "reply", "index": "0", "choice": "shout"},
    {"aksi": "question", "question": "none"},
    {"aksi": "guard", "act": "perhaps"},
]


@pytest.mark.parametrize("form", WRONG)
def test_a_button_that_no_page_of_ours_has_is_a_bad_request(form):
    visitor = begin("active").sit_down()
    events = visitor.control("").json["events"]

    answer = shared().http.post(
        f"/r/{visitor.name}/lakukan", data=form, headers={"Origin": "http://localhost"}
    )

    assert answer.status_code == 400
    assert "Permintaan tidak dapat dilayani" in answer.text or "cannot be served" in answer.text
    assert visitor.control("").json["events"] == events


@pytest.mark.parametrize("path", ["", "bagian", "berita-acara", "unduh"])
def test_a_seat_that_nobody_has_is_not_found(path):
    assert shared().http.get(f"/r/nobody/{path}").status_code == 404
    origin = {"Origin": "http://localhost"}
    form = {"aksi": "cbtsync.close"}
    assert shared().http.post("/r/nobody/lakukan", data=form, headers=origin).status_code == 404


@pytest.mark.parametrize("path", ["", "bagian", "berita-acara"])
def test_a_seat_is_never_kept_by_a_cache_and_asks_nobody_else(path):
    visitor = begin("active").sit_down()

    answer = shared().http.get(f"/r/{visitor.name}/{path}")

    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert answer.headers["Cache-Control"] == "no-store"
    assert " style=" not in answer.text
    assert not re.findall(r"<script(?![^>]* src=\"/static/)", answer.text)
    assert not re.findall(r"\bon[a-z]+=", answer.text)
    addresses = re.findall(r'(?:src|href|action)="([^"]*)"', answer.text)
    assert not [one for one in addresses if "//" in one]


def test_only_the_desk_itself_may_run_our_script():
    visitor = begin("active").sit_down()

    def policy(path: str) -> str:
        return shared().http.get(path).headers["Content-Security-Policy"]

    assert "script-src 'self'" in policy(f"/r/{visitor.name}/")
    assert "script-src" not in policy(f"/r/{visitor.name}/berita-acara")
    assert "script-src" not in policy("/batas")


def test_the_script_is_old_enough_for_old_browsers_and_asks_only_this_server():
    script = (STATIC / "seat.js").read_text(encoding="utf-8")

    assert "?." not in script
    assert "=>" not in script
    assert "`" not in script
    assert not re.search(r"\b(?:let|const|import|export|fetch)\b", script)
    assert "://" not in script
    assert "innerHTML" not in script


def test_what_people_type_is_shown_and_never_run():
    visitor = begin("patched").sit_down()
    trick = '"><script>alert(1)</script>'
    person = Person(visitor).click("Exambro Admin").click("CBTSync")

    person.fill("ID Server", trick).click("Submit")

    assert "<script>alert" not in person.answer.text
    assert person.sees("ID Server tidak sama dengan pusat")
    person.go(f"/r/{visitor.name}/?j=cbtsync&q={trick}&kel={trick}&s={trick}")
    assert "<script>alert" not in person.answer.text


def test_a_return_address_is_never_taken_from_the_request():
    visitor = begin("active").sit_down()

    answer = shared().http.post(
        f"/r/{visitor.name}/lakukan?j=//elsewhere.test&kata=//elsewhere.test",
        data={"aksi": "cbtsync.close", "next": "http://elsewhere.test"},
        headers={"Origin": "http://localhost"},
    )

    assert answer.headers["Location"].startswith(f"/r/{visitor.name}/?")
    assert "elsewhere" not in answer.headers["Location"]


def test_a_report_is_sent_back_until_it_is_whole_and_says_where():
    visitor = begin("active").sit_down()
    person = Person(visitor).click("Nyatakan selesai")

    person.fill("Jam", "8.5").fill("Data lengkap", "<b>9</b>").click("Serahkan Berita Acara")

    assert person.answer.status_code == 400
    assert person.sees("7 isian perlu diperbaiki:")
    assert person.answer.text.count('aria-invalid="true"') == 6
    assert "<b>9</b>" not in person.answer.text
    assert not visitor.events("report-filed")


def test_a_postponement_says_why_and_may_leave_blank_what_one_does_not_know():
    visitor = begin("active").sit_down()
    person = Person(visitor).click("Tunda & laporkan")
    person.fill("Jam", "8.05").fill("Data lengkap", "0").fill("Jumlah peserta yang tampil", "0")

    person.choose("tests_visible", "no").click("Serahkan Berita Acara")
    assert person.sees("Tulis sebab penundaan dan rencana Anda.")
    assert not visitor.events("report-filed")
    person.fill("Catatan untuk helpdesk", "Akses tertutup. Kami coba lagi pukul 10.")
    person.click("Serahkan Berita Acara")

    filed = visitor.events("report-filed")[0]
    assert (filed["decision"], filed["machine"], filed["time"]) == ("postpone", "", "08:05")


CONDITIONS = ["fresh-boot", "patched", "active", "backed-up", "ready-to-sync", "synced"]
QUERIES = ["", "j=portal", "j=portal&t=jadwal", "j=portal&t=peserta", "j=portal&t=permintaan",
           "j=unduhan&sha=1", "j=catatan", "j=pesan", "j=jam", "j=ruang"]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("condition", CONDITIONS)
def test_every_window_is_whole_in_english(condition):
    visitor = begin(condition).sit_down()
    person = Person(visitor, "en")
    said = {"Tutup", "Belum", "Keadaan", "Kemajuan", "Jawaban", "Angkat", "Pindah", "kosong"}

    for query in QUERIES:
        person.go(f"/r/{visitor.name}/?{query}")
        assert person.answer.status_code == 200
        assert not said & set(re.findall(r"\w+", person.page.text)), query
    person.go(f"/r/{visitor.name}/berita-acara?akhir=ready")
    assert person.sees("Hand in the report")
