"""A lock that serves in the order of asking."""

from collections import deque
from threading import Lock


class Turns:
    """Like Lock in a ``with``. A plain one lets a thread that comes late pass all who wait."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._taken = False
        self._waiting: deque[Lock] = deque()  # one locked lock each; releasing it says "your turn"

    def __enter__(self) -> None:
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            call = Lock()
            call.acquire()
            self._waiting.append(call)
        try:
            call.acquire()
        except BaseException:
            self._give_up(call)
            raise

    def __exit__(self, *_: object) -> None:
        with self._guard:
            self._call_next()

    @property
    def waiting(self) -> int:
        """How many wait for their turn at this moment."""
        with self._guard:
            return len(self._waiting)

    def _give_up(self, call: Lock) -> None:
        """Leave the queue (Ctrl-C while waiting); a turn that came at that instant is passed on."""
        with self._guard:
            if call in self._waiting:
                self._waiting.remove(call)
            else:
                self._call_next()

    def _call_next(self) -> None:
        """Expects the guard to be held."""
        if self._waiting:
            self._waiting.popleft().release()
        else:
            self._taken = False
