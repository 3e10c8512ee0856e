"""The world of the features: a simulator without sockets, and one rehearsal in it.

A ``Story`` says how a scenario begins; Diketahui steps tell it, and at the first act a ``Room`` is
made of it. A ``Room`` presses buttons on the vendor's plane and reads the truth on the control
plane, both over HTTP. Nothing here decides or expects anything.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any, Literal, NamedTuple

import msgspec
from msgspec.structs import replace

from client.outcome import NotSent, Unknown
from client.settings import Bounds
from client.transport import Answer, Http, Sender
from client.wsgi import WsgiApp

MINUTE_MS = 60_000
DAY = "2017-04-08"  # the Saturday of the rehearsals that the features make up themselves
WIB = timezone(timedelta(hours=7), "WIB")
CONTROL = "http://simulator/control/v1/"
STEPS_MAX = 500  # looks while waiting for something; more means that it never comes

ZoneWord = Literal["WIB", "WITA", "WIT"]
Json = dict[str, Any]


class Zone(NamedTuple):
    """A zone of the country; ``ahead`` of WIB by so many hours."""

    word: ZoneWord
    iana: str
    ahead: int


ZONES = {
    "WIB": Zone("WIB", "Asia/Jakarta", 0),
    "WITA": Zone("WITA", "Asia/Makassar", 1),
    "WIT": Zone("WIT", "Asia/Jayapura", 2),
}


def instant_ms(clock: str, zone: ZoneWord = "WIB", *, day: str = DAY) -> int:
    """Return the epoch milliseconds of HH:MM in a zone."""
    wall = datetime.fromisoformat(f"{day}T{clock}:00+07:00")
    return int((wall - timedelta(hours=ZONES[zone].ahead)).timestamp() * 1000)


def wib(at_ms: int) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000, tz=WIB)


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """How a rehearsal begins. ``scenario`` is a file's id; with '' one is made up from the rest.

    ``machine`` (a label) and ``exambro`` are chosen by hand at the start, if given; a start
    condition later than ``fresh-boot`` has Exambro and CBTSync Web open already.
    """

    scenario: str = ""
    clock: str = "08:05"  # HH:MM, WIB
    zone: str = "Asia/Jakarta"
    condition: str = "fresh-boot"
    opens: str = f"{DAY}T08:00:00+07:00"
    closes: str = f"{DAY}T12:00:00+07:00"
    servers: int = 1
    slips: int = 1
    installed: tuple[str, ...] = ("50.170406",)
    machine: str = ""
    exambro: str = ""
    cbtsync: bool = False  # whether CBTSync Web was opened then
    version: str = ""  # that CBTSync is said to have at the start
    level: str = ""  # the rung of the drill ladder; '' is for programs

    def at(self, clock: str, zone: ZoneWord) -> "Story":
        """The same, beginning when a clock on the wall of that zone shows HH:MM."""
        of = ZONES[zone]
        wall = datetime.fromisoformat(f"{DAY}T{clock}")
        return replace(self, clock=f"{wall - timedelta(hours=of.ahead):%H:%M}", zone=of.iana)

    def document(self) -> Json:
        """The scenario document that the control plane makes a rehearsal of."""
        title = {"id": "Latihan dari fitur", "en": "A rehearsal made by a feature"}
        return {
            "schema": "cbtsync-scenario/1",
            "id": "from-a-feature",
            "title": title,
            "start": {
                "at": f"{DAY}T{self.clock}:00+07:00",
                "condition": self.condition,
                "zone": self.zone,
            },
            "school": {"servers": self.servers},
            "window": {"opens": self.opens, "closes": self.closes},
            "room": {"exambro": list(self.installed), "id_slips": self.slips},
            "expect": {"ending": "ready"},
            **({"level": self.level} if self.level else {}),
        }


class Teller:
    """Lets Diketahui steps change the story, as long as it has not begun."""

    def __init__(self) -> None:
        self.has_begun = False

    def tell(self, story: Story, **changes: Any) -> Story:
        assert not self.has_begun, "this Diketahui says how the story begins: put it first"
        return replace(story, **changes)


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """An answer of the vendor's plane."""

    status: int
    body: Json
    raw: bytes = b""

    @property
    def message(self) -> str:
        """What the screen says in refusing; '' if it obeyed."""
        return str(self.body.get("refused", {}).get("message", ""))


