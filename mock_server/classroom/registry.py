"""Every class folded in memory, found by its name, its code, a seat's key or a rehearsal."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from threading import Lock, RLock
from typing import NamedTuple

from mock_server.cohort.events import CohortEvent, CohortOpened, decode, encode
from mock_server.cohort.folding import evolve, opened, replay
from mock_server.cohort.state import Cohort, Rubric, Run
from mock_server.ports import (
    CohortRecord,
    CohortStore,
    ConflictError,
    RealTime,
    StoreError,
    Tokens,
    UnknownCohortError,
)

CONFLICTS_MAX = 3
CODE_TRIES = 20
Decide = Callable[[Cohort, int], Sequence[CohortEvent]]


class Where(NamedTuple):
    cohort: str
    seat: int


class _Live:
    """One class in memory; ``lock`` is held by whoever changes it, reading needs none."""

    __slots__ = ("keys", "lock", "state")

    def __init__(self, state: Cohort) -> None:
        self.state = state
        self.lock = RLock()
        self.keys: dict[str, Where] = {}


class Registry:
    def __init__(self, store: CohortStore, real: RealTime) -> None:
        self._store = store
        self._real = real
        # The wall clock as it stood at the start, moved on by the one that nobody can set.
        self._wall_ms = round(datetime.fromisoformat(real.iso_utc()).timestamp() * 1000)
        self._monotonic_ms = real.monotonic_ms()
        self._lives: dict[str, _Live] | None = None
        self._keys: dict[str, Where] = {}  # of seats, and names of rehearsals: both unguessable
        self._lock = Lock()

    def now_ms(self) -> int:
        """Return real time as epoch milliseconds; it never goes back while the server runs."""
        return self._wall_ms + self._real.monotonic_ms() - self._monotonic_ms

    def open(self, event: CohortOpened, name: str) -> Cohort:
        lives = self._all()
        record = CohortRecord(name=name, created=self._real.iso_utc())
        self._store.create(record, encode([event]))
        live = _Live(opened(event, name))
        with self._lock:
            lives[name] = live
        return live.state

    def cohorts(self) -> list[Cohort]:
        """Return every class and solo, oldest first."""
        lives = self._all()
        with self._lock:
            return [live.state for live in lives.values()]

    def free_code(self, tokens: Tokens) -> str:
        """Return a code that no class has. Raises StoreError if there is none to be found."""
        taken = {one.code for one in self.cohorts()}
        for _ in range(CODE_TRIES):
            code = tokens.code()
            if code not in taken:
                return code
        raise StoreError("no class code is free: delete classes that are over")

    def get(self, name: str) -> Cohort:
        """Raises UnknownCohortError."""
        return self._live(name).state

    def where(self, key: str) -> Where | None:
        """Return whose seat this key opens, or whose rehearsal this is."""
        self._all()
        return self._keys.get(key)

    def runs_to(self, rehearsal: str) -> tuple[Run, ...]:
        """Return what the same seat has begun up to this rehearsal, it included; () without one."""
        where = self.where(rehearsal)
        seat = None if where is None else self.get(where.cohort).seats.get(where.seat)
        runs = () if seat is None else seat.runs
        known = [one.rehearsal for one in runs]
        return runs[: known.index(rehearsal) + 1] if rehearsal in known else ()

    def rubric_of(self, rehearsal: str) -> Rubric | None:
        """Return what the class had switched on when this run began."""
        runs = self.runs_to(rehearsal)
        return runs[-1].rubric if runs else None

    @contextmanager
    def locked(self, name: str) -> Iterator[None]:
        """Let nobody else change this class meanwhile. Raises UnknownCohortError."""
        with self._live(name).lock:
            yield

    def change(self, name: str, decide: Decide) -> Cohort:
        """Append what ``decide`` returns for the present state, and return the state after it."""
        for _ in range(CONFLICTS_MAX):
            live = self._live(name)
            with live.lock:
                events = decide(live.state, self.now_ms())
                if not events:
                    return live.state
                try:
                    self._store.append(name, live.state.seq, encode(events))
                except ConflictError:
                    # Another process wrote first: read its events and decide anew.
                    self._take(live, self._load(name))
                    continue
                state = live.state
                for event in events:
                    state = evolve(state, event)
                self._take(live, state)
                return state
        raise ConflictError(f"a class: other writers came first {CONFLICTS_MAX} times")

    def delete(self, name: str) -> None:
        """Raises UnknownCohortError."""
        live = self._live(name)
        with live.lock:
            self._store.delete(name)
            with self._lock:
                self._all_loaded().pop(name, None)
                for key in live.keys:
                    self._keys.pop(key, None)

    def _live(self, name: str) -> _Live:
        live = self._all().get(name)
        if live is None:
            raise UnknownCohortError("there is no such class: it was deleted, or never made here")
        return live

    def _all(self) -> dict[str, _Live]:
        if self._lives is None:
            with self._lock:
                if self._lives is None:
                    found = {one.name: _Live(self._load(one.name)) for one in self._store.records()}
                    for live in found.values():
                        self._index(live)
                    self._lives = found
        return self._lives

    def _all_loaded(self) -> dict[str, _Live]:
        """Expects the lock to be held, which ``_all`` would take."""
        return {} if self._lives is None else self._lives

    def _load(self, name: str) -> Cohort:
        try:
            return replay((decode(payload) for payload in self._store.load(name)), name)
        except ValueError as error:
            raise StoreError(f"a class's stream cannot be read by this version: {error}") from None

    def _take(self, live: _Live, state: Cohort) -> None:
        live.state = state
        with self._lock:
            self._index(live)

    def _index(self, live: _Live) -> None:
        state = live.state
        keys = {seat.token: Where(state.name, n) for n, seat in state.seats.items()}
        for n, seat in state.seats.items():
            keys.update((run.rehearsal, Where(state.name, n)) for run in seat.runs)
        for gone in live.keys.keys() - keys.keys():
            self._keys.pop(gone, None)
        self._keys.update(keys)
        live.keys = keys
