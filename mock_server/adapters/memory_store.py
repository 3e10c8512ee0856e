"""Stores that forget when the process ends: for tests, CI and short rehearsals."""

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Generic, TypeVar

from mock_server.adapters import store_errors
from mock_server.ports import CohortRecord, RehearsalRecord, StoreError

Record = TypeVar("Record", RehearsalRecord, CohortRecord)


class _MemoryStreams(Generic[Record]):
    """Keeps every promise of EventStore, but for surviving a crash."""

    def __init__(
        self, *, unknown: Callable[[str], StoreError], taken: Callable[[str], StoreError]
    ) -> None:
        # One dict, so that a record and its journal come and go together; it keeps the order of
        # creation.
        self._kept: dict[str, tuple[Record, list[bytes]]] = {}
        self._lock = Lock()
        self._unknown = unknown
        self._taken = taken

    def create(self, record: Record, payloads: Sequence[bytes] = ()) -> None:
        with self._lock:
            if record.name in self._kept:
                raise self._taken(record.name)
            self._kept[record.name] = (record, list(payloads))

    def records(self) -> Sequence[Record]:
        with self._lock:
            return tuple(record for record, _ in self._kept.values())

    def record(self, name: str) -> Record:
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

    def _find(self, name: str) -> tuple[Record, list[bytes]]:
        """Expects the lock to be held."""
        found = self._kept.get(name)
        if found is None:
            raise self._unknown(name)
        return found


class MemoryCohortStore(_MemoryStreams[CohortRecord]):
    """Keeps every promise of CohortStore, but for surviving a crash."""

    def __init__(self) -> None:
        super().__init__(unknown=store_errors.unknown_class, taken=store_errors.class_taken)
        self._facts: dict[str, str] = {}

    def fact(self, key: str) -> str | None:
        with self._lock:
            return self._facts.get(key)

    def keep_fact(self, key: str, value: str) -> str:
        with self._lock:
            return self._facts.setdefault(key, value)

    def replace_fact(self, key: str, value: str) -> None:
        with self._lock:
            self._facts[key] = value

    def drop_fact(self, key: str) -> None:
        with self._lock:
            self._facts.pop(key, None)


class MemoryEventStore(_MemoryStreams[RehearsalRecord]):
    """Keeps every promise of EventStore, but for surviving a crash."""

    def __init__(self) -> None:
        super().__init__(unknown=store_errors.unknown, taken=store_errors.taken)
        self._cohorts = MemoryCohortStore()

    @property
    def cohorts(self) -> MemoryCohortStore:
        """The classes, forgotten at the same moment."""
        return self._cohorts

    def rehearsals(self) -> Sequence[RehearsalRecord]:
        return self.records()

    def close(self) -> None:
        """Nothing to let go of."""