class Simulator:
    """The application itself, and its control plane."""

    def __init__(self, app: WsgiApp, token: str) -> None:
        self.app = app
        self._control = Http(CONTROL, bounds=Bounds(), token=token, app=app)

    def ask(self, method: str, path: str, body: object = None) -> Json:
        """Raises AssertionError unless the control plane says yes."""
        answer = self._control.request(method, path, body)
        assert isinstance(answer, Answer), answer
        assert answer.status < 300, (path, answer.status, answer.body.decode())
        return msgspec.json.decode(answer.body) if answer.body else {}

    def begin(self, story: Story) -> "Room":
        """Make the rehearsal, and do by hand what the story says was done."""
        source: Json = {"document": story.document()}
        if story.scenario:
            source = {"scenario": story.scenario}
        made = self.ask("POST", "rehearsals", {**source, "clock": {"mode": "manual"}})
        room = self.room(made)
        if story.machine:
            room.sit_down(story.machine)
        if story.exambro:
            room.press("exambro/open", version=story.exambro)
        if story.cbtsync:
            room.press("cbtsync/open")
        if story.version:
            assert room.screen("patch")["version"] == story.version
        return room

    def step_begins(self) -> None:
        """Whatever was read before may be old by now; here everything is asked for anew anyhow."""

    def room(self, made: Json) -> "Room":
        """Return the room of a rehearsal, given as the control plane told of it."""
        return Room(self, made)


