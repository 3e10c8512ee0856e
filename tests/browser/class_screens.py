"""The screens of a class, one after the other: the facilitator's, and what trainees see of it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tests.browser.facilitator import Facilitator, join, seat_of
from tests.browser.people import People
from tests.browser.seat import look_again

if TYPE_CHECKING:
    from playwright.sync_api import Page

WAITING = "**/static/wait.js"
NAMES = ("Sari", "Budi", "Dewi", "Rahmat")


def classes(people: People, language: str = "id") -> Iterator[tuple[str, "Page"]]:
    """The facilitator's pages, with four seats in different states, and what trainees see."""
    outside = people.person()
    outside.visit(f"fasilitator/?lang={language}")
    yield "fasilitator-masuk", outside.page
    facilitator = Facilitator(people.person())
    facilitator.enter()
    yield "fasilitator-kelas", facilitator.page
    code = facilitator.make_class("Kelas Sabtu", "L1", "Sinkronisasi tanpa gangguan")
    came = [join(people, code, number, name) for number, name in enumerate(NAMES, 1)]
    yield "menunggu", _held(came[0].page)
    came[0].page.unroute(WAITING)
    yield "kendali", facilitator.page
    facilitator.start_drill()
    seats = [seat_of(people, person) for person in came]
    seats[0].press(seats[0].words.raise_hand)
    seats[1].sit_down_at_the_exam_server()
    seats[1].open_cbtsync()
    facilitator.say_to_all("Lima menit lagi.")
    facilitator.page.goto(f"{facilitator.console}?lang={language}")
    yield "pantau", facilitator.page
    seats[1].see("Lima menit lagi.")
    yield "kursi-dengan-pesan", seats[1].page
    facilitator.page.goto(f"{facilitator.console}kursi/2")
    yield "kursi-kejadian", facilitator.page
    facilitator.page.goto(f"{facilitator.console}peserta")
    yield "daftar-peserta-kelas", facilitator.page
    facilitator.page.goto(f"{facilitator.console}bahas")
    yield "bahas-kelas", facilitator.page
    facilitator.page.goto(f"{facilitator.console}proyektor")
    yield "proyektor", _held(facilitator.page)
    facilitator.page.goto(f"{facilitator.console}?lang=id")
    facilitator.freeze_all("Lihat ke depan sebentar.")
    yield "pantau-beku", facilitator.page
    look_again(seats[1].page)
    yield "kursi-beku", seats[1].page
    facilitator.thaw_all()
    facilitator.steer()
    facilitator.press("Mulai untuk semua")
    look_again(seats[1].page)
    seats[1].page.locator(".news-go").wait_for()
    yield "kursi-tertinggal", seats[1].page
    facilitator.page.goto(f"{facilitator.console}?lang={language}")
    yield "pantau-tertinggal", facilitator.page


def _held(page: "Page") -> "Page":
    """Keep a page that waits from loading itself again while it is looked at."""
    page.route(WAITING, lambda route: route.fulfill(content_type="text/javascript", body=""))
    look_again(page)
    return page
