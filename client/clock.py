"""How the client lets time pass. Bounds count the station's clock; these only pace the looking.

The one place of the client where real time is read.
"""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    def saw(self, now_ms: int) -> None:
        """Take note of the station's clock, as an answer showed it."""

    def wait(self, for_ms: int, now_ms: int) -> None:
        """Let about ``for_ms`` of the station's clock pass, or less; ``now_ms`` is where it stands.

        Raises ClockStandsStillError when there is no hope that it ever moves.
        """

    def pause(self, for_s: int, now_ms: int, tries: int) -> None:
        """Let ``for_s`` seconds of the station's clock pass before another try.

        Real trouble takes real time, so there is a real pause too; ``tries`` counts from 1.
        """


class ClockStandsStillError(Exception):
    """The station's clock has not moved for ``still_s`` real seconds."""

    def __init__(self, still_s: float) -> None:
        super().__init__(f"the station's clock has not moved for {still_s:.0f} s")
        self.still_s = still_s


class RealTime:
    """Real time itself, so that tests can have another."""

    def monotonic_s(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)

    def now(self) -> datetime:
        """Return the wall clock of this computer, with its offset."""
        return datetime.now().astimezone()


class RealClock:
    """Waits in real time, as fast as the station's clock is seen to run.

    At high speed never longer than a second between two looks, so that a person sees it move.
    """

    HIGH_SPEED = 5.0
    PAUSE_MIN_S, PAUSE_MAX_S, SLOW_PAUSE_MAX_S = 0.02, 1.0, 5.0
    PAUSE_LONGEST_S = 60.0
    SPAN_MIN_S = 0.2  # of real time, for a fair estimate of the speed

    def __init__(self, time: RealTime, *, still_s_max: float) -> None:
        self._time = time
        self._still_s_max = still_s_max
        self._first: tuple[float, int] | None = None
        self._moved_s = time.monotonic_s()
        self._last_ms: int | None = None
        self.speed: float | None = None  # not seen yet

    def saw(self, now_ms: int) -> None:
        real_s = self._time.monotonic_s()
        if self._first is None or now_ms < self._first[1]:
            self._first = (real_s, now_ms)
        elif real_s - self._first[0] >= self.SPAN_MIN_S:
            seen = (now_ms - self._first[1]) / 1000 / (real_s - self._first[0])
            self.speed = max(0.01, seen)
            if now_ms > self._first[1]:
                self._first = (real_s, now_ms)
        if now_ms != self._last_ms:
            self._last_ms, self._moved_s = now_ms, real_s

    def wait(self, for_ms: int, now_ms: int) -> None:
        del now_ms
        still_s = self._time.monotonic_s() - self._moved_s
        if still_s > self._still_s_max:
            raise ClockStandsStillError(still_s)
        if self.speed is None:
            # A guess may overshoot by an hour where the clock runs fast: look again soon instead.
            self._time.sleep(self.SPAN_MIN_S)
            return
        longest = self.PAUSE_MAX_S if self.speed > self.HIGH_SPEED else self.SLOW_PAUSE_MAX_S
        seconds = for_ms / 1000 / self.speed
        self._time.sleep(min(longest, max(self.PAUSE_MIN_S, seconds)))

    def pause(self, for_s: int, now_ms: int, tries: int) -> None:
        del now_ms
        real_s = 0.25 * 2**tries
        if self.speed is None:
            # As in wait: where the clock runs fast, a guess could spend hours of it.
            self._time.sleep(real_s)
            return
        self._time.sleep(max(real_s, min(for_s / self.speed, self.PAUSE_LONGEST_S)))


class VirtualClock:
    """Moves the rehearsal's own clock instead of waiting.

    ``advance_to(ms)`` asks the control plane and says whether the clock stands there now or later.
    """

    TRIES_MAX = 4

    def __init__(self, advance_to: Callable[[int], bool], time: RealTime) -> None:
        self._advance_to = advance_to
        self._time = time
        self._moved_ms = 0  # where the last pause left it: no answer has shown that yet

    def saw(self, now_ms: int) -> None:
        """The rehearsal's clock is ours to move; there is nothing to note."""

    def wait(self, for_ms: int, now_ms: int) -> None:
        for tries in range(1, self.TRIES_MAX + 1):
            if self._advance_to(now_ms + for_ms):
                return
            self._time.sleep(0.1 * 2**tries)
        raise ClockStandsStillError(0.1 * 2**self.TRIES_MAX)

    def pause(self, for_s: int, now_ms: int, tries: int) -> None:
        to_ms = max(now_ms, self._moved_ms) + for_s * 1000
        if self._advance_to(to_ms):
            self._moved_ms = to_ms
        else:
            self._time.sleep(0.1 * 2**tries)
