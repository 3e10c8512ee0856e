"""The room of the features behind a real browser: buttons are clicked, screens are read.

Time, truth, faults and the journal stay on the control plane, as in the room without a browser.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

from client.settings import Bounds
from client.transport import Http, Sender
from client.wsgi import WsgiApp
from mock_server.pytest_plugin.control import Control
from mock_server.pytest_plugin.rehearsal import Rehearsal
from mock_server.server.embedded import Server
from tests.bdd.screen.desk import BarredError, Desk, Json, NoAnswerError
from tests.bdd.screen.pressing import ACTS
from tests.bdd.screen.reading import LOOKS, look
from tests.bdd.screen.sender import PageSender
from tests.bdd.world import Reply, Room, Simulator, wib
from tests.browser.people import LAPTOP, PATIENCE_MS
from tests.browser.watching import Watch

if TYPE_CHECKING:
    from playwright.sync_api import Browser

STOP_S = 15
OK, REFUSED = 200, 409
SHOWN_AFTER = {
    "service/refresh": "service",
    "status/refresh": "overlay",
    "portal/sn-reset": "portal/sn-reset",
    "portal/reopen": "portal/reopen",
}
"""Acts whose page is read at once, since the steps ask for what it says."""
NOTICES = (
    "Perintah terkirim.",
    "Jam mesin sudah memakai WIB.",
    "Dibatalkan.",
    "CBTSync Web tertutup sendiri.",
)
"""How messages begin that stand where refusals stand, and are none."""
DATA_CHANGES = tuple(
    f"{job}-{change}"
    for job in ("backup", "delete", "sync")
    for change in ("started", "finished", "failed", "stopped", "completed")
)
STANDS_STILL = """
const real = window.setTimeout;
window.setTimeout = (act, ms, ...rest) => (ms >= 1000 ? 0 : real(act, ms, ...rest));
"""
"""The page looks again by itself every other second. Each look counts in a rehearsal, and here the
clock moves only between two looks of ours: so the page waits for them."""


class BrowserSimulator(Simulator):
    """A simulator on a port of this machine. Each room gets a browser context of its own."""

    def __init__(self, app: WsgiApp, url: str, token: str, browser: "Browser") -> None:
        self.app = app
        self.url = url
        self.browser = browser
        self.plane = Control(url, token)
        self._rooms: list[BrowserRoom] = []
        self._control = Http(f"{url}control/v1/", bounds=Bounds(), token=token)

    def step_begins(self) -> None:
        for room in self._rooms:
            room.aged()

    def room(self, made: Json) -> Room:
        room = BrowserRoom(self, made)
        self._rooms.append(room)
        return room

    def left(self, room: "BrowserRoom") -> None:
        self._rooms.remove(room)


class BrowserRoom(Room):
    """One rehearsal, on its training page."""

    def __init__(self, simulator: BrowserSimulator, made: Json) -> None:
        self.simulator = self._served = simulator
        self.url = f"{simulator.url.rstrip('/')}{made['url']}"
        self.expect = made["expect"]
        self.start_ms = made["clock"]["now_ms"]
        self._path = f"rehearsals/{made['name']}"
        self._context = simulator.browser.new_context(viewport=LAPTOP, locale="id-ID")
        self._context.set_default_timeout(PATIENCE_MS)
        self._context.add_init_script(STANDS_STILL)
        self._watch = Watch(self._context, simulator.url)
        self._desk = Desk(self._context.new_page(), Rehearsal(simulator.plane, made))

    # --- what a person does ----------------------------------------------------------------------

    def try_press(self, path: str, **body: object) -> Reply:
        try:
            ACTS[path](self._desk, body)
            self._desk.found()
            refusal = self._refusal()
        except BarredError as barred:
            refusal = str(barred)
        if refusal:
            return Reply(status=REFUSED, body={"refused": {"message": refusal}})
        shown = SHOWN_AFTER.get(path)
        return Reply(status=OK, body={} if shown is None else LOOKS[shown](self._desk))

    def is_answered(self, path: str, **body: object) -> bool:
        try:
            self.try_press(path, **body)
        except NoAnswerError:
            return False
        return True

    def look(self, path: str) -> Json:
        self._desk.open()
        return look(self._desk, path)

    def fetch(self, path: str, **headers: str) -> bytes:
        """Click *klik disini* and return the bytes of the file that the browser has then."""
        assert path == "backup/download", path
        assert not headers, "no page lets a person ask for a part of a file"
        self._desk.reach(lambda: self._desk.menu("BACKUP"))
        return self._desk.seat.download().read_bytes()

    def sit_down(self, label: str) -> None:
        """Choose the machine; whoever is led to the worked example sits down nowhere."""
        self._desk.open()
        if self._desk.is_here():
            super().sit_down(label)

    def label_here(self) -> str:
        self._desk.open()
        return self._desk.machine_label()

    def sender(self) -> Sender:
        return PageSender(self)

    # --- what a client's head is told (see sender.py) --------------------------------------------

    def seen(self, path: str) -> Json:
        """Read what stands there after a click."""
        return LOOKS[path](self._desk)

    def status_word(self) -> str:
        """Return the word at the top right of CBTSync Web, '' if none is before the eyes."""
        return self._desk.status_word()

    def hides_status(self) -> bool:
        """Tell whether there is such a word that only cannot be seen just now."""
        return self._desk.hides_status()

    def here(self) -> str | None:
        return self._desk.machine_label() or None

    def instant(self) -> str:
        """Return the rehearsal's clock as answers to programs write it."""
        return wib(self.now_ms()).isoformat(timespec="milliseconds")

    def data_version(self) -> int:
        """Count how often a backup, a deletion or a sync has begun or ended."""
        return len(self.events(*DATA_CHANGES))

    def _refusal(self) -> str:
        said = self._desk.refusal()
        return "" if said.startswith(NOTICES) else said

    def aged(self) -> None:
        """What stands on the page may be old: look again before anything is read."""
        self._desk.aged()

    # --- time and the end ------------------------------------------------------------------------

    def leave(self) -> None:
        """Close the browser's pages and forget the rehearsal.

        Raises AssertionError for whatever went wrong behind the pages.
        """
        self._context.close()
        self._served.left(self)
        super().leave()
        assert not self._watch.troubles, self._watch.troubles

    def _ask(self, method: str, path: str, body: object = None) -> Json:
        if method == "POST":
            self._desk.aged()
        return super()._ask(method, path, body)


@contextmanager
def serving(app: WsgiApp, token: str, browser: "Browser") -> Iterator[BrowserSimulator]:
    """Serve an application on a free port of this machine."""
    server = Server(app)
    server.listen()
    thread = Thread(target=server.serve, name="features", daemon=True)
    thread.start()
    try:
        yield BrowserSimulator(app, f"http://127.0.0.1:{server.port}/", token, browser)
    finally:
        server.stop()
        thread.join(STOP_S)
