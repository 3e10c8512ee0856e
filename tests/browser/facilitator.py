"""A facilitator, and trainees who join the class: by roles and visible words, as all else here."""

import re
from typing import TYPE_CHECKING

from tests.browser.people import People, Person
from tests.browser.seat import Seat, look_again

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

PASSPHRASE = "latihan-bersama"


class Facilitator:
    """One facilitator with the class that they make."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.page: Page = person.page
        self.console = ""  # the address of Pantau

    def enter(self) -> None:
        """Set the passphrase of the house, or say it."""
        self.person.visit("fasilitator/")
        passphrase = self.page.get_by_label("Kata sandi fasilitator", exact=True)
        passphrase.fill(PASSPHRASE)
        again = self.page.get_by_label("Sekali lagi", exact=True)
        if again.is_visible():
            again.fill(PASSPHRASE)
        passphrase.press("Enter")
        self.page.get_by_role("heading", name="Kelas Anda").wait_for()

    def make_class(self, title: str, level: str, story: str) -> str:
        """Make a class of one story, go to its console; return the code."""
        self.page.get_by_label("Nama kelas", exact=True).fill(title)
        self.page.get_by_role("radio", name="Hanya skenario yang dicentang").check()
        self.page.get_by_text(re.compile(rf"^{level} ")).first.click()
        self.page.get_by_role("checkbox", name=story).check()
        self.press("Buat kelas")
        self.page.get_by_role("heading", name="Jalannya kelas").wait_for()
        self.console = self.page.url.partition("kendali")[0]
        line = self.page.get_by_role("paragraph").filter(has_text="Kode kelas").first
        return re.search(r"[A-Z0-9]{6}", line.inner_text().partition("Kode kelas")[2])[0]

    def press(self, name: str, *, within: "Locator | None" = None) -> None:
        (within or self.page).get_by_role("button", name=name, exact=False).first.click()

    def watch(self) -> None:
        self.page.goto(self.console)

    def steer(self) -> None:
        self.page.goto(f"{self.console}kendali")

    def start_drill(self) -> None:
        self.steer()
        self.page.get_by_role("button", name=re.compile(r"^Mulai\s*: ")).click()

    def jump_to(self, clock: str) -> None:
        self.steer()
        self.page.get_by_label("Lompat ke", exact=True).fill(clock)
        self.press("Lompat")
        self.page.get_by_role("status").filter(has_text="Sudah dikerjakan.").wait_for()

    def say_to_all(self, text: str) -> None:
        self.steer()
        form = self.page.get_by_role("region", name="Pesan untuk semua")
        form.get_by_label("Pesan", exact=True).fill(text)
        self.press("Kirim", within=form)

    def freeze_all(self, message: str) -> None:
        self.watch()
        form = self.page.get_by_role("form", name="Bekukan")
        form.get_by_label("Isi pesan", exact=True).fill(message)
        form.get_by_role("button", name=re.compile(r"^Bekukan \d+ kursi")).click()

    def thaw_all(self) -> None:
        self.press("Cairkan kelas")

    def insert_fault(self, fault: str) -> None:
        """Arm a fault for everybody, now."""
        self.watch()
        self.page.get_by_label("Gangguan", exact=True).select_option(
            self.page.get_by_role("option", name=f"({fault})").first.get_attribute("value")
        )
        form = self.page.get_by_role("region", name="Sisipkan gangguan")
        form.get_by_role("radio", name="Semua").check()
        self.press("Pasang gangguan")
        self.page.get_by_role("status").filter(has_text="Sudah dikerjakan.").wait_for()

    def tile(self, seat: int) -> "Locator":
        return self.page.get_by_role("link", name=re.compile(rf"\b{seat:02d} "))


def join(people: People, code: str, seat: int, name: str, *, url: str = "") -> Person:
    """Come with a browser of one's own and sit down."""
    person = people.person(url=url)
    person.visit()
    person.page.get_by_label("Kode kelas", exact=True).fill(code)
    person.page.get_by_label("Kursi", exact=True).fill(str(seat))
    person.page.get_by_label("Nama panggilan", exact=True).fill(name)
    person.page.get_by_role("button", name="Masuk kelas", exact=True).click()
    person.page.wait_for_url(re.compile(r"/(kursi|r)/"))
    return person


def seat_of(people: People, person: Person) -> Seat:
    """Return the seat that the drill has led somebody to."""
    look_again(person.page)
    person.page.wait_for_url("**/r/*/**")
    name = re.search(r"/r/([^/]+)/", person.page.url)[1]
    return Seat(person.page, people.rehearsal(name))
