"""A client's run under one trouble: the n-th message of an operation goes wrong in one way.

The trouble sits between client and server, where it knows what nobody on either side does: whether
the request arrived. The simulator is the real one, in this process, on a virtual clock.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from client import journal
from client import run as runs
from client.calls import Call
from client.clock import RealTime, VirtualClock
from client.control import Control
from client.outcome import NotSent, Obeyed, Outcome, Refused, Unknown
from client.result import Result
from client.settings import Bounds, Rules
from client.simulator import BASE
from client.texts import Texts
from client.transport import Download, Http
from mock_server.app import rehearsal_wsgi

KILLS_MAX = 6
LATE_MS = 600_000
ALWAYS = 10**6


class Trouble(StrEnum):
    LOST = "the request never arrives"
    ANSWER_LOST = "it is obeyed, the answer is lost"
    REFUSED = "no connection"
    BUSY = "503, try again later"
    TWICE = "it arrives twice"
    LATE = "it is obeyed ten minutes later"
    KILLED_BEFORE = "the client dies before it is sent"
    KILLED_AFTER = "the client dies after it was obeyed"


class Killed(BaseException):
    """The client's process is gone; not even ``except Exception`` may notice."""


@dataclass(frozen=True)
class Case:
    """``times`` messages of ``op`` go wrong, from the ``first`` on (1-based)."""

    scenario: str
    op: str
    trouble: Trouble
    first: int
    times: int

    def __str__(self) -> str:
        how_often = "always" if self.times == ALWAYS else f"{self.times}x"
        return f"{self.scenario}: {self.op}: {self.trouble}: from {self.first}, {how_often}"

    @property
    def is_transient(self) -> bool:
        return self.times <= 3


class TroubledSender:
    """Carries messages like Http, but for those that the case names."""

    def __init__(self, http: Http, case: Case) -> None:
        self._http = http
        self._case = case
        self._late: list[tuple[int, Call]] = []
        self._now_ms = 0
        self.met = 0

    @property
    def sent(self) -> int:
        return self._http.sent

    def send(self, call: Call) -> Outcome:
        self._deliver_late()
        if not self._strikes(call.op):
            return self._saw(self._http.send(call))
        match self._case.trouble:
            case Trouble.LOST:
                return Unknown(reason="lost")
            case Trouble.ANSWER_LOST:
                self._saw(self._http.send(call))
                return Unknown(reason="answer lost")
            case Trouble.REFUSED:
                return NotSent(reason="refused")
            case Trouble.BUSY:
                return Unknown(reason="503", retry_after_s=30)
            case Trouble.TWICE:
                self._http.send(call)
                return self._saw(self._http.send(call))
            case Trouble.LATE:
                self._late.append((self._now_ms + LATE_MS, call))
                return Unknown(reason="late")
            case Trouble.KILLED_BEFORE:
                raise Killed
            case Trouble.KILLED_AFTER:
                self._saw(self._http.send(call))
                raise Killed

    def download(self, path: str, headers: Mapping[str, str]) -> Download | NotSent | Unknown:
        if not self._strikes("backup.download"):
            return self._http.download(path, headers)
        trouble = self._case.trouble
        if trouble in (Trouble.ANSWER_LOST, Trouble.KILLED_AFTER, Trouble.TWICE):
            answer = self._http.download(path, headers)
            if isinstance(answer, NotSent | Unknown):
                return answer
            list(answer.pieces())
            answer.close()
        if trouble in (Trouble.KILLED_BEFORE, Trouble.KILLED_AFTER):
            raise Killed
        if trouble is Trouble.TWICE:
            return self._http.download(path, headers)
        return NotSent(reason="no") if trouble is Trouble.REFUSED else Unknown(reason="no answer")

    def _strikes(self, op: str) -> bool:
        if op != self._case.op:
            return False
        self.met += 1
        return self._case.first <= self.met < self._case.first + self._case.times

    def _deliver_late(self) -> None:
        for due_ms, call in list(self._late):
            if self._now_ms >= due_ms:
                self._late.remove((due_ms, call))
                self._http.send(call)

    def _saw(self, outcome: Outcome) -> Outcome:
        if isinstance(outcome, Obeyed | Refused):
            self._now_ms = outcome.reply.now_ms
        return outcome


class _NoSleep(RealTime):
    def sleep(self, seconds: float) -> None:
        """Nothing here waits for real time."""


@dataclass(frozen=True)
class Outcomes:
    """What came of one case. ``result`` is None if the client never came to an end."""

    case: Case
    met: int
    result: Result | None
    ready: bool
    violations: tuple[str, ...]
    events: Counter[str]
    wrong_fields: tuple[str, ...]
    broken: list[str] = field(default_factory=list)


class Stage:
    """One simulator for many cases; each has a rehearsal of its own, deleted afterwards."""

    def __init__(self) -> None:
        self._app, token = rehearsal_wsgi()
        self._bounds = Bounds()
        self._http = Http(BASE, bounds=self._bounds, token=token, app=self._app)
        self._control = Control(self._http)
        self._texts = Texts("en")

    def play(self, case: Case, folder: Path) -> Outcomes:
        made = self._control.create(
            {"scenario": case.scenario}, seed=None, clock={"mode": "manual"}, label=""
        )
        base = f"{BASE.rstrip('/')}{made.url}"
        sender = TroubledSender(Http(f"{base}api/", bounds=self._bounds, app=self._app), case)
        result = self._carry_out(sender, made.name, base, folder)
        truth = self._control.truth(made.name)
        events = [self._event(line) for line in self._control.journal(made.name).splitlines()]
        reports = [one for one in events if one["type"] == "report-filed"]
        outcomes = Outcomes(
            case=case,
            met=sender.met,
            result=result,
            ready=truth.ready,
            violations=self._control.violations(made.name),
            events=Counter(str(one["type"]) for one in events),
            wrong_fields=tuple(reports[-1]["wrong"]) if reports else (),
        )
        self._http.request("DELETE", f"control/v1/rehearsals/{made.name}")
        return outcomes

    def _carry_out(
        self, sender: TroubledSender, name: str, base: str, folder: Path
    ) -> Result | None:
        record = folder / "journal.jsonl"
        clock = VirtualClock(lambda to_ms: self._control.advance_to(name, to_ms), _NoSleep())
        past = None
        for kills in range(KILLS_MAX + 1):
            try:
                return runs.carry_out(
                    sender=sender,
                    clock=clock,
                    rules=Rules(bounds=self._bounds),
                    place=runs.Place(folder=folder, journal=record, durable=False),
                    texts=self._texts,
                    first=journal.Run(url=base, real="", resumed=kills > 0),
                    past=past,
                )
            except Killed:
                past = journal.read(record, base)
        return None

    @staticmethod
    def _event(line: bytes) -> dict[str, Any]:
        return dict(json.loads(line)["event"])
