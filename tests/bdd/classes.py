"""A class over its pages: the facilitator at the console, and a trainee who joins by the code.

Everything is done as people do it: a passphrase, a code, a seat, buttons by their labels.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from werkzeug.test import Client

from client.wsgi import WsgiApp
from tests.bdd.world import MINUTE_MS, Room, Simulator, wib
from tests.web.seat.clicking import Page, Person

PASSPHRASE = "latihan dari fitur"
HERE = "127.0.0.1"  # the first passphrase can be set at the serving machine only


def at_this_machine(app: WsgiApp) -> WsgiApp:
    def asked(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        return app({**environ, "REMOTE_ADDR": HERE}, start)

    return asked


class Visitor(Person):
    """Somebody with a browser of their own, at no page yet."""

    def __init__(self, simulator: Simulator) -> None:
        self.http = Client(at_this_machine(simulator.app))
        self.url = "/"
        self.page = Page("")


class SchoolClass:
    """A class with one drill and one trainee in a seat. ``room`` is what the trainee works at.

    Its clock is moved by hand, so that a scenario leaves the same evidence each time.
    """

    def __init__(self, simulator: Simulator, scenario: str, seat: int) -> None:
        self.seat = seat
        self.facilitator = Visitor(simulator)
        self._enter()
        self._make(scenario)
        self.trainee = Visitor(simulator).go("/")
        self.trainee.fill("Kode kelas", self.code).fill("Kursi", str(seat))
        self.trainee.fill("Nama panggilan", "Sari").click("Masuk kelas")
        self.facilitator.go(f"{self.console}kendali").click("Mulai")
        self.trainee.again()
        name = urlsplit(self.trainee.url).path.split("/")[2]
        simulator.ask("POST", f"rehearsals/{name}/clock/manual")
        self.room = Room.known(simulator, name)
        assert self.move_clock()  # to a whole minute

    def freeze(self, message: str) -> None:
        self.watch().fill("Isi pesan", message).choose("cair", "manual").click("Bekukan 1 kursi")

    def move_on(self) -> None:
        """Begin another drill for the class; the trainee's page stays where it is."""
        page = self.facilitator.go(f"{self.console}kendali").fill("Lainnya", "normal")
        page.click("Mulai untuk semua")

    def say(self, text: str) -> None:
        self.facilitator.go(f"{self.console}kendali").fill("Pesan", text).click("Kirim")

    def thaw(self) -> None:
        self.watch().click("Cairkan kelas")

    def move_clock(self) -> bool:
        """Let the facilitator move every clock on by a minute; tell whether ours moved."""
        before = self.room.now_ms()
        later = f"{wib(before + MINUTE_MS):%H:%M}"
        self.facilitator.go(f"{self.console}kendali").fill("Lompat ke", later).click("Lompat")
        return self.room.now_ms() > before

    def watch(self) -> Person:
        return self.facilitator.go(self.console)

    def _enter(self) -> None:
        door = self.facilitator.go("/fasilitator/")
        first = door.page.offers("Simpan dan masuk")
        door.fill("Kata sandi fasilitator", PASSPHRASE)
        if first:
            door.fill("Sekali lagi", PASSPHRASE)
        door.click("Simpan dan masuk" if first else "Masuk")

    def _make(self, scenario: str) -> None:
        page = self.facilitator.fill("Nama kelas", "Kelas dari fitur").choose("rencana", "pilihan")
        page.choose("skenario", scenario).click("Buat kelas")
        self.console = f"/fasilitator/{urlsplit(page.url).path.split('/')[2]}/"
        found = re.search(r"Kode kelas (\w{6})\b", page.page.text)
        assert found is not None, page.page.text
        self.code = found[1]
