"""Runs of the client against a simulator in this process, with all that promises are judged by.

The client is the real one and so is the simulator; the clock is virtual, nothing waits. What goes
wrong is put between them (a sender that troubles messages), into the scenario (faults), or armed
just before a certain request.
"""

import hashlib
import json
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from client import journal
from client import run as runs
from client.calls import Call
from client.clock import Clock, RealTime, VirtualClock
from client.control import Control, Truth
from client.courier import OUTCOMES
from client.notices import Tell, nobody
from client.outcome import NotSent, Outcome, Unknown
from client.result import Result
from client.settings import Bounds, Rules
from client.simulator import BASE
from client.texts import Texts
from client.transport import Download, Http, Sender
from mock_server.journal import Entry, decode
from tests.e2e.simulator import TOKEN, Simulator

KILLS_MAX = 6
GUARDED = ("machine.use", "id.submit", "delete.start:yes", "sync.start", "report.submit:ready")
RULES, TEXTS = Rules(bounds=Bounds()), Texts("en")


class Killed(BaseException):
    """The client's process is gone; not even ``except Exception`` may notice."""


@dataclass(frozen=True)
class Sent:
    """A dangerous request about to leave: after which event, and the backups then on our disk."""

    name: str
    body: Mapping[str, object]
    seq: int
    digests: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Exchange:
    """A request of the client and what it made of the answer: obeyed, refused, not-sent, unknown,
    or killed where it did not live to see it. ``doubtful``: a second one could do harm."""

    name: str
    outcome: str
    doubtful: bool


@dataclass(frozen=True)
class Played:
    """One rehearsal that is over. ``result`` is None if the client never came to an end."""

    result: Result | None
    entries: tuple[Entry, ...]
    exported: bytes  # the simulator's journal
    own: bytes  # the client's journal
    truth: Truth
    violations: tuple[str, ...]
    sent: tuple[Sent, ...]
    exchanges: tuple[Exchange, ...]
    asked: Counter[str]  # how often each was asked for, by operation and by name
    hits: Mapping[str, int]  # fault id -> how often it struck
    defects: tuple[str, ...]
    kills: int

    @property
    def ending(self) -> str:
        return "none" if self.result is None else self.result.ending.value

    def count(self, kind: type) -> int:
        return sum(isinstance(entry.event, kind) for entry in self.entries)


@dataclass(frozen=True)
class Verdict:
    """What came of one case. ``met``: what should go wrong went wrong."""

    ending: str
    met: bool
    broken: tuple[str, ...]
    requests: int = 0
    minutes: int = 0
    story: str = ""  # the journals, for whoever has to find out


class ClientCase(ABC):
    """One rehearsal of the client in which something goes wrong. ``str`` names it."""

    @abstractmethod
    def play(self, stage: "Stage", folder: Path) -> Played: ...

    @abstractmethod
    def is_met(self, played: Played) -> bool:
        """Tell whether what should go wrong went wrong."""

    @abstractmethod
    def broken(self, played: Played) -> list[str]:
        """Return the promises that did not hold, in words."""

    def tried(self, stage: "Stage", folder: Path) -> Verdict:
        played = self.play(stage, folder)
        result, met = played.result, self.is_met(played)
        took_ms = 0 if result is None else result.now_ms - result.began_ms
        return Verdict(
            ending=played.ending,
            met=met,
            broken=tuple(self.broken(played)) if met else (),
            requests=0 if result is None else result.requests,
            minutes=took_ms // 60_000,
            story=played.exported.decode() + played.own.decode(),
        )


class Rehearsing:
    """One rehearsal while it goes on: what troubles may ask of it."""

    def __init__(self, stage: "Stage", name: str, url: str, folder: Path) -> None:
        self._stage = stage
        self.name = name
        self.base = f"{BASE.rstrip('/')}{url}"
        self.folder = folder
        self.record = folder / journal.NAME
        self.http = Http(f"{self.base}api/", bounds=RULES.bounds, app=stage.simulator)

    @property
    def seq(self) -> int:
        return len(self._stage.simulator.store.load(self.name))

    def arm(self, fault: Mapping[str, Any]) -> None:
        path = f"control/v1/rehearsals/{self.name}/faults"
        answer = self._stage.http.request("POST", path, dict(fault))
        if getattr(answer, "status", 0) != 201:
            raise AssertionError(f"{fault} cannot be armed: {answer}")

    def clock(self) -> Clock:
        return VirtualClock(self._advance, _NoSleep())

    def _advance(self, to_ms: int) -> bool:
        return self._stage.control.advance_to(self.name, to_ms)