class Room:
    """One rehearsal, as somebody in the server room has it before him."""

    def __init__(self, simulator: Simulator, made: Json) -> None:
        self.simulator = simulator
        self.url = f"http://simulator{made['url']}"
        self.expect: Json | None = made["expect"]
        self.start_ms: int = made["clock"]["now_ms"]
        self._path = f"rehearsals/{made['name']}"
        self._http = Http(f"{self.url}api/", bounds=Bounds(), app=simulator.app)

    @classmethod
    def known(cls, simulator: Simulator, name: str) -> "Room":
        """Return a rehearsal that somebody began at the pages."""
        return cls(simulator, simulator.ask("GET", f"rehearsals/{name}"))

    # --- the vendor's plane ----------------------------------------------------------------------

    def try_press(self, path: str, **body: object) -> Reply:
        """Press a button; the screen may refuse."""
        return self._reply(self._http.request("POST", path, body))

    def press(self, path: str, **body: object) -> Reply:
        """Press a button that must be obeyed."""
        reply = self.try_press(path, **body)
        assert reply.status == 200, (path, reply.status, reply.body)
        return reply

    def is_answered(self, path: str, **body: object) -> bool:
        """Press a button; tell whether anything came back."""
        answer = self._http.request("POST", path, body)
        return isinstance(answer, Answer) and bool(answer.body)

    def look(self, path: str) -> Json:
        reply = self._reply(self._http.request("GET", path))
        assert reply.status == 200, (path, reply.status, reply.body)
        return reply.body

    def fetch(self, path: str, **headers: str) -> bytes:
        """Download a file, or the part of it that a Range names."""
        answer = self._http.download(path, headers)
        assert not isinstance(answer, NotSent | Unknown), answer
        assert answer.status in (200, 206), answer.status
        return b"".join(answer.pieces())

    def _reply(self, answer: object) -> Reply:
        assert isinstance(answer, Answer), answer
        return Reply(status=answer.status, body=msgspec.json.decode(answer.body), raw=answer.body)

    def sender(self) -> Sender:
        """Return what carries a client's requests to this room."""
        return Http(f"{self.url}api/", bounds=Bounds(), app=self.simulator.app)

    # --- what stands on the desk and in the school's account --------------------------------------

    def machine(self, label: str) -> Json:
        """Return the machine in the room that bears ``label``."""
        found = [one for one in self.look("desk")["machines"] if one["label"] == label]
        assert found, f"no machine here is labelled {label}"
        return dict(found[0])

    def label_here(self) -> str:
        """Return the label of the machine in use."""
        desk = self.look("desk")
        return str(next(one["label"] for one in desk["machines"] if one["id"] == desk["machine"]))

    def sit_down(self, label: str) -> None:
        self.press("machine/use", machine=self.machine(label)["id"])

    def id_of(self, label: str) -> str:
        """Return the ID Server that the school's account lists for the machine ``label``."""
        rows = self.look("portal/ids")["servers"]
        return str(next(row["server_id"] for row in rows if row["server"] == label))

    def registered(self, label: str) -> Json:
        """Return what the school's account has registered for the machine ``label``."""
        return self.look(f"portal/registration?server_id={self.id_of(label)}")

    def listed(self) -> list[Json]:
        """Return Daftar Peserta, all of it."""
        return list(self.look("participants?per_page=500")["rows"])

    # --- time ------------------------------------------------------------------------------------

    def now_ms(self) -> int:
        return int(self._ask("GET", "clock")["now_ms"])

    def wait(self, for_ms: int) -> None:
        self._ask("POST", "clock/advance", {"by_ms": for_ms})

    def wait_until(self, clock: str, zone: ZoneWord = "WIB") -> None:
        """Let time pass until HH:MM in a zone; nothing if that is now."""
        self.advance_to(instant_ms(clock, zone))

    def advance_to(self, to_ms: int) -> None:
        if to_ms != self.now_ms():
            self._ask("POST", "clock/advance", {"to_ms": to_ms})

    def wait_while(self, path: str, phase: str, *, every_ms: int = 10_000) -> Json:
        """Let time pass while the page at ``path`` says ``phase``; return what it says then."""
        for _ in range(STEPS_MAX):
            page = self.look(path)
            if page["phase"] != phase:
                return page
            self.wait(every_ms)
        raise AssertionError(f"{path} still says {phase}")

    # --- the control plane -----------------------------------------------------------------------

    def arm(self, fault: str, *, on: str = "", effect: str = "", **values: object) -> str:
        """Arm a fault with its values and return its id."""
        said = {key: word for key, word in (("on", on), ("effect", effect)) if word}
        return str(self._ask("POST", "faults", {"fault": fault, "with": values, **said})["id"])

    def truth(self) -> Json:
        return dict(self._ask("GET", "state?view=truth")["truth"])

    def screen(self, name: str) -> Json:
        """Return what a screen says, without anybody having looked at it."""
        return dict(self._ask("GET", "state?view=report")["report"][name])

    def assessment(self) -> Json:
        return dict(self._ask("GET", "assessment")["assessment"])

    def journal(self) -> list[Json]:
        return list(self._ask("GET", "journal?limit=5000")["entries"])

    def happened(self, *, after: int = 0) -> list[Json]:
        """Return the events, oldest first; ``after`` is a number of the journal."""
        return [entry["event"] for entry in self.journal() if entry["seq"] > after]

    def events(self, *types: str, after: int = 0) -> list[Json]:
        """Return the events of these types only."""
        return [event for event in self.happened(after=after) if event["type"] in types]

    def findings(self, *, after: int = 0) -> list[str]:
        """Return the codes of violations and near misses that events after ``after`` show."""
        found = self.assessment()["findings"]
        return [one["code"] for one in found if one["seq"] > after]

    def credits(self) -> Iterator[tuple[int, int]]:
        """Yield each assessed step with its credit, 1000 being all of it."""
        for step in self.assessment()["steps"]:
            if step["credit_permille"] is not None:
                yield step["step"], step["credit_permille"]

    def leave(self) -> None:
        """Forget the rehearsal."""
        self._ask("DELETE", "")

    def _ask(self, method: str, path: str, body: object = None) -> Json:
        return self.simulator.ask(method, f"{self._path}/{path}".rstrip("/"), body)
