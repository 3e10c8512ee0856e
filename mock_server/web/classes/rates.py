"""How often somebody may be wrong: of codes and passphrases, by the address that asked."""

from collections import OrderedDict, deque
from threading import Lock

from mock_server.ports import RealTime

ADDRESSES_MAX = 2_000


class Rates:
    """Counts mistakes in a sliding stretch of real time. Who is right is never counted."""

    def __init__(self, real: RealTime, *, mistakes: int, within_ms: int, everybody: int) -> None:
        """``mistakes`` are one address's, ``everybody`` those of all addresses together."""
        self._real = real
        self._mistakes = mistakes
        self._within_ms = within_ms
        self._everybody = everybody
        self._made: OrderedDict[str, deque[int]] = OrderedDict()
        self._lock = Lock()

    def wait_s(self, address: str) -> int:
        """Return how long this address has to wait before it may try again, 0 for not at all."""
        with self._lock:
            now_ms = self._real.monotonic_ms()
            own = self._recent(address, now_ms)
            all_ = sorted(at for of in self._made.values() for at in of if self._counts(at, now_ms))
            free_ms = 0
            if len(own) >= self._mistakes:
                free_ms = own[-self._mistakes] + self._within_ms
            if len(all_) >= self._everybody:
                free_ms = max(free_ms, all_[-self._everybody] + self._within_ms)
            return max(0, -(-(free_ms - now_ms) // 1000))

    def mistaken(self, address: str) -> None:
        with self._lock:
            self._recent(address, self._real.monotonic_ms())
            made = self._made.setdefault(address, deque(maxlen=self._mistakes))
            made.append(self._real.monotonic_ms())
            self._made.move_to_end(address)
            while len(self._made) > ADDRESSES_MAX:
                self._made.popitem(last=False)

    def _recent(self, address: str, now_ms: int) -> deque[int]:
        made = self._made.get(address, deque())
        while made and not self._counts(made[0], now_ms):
            made.popleft()
        return made

    def _counts(self, at_ms: int, now_ms: int) -> bool:
        return now_ms - at_ms < self._within_ms