class _NoSleep(RealTime):
    def sleep(self, seconds: float) -> None:
        """Nothing here waits for real time."""


@dataclass
class Recorder:
    """A sender that notes what leaves, then hands it on."""

    of: Rehearsing
    sender: Sender
    guarded: list[Sent] = field(default_factory=list)
    exchanges: list[Exchange] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)

    @property
    def sent(self) -> int:
        return self.sender.sent

    def send(self, call: Call) -> Outcome:
        self.asked.update({call.op, call.name})
        if call.name in GUARDED:
            self._note(call)
        told = "killed"
        try:
            outcome = self.sender.send(call)
            told = OUTCOMES[type(outcome)]
        finally:
            self.exchanges.append(Exchange(call.name, told, call.ask is not None))
        return outcome

    def download(self, path: str, headers: Mapping[str, str]) -> Download | NotSent | Unknown:
        self.asked["backup.download"] += 1
        return self.sender.download(path, headers)

    def _note(self, call: Call) -> None:
        digests: frozenset[str] = frozenset()
        if call.name == "delete.start:yes":
            files = self.of.folder.glob("*.Source")
            digests = frozenset(hashlib.sha256(file.read_bytes()).hexdigest() for file in files)
        seq = self.of.seq
        self.guarded.append(Sent(call.name, dict(call.body or {}), seq, digests))


@dataclass(frozen=True)
class Between:
    """What stands between the client and the world in one rehearsal."""

    sender: Callable[[Rehearsing], Sender] = lambda of: of.http
    tell: Tell = nobody
    clock: Callable[[Clock], Clock] = lambda clock: clock
    after_kill: Callable[[Path], None] = lambda record: None  # may tear the client's journal


class Stage:
    """One simulator for many rehearsals; each is deleted when it is over."""

    def __init__(self, simulator: Simulator | None = None) -> None:
        self.simulator = simulator or Simulator()
        self.http = Http(BASE, bounds=RULES.bounds, token=TOKEN, app=self.simulator)
        self.control = Control(self.http)

    def play(self, what: Mapping[str, Any], folder: Path, between: Between | None = None) -> Played:
        """Carry out ``{"scenario": id}`` or ``{"document": ...}``, killed clients resumed."""
        between = between or Between()
        made = self.control.create(dict(what), seed=None, clock={"mode": "manual"}, label="")
        of = Rehearsing(self, made.name, made.url, folder)
        recorder = Recorder(of, between.sender(of))
        result, kills = _carry_out(of, recorder, between)
        played = self._played(of, recorder, result, kills)
        self.http.request("DELETE", f"control/v1/rehearsals/{made.name}")
        self.simulator.defects.clear()
        return played

    def _played(
        self, of: Rehearsing, recorder: Recorder, result: Result | None, kills: int
    ) -> Played:
        exported = self.control.journal(of.name)
        faults = self.http.request("GET", f"control/v1/rehearsals/{of.name}/faults")
        entries = tuple(decode(line) for line in exported.splitlines())
        return Played(
            result=result,
            entries=entries,
            exported=exported,
            own=of.record.read_bytes(),
            truth=self.control.truth(of.name),
            violations=self.control.violations(of.name),
            sent=tuple(recorder.guarded),
            exchanges=tuple(recorder.exchanges),
            asked=recorder.asked,
            hits=_hits(faults),
            defects=tuple(self.simulator.defects),
            kills=kills,
        )


def _hits(answer: Any) -> dict[str, int]:
    return {one["id"]: one["hits"] for one in json.loads(answer.body)["faults"]}


def _carry_out(of: Rehearsing, sender: Recorder, between: Between) -> tuple[Result | None, int]:
    past = None
    for kills in range(KILLS_MAX + 1):
        try:
            result = runs.carry_out(
                sender=sender,
                clock=between.clock(of.clock()),
                rules=RULES,
                place=runs.Place(folder=of.folder, journal=of.record, durable=False),
                texts=TEXTS,
                tell=between.tell,
                first=journal.Run(url=of.base, real="", resumed=kills > 0),
                past=past,
            )
        except Killed:
            between.after_kill(of.record)
            past = journal.read(of.record, of.base)
        else:
            return result, kills
    return None, KILLS_MAX + 1
