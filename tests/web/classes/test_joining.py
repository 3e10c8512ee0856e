"""How people get to a seat: alone, with a class code, by their link, and not into another's."""

import html
import re
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import pytest

from tests.web.classes.classroom import (
    ELSEWHERE,
    OWN,
    POSTPONED,
    SERVER,
    Facilitator,
    House,
    Seat,
    join,
    shared,
)


def test_the_first_visit_offers_the_first_try_and_later_ones_what_was_begun():
    browser = shared().browser()
    assert "Mulai dari Tes awal" in browser.get("/").text

    begun = browser.post("/", {"scenario": "normal"})
    page = browser.get("/").text

    assert "Mulai dari Tes awal" not in page
    assert "Lanjutkan latihan" in page
    assert f'href="{begun.headers["Location"]}"' in page


def test_who_learns_alone_has_a_key_that_scripts_and_other_sites_do_not_get():
    browser = shared().browser()

    begun = browser.post("/", {"scenario": "normal"})

    cookie = begun.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert len(browser.cookie("cbtsync_belajar")) >= 22


def test_the_same_story_goes_on_until_one_starts_over():
    browser = shared().browser()
    first = browser.post("/", {"scenario": "normal"}).headers["Location"]

    assert browser.post("/", {"scenario": "normal"}).headers["Location"] == first
    again = browser.post("/", {"scenario": "normal", "ulang": "1"}).headers["Location"]
    assert again != first
    assert browser.get(first).status_code == 200  # the earlier run is still there


def test_two_people_do_not_share_a_rehearsal():
    house = House()
    paths = {
        house.browser().post("/", {"scenario": "normal"}).headers["Location"] for _ in range(3)
    }

    assert len(paths) == 3


def test_a_key_that_nobody_was_given_opens_nothing():
    browser = shared().browser()
    browser.set_cookie("cbtsync_belajar", "k" + "x" * 22)

    assert "Mulai dari Tes awal" in browser.get("/").text
    assert browser.post("/", {"scenario": "normal"}).status_code == 303
    assert browser.get("/kursi/kxxxxxxxx/").status_code == 404


@pytest.mark.parametrize("scenario", ["exam-saturday", "exam-jayapura"])
def test_nobody_takes_the_exam_alone(scenario):
    assert shared().browser().post("/", {"scenario": scenario}).status_code == 403


def test_the_ladder_says_how_far_somebody_has_come():
    house = shared()
    browser = house.browser()
    run = browser.post("/", {"scenario": "first-day"}).headers["Location"]
    api = browser._http.post
    api(f"{run}api/machine/use", json={"machine": SERVER})
    filed = api(f"{run}api/report", json=POSTPONED)
    assert filed.status_code == 200, filed.text

    page = browser.get("/").text

    assert re.search(r'<li class="is-done"><a href="#P0"', page)
    assert re.search(r'<li class="is-now"><a href="#L0" aria-current="step"', page)
    assert "Lanjutkan latihan" not in page


def test_a_code_and_a_seat_lead_to_the_drill_that_is_on():
    house = shared()
    room = Facilitator(house)
    (ayu,) = room.seats("Ayu")
    assert "Tunggu fasilitator memulai" in ayu.browser.get(ayu.link).text

    room.opens()

    assert ayu.enter().startswith("/r/")
    assert ayu.browser.get(ayu.enter()).status_code == 200


def test_two_tabs_and_a_power_cut_end_in_the_same_rehearsal(tmp_path):
    house = House(tmp_path / "kelas.db")
    room = Facilitator(house).opens()
    (ayu,) = room.seats("Ayu")
    run = ayu.enter()
    assert ayu.enter() == run

    house.start()
    browser = house.again(ayu.browser)

    assert "Kembali ke kursi" in browser.get("/").text
    assert browser.get(ayu.link).headers["Location"] == run
    assert browser.get(run).status_code == 200


def test_a_link_in_another_browser_opens_the_same_seat_and_no_other():
    house = shared()
    room = Facilitator(house).opens()
    ayu, bayu = room.seats("Ayu", "Bayu")

    assert house.browser().get(ayu.link).headers["Location"] == ayu.enter()
    assert ayu.enter() != bayu.enter()
    for wrong in (ayu.link[:-2] + "/", ayu.link.replace("/kursi/k", "/kursi/K")):
        assert house.browser().get(wrong).status_code == 404
    assert bayu.link.split("/")[2] not in ayu.browser.follow(ayu.link).text


def test_a_taken_seat_is_not_given_to_another_but_to_who_sits_there():
    house = shared()
    room = Facilitator(house).opens()
    (ayu,) = room.seats("Ayu")

    refused = join(house.browser(), room.code, 1, "Ayu")
    own = join(ayu.browser, room.code, 1, "Ayu")

    assert refused.status_code == 409
    assert "Kursi ini sudah dipakai" in refused.text
    assert own.headers["Location"] == ayu.link


