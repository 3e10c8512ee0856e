"""Who comes to the simulator: each person with a browser of their own, watched all the time."""

from typing import TYPE_CHECKING, Any

from mock_server.pytest_plugin.rehearsal import Rehearsal
from mock_server.pytest_plugin.server import Simulator
from tests.browser.hands import Hands, Keyboard
from tests.browser.seat import Seat
from tests.browser.watching import Watch
from tests.browser.words import INDONESIAN, Words
from tests.e2e import days

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

LAPTOP: "ViewportSize" = {"width": 1366, "height": 625}
"""What a laptop of 1366x768 leaves to the page."""
PATIENCE_MS = 10_000


def story(scenario: str, condition: str = "") -> dict[str, Any]:
    """Return what is asked of the control plane to begin a shipped story."""
    if not condition:
        return {"scenario": scenario}
    document = days.document(scenario)
    document["start"] = {**document["start"], "condition": condition}
    return {"document": document}


class Person:
    """A browser with its cookies. ``watch`` knows what has gone wrong in it."""

    def __init__(self, context: "BrowserContext", url: str) -> None:
        self.url = url
        self.watch = Watch(context, url)
        self.context = context
        self.page: Page = context.new_page()

    def visit(self, path: str = "") -> None:
        self.page.goto(f"{self.url}{path.lstrip('/')}")


class People:
    """Lets people in, and asks them at the end what troubled them."""

    def __init__(self, browser: "Browser", served: Simulator) -> None:
        self._browser = browser
        self.served = served
        self._came: list[Person] = []

    def person(self, *, url: str = "", **options: Any) -> Person:
        options = {"viewport": LAPTOP, "locale": "id-ID", "accept_downloads": True} | options
        context = self._browser.new_context(**options)
        context.set_default_timeout(PATIENCE_MS)
        person = Person(context, url or self.served.url)
        self._came.append(person)
        return person

    def rehearsal(self, name: str) -> Rehearsal:
        """Return the test's own view of a rehearsal that somebody has begun by clicking."""
        control = self.served.control
        return Rehearsal(control, control.ask("GET", f"rehearsals/{name}"))

    def begin(self, scenario: str, condition: str = "") -> Rehearsal:
        """Begin a story whose clock stands still until the test moves it."""
        return self.served.begin(story(scenario, condition) | {"clock": {"mode": "manual"}})

    def seat(
        self,
        scenario: str,
        *,
        condition: str = "",
        words: Words = INDONESIAN,
        keyboard: bool = False,
        **options: Any,
    ) -> Seat:
        """Begin a story for a new person.

        ``condition`` is where it begins, if not where its file says.
        """
        rehearsal = self.begin(scenario, condition)
        person = self.person(locale=words.language, **options)
        hands: Hands | None = Keyboard(person.page) if keyboard else None
        person.visit(f"r/{rehearsal.name}/?lang={words.language}")
        return Seat(person.page, rehearsal, hands, words)

    def pages(self) -> list[tuple[str, str]]:
        """Return what stands on each page now, by its address, as it is read out."""
        open_ones = [page for person in self._came for page in person.context.pages]
        return [(page.url, page.locator("body").aria_snapshot()) for page in open_ones]

    def cut_off(self) -> None:
        """From now on the server may be away: a request that fails is no trouble."""
        for person in self._came:
            person.watch.is_cut_off = True

    def leave(self) -> list[str]:
        """Close every browser; return what went wrong in them."""
        for person in self._came:
            person.context.close()
        return [trouble for person in self._came for trouble in person.watch.troubles]
