"""What each rehearsal heard, in order: which operation, what it was answered, when. Never bodies.

Bounded by count; what was forgotten is counted, so that a verdict can say that it does not know.
"""

from collections import Counter, deque
from threading import Lock

import msgspec

KEPT_MAX = 2_000  # of one rehearsal
KEPT_IN_ALL_MAX = 200_000  # about 40 MiB; then the oldest rehearsals' logs are emptied first
REHEARSALS_MAX = 20_000
PATH_SHOWN_MAX = 80


class Heard(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One request. ``n`` counts those of the same operation (or path), 1-based.

    ``op`` is '' for what is no operation; ``at_ms`` None where no station could tell the time.
    ``status`` is 0 where a fault broke the connection instead of an answer. ``events`` is how long
    the journal was when it was answered; the last ``caused`` of them are its own.
    """

    seq: int
    op: str
    method: str
    path: str  # below api/; without its query, and cut
    status: int
    refused: str  # the code, or ''
    n: int
    at_ms: int | None
    events: int = 0
    caused: int = 0


class _Log:
    __slots__ = ("counts", "entries", "lock", "total")

    def __init__(self) -> None:
        self.entries: deque[Heard] = deque(maxlen=KEPT_MAX)
        self.counts: Counter[str] = Counter()
        self.total = 0
        self.lock = Lock()


class RequestLog:
    """The logs of all rehearsals. Safe to call from several threads."""

    def __init__(self, kept_in_all_max: int = KEPT_IN_ALL_MAX) -> None:
        self._logs: dict[str, _Log] = {}
        self._kept = 0  # in all, about: nobody counts on it
        self._kept_max = kept_in_all_max
        self._shedding = Lock()

    def heard(
        self,
        name: str,
        *,
        op: str,
        method: str,
        path: str,
        status: int,
        refused: str = "",
        at_ms: int | None = None,
        events: int = 0,
        caused: int = 0,
    ) -> None:
        log = self._logs.get(name)
        if log is None:
            log = self._new(name)
        self._kept += 1
        if self._kept > self._kept_max:
            self._shed()
        shown = path if op else path[:PATH_SHOWN_MAX]
        with log.lock:
            log.total += 1
            log.counts[op or "other"] += 1
            log.entries.append(
                Heard(
                    seq=log.total,
                    op=op,
                    method=method,
                    path=shown,
                    status=status,
                    refused=refused,
                    n=log.counts[op or "other"],
                    at_ms=at_ms,
                    events=events,
                    caused=caused,
                )
            )

    def of(self, name: str) -> tuple[tuple[Heard, ...], int]:
        """Return what is kept of a rehearsal's requests, oldest first, and how many are not."""
        log = self._logs.get(name)
        if log is None:
            return (), 0
        with log.lock:
            kept = tuple(log.entries)
            return kept, log.total - len(kept)

    def forget(self, name: str) -> None:
        self._logs.pop(name, None)

    def rewind(self, name: str, events: int) -> None:
        """Forget what was answered after the journal's event ``events``, as if never heard."""
        log = self._logs.get(name)
        if log is None:
            return
        with log.lock:
            while log.entries and log.entries[-1].events > events:
                undone = log.entries.pop()
                log.total -= 1
                log.counts[undone.op or "other"] -= 1

    def _shed(self) -> None:
        """Empty logs, the oldest rehearsals' first, until a quarter of the room is free."""
        with self._shedding:
            logs = list(self._logs.values())
            self._kept = sum(len(log.entries) for log in logs)
            for log in logs:
                if self._kept <= self._kept_max * 3 // 4:
                    return
                with log.lock:
                    self._kept -= len(log.entries)
                    log.entries.clear()

    def _new(self, name: str) -> _Log:
        while len(self._logs) >= REHEARSALS_MAX:
            self._logs.pop(next(iter(self._logs)), None)
        return self._logs.setdefault(name, _Log())
