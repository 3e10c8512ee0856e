"""When each seat was last heard of, and when somebody last pressed something there.

Real time, monotonic, in memory alone: it means nothing after a start.
"""

from mock_server.classroom.registry import Where
from mock_server.ports import RealTime

AWAY_MS = 5 * 60_000  # who is away for longer has closed the laptop
IDLE_MS = 5 * 60_000  # the page is open, and nobody has pressed anything


class Presence:
    def __init__(self, real: RealTime) -> None:
        self._real = real
        self._seen_ms: dict[Where, int] = {}
        self._acted_ms: dict[Where, int] = {}

    def seen(self, where: Where) -> None:
        self._seen_ms[where] = self._real.monotonic_ms()

    def acted(self, where: Where) -> None:
        self._acted_ms[where] = self._real.monotonic_ms()

    def seen_ago_ms(self, where: Where) -> int | None:
        """Return how long ago the seat last asked for anything; None: not since the start."""
        seen_ms = self._seen_ms.get(where)
        return None if seen_ms is None else self._real.monotonic_ms() - seen_ms

    def was_away(self, where: Where) -> bool:
        ago_ms = self.seen_ago_ms(where)
        return ago_ms is not None and ago_ms > AWAY_MS

    def is_idle(self, where: Where) -> bool:
        """Tell whether nobody has pressed anything for long; counted from the first question."""
        now_ms = self._real.monotonic_ms()
        return now_ms - self._acted_ms.setdefault(where, now_ms) > IDLE_MS

    def forget(self, where: Where) -> None:
        self._seen_ms.pop(where, None)
        self._acted_ms.pop(where, None)
