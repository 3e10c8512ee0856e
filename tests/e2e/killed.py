"""Processes that die: the client between any intent and outcome, the server between any two
requests and in the midst of any append. What is begun again must end as if nothing had been.
"""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from client.calls import Call
from client.clock import Clock
from client.notices import Notice
from client.outcome import NotSent, Outcome, Unknown
from client.transport import Download, Sender
from mock_server.adapters.memory_store import MemoryEventStore
from mock_server.domain.events import BackupStarted, DeleteFinished, ReportFiled
from tests.e2e import days, promises
from tests.e2e.simulator import DeadlyStore, Simulator
from tests.e2e.stage import Between, ClientCase, Killed, Played, Rehearsing, Stage

DAYS = ("normal", "partial-sync")


class Moment(StrEnum):
    """Where a client may die. ``n`` counts what the moment is about."""

    SENDING = "the intent is written, the n-th request has not left"
    SENDING_TORN = "the intent of the n-th request is written in part"
    ANSWERED = "the n-th request was obeyed, its outcome is not written"
    ANSWERED_TORN = "the n-th request was obeyed, its outcome is written in part"
    TELLING = "the n-th notice is told to people"
    WAITING = "the n-th wait begins"
    DOWNLOADING = "the n-th piece of the backup has come"


@dataclass(frozen=True)
class ClientKill(ClientCase):
    day: str
    moment: Moment
    n: int

    def __str__(self) -> str:
        return f"{self.day}: the client dies when {self.moment} (n = {self.n})"

    def play(self, stage: Stage, folder: Path) -> Played:
        return stage.play(days.asked(self.day), folder, Killer(self).between())

    def is_met(self, played: Played) -> bool:
        return played.kills > 0

    def broken(self, played: Played) -> list[str]:
        return [*promises.broken(played), *ends_as_usual(played)]


