"""A trainee's seat as a person uses it: everything is found by its role and its visible words."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from mock_server.pytest_plugin.rehearsal import Rehearsal
from tests.browser.hands import Hands, Mouse
from tests.browser.words import INDONESIAN, Words

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

STATUS = re.compile("Status server:|Server status:")
CLOCK = re.compile(r"\d\d:\d\d")
TRIES = 3
BY_ITSELF = ("Not attached to an active page", "interrupted by another navigation", "ERR_ABORTED")


def look_again(page: "Page") -> None:
    """Load the page anew. Without scripts it does so by itself, too, and the two may meet."""
    from playwright.sync_api import Error  # only who opens a browser pays for it

    for _ in range(TRIES):
        try:
            page.reload()
        except Error as error:
            if not any(said in error.message for said in BY_ITSELF):
                raise
            page.wait_for_load_state()
        else:
            return
    page.reload()


class Seat:
    """One rehearsal in one browser. The rehearsal's clock stands still until the test moves it."""

    def __init__(
        self,
        page: "Page",
        rehearsal: Rehearsal,
        hands: Hands | None = None,
        words: Words = INDONESIAN,
    ) -> None:
        self.page = page
        self.rehearsal = rehearsal
        self.hands = hands or Mouse()
        self.words = words

    # --- finding ----------------------------------------------------------------------------------

    def button(
        self, name: str, *, within: "Locator | None" = None, exact: bool = True
    ) -> "Locator":
        return (within or self.page).get_by_role("button", name=name, exact=exact)

    def link(self, name: str, *, within: "Locator | None" = None, exact: bool = True) -> "Locator":
        return (within or self.page).get_by_role("link", name=name, exact=exact)

    @property
    def cbtsync(self) -> "Locator":
        return self.page.get_by_role("region", name="CBTSync Web", exact=True)

    @property
    def coach(self) -> "Locator":
        return self.page.get_by_role("complementary")

    @property
    def status_word(self) -> str:
        """The word top right in CBTSync Web."""
        line = self.cbtsync.get_by_role("paragraph").filter(has_text=STATUS)
        return line.inner_text().partition(":")[2].strip()

    def see(self, text: str) -> None:
        """Find a text on the page; a moment's patience, as people have."""
        self.page.get_by_text(text).first.wait_for()

    # --- acting -----------------------------------------------------------------------------------

    def press(self, name: str, *, within: "Locator | None" = None) -> None:
        self.hands.press(self.button(name, within=within))

    def follow(self, name: str, *, within: "Locator | None" = None) -> None:
        self.hands.press(self.link(name, within=within))

    def write(self, label: str, text: str) -> None:
        self.hands.write(self.page.get_by_label(label, exact=True), text)

    def choose(self, label: str) -> None:
        """Choose the option whose words begin with the label."""
        words = re.compile(rf"^{re.escape(label)}(\W|$)")
        self.hands.choose(self.page.get_by_role("radio", name=words))

    def pass_time(self, length: str) -> None:
        """Wait virtual time, then look again."""
        self.rehearsal.clock.advance(length)
        look_again(self.page)

    # --- the machine ------------------------------------------------------------------------------

    def sit_down_at_the_exam_server(self) -> None:
        self.hands.press(self.button(self.words.exam_server, exact=False))

    def open_cbtsync(self) -> None:
        if not self.button(self.words.cbtsync).is_visible():
            self.press(self.words.exambro)
        self.press(self.words.cbtsync)

    def open_service_tab(self) -> None:
        if self.cbtsync.is_visible():
            taskbar = self.page.get_by_role("navigation", name=self.words.taskbar)
            self.follow("Exambro Admin", within=taskbar)
        self.follow("Service Restart")

    def menu(self, name: str) -> None:
        self.press(name, within=self.page.get_by_role("navigation", name=self.words.menus))

    def school_page(self, tab: str = "") -> None:
        self.hands.press(self.link(self.words.school_page, exact=False).first)
        if tab:
            self.follow(tab)

    def window(self, name: str) -> None:
        """Bring a window to the front by the taskbar."""
        self.follow(name, within=self.page.get_by_role("navigation", name=self.words.taskbar))

    def own_id(self) -> str:
        """Read the ID of the first server in the school's account, and close that again."""
        self.school_page()
        row = self.page.get_by_role("table").get_by_role("row").nth(1)
        found = row.get_by_role("cell").inner_text()
        self.follow(self.words.close_school_page)
        return found

    def machine_label(self) -> str:
        return self.page.get_by_role("heading", level=2).first.locator("b").inner_text()

    def time(self) -> str:
        """Read the WIB clock of the bar."""
        return CLOCK.findall(self.page.get_by_role("banner").inner_text())[0]

    def download(self) -> Path:
        """Click *klik disini* and take what the browser gets."""
        with self.page.expect_download() as coming:
            self.hands.press(self.link(self.words.click_here), stays=True)
        return Path(coming.value.path())

    def number_after(self, label: str) -> int:
        said = self.page.get_by_text(label).first.inner_text()
        return int(re.search(rf"{re.escape(label)} *(\d+)", said)[1])

    # --- coach and report -------------------------------------------------------------------------

    def answer(self, answers: Mapping[str, str]) -> None:
        """Answer the question of the coach: text into fields, one choice of several."""
        for label, text in answers.items():
            if text:
                self.write(label, text)
            else:
                self.choose(label)
        self.press(self.words.check_answers)

    def report(self, ending: str, typed: Mapping[str, str], *, tests: bool) -> None:
        """Open the form by one of the two endings, fill it in, hand it in."""
        self.follow(ending)
        for label, text in typed.items():
            self.write(label, text)
        self.choose(self.words.tests_yes if tests else self.words.tests_no)
        self.press(self.words.hand_in)

    # --- the debrief ------------------------------------------------------------------------------

    def guess(self, ready: str, certainty: str = "80%") -> None:
        """Say what one thinks, and open the result."""
        self.choose(ready)
        self.choose(certainty)
        self.press(self.words.see_result)

    def monday(self) -> tuple[int, int]:
        """How many of how many pupils the debrief lets in on Monday."""
        card = self.page.get_by_role("region", name=self.words.monday)
        can, total = re.findall(r"\d+", card.get_by_role("img").get_attribute("aria-label"))[:2]
        return int(can), int(total)

    def verdict(self) -> str:
        card = self.page.get_by_role("region", name=self.words.verdict)
        return card.get_by_role("paragraph").first.inner_text()
