"""One who learns alone can let the clock stand still; a class cannot."""

import re

from tests.web.classes.classroom import MINUTE, SECOND, Browser, Facilitator, shared


def begun() -> tuple[Browser, str]:
    """Somebody who has begun a story alone, and the address of their seat."""
    browser = shared().browser("192.168.20.7")
    begun = browser.post("/", {"scenario": "normal", "ulang": "1"})
    assert begun.status_code == 303
    return browser, begun.headers["Location"]


def clock(browser: Browser, page: str) -> str:
    found = re.search(r'<time datetime="([^"]+)"', browser.get(page).text)
    assert found is not None
    return found[1]


def test_a_pause_stops_the_clock_until_one_goes_on():
    browser, page = begun()
    assert "Hentikan jam" in browser.get(page).text
    assert "Angkat tangan" not in browser.get(page).text  # nobody would see it

    browser.post(f"{page}lakukan", {"aksi": "pause"})
    before = clock(browser, page)
    shared().time.advance(3 * MINUTE)

    text = browser.get(page).text
    assert "Latihan berhenti sejenak." in text
    assert clock(browser, page) == before
    assert re.search(r'value="go-on"><button class="btn" [^>]*>Lanjutkan<', text)

    browser.post(f"{page}lakukan", {"aksi": "go-on"})
    shared().time.advance(MINUTE)
    assert "Latihan berhenti sejenak." not in browser.get(page).text
    assert clock(browser, page) > before


def test_a_paused_seat_says_what_to_press():
    browser, page = begun()
    browser.post(f"{page}lakukan", {"aksi": "pause"})

    refused = browser.post(f"{page}lakukan", {"aksi": "machine.use", "machine": "srv-ujian-01"})

    assert "Tekan Lanjutkan" in browser.get(refused.headers["Location"]).text


def test_a_page_that_nobody_touches_says_why_it_stopped():
    browser, page = begun()
    browser.get(page)
    for _ in range(24):
        shared().time.advance(15 * SECOND)
        part = browser.get(f"{page}bagian").text

    assert "Selama lima menit tidak ada tombol yang ditekan" in part
    assert (
        "Latihan berhenti sejenak." not in browser.get(page).text
    )  # whoever opens it is there again


def test_a_report_that_took_long_to_write_is_taken():
    browser, page = begun()
    browser.get(f"{page}berita-acara")
    for _ in range(24):  # the seat's own page stands open beside it
        shared().time.advance(15 * SECOND)
        browser.get(f"{page}bagian")
    form = {"decision": "postpone", "time": "08:00", "datasets_complete": "0", "participants": "0"}

    filed = browser.post(f"{page}berita-acara", form | {"tests_visible": "no", "notes": "Besok."})

    assert filed.headers["Location"].endswith("/tebak")


def test_nobody_in_a_class_can_stop_its_clock():
    room = Facilitator(shared()).opens()
    (ayu,) = room.seats("Ayu")
    page = ayu.enter()

    assert 'value="pause"' not in ayu.browser.get(page).text
    assert ayu.browser.post(f"{page}lakukan", {"aksi": "pause"}).status_code == 400


def test_the_clock_stands_while_the_example_is_watched_and_goes_on_at_the_seat():
    browser = shared().browser("192.168.20.8")
    seat = browser.post("/", {"scenario": "worked-example", "ulang": "1"})
    page = seat.headers["Location"].partition("contoh")[0]
    browser.get(f"{page}contoh/1")
    shared().time.advance(20 * MINUTE)
    browser.get(f"{page}contoh/2")

    assert browser.post(f"{page}contoh/3", {"g": "c"}).status_code == 303
    assert "Tepat." in browser.get(f"{page}contoh/3").text
    browser.get(page)  # now it is done by oneself
    assert "08:2" in clock(browser, page)