class Killer:
    """Counts towards the one moment of its case, and kills there once."""

    def __init__(self, case: ClientKill) -> None:
        self.case = case
        self._left = case.n

    def between(self) -> Between:
        torn = self.case.moment in (Moment.SENDING_TORN, Moment.ANSWERED_TORN)
        return Between(
            sender=lambda of: _DyingSender(of, self),
            tell=self.told,
            clock=lambda clock: _DyingClock(clock, self),
            after_kill=self._tear if torn else lambda record: None,
        )

    def at(self, *moments: Moment) -> None:
        if self.case.moment in moments:
            self._left -= 1
            if self._left == 0:
                raise Killed

    def told(self, _notice: Notice) -> None:
        self.at(Moment.TELLING)

    def _tear(self, record: Path) -> None:
        """Leave the journal as a process does that dies while it writes."""
        whole = record.read_bytes()
        if self.case.moment is Moment.ANSWERED_TORN:
            record.write_bytes(whole + b'{"kind":"outc')
        elif (last := whole.rstrip(b"\n").rpartition(b"\n")[2]).startswith(b'{"kind":"intent"'):
            record.write_bytes(whole[: -len(last) // 2])


@dataclass
class _DyingSender:
    of: Rehearsing
    killer: Killer

    @property
    def sent(self) -> int:
        return self.of.http.sent

    def send(self, call: Call) -> Outcome:
        self.killer.at(Moment.SENDING, Moment.SENDING_TORN)
        outcome = self.of.http.send(call)
        self.killer.at(Moment.ANSWERED, Moment.ANSWERED_TORN)
        return outcome

    def download(self, path: str, headers: Mapping[str, str]) -> Download | NotSent | Unknown:
        self.killer.at(Moment.SENDING, Moment.SENDING_TORN)
        answer = self.of.http.download(path, headers)
        self.killer.at(Moment.ANSWERED, Moment.ANSWERED_TORN)
        return answer if isinstance(answer, NotSent | Unknown) else _DyingDownload(answer, self)


class _DyingDownload:
    def __init__(self, download: Download, sender: _DyingSender) -> None:
        self._download = download
        self._killer = sender.killer
        self.status, self.headers = download.status, download.headers

    @property
    def broken(self) -> str:
        return self._download.broken

    def pieces(self) -> Iterator[bytes]:
        for piece in self._download.pieces():
            yield piece
            self._killer.at(Moment.DOWNLOADING)

    def close(self) -> None:
        self._download.close()


class _DyingClock:
    def __init__(self, clock: Clock, killer: Killer) -> None:
        self._clock = clock
        self._killer = killer

    def saw(self, now_ms: int) -> None:
        self._clock.saw(now_ms)

    def wait(self, for_ms: int, now_ms: int) -> None:
        self._killer.at(Moment.WAITING)
        self._clock.wait(for_ms, now_ms)

    def pause(self, for_s: int, now_ms: int, tries: int) -> None:
        self._clock.pause(for_s, now_ms, tries)


def client_kills(stage: Stage, folder: Path) -> Iterator[ClientKill]:
    """Yield a kill at every moment that a quiet run of each scenario has."""
    for day in DAYS:
        for moment in Moment:
            n = _moments(stage, ClientKill(day, moment, 10**9), folder)
            yield from (ClientKill(day, moment, at) for at in range(1, n + 1))


def _moments(stage: Stage, never: ClientKill, folder: Path) -> int:
    killer = Killer(never)
    stage.play(days.asked(never.day), folder / f"{never.day}-{never.moment.name}",
               killer.between())  # fmt: skip
    return never.n - killer._left


# --- the server -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class ServerKill(ClientCase):
    """The server dies before the n-th request, or in the n-th append: its entries kept or not."""

    day: str
    when: str  # "request", "append lost" or "append kept"
    n: int

    def __str__(self) -> str:
        return f"{self.day}: the server dies at {self.when} {self.n}"

    def play(self, stage: Stage, folder: Path) -> Played:
        del stage  # it dies alone
        simulator = Simulator()
        if self.when == "request":
            simulator.before_request = lambda number: self._kill(simulator, number)
        else:
            store = DeadlyStore(MemoryEventStore(), self.n, kept=self.when == "append kept")
            simulator = Simulator(lambda: store)
        played = Stage(simulator).play(days.asked(self.day), folder)
        self._check_killed(simulator)
        return played

    def _kill(self, simulator: Simulator, number: int) -> None:
        if number == self.n:
            simulator.kill()

    def _check_killed(self, simulator: Simulator) -> None:
        if simulator.restarts != 1:
            raise AssertionError(f"{self}: it died {simulator.restarts} times")

    def is_met(self, _played: Played) -> bool:
        return True

    def broken(self, played: Played) -> list[str]:
        found = [*promises.broken(played), *ends_as_usual(played)]
        if self.when == "request" and played.exported != _undisturbed(self.day):
            found.append("another journal than without the kill")
        return found


@cache
def _undisturbed(day: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="cbtsync-kills-") as folder:
        return Stage().play(days.asked(day), Path(folder)).exported


def server_kills(folder: Path) -> Iterator[ServerKill]:
    """Yield a kill at every request and at every append of each scenario."""
    for day in DAYS:
        store = DeadlyStore(MemoryEventStore(), 0, kept=True)
        simulator = Simulator(lambda store=store: store)
        first = simulator.requests + 2  # the one that creates the rehearsal is nobody's to resume
        stage = Stage(simulator)
        last: list[int] = []
        stage.play(days.asked(day), folder / day, _noting(simulator, last))
        yield from (ServerKill(day, "request", n) for n in range(first, last[-1] + 1))
        for n in range(1, store.appends + 1):
            yield ServerKill(day, "append lost", n)
            yield ServerKill(day, "append kept", n)


def _noting(simulator: Simulator, last: list[int]) -> Between:
    """Note at each request of the client how many there have been."""

    def sender(of: Rehearsing) -> Sender:
        return _Noting(of, simulator, last)

    return Between(sender=sender)


@dataclass
class _Noting:
    of: Rehearsing
    simulator: Simulator
    last: list[int]

    @property
    def sent(self) -> int:
        return self.of.http.sent

    def send(self, call: Call) -> Outcome:
        outcome = self.of.http.send(call)
        self.last.append(self.simulator.requests)
        return outcome

    def download(self, path: str, headers: Mapping[str, str]) -> Download | NotSent | Unknown:
        return self.of.http.download(path, headers)


def ends_as_usual(played: Played) -> list[str]:
    """Return what differs from an undisturbed run: ready, one HAPUS, one report."""
    found = promises.survived(played, "ready")
    for kind in (DeleteFinished, ReportFiled):
        if played.count(kind) != 1:
            found.append(f"{played.count(kind)} {kind.__name__}, not one")
    if played.count(BackupStarted) > 2:
        found.append(f"{played.count(BackupStarted)} backups")
    return found
