"""Rehearsals held in memory: the folded state beside the log's last sequence number.

A bounded number is kept; the least recently used one is dropped and folded again when needed.
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import reduce
from itertools import islice
from threading import Lock, RLock
from zlib import crc32

import msgspec
from msgspec.structs import replace

from mock_server.domain.clock import Clock, ClockMode
from mock_server.journal import Actor, AnyEvent, Entry, decode, encode, iso_wib
from mock_server.ports import EventStore, RealTime, StoreError
from mock_server.rehearsal import Rehearsal, next_due_ms, replay

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


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """What a rehearsal is at one moment. Replaced whole: nobody sees half of a change.

    ``due_ms`` is when something falls due by itself, None for never. ``mark`` stands for the whole
    history: two histories of equal length differ in it, also of one name before and after a reset.
    ``moving``: its clock is being set, and no instant may be shown until it is.
    """

    state: Rehearsal
    due_ms: int | None
    mark: int
    moving: bool = False

    def is_quiet(self, now_ms: int) -> bool:
        """Tell whether nothing has fallen due by ``now_ms``."""
        return self.due_ms is None or now_ms < self.due_ms


def _moment(state: Rehearsal, mark: int) -> Moment:
    return Moment(state=state, due_ms=next_due_ms(state), mark=mark)


class Live:
    """One rehearsal in memory. ``lock`` is held by whoever changes it; reading ``moment`` needs
    none. Once ``retired`` it counts no more: whoever waited for the lock asks for it anew."""

    __slots__ = ("lock", "moment", "name", "retired")

    def __init__(
        self, name: str, state: Rehearsal, mark: int, real_ms: int, shown: Clock | None = None
    ) -> None:
        """A rehearsal that comes back from its store goes on where its last event left it, but
        never before an instant that ``shown``, its clock of before, may have shown."""
        self.name = name
        self.lock = RLock()
        self.retired = False
        at_ms = max(state.clock.at_ms, state.station.at_ms)
        if shown is not None:
            at_ms = max(at_ms, shown.now_ms(real_ms))
        self.moment = _moment(replace(state, clock=state.clock.tied(at_ms, real_ms)), mark)

    def become(self, state: Rehearsal, payloads: Iterable[bytes], real_ms: int) -> None:
        """Take the next state, reached by the entries ``payloads``; a clock that was set or moved
        is tied to real time there."""
        before = self.moment
        if state.clock is not before.state.clock:
            state = replace(state, clock=state.clock.tied(state.clock.at_ms, real_ms))
        self.moment = _moment(state, marked(payloads, before.mark))

    @contextmanager
    def clock_held(self) -> Iterator[None]:
        """Let no instant be shown meanwhile. Ask what time it is only within."""
        self.moment = replace(self.moment, moving=True)
        try:
            yield
        finally:
            if self.moment.moving:
                self.moment = replace(self.moment, moving=False)

    def seen(self, real: RealTime) -> tuple[Moment, int] | None:
        """Return the moment and its instant without waiting, or None if it is changing now."""
        moment = self.moment
        now_ms = moment.state.clock.now_ms(real.monotonic_ms())
        if moment.moving or self.moment is not moment:
            return None
        return moment, now_ms


def marked(payloads: Iterable[bytes], before: int = 0) -> int:
    """Return the mark of a history that went on by ``payloads``."""
    return reduce(lambda mark, payload: crc32(payload, mark), payloads, before)


class LiveRehearsals:
    """All rehearsals of one engine, loaded when first asked for."""

    def __init__(self, store: EventStore, real: RealTime, *, lives_max: int = LIVES_MAX) -> None:
        self._store = store
        self._real = real
        self._lives: OrderedDict[str, Live] = OrderedDict()
        self._lives_max = lives_max
        self._clocks: dict[str, Clock] = {}  # running ones, of rehearsals not in memory now
        self._put_aways = [0] * 256  # how many, by name's hash: what was loaded before may be old
        self._lock = Lock()

    def get(self, name: str) -> Live:
        """Raises UnknownRehearsalError, or StoreError for a journal that cannot be read."""
        while True:
            with self._lock:
                live = self._lives.get(name)
                if live is not None:
                    self._lives.move_to_end(name)
                    return live
                put_aways = self._put_aways[_slot(name)]
            payloads = self._store.load(name)
            state = _replayed(name, payloads)
            with self._lock:
                if self._put_aways[_slot(name)] == put_aways:
                    return self._adopt(name, state, marked(payloads))

    def adopt(self, name: str, state: Rehearsal, payloads: Iterable[bytes]) -> Live:
        """Hold a state that was just folded; if another thread was first, return what it holds."""
        with self._lock:
            return self._adopt(name, state, marked(payloads))

    @contextmanager
    def locked(self, name: str) -> Iterator[Live]:
        """Hold the lock of the one that counts. Raises what ``get`` raises."""
        while True:
            live = self.get(name)
            with live.lock:
                if not live.retired:
                    yield live
                    return

    def seen(self, name: str) -> tuple[Moment, int]:
        """Return the present moment and its instant; waits only while it changes."""
        seen = self.get(name).seen(self._real)
        if seen is not None:
            return seen
        with self.locked(name) as live:
            moment = live.moment
            return moment, moment.state.clock.now_ms(self._real.monotonic_ms())

    def _adopt(self, name: str, state: Rehearsal, mark: int) -> Live:
        live = self._lives.get(name)
        if live is None:
            shown = self._clocks.pop(name, None)
            live = Live(name, state, mark, self._real.monotonic_ms(), shown)
            self._lives[name] = live
            self._evict()
        return live

    def _evict(self) -> None:
        """Put away those that were not asked for longest, but none that is at work."""
        for name in list(islice(self._lives, max(0, len(self._lives) - self._lives_max))):
            live = self._lives[name]
            if live.lock.acquire(blocking=False):
                try:
                    self._put_away(live)
                finally:
                    live.lock.release()
            else:
                self._lives.move_to_end(name)

    def _put_away(self, live: Live) -> None:
        self._drop(live.name)
        clock = live.moment.state.clock
        if clock.mode is ClockMode.RUNNING:
            self._clocks[live.name] = clock

    def reload(self, live: Live) -> None:
        """Put one away whose journal has gone on elsewhere; the next who asks reads it."""
        with self._lock:
            if not live.retired:
                self._put_away(live)

    def forget(self, name: str) -> None:
        """Forget one whose history has ended, its clock too."""
        with self._lock:
            self._drop(name)
            self._clocks.pop(name, None)

    def _drop(self, name: str) -> None:
        self._put_aways[_slot(name)] += 1
        live = self._lives.pop(name, None)
        if live is not None:
            live.retired = True

    def entries(self, name: str, after: int, limit: int | None) -> list[Entry]:
        payloads = self._store.load(name, after)
        return [_decoded(name, payload) for payload in payloads[:limit]]


def _slot(name: str) -> int:
    return hash(name) & 0xFF


def _replayed(name: str, payloads: Iterable[bytes]) -> Rehearsal:
    try:
        return replay(_decoded(name, payload).event for payload in payloads)
    except ValueError as error:
        raise StoreError(f"rehearsal {name}: its journal cannot be replayed: {error}") from None


def _decoded(name: str, payload: bytes) -> Entry:
    try:
        return decode(payload)
    except ValueError as error:
        raise StoreError(
            f"rehearsal {name}: its journal holds an entry this version cannot read: {error}"
        ) from None
