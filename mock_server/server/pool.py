"""The worker threads: few while they work, more while they wait.

Python runs one thread at a time, so that more than a few make every answer later. But a thread
that waits (a slow client, a fault that takes its time) serves nobody else; then others join.
"""

from collections.abc import Callable
from queue import Queue
from threading import Event, Thread
from typing import Any

from cheroot.workers.threadpool import ThreadPool, WorkerThread

STARVED_S = 0.025  # connections wait and no thread has taken one for so long: all threads wait too


class Pool(ThreadPool):
    """``least`` threads, and up to ``most`` as long as the others are held up."""

    # What cheroot's stubs leave out.
    _queue: Queue[Any]
    _threads: list[WorkerThread]
    _spawn_worker: Callable[[], WorkerThread]
    _clear_dead_threads: Callable[[], None]

    def __init__(self, server: Any, *, least: int, most: int) -> None:
        super().__init__(server, min=least, max=most)
        self._taken = 0  # may miss one, which only delays help
        self._queued = Event()
        self._stopping = False
        self.get = self._take

    @property
    def size(self) -> int:
        """The number of threads there are now."""
        return len(self._threads)

    def start(self) -> None:
        super().start()
        Thread(target=self._watch, name="pool", daemon=True).start()

    def put(self, obj: Any) -> None:
        super().put(obj)
        if not self._queued.is_set():
            self._queued.set()

    def grow(self, amount: int) -> None:
        """Add threads without waiting to see them come up: the queue waits for them anyway."""
        room = int(self.max) - self.size
        self._threads.extend(self._spawn_worker() for _ in range(max(0, min(amount, room))))

    def stop(self, timeout: int = 5) -> None:
        self._stopping = True
        self._queued.set()
        super().stop(timeout)

    def _take(self) -> Any:
        item = self._queue.get()
        self._taken += 1
        return item

    def _watch(self) -> None:
        pause = Event()  # never set: a sleep
        while not self._stopping:
            self._queued.wait()
            self._queued.clear()
            while self.qsize and not self._stopping:
                taken = self._taken
                pause.wait(STARVED_S)
                if self._taken == taken and self.qsize and not self._stopping:
                    self._clear_dead_threads()
                    self.grow(1)
            if self.size > self.min and self.idle > 1:
                self.shrink(1)
