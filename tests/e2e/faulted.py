"""The catalogue of faults against the client: each kind, with each value worth trying, alone.

Three families. *Answers*: a fault of the http layer on the n-th request of an operation. *Jobs*: a
fault that strikes a command of the domain. *Conditions*: what a facilitator arms just before a
certain request, or what the day brings at a certain hour.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from client.calls import Call
from client.outcome import NotSent, Outcome, Unknown
from client.step import Ending
from client.transport import Download, Sender
from mock_server.domain.events import BackupStarted
from mock_server.faults.catalogue import CARRIED_OUT, KINDS, operations
from mock_server.faults.kind import (
    AnyKind,
    PlansCentral,
    SpoilsAnswer,
    StrikesCommand,
    StrikesStation,
)
from mock_server.faults.params import fields
from tests.e2e import days, promises
from tests.e2e.days import PLAIN, TROUBLED, Document
from tests.e2e.stage import Between, ClientCase, Played, Rehearsing, Stage
from tests.e2e.troubled import BACKUPS_TRIED_MAX, OPERATIONS

VALUES: dict[str, tuple[object, ...]] = {
    "at": ("0%", "50%", "99.9%"),
    "data": (1, 5, 9),
    "missing": (1, 4, 10_000),
    "count": (1, 3, 500),
    "left": (1, 12, 10_000),
    "bytes": (1, 512),
    "factor": (1.1, 4, 100),
    "after": ("1ms", "15m", "3h"),
    "status": (503, 500, 502, 429, 408),
    "retry_after": (None, 0, 30, 3600),
    "delay": ("1ms", "5s"),
    "chunk": (1, 65_536),
    "by": ("1ms", "10m", "2h"),
    "for": ("1ms", "5s"),
}
"""What is tried of each parameter that is no choice of words: the bounds, and between them."""
LISTS: dict[str, tuple[object, ...]] = {"sync.slow": ([1], [5, 6], [1, 2, 3, 4, 5, 6, 7, 8, 9])}

NOT_TO_MEND = {"sync.short", "participants.missing", "participants.duplicate", "tests.missing"}
"""After these the centre has closed, and what is left only the helpdesk can mend."""
LASTING: dict[str, tuple[object, ...]] = {
    "factor": (100,), "after": ("3h",), "retry_after": (3600,),
}  # fmt: skip
"""Values that outlast the day: the client must be honest, it need not get there."""
TIMES_SURVIVED = {"backup": 2, "service": 2}  # by the first word of the kind; of others three


@dataclass(frozen=True)
class FaultCase(ClientCase):
    """``faults`` are armed from the start; ``armed_at``: the last one before that n-th request.

    ``wanted`` is the ending that must be reached, or '' where any honest one will do.
    """

    day: str
    faults: tuple[Document, ...]
    wanted: str = ""
    armed_at: tuple[str, int] | None = None

    def __str__(self) -> str:
        told = [_told(fault) for fault in self.faults]
        if self.armed_at is not None:
            told.append(f"armed before {self.armed_at[0]} {self.armed_at[1]}")
        return f"{self.day}: {'; '.join(told)}"

    def play(self, stage: Stage, folder: Path) -> Played:
        document = days.document(self.day)
        at_start = self.faults if self.armed_at is None else self.faults[:-1]
        document["faults"] = [*document.get("faults", []), *(dict(one) for one in at_start)]
        return stage.play({"document": document}, folder, Between(sender=self._sender))

    def _sender(self, of: Rehearsing) -> Sender:
        if self.armed_at is None:
            return of.http
        return Arming(of, self.faults[-1], *self.armed_at)

    def is_met(self, played: Played) -> bool:
        return any(played.hits.get(str(fault["id"]), 0) > 0 for fault in self.faults)

    def broken(self, played: Played) -> list[str]:
        found = [one for one in promises.broken(played) if one not in self._of_the_race()]
        if self.wanted == Ending.READY and played.count(BackupStarted) >= BACKUPS_TRIED_MAX:
            return found  # three lost answers to BACKUP spend the client's three backups
        return found + (promises.survived(played, self.wanted) if self.wanted else [])

    def _of_the_race(self) -> set[str]:
        """The centre closes between the last answer and START SYNC: nobody could have known."""
        is_race = self.armed_at is not None and self.armed_at[0] == "sync.start"
        return {"violations: B3"} if is_race else set()


def _told(fault: Document) -> str:
    words = [str(fault["fault"])]
    words += [f"{key} {json.dumps(fault[key])}" for key in ("on", "with", "when", "effect")
              if fault.get(key)]  # fmt: skip
    return " ".join(words)


class Arming:
    """Arms a fault just before the n-th request of an operation."""

    def __init__(self, of: Rehearsing, fault: Document, op: str, number: int) -> None:
        self._of = of
        self._fault = fault
        self._op = op
        self._left = number

    @property
    def sent(self) -> int:
        return self._of.http.sent

    def send(self, call: Call) -> Outcome:
        self._meet(call.op)
        return self._of.http.send(call)

    def download(self, path: str, headers: Mapping[str, str]) -> Download | NotSent | Unknown:
        self._meet("backup.download")
        return self._of.http.download(path, headers)

    def _meet(self, op: str) -> None:
        if op == self._op:
            self._left -= 1
            if self._left == 0:
                self._of.arm(self._fault)


def able() -> list[AnyKind]:
    """Return the kinds that a simulator within a process carries out."""
    return [one for name, one in KINDS.items() if name in CARRIED_OUT and not one.needs_socket]


def written(kind: AnyKind) -> Iterator[dict[str, object]]:
    """Yield values of ``with``: none, then each parameter alone at each value worth trying."""
    yield {}
    for one in fields(kind.params):
        values = one.words or (LISTS[kind.name] if one.reads == "data-sets" else VALUES[one.key])
        for value in values:
            if value is not None:
                yield {one.key: value}


# --- faults of the answer -------------------------------------------------------------------------


def answers(
    name: str,
    asked: Mapping[str, int],
    firsts: Iterable[int] = (1, 2, 3),
    times: Iterable[int | None] = (1, 3, None),
) -> Iterator[FaultCase]:
    """Yield the faults that spoil the n-th answer of an operation.

    ``asked`` is how often a quiet day asks for each: what waits for more would never come.
    """
    times = tuple(times)
    for op in (op for op in OPERATIONS if op != "desk"):
        most = asked.get("delete.start:yes" if op == "delete.start" else op, 0)
        for first in (first for first in firsts if first <= most):
            for kind in (kind for kind in able() if op in _spoils(kind)):
                for often in times:
                    yield from _answers(name, kind, op, first, often)


def _spoils(kind: AnyKind) -> tuple[str, ...]:
    return operations(kind) if isinstance(kind.act, SpoilsAnswer) else ()


def _answers(
    name: str, kind: AnyKind, op: str, first: int, often: int | None
) -> Iterator[FaultCase]:
    count: Document = {"sticky": True} if often is None else {"times": often}
    for values in written(kind):
        params = kind.params()
        for effect in kind.effects(params):
            fault = {
                "id": "swept", "fault": kind.name, "on": op, "with": values,
                "when": {"skip": first - 1, **count}, "effect": effect,
            }  # fmt: skip
            harmless = kind.name in ("http.slow", "http.dribble")
            passes = often is not None and not _lasts(values)
            wanted = "ready" if passes or harmless else ""
            yield FaultCase(name, (fault,), wanted)


# --- faults of a command --------------------------------------------------------------------------


def jobs(names: Iterable[str] = (PLAIN, *TROUBLED)) -> Iterator[FaultCase]:
    """Yield the faults of the domain that strike a command, on quiet and on troubled days.

    On a troubled day the swept fault may strike the command that mends the day's own trouble.
    """
    for name in names:
        for kind in able():
            if isinstance(kind.act, StrikesCommand):
                for values in written(kind):
                    for skip, often in ((0, 1), (1, 1), (0, 2), (0, 3), (0, None)):
                        yield _job(name, kind, values, skip, often)


def _job(
    name: str, kind: AnyKind, values: dict[str, object], skip: int, often: int | None
) -> FaultCase:
    count: Document = {"sticky": True} if often is None else {"times": often}
    fault = {
        "id": "swept", "fault": kind.name, "with": values, "when": {"skip": skip, **count},
    }  # fmt: skip
    return FaultCase(name, (fault,), _ending(name, kind, values, often))


def _ending(name: str, kind: AnyKind, values: Document, often: int | None) -> str:
    if kind.name in NOT_TO_MEND:
        return "reported"
    if often is None or _lasts(values):
        return ""
    most = TIMES_SURVIVED.get(kind.name.partition(".")[0], 3)
    on_top = 0 if name == PLAIN else 1  # of the day's own trouble
    if kind.name == "sync.slow" and on_top:
        return ""  # the day's slot may close before it is resumed
    return "ready" if often + on_top <= most else ""


# --- conditions -----------------------------------------------------------------------------------

HOURS: tuple[Document, ...] = (
    {"from": "+0m", "until": "+5m"},
    {"from": "+8m", "until": "+25m"},
    {"from": "+20m", "until": "+60m"},
    {"from": "+30m", "until": "+31m"},
    {"from": "+0m"},
    {"from": "+25m"},
)
FIRSTS = (1, 2, 5)
STRETCHES: tuple[Document, ...] = ({"ttl": "1m"}, {"ttl": "25m"}, {})


def conditions(name: str, asked: Mapping[str, int]) -> Iterator[FaultCase]:
    """Yield what is armed before the first request of each operation, and what the hour brings."""
    for kind in able():
        if not isinstance(kind.act, StrikesStation | PlansCentral):
            continue
        central = isinstance(kind.act, PlansCentral)
        for values in written(kind):
            for when in HOURS if central else ():
                yield _condition(name, kind, values, when, None)
            for op, first in ((op, first) for op in OPERATIONS for first in FIRSTS):
                for when in STRETCHES if central else ({},):
                    if asked.get(op, 0) >= first:
                        yield _condition(name, kind, values, when, (op, first))


def _condition(
    name: str,
    kind: AnyKind,
    values: dict[str, object],
    when: Document,
    armed_at: tuple[str, int] | None,
) -> FaultCase:
    fault: dict[str, object] = {"id": "swept", "fault": kind.name, "with": values}
    if when:
        fault["when"] = when
    central = isinstance(kind.act, PlansCentral)
    lasts = central and "until" not in when and "ttl" not in when
    return FaultCase(name, (fault,), "" if lasts or _lasts(values) else "ready", armed_at)


def _lasts(values: Document) -> bool:
    return any(value in LASTING.get(key, ()) for key, value in values.items())


# --- several at once ------------------------------------------------------------------------------


def mixtures(count: int, asked: Mapping[str, int]) -> Iterator[FaultCase]:
    """Yield days of two to four faults drawn from all of the above. Seeded; any honest end will do.

    A kind may come twice, on one day, at different requests.
    """
    plain = PLAIN
    parts = [
        one.faults[0]
        for one in (*answers(plain, asked), *jobs((plain,)), *conditions(plain, asked))
        if one.armed_at is None
    ]
    dice = Random(2017)
    for _ in range(count):
        drawn = dice.sample(parts, dice.randint(2, 4))
        faults = tuple({**fault, "id": f"s{n}"} for n, fault in enumerate(drawn, start=1))
        yield FaultCase(plain, faults)
