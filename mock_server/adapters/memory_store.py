"""An event store that forgets when the process ends: for tests, CI and short rehearsals."""

from collections.abc import Sequence
from threading import Lock

from mock_server.adapters import store_errors
from mock_server.ports import RehearsalRecord


class MemoryEventStore:
    """Keeps every promise of EventStore, but for surviving a crash."""

    def __init__(self) -> None:
        # One dict, so that a record and its journal come and go together; it keeps the order of
        # creation.
        self._kept: dict[str, tuple[RehearsalRecord, list[bytes]]] = {}
        self._lock = Lock()

    def create(self, record: RehearsalRecord, payloads: Sequence[bytes] = ()) -> None:
        with self._lock:
            if record.name in self._kept:
                raise store_errors.taken(record.name)
            self._kept[record.name] = (record, list(payloads))

    def rehearsals(self) -> Sequence[RehearsalRecord]:
        with self._lock:
            return tuple(record for record, _ in self._kept.values())

    def record(self, name: str) -> RehearsalRecord:
        with self._lock:
            return self._find(name)[0]

    def load(self, name: str, after: int = 0) -> Sequence[bytes]:
        with self._lock:
            return tuple(self._find(name)[1][max(after, 0) :])

    def append(self, name: str, expected: int, payloads: Sequence[bytes]) -> None:
        with self._lock:
            _, journal = self._find(name)
            if len(journal) != expected:
                raise store_errors.conflict(name, expected, last=len(journal))
            journal.extend(payloads)

    def truncate(self, name: str, after: int) -> None:
        with self._lock:
            del self._find(name)[1][max(after, 0) :]

    def delete(self, name: str) -> None:
        with self._lock:
            self._find(name)
            del self._kept[name]

    def close(self) -> None:
        """Nothing to let go of."""

    def _find(self, name: str) -> tuple[RehearsalRecord, list[bytes]]:
        """Expects the lock to be held."""
        found = self._kept.get(name)
        if found is None:
            raise store_errors.unknown(name)
        return found
