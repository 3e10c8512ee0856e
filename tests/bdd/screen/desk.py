"""The desk of a training page in a browser: which window stands in front, and the way to another.

Everything is found by its role and its visible words. What stands on the page is as old as the
last time it was loaded; ``aged`` says that the world has moved on since.
"""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from mock_server.pytest_plugin.rehearsal import Rehearsal
from tests.bdd.screen.sight import Sight, read
from tests.browser.hands import Mouse
from tests.browser.seat import Seat

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

EXAMBRO = "Exambro Admin"
CBTSYNC = "CBTSync Web"
SCHOOL = "Laman sekolah"
SERVER_ROOM = "Ruang server"
CONTENTS = "Isi CBTSync Web"
ID_FIELD = "ID Server"
ERROR_PAGE = ".lost:has-text('Halaman tidak dapat ditampilkan')"
LICENCE = "lisensi tidak valid"
RELOADS_MAX = 3


LOOK_AGAIN = """() => new Promise(done => {
  const asking = XMLHttpRequest.prototype, send = asking.send;
  asking.send = function (...given) {
    asking.send = send;
    this.addEventListener('loadend', () => done());
    return send.apply(this, given);
  };
  document.dispatchEvent(new Event('visibilitychange'));
})"""
"""Let the page look again, as it does when somebody comes back to it, and wait until it has."""


class NoAnswerError(Exception):
    """A window shows the browser's error page instead of a screen."""


class BarredError(Exception):
    """The page does not offer what was to be pressed, and says why."""


class AbsentError(Exception):
    """What was to be read or pressed is nowhere: ``code`` is what a program hears in its place."""

    def __init__(self, code: str, what: str) -> None:
        super().__init__(f"{what} is not there ({code})")
        self.code = code


class Hands(Mouse):
    """Hands that wait until the page, to which what they press leads, is there."""

    def __init__(self, page: "Page") -> None:
        self._page = page

    def press(self, what: "Locator", *, stays: bool = False) -> None:
        if stays:
            what.click()
            return
        with self._page.expect_navigation(wait_until="domcontentloaded"):
            what.click()


