"""The virtual clock of one rehearsal: its modes and how it moves. Forward only.

Pure: real milliseconds come in as an argument and never leave. ``frozen`` stands still for
everybody, ``manual`` moves when told, ``running`` moves ``speed`` times as fast as real time.
"""

from enum import StrEnum

import msgspec

from mock_server.domain.events import Happened


class ClockMode(StrEnum):
    FROZEN = "frozen"
    MANUAL = "manual"
    RUNNING = "running"


class ClockSet(Happened, frozen=True, kw_only=True):
    """The mode changed; ``at_ms`` is the virtual instant at which it did."""

    mode: ClockMode
    speed: int  # 1 or more; meaningful when running


class ClockMoved(Happened, frozen=True, kw_only=True):
    """Somebody moved the clock forward to ``at_ms``."""


ClockEvent = ClockSet | ClockMoved


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """A clock tied to real time at one point: virtual ``at_ms`` was real ``real_ms``."""

    mode: ClockMode = ClockMode.FROZEN
    speed: int = 1
    at_ms: int = 0
    real_ms: int = 0

    def now_ms(self, real_ms: int) -> int:
        """Return the virtual instant; never earlier than ``at_ms``."""
        if self.mode is not ClockMode.RUNNING:
            return self.at_ms
        return self.at_ms + max(0, real_ms - self.real_ms) * self.speed

    def tied(self, at_ms: int, real_ms: int) -> "Clock":
        """Return the same clock, standing at ``at_ms`` when real time is ``real_ms``."""
        return msgspec.structs.replace(self, at_ms=at_ms, real_ms=real_ms)
