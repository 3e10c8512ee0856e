"""A simulator in this process that can be killed and comes back on the same store.

It is a WSGI application like the one it holds. A process that dies takes its memory with it, so a
new application is built; only what the store has kept is left.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any

from mock_server.adapters.clock import FixedTime
from mock_server.adapters.memory_store import MemoryEventStore
from mock_server.app import create_app
from mock_server.ports import EventStore, RehearsalRecord

TOKEN = "t" * 20


class ServerKilled(BaseException):
    """The server's process is gone; not even ``except Exception`` may notice."""


class Simulator:
    """``defects`` are what it told as failures of its own; there must never be one.

    ``before_request`` is called with the number of each request, from 1, and may kill it. While
    ``tape`` is a list, what is asked is noted there: method, path with query, body.
    """

    def __init__(self, open_store: Callable[[], EventStore] | None = None) -> None:
        memory = MemoryEventStore()
        self._open_store = open_store or (lambda: memory)
        self.defects: list[str] = []
        self.requests = 0
        self.restarts = 0
        self.before_request: Callable[[int], None] = nothing
        self.tape: list[tuple[str, str, bytes]] | None = None
        self._begin()

    def _begin(self) -> None:
        self.store = self._open_store()
        self.app = create_app(
            store=self.store,
            token=TOKEN,
            real=FixedTime("2030-01-01T00:00:00.000Z"),
            report=self.defects.append,
            pause=nothing,
        )

    def kill(self) -> None:
        """Die and come back, with nothing in memory."""
        self.restarts += 1
        self.store.close()
        self._begin()

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        self.requests += 1
        self.before_request(self.requests)
        if self.tape is not None:
            self.tape.append(_read(environ))
        try:
            return _Body(self, self.app(environ, start_response))
        except ServerKilled:
            raise self._lost() from None

    def _lost(self) -> ConnectionResetError:
        self.kill()
        return ConnectionResetError("the server was killed")


def _read(environ: dict[str, Any]) -> tuple[str, str, bytes]:
    body = environ["wsgi.input"].read()
    environ["wsgi.input"] = BytesIO(body)
    query = environ["QUERY_STRING"]
    path = f"{environ['PATH_INFO']}?{query}" if query else environ["PATH_INFO"]
    return environ["REQUEST_METHOD"], path, body


class _Body:
    """What it answers, piece by piece; it may die between two of them."""

    def __init__(self, simulator: Simulator, pieces: Iterable[bytes]) -> None:
        self._simulator = simulator
        self._pieces = pieces
        self._iterator = iter(pieces)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._iterator)
        except ServerKilled:
            raise self._simulator._lost() from None

    def close(self) -> None:
        close = getattr(self._pieces, "close", None)
        if close is not None:
            close()


class DeadlyStore:
    """A store in whose ``deadly``-th append the server dies, the entries kept or not.

    Give it to a Simulator by ``lambda: store``: the one who comes back finds what was kept.
    """

    def __init__(self, store: EventStore, deadly: int, *, kept: bool) -> None:
        self._store = store
        self._deadly = deadly
        self._kept = kept
        self.appends = 0

    def append(self, name: str, expected: int, payloads: Sequence[bytes]) -> None:
        self.appends += 1
        if self.appends != self._deadly:
            self._store.append(name, expected, payloads)
            return
        if self._kept:
            self._store.append(name, expected, payloads)
        raise ServerKilled

    def create(self, record: RehearsalRecord, payloads: Sequence[bytes] = ()) -> None:
        self._store.create(record, payloads)

    def rehearsals(self) -> Sequence[RehearsalRecord]:
        return self._store.rehearsals()

    def record(self, name: str) -> RehearsalRecord:
        return self._store.record(name)

    def load(self, name: str, after: int = 0) -> Sequence[bytes]:
        return self._store.load(name, after)

    def truncate(self, name: str, after: int) -> None:
        self._store.truncate(name, after)

    def delete(self, name: str) -> None:
        self._store.delete(name)

    def close(self) -> None:
        self._store.close()


def nothing(_of: object) -> None:
    """Do nothing: the default of what a test may put in."""
