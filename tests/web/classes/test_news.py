"""What a class does reaches the page that a trainee really has before the eyes."""

import re

from tests.web.classes.classroom import (
    MINUTE,
    POSTPONED,
    SERVER,
    Facilitator,
    Seat,
    shared,
)


def two_drills() -> tuple[Facilitator, Seat, str]:
    """A seat that works at the first of two drills, and the address of its page."""
    room = Facilitator(shared(), "normal", "dashboard-closed").opens(0)
    (ayu,) = room.seats("Ayu")
    return room, ayu, ayu.enter()


def test_a_message_reaches_a_seat_that_is_still_in_the_drill_before():
    room, ayu, page = two_drills()
    ayu.browser.get(f"{page}bagian")
    room.opens(1)

    assert room.does("pesan", teks="Simpan dan berdiri", untuk="semua") == "sent"

    assert "Simpan dan berdiri" in ayu.browser.get(f"{page}bagian").text


def test_the_console_says_how_many_seats_a_message_has_reached():
    room, ayu, page = two_drills()
    ayu.browser.get(f"{page}bagian")
    Seat(room.house, room.code, 2, "Bayu")  # joined, and has no page open

    form = {"aksi": "pesan", "teks": "Halo", "untuk": "semua", "kembali": "kendali"}
    back = room.browser.post(f"{room.base}/lakukan", form).headers["Location"]

    said = room.browser.get(back).text
    assert "Terkirim ke 1 kursi." in said
    assert "1 kursi lain sedang tidak terhubung" in said


def test_a_seat_left_behind_is_told_at_the_top_of_every_page_it_may_be_on():
    room, ayu, page = two_drills()
    said = "Kelas sudah berpindah ke latihan berikutnya."
    assert said not in ayu.browser.get(page).text
    room.opens(1)

    for place in ("", "bagian", "kabar", "berita-acara"):
        assert said in ayu.browser.get(page + place).text, place
    assert f'href="{ayu.link}"' in ayu.browser.get(f"{page}kabar").text


def test_the_console_says_where_a_seat_left_behind_still_is():
    room, ayu, page = two_drills()
    room.opens(1)
    ayu.browser.get(f"{page}bagian")

    assert re.search(r"masih di L\w+, langkah 1<", room.page())
    ayu.browser.post(f"{page}lakukan", {"aksi": "hand.raise"})
    assert "Mengangkat tangan." in room.page("/?kursi=1")

    ayu.enter()  # it follows
    assert "masih di" not in room.page()


def test_a_seat_that_has_filed_before_the_class_went_on_only_waits():
    room, ayu, _ = two_drills()
    ayu.api("machine/use", machine=SERVER)
    assert ayu.api("report", **POSTPONED).status_code == 200
    room.opens(1)

    assert "menunggu" in room.page()
    assert "masih di" not in room.page()


def test_a_freeze_holds_a_seat_left_behind_too():
    room, ayu, page = two_drills()
    room.opens(1)
    room.does("beku", untuk="semua", teks="Lihat ke depan", cair="manual")

    assert "Lihat ke depan" in ayu.browser.get(f"{page}bagian").text

    room.does("cair", untuk="semua")
    assert "Lihat ke depan" not in ayu.browser.get(f"{page}bagian").text


def test_a_rewind_says_so_at_the_seat_for_as_long_as_it_is_new():
    room, ayu, page = two_drills()
    ayu.api("machine/use", machine=SERVER)
    room.does("mundur", kursi=1, seq=2)

    said = "Fasilitator mengulang latihan dari pukul"
    assert said in ayu.browser.get(ayu.enter()).text
    assert "Fasilitator membuka latihan ulang untuk Anda." in ayu.browser.get(f"{page}kabar").text

    room.house.time.advance(3 * MINUTE)
    assert said not in ayu.browser.get(ayu.enter()).text


def test_news_are_not_sent_again_while_there_are_none():
    _, ayu, page = two_drills()
    first = ayu.browser.get(f"{page}kabar")

    again = ayu.browser.get(f"{page}kabar", **{"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, again.status_code) == (200, 304)
    assert ayu.browser.get("/r/nobody/kabar").status_code == 404