def test_a_seat_that_was_reopened_goes_on_in_another_browser_and_the_old_link_is_dead():
    house = shared()
    room = Facilitator(house).opens()
    (ayu,) = room.seats("Ayu")
    run = ayu.enter()
    assert room.does("buka", kursi=1) == "done"

    other = Seat(house, room.code, 1, "Ayu")

    assert other.enter() == run
    assert ayu.browser.get(ayu.link).status_code == 404


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"kode": "ZZZZZZ"}, 404, "tidak dikenal"),
        ({"kode": ""}, 404, "tidak dikenal"),
        ({"kursi": "0"}, 409, "antara 1 dan 99"),
        ({"kursi": "x"}, 409, "antara 1 dan 99"),
        ({"kursi": "999"}, 409, "antara 1 dan 99"),
        ({"kursi": "\N{ARABIC-INDIC DIGIT ONE}"}, 409, "antara 1 dan 99"),
        ({"nama": " "}, 409, "Isi nama panggilan"),
        ({"nama": "x" * 80}, 409, "Isi nama panggilan"),
    ],
)
def test_what_cannot_join_is_told_why_and_keeps_what_was_typed(fields, status, said):
    house = shared()
    code = Facilitator(house).code
    given = {"kode": code, "kursi": "5", "nama": "Ayu"} | fields

    answer = house.browser().post("/gabung", given)

    assert answer.status_code == status
    assert said in answer.text
    assert 'role="alert"' in answer.text
    if "nama" not in fields:
        assert 'value="Ayu"' in answer.text


def test_a_name_with_markup_is_shown_as_it_was_typed():
    trick = "<b>Ayu</b><script>1</script>"
    house = shared()
    room = Facilitator(house).opens()
    Seat(house, room.code, 1, trick).poll()

    for page in (room.page(), room.page("/kendali"), room.page("/kursi/1"), room.page("/bagian")):
        assert "<b>Ayu" not in page
        assert "<script>1" not in page
        assert trick in html.unescape(page)


def test_codes_cannot_be_tried_without_end_and_who_is_right_is_not_held_up():
    house = House()
    room = Facilitator(house)
    guesser = house.browser("192.168.10.66")
    for n in range(10):
        assert join(guesser, f"AAAAA{n}", 1, "x").status_code == 404

    assert join(guesser, room.code, 1, "x").status_code == 429
    assert join(house.browser("192.168.10.67"), room.code, 2, "Ayu").status_code == 303
    house.time.advance(60_000)
    assert join(guesser, room.code, 3, "Bayu").status_code == 303


@pytest.mark.parametrize("headers", [ELSEWHERE, {"Origin": "null"}, {}])
def test_a_form_of_another_site_joins_and_begins_nothing(headers):
    house = shared()
    room = Facilitator(house)
    browser = house.browser()
    form = {"kode": room.code, "kursi": "1", "nama": "x"}

    assert browser.post("/gabung", form, headers).status_code == 403
    assert browser.post("/", {"scenario": "normal"}, headers).status_code == 403
    assert "Belum ada yang duduk" in room.page()


def test_the_qr_code_leads_to_a_form_with_the_code_filled_in():
    house = shared()
    room = Facilitator(house)

    page = house.browser().get(f"/gabung?kode={room.code}").text

    assert f'value="{room.code}"' in page
    assert "<script" not in house.browser().get('/gabung?kode="><script>').text


@pytest.mark.slow
def test_forty_join_within_twenty_seconds_and_all_resume_after_a_kill(tmp_path):
    house = House(tmp_path / "kelas.db")
    room = Facilitator(house).opens()
    began = monotonic()

    def sit(number: int) -> tuple[Seat, str]:
        seat = Seat(house, room.code, number, f"Peserta {number}")
        run = seat.enter()
        assert (
            seat.browser.post(
                f"{run}lakukan", {"aksi": "machine.use", "machine": SERVER}, OWN
            ).status_code
            == 303
        )
        return seat, run

    with ThreadPoolExecutor(40) as threads:
        seats = list(threads.map(sit, range(1, 41)))
    assert monotonic() - began < 20

    house.start()  # nothing was closed in good order
    for seat, run in seats:
        browser = house.again(seat.browser)
        assert browser.get(seat.link).headers["Location"] == run
        desk = browser.get(f"{run}api/desk").json
        assert desk["machine"] == SERVER
    assert house.failures == []
    page = house.again(room.browser).get(f"{room.base}/").text
    assert page.count('class="tile"') == 40
