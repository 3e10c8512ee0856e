"""Rehearsals held in memory: the folded state beside the log's last sequence number.

A bounded number is kept; the least recently used one is dropped and folded again when needed.
"""

from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock, RLock

from msgspec.structs import replace

from mock_server.domain import station as rules
from mock_server.journal import Actor, AnyEvent, Entry, decode, encode, iso_wib
from mock_server.ports import EventStore, RealTime, StoreError
from mock_server.rehearsal import Rehearsal, replay

LIVES_MAX = 20_000


def stamped(
    events: Iterable[tuple[Actor, AnyEvent]], *, after: int, op: str, t_real: str | None
) -> list[bytes]:
    """Return the events as payloads of the entries that follow sequence number ``after``."""
    return [
        encode(
            Entry(seq=seq, at=iso_wib(event.at_ms), event=event, actor=actor, op=op, t_real=t_real)
        )
        for seq, (actor, event) in enumerate(events, after + 1)
    ]


class Live:
    """One rehearsal in memory. ``lock`` is held by whoever changes it; reading needs none,
    since ``state`` is frozen and replaced whole."""

    __slots__ = ("_due_ms", "lock", "name", "state")
    state: Rehearsal

    def __init__(self, name: str, state: Rehearsal, real_ms: int) -> None:
        """A rehearsal that comes back from its store goes on where its last event left it."""
        self.name = name
        self.lock = RLock()
        left_ms = max(state.clock.at_ms, state.station.at_ms)
        self._take(replace(state, clock=state.clock.tied(left_ms, real_ms)))

    def become(self, state: Rehearsal, real_ms: int) -> None:
        """Take the next state; a clock that was set or moved is tied to real time there."""
        if state.clock is not self.state.clock:
            state = replace(state, clock=state.clock.tied(state.clock.at_ms, real_ms))
        self._take(state)

    def _take(self, state: Rehearsal) -> None:
        due = rules.next_due(state.station)
        self._due_ms = None if due is None else due[0]
        self.state = state

    def is_quiet(self, now_ms: int) -> bool:
        """Tell whether nothing has fallen due by ``now_ms``."""
        return self._due_ms is None or now_ms < self._due_ms


class LiveRehearsals:
    """All rehearsals of one engine, loaded when first asked for."""

    def __init__(self, store: EventStore, real: RealTime, *, lives_max: int = LIVES_MAX) -> None:
        self._store = store
        self._real = real
        self._lives: OrderedDict[str, Live] = OrderedDict()
        self._lives_max = lives_max
        self._lock = Lock()

    def get(self, name: str) -> Live:
        """Raises UnknownRehearsalError, or StoreError for a journal that cannot be read."""
        with self._lock:
            live = self._lives.get(name)
            if live is not None:
                self._lives.move_to_end(name)
                return live
        return self.adopt(name, self._load(name))

    def adopt(self, name: str, state: Rehearsal) -> Live:
        """Hold a state that was just folded; if another thread was first, return what it holds."""
        with self._lock:
            live = self._lives.setdefault(name, Live(name, state, self._real.monotonic_ms()))
            while len(self._lives) > self._lives_max:
                self._lives.popitem(last=False)
            return live

    def forget(self, name: str) -> None:
        with self._lock:
            self._lives.pop(name, None)

    def entries(self, name: str, after: int, limit: int | None) -> list[Entry]:
        payloads = self._store.load(name, after)
        return [_decoded(name, payload) for payload in payloads[:limit]]

    def _load(self, name: str) -> Rehearsal:
        entries = self.entries(name, 0, None)
        try:
            return replay(entry.event for entry in entries)
        except ValueError as error:
            raise StoreError(f"rehearsal {name}: its journal cannot be replayed: {error}") from None


def _decoded(name: str, payload: bytes) -> Entry:
    try:
        return decode(payload)
    except ValueError as error:
        raise StoreError(
            f"rehearsal {name}: its journal holds an entry this version cannot read: {error}"
        ) from None
