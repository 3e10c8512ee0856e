"""A person at the training pages of one rehearsal: clicks what is there, without a script.

It reads and presses by visible labels only; what a page then says is judged by the steps.
"""

import re
from urllib.parse import urlsplit

from werkzeug.test import Client

from tests.bdd.world import Room
from tests.web.seat.clicking import Page, Person

CERTAIN = "80"  # percent; any of the page's own will do


class Proctor(Person):
    """Sits at the pages of ``room`` with cookies of their own. Opens none by themselves."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.base = urlsplit(room.url).path
        self.http = Client(room.simulator.app)
        self.url = self.base
        self.page = Page("")

    def sit_down(self) -> "Proctor":
        self.go(self.base)
        return self

    def at(self, place: str) -> "Proctor":
        """Open a page of the rehearsal; it may lead elsewhere."""
        self.go(f"{self.base}{place}")
        return self

    @property
    def place(self) -> str:
        """Where they are, below the rehearsal's own address; '' is the seat."""
        return urlsplit(self.url).path.removeprefix(self.base)

    def guess(self, ready: str) -> "Proctor":
        """Answer what is asked before the result, at the page that asks."""
        self.choose("siap", ready).choose("yakin", CERTAIN).click("Lihat hasil")
        return self

    def pick(self, answer: str) -> "Proctor":
        """Choose the answer that reads so."""
        name = re.search(
            rf'name="(\w+)" value="(\w+)"[^>]*> *{re.escape(answer)} *<', self.answer.text
        )
        assert name is not None, f"nothing can be chosen that reads {answer!r}"
        self.choose(name[1], name[2])
        return self

    def moved(self) -> Room:
        """Return the rehearsal at whose pages they are now."""
        return Room.known(self.room.simulator, urlsplit(self.url).path.split("/")[2])

    def debriefed(self) -> "Proctor":
        """Go to the result; who has not guessed yet, guesses."""
        self.at("bahas")
        return self.guess("yes") if self.place == "tebak" else self
