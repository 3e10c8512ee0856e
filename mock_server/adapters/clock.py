"""Real time, the only place where the server asks for it, and a stand-in that moves when told."""

import time
from datetime import UTC, datetime, timedelta


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class SystemTime:
    """The machine's own clocks."""

    def monotonic_ms(self) -> int:
        """Return milliseconds that never go back, whoever sets the machine's clock."""
        return time.monotonic_ns() // 1_000_000

    def iso_utc(self) -> str:
        return _iso(datetime.now(UTC))


class FixedTime:
    """Real time as an argument: for rehearsals that real time must not touch, and for tests.

    It stands still until ``advance`` is called. Raises ValueError if ``iso_utc`` is no ISO 8601
    instant with a zone.
    """

    def __init__(self, iso_utc: str, monotonic_ms: int = 0) -> None:
        self._now = datetime.fromisoformat(iso_utc)
        if self._now.tzinfo is None:
            raise ValueError(f"{iso_utc!r} has no zone: write it as 2017-04-08T00:40:00Z")
        self._monotonic_ms = monotonic_ms

    def monotonic_ms(self) -> int:
        return self._monotonic_ms

    def iso_utc(self) -> str:
        return _iso(self._now)

    def advance(self, ms: int) -> None:
        """Move both clocks. Raises ValueError if ``ms`` is below 0."""
        if ms < 0:
            raise ValueError(f"time runs forward only: {ms} ms")
        self._now += timedelta(milliseconds=ms)
        self._monotonic_ms += ms
