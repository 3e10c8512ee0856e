"""A roster from CSV: what spreadsheets write is read, and every wrong row is told by its number."""

import io

import pytest

from mock_server.cohort.events import Member
from mock_server.web.classes import roster
from tests.web.classes.classroom import Facilitator, join, shared


@pytest.mark.parametrize(
    "text",
    [
        "1;Ayu;SMA Contoh\n2;Bayu;\n",
        "1,Ayu,SMA Contoh\n2,Bayu\n",
        "\ufeffkursi;nama;sekolah\r\n01;Ayu;SMA Contoh\r\n02;Bayu;\r\n",
        "Nama\tKursi\tSekolah\nAyu\t1\tSMA Contoh\nBayu\t2\t\n",
        "seat,name,school\n2,Bayu,\n\n1,  Ayu ,SMA  Contoh\n",
    ],
)
def test_what_spreadsheets_write_is_read(text):
    members, errors = roster.read(text.encode())

    assert errors == ()
    assert members == (
        Member(seat=1, name="Ayu", school="SMA Contoh"),
        Member(seat=2, name="Bayu", school=""),
    )


def test_every_wrong_row_is_told_by_its_number():
    rows = "kursi;nama\n1;Ayu\nx;Bayu\n100;Citra\n4;\n1;Dewi\n6;" + "x" * 61 + "\n"

    members, errors = roster.read(rows.encode())

    assert [one.seat for one in members] == [1]
    assert [(one.row, one.what) for one in errors] == [
        (3, "seat"),
        (4, "seat"),
        (5, "name"),
        (6, "twice"),
        (7, "name"),
    ]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        ("1;Andr\xe9".encode("latin-1"), "encoding"),
        (b"x" * (roster.BYTES_MAX + 1), "large"),
        (b"nama;sekolah\nAyu;SMA\n", "columns"),
        (b"\x00\x01\x02", "columns"),
    ],
)
def test_a_file_that_is_no_roster_is_told_so(data, what):
    members, errors = roster.read(data)

    assert members == ()
    assert errors[0].what == what


def test_a_roster_is_taken_whole_or_not_at_all():
    room = Facilitator(shared())
    address = f"{room.base}/peserta"

    wrong = room.browser.post(address, {"daftar": "1;Ayu\nx;<b>Bayu</b>"})
    assert wrong.status_code == 400
    assert "Baris 2" in wrong.text
    assert "1;Ayu\nx;&lt;b&gt;Bayu&lt;/b&gt;</textarea>" in wrong.text  # to be mended there
    assert "Belum ada daftar" in room.page("/peserta")

    sent = {"berkas": (io.BytesIO(b"1;<b>Ayu</b>;SMA Contoh"), "kelas.csv")}
    assert room.browser.post(address, sent).status_code == 303
    page = room.page("/peserta")
    assert "&lt;b&gt;Ayu&lt;/b&gt;" in page
    assert "<b>Ayu" not in page


def test_with_a_roster_only_its_seats_can_be_taken_and_its_names_count():
    house = shared()
    room = Facilitator(house)
    room.browser.post(f"{room.base}/peserta", {"daftar": "7;Ayu;SMA Contoh"})

    assert join(house.browser(), room.code, 8, "Bayu").status_code == 409
    assert join(house.browser(), room.code, 7, "somebody").status_code == 303
    assert "07 Ayu" in room.page()