class Desk:
    """What a person does with the windows; ``seat`` has the page objects of the browser tests."""

    def __init__(self, page: "Page", rehearsal: Rehearsal) -> None:
        self.page = page
        self.seat = Seat(page, rehearsal, Hands(page))
        self._base = rehearsal.url
        self._is_fresh = False

    # --- the page ---------------------------------------------------------------------------------

    def aged(self) -> None:
        """Time has passed, or something else has changed: what stands there may be old."""
        self._is_fresh = False

    def open(self) -> None:
        """Come to the desk if the browser shows another page, and look again if it is old."""
        if not self.is_here():
            self.page.goto(self._base)
        elif not self._is_fresh:
            self.page.evaluate(LOOK_AGAIN)
        self._is_fresh = True
        if self.is_lost():
            self.press("Muat ulang", link=True)

    def is_here(self) -> bool:
        """Tell whether the browser shows the desk, and not another page of the rehearsal."""
        return self.page.url.partition("?")[0] == self._base

    def press(self, name: str, within: "Locator | None" = None, *, link: bool = False) -> None:
        """Click a button (or a link) and wait for the page that follows."""
        found = (
            self.seat.link(name, within=within) if link else self.seat.button(name, within=within)
        )
        self.click(found)

    def click(self, what: "Locator") -> None:
        self.seat.hands.press(what)
        self._is_fresh = True

    def is_lost(self) -> bool:
        return self.page.locator(ERROR_PAGE).is_visible()

    def found(self) -> None:
        """Raises NoAnswerError if a window shows an error page, also after loading it again."""
        if self.is_lost():
            raise NoAnswerError(self.page.locator(ERROR_PAGE).inner_text())

    def reach(self, way: Callable[[], None]) -> None:
        """Go a way whose pages may have to be loaded again. Raises NoAnswerError."""
        self.open()
        for _ in range(RELOADS_MAX):
            way()
            if not self.is_lost():
                return
            self.press("Muat ulang", link=True)
        self.found()

    # --- windows ----------------------------------------------------------------------------------

    def window(self, name: str, *, exact: bool = True) -> "Locator":
        return self.page.get_by_role("region", name=name, exact=exact)

    def taskbar(self) -> "Locator":
        return self.page.get_by_role("navigation", name="Jendela yang terbuka")

    def is_open(self, name: str) -> bool:
        """Tell whether the taskbar has a window of this name."""
        return self.seat.link(name, within=self.taskbar()).is_visible()

    def cbtsync(self) -> None:
        """Bring CBTSync Web to the front. Raises AbsentError if it is closed."""
        if self.window(CBTSYNC).is_visible():
            return
        if not self.is_open(CBTSYNC):
            raise AbsentError("cbtsync.closed", CBTSYNC)
        self.press(CBTSYNC, self.taskbar(), link=True)

    def menu(self, label: str) -> None:
        """Open a menu of CBTSync Web, unless it is the one in use.

        Raises AbsentError while there are no menus, as before the first Submit.
        """
        self.cbtsync()
        button, back = self.menu_button(label), self.seat.button("Kembali tanpa Submit")
        if back.is_visible():
            self.click(back)
        if self.is_lost():
            return
        if not button.is_visible():
            barred = self.window(CBTSYNC).get_by_text(LICENCE).is_visible()
            raise AbsentError("licence.invalid" if barred else "identity.none", f"menu {label}")
        if button.get_attribute("aria-current") != "page":
            self.click(button)

    def menu_button(self, label: str) -> "Locator":
        menus = self.page.get_by_role("navigation", name="Menu CBTSync")
        return self.seat.button(label, within=menus)

    def id_form(self) -> None:
        """Bring up the form for the ID Server: from the patching page, or from the Dashboard.

        Raises BarredError if the licence keeps it shut.
        """
        self.cbtsync()
        if self._has_form():
            return
        if self.window(CBTSYNC).get_by_text(LICENCE).is_visible():
            raise BarredError(LICENCE)
        onward = self.seat.link("Lanjut ke ID Server")
        if onward.is_visible():
            self.click(onward)
            return
        self.menu("Dashboard")
        self.press("Isi ID Server lagi", link=True)

    def _has_form(self) -> bool:
        return self.page.get_by_label(ID_FIELD, exact=True).is_visible()

    def exambro(self, tab: str) -> None:
        """Bring up a tab of Exambro Admin. Raises AbsentError if it is not open."""
        if not self.window("ExambrowserCBTSync", exact=False).is_visible():
            if not self.is_open(EXAMBRO):
                raise AbsentError("exambro.closed", EXAMBRO)
            self.press(EXAMBRO, self.taskbar(), link=True)
        self._tab(tab, "Tab Exambro Admin")

    def school(self, tab: str) -> None:
        """Bring up a menu of the school's account."""
        if not self.window(SCHOOL).is_visible():
            self.click(self.seat.link(SCHOOL, exact=False).first)
        self._tab(tab, "Menu laman sekolah")

    def _tab(self, name: str, tabs: str) -> None:
        link = self.seat.link(name, within=self.page.get_by_role("navigation", name=tabs))
        if not self.is_lost() and link.get_attribute("aria-current") != "page":
            self.click(link)

    def server_room(self) -> None:
        """Look around in the room; who sits nowhere yet sees it once other windows are closed."""
        away = self.seat.link("Pindah ke mesin lain")
        if self.window(SERVER_ROOM).is_visible():
            return
        if away.is_visible():
            self.click(away)
        else:
            self.press(f"Tutup {SCHOOL}", link=True)

    # --- reading ----------------------------------------------------------------------------------

    def see(self, what: "Locator") -> Sight:
        """Read a window. Raises NoAnswerError if an error page stands in it."""
        self.found()
        return read(what)

    def refusal(self) -> str:
        """Return what the machine says to the last button, '' for nothing."""
        said = self.page.locator("[role=alert].cbt-note")
        return said.first.inner_text().strip() if said.count() else ""

    def machine_label(self) -> str:
        """Return the label of the machine in use, '' if nobody sits at one."""
        label = self.page.locator("#mesin-nama b")
        return label.inner_text() if label.count() else ""

    def status_word(self) -> str:
        """Return the word at the top right of CBTSync Web, '' if none stands there."""
        word = self.page.locator(".cbt-status")
        return word.inner_text().partition(":")[2].strip() if word.is_visible() else ""

    def hides_status(self) -> bool:
        """Tell whether CBTSync Web is open, but covered by an error page or another window."""
        covered = self.is_lost() or not self.window(CBTSYNC).is_visible()
        return covered and self.is_open(CBTSYNC)

    def wib(self) -> str:
        """Return the WIB clock of the bar, as HH:MM."""
        return self.seat.time()

    def icons(self) -> list[str]:
        """Return the versions of Exambro Admin that have an icon on this machine's desktop."""
        icons = self.page.get_by_role("button", name=re.compile(rf"^{EXAMBRO} "))
        return [text.split()[-1] for text in icons.all_inner_texts()]


Json = dict[str, Any]
