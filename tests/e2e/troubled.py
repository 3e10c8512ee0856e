"""Messages that go wrong: the n-th of an operation, in one way, once or for ever.

The trouble sits between client and server, where it knows what nobody on either side does: whether
the request arrived.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from client.calls import Call
from client.outcome import NotSent, Obeyed, Outcome, Refused, Unknown
from client.transport import Download, Http
from mock_server.domain.events import BackupStarted
from mock_server.domain.operations import Operation
from tests.e2e import days, promises
from tests.e2e.stage import Between, ClientCase, Killed, Played, Stage

LATE_MS = 10 * 60_000
LATER_MS = 30 * 60_000 + 35_000  # of HAPUS: just before the last look at a sync of half an hour
ALWAYS = 10**6
BACKUPS_TRIED_MAX = 3
UNUSED = {Operation.MACHINE_SET_CLOCK, Operation.PORTAL_REOPEN}  # the client never asks for these
OPERATIONS = ("desk", *(op.value for op in Operation if op not in UNUSED))
DAYS = ("normal", "partial-sync", "patch-fails-once", "sn-mismatch", "sync-stalls")


class Trouble(StrEnum):
    LOST = "the request never arrives"
    ANSWER_LOST = "it is obeyed, the answer is lost"
    REFUSED = "no connection"
    BUSY = "503, try again later"
    TWICE = "it arrives twice"
    LATE = "it arrives ten minutes later"
    LATER = "it arrives half an hour later"
    KILLED_BEFORE = "the client dies before it is sent"
    KILLED_AFTER = "the client dies after it was obeyed"


COPIES = (Trouble.TWICE, Trouble.LATE, Trouble.LATER)
KILLS = (Trouble.KILLED_BEFORE, Trouble.KILLED_AFTER)


@dataclass(frozen=True)
class MessageCase(ClientCase):
    """``times`` messages of ``op`` go wrong, from the ``first`` on (1-based)."""

    day: str
    op: str
    trouble: Trouble
    first: int
    times: int

    def __str__(self) -> str:
        how_often = "always" if self.times == ALWAYS else f"{self.times}x"
        return f"{self.day}: {self.op}: {self.trouble}: from {self.first}, {how_often}"

    def play(self, stage: Stage, folder: Path) -> Played:
        between = Between(sender=lambda of: TroubledSender(of.http, self))
        return stage.play(days.asked(self.day), folder, between)

    def is_met(self, played: Played) -> bool:
        return played.asked[self.op] >= self.first

    def broken(self, played: Played) -> list[str]:
        found = promises.broken(played)
        if self.times != ALWAYS and _must_survive(played):
            found += promises.survived(played, "ready")
        return [one for one in found if one not in self._of_the_copy()]

    def _of_the_copy(self) -> set[str]:
        """Return what a copy that the server cannot know for one may be charged with."""
        if self.trouble not in COPIES:
            return set()
        return {"violations: R5", "violations: B8", "violations: B8, R5"}


def _must_survive(played: Played) -> bool:
    """Three lost answers to BACKUP spend the three backups, by the client's own bound."""
    return played.count(BackupStarted) < BACKUPS_TRIED_MAX


def cases(
    names: Iterable[str] = DAYS,
    firsts: Iterable[int] = (1, 2, 3),
    times: Iterable[int] = (1, 3, ALWAYS),
) -> Iterator[MessageCase]:
    """Yield the cases; a client that is killed for ever is nobody's to save."""
    for name in names:
        for op in OPERATIONS:
            for trouble in Trouble:
                for first in firsts:
                    for often in times:
                        if trouble not in KILLS or often != ALWAYS:
                            yield MessageCase(name, op, trouble, first, often)


class TroubledSender:
    """Carries messages like Http, but for those that the case names."""

    def __init__(self, http: Http, case: MessageCase) -> None:
        self._http = http
        self._case = case
        self._late: list[tuple[int, Call]] = []
        self._now_ms = 0
        self._met = 0

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
            case Trouble.LATE | Trouble.LATER:
                late_ms = LATE_MS if self._case.trouble is Trouble.LATE else LATER_MS
                self._late.append((self._now_ms + late_ms, call))
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
        if trouble in KILLS:
            raise Killed
        if trouble is Trouble.TWICE:
            return self._http.download(path, headers)
        return NotSent(reason="no") if trouble is Trouble.REFUSED else Unknown(reason="no answer")

    def _strikes(self, op: str) -> bool:
        if op != self._case.op:
            return False
        self._met += 1
        return self._case.first <= self._met < self._case.first + self._case.times

    def _deliver_late(self) -> None:
        for due_ms, call in list(self._late):
            if self._now_ms >= due_ms:
                self._late.remove((due_ms, call))
                self._http.send(call)

    def _saw(self, outcome: Outcome) -> Outcome:
        if isinstance(outcome, Obeyed | Refused):
            self._now_ms = outcome.reply.now_ms
        return outcome
