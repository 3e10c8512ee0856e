"""What the engine needs from the outside world, as protocols. No implementation."""

from collections.abc import Sequence
from typing import Protocol

import msgspec

from mock_server.domain.setup import School


class RehearsalRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What a store keeps about a rehearsal besides its events; nothing of it enters a journal."""

    name: str  # unguessable; the only key to a rehearsal
    scenario: str
    created: str  # real time, ISO 8601 UTC
    label: str = ""  # for people: a seat, a CI job
    parent: str = ""  # the rehearsal it was forked from
    document: str = ""  # the scenario it runs, as JSON; what is expected of it stands there


class StoreError(Exception):
    """The store cannot be used as it is; the message says what to do about it."""


class UnknownRehearsalError(StoreError):
    """No rehearsal has this name."""


class NameTakenError(StoreError):
    """A rehearsal with this name exists already."""


class ConflictError(StoreError):
    """Somebody else appended first: the expected sequence number is no longer the last one."""


class EventStore(Protocol):
    """Keeps journals as opaque payloads, in order. Safe to call from several threads."""

    def create(self, record: RehearsalRecord, payloads: Sequence[bytes] = ()) -> None:
        """Keep a new rehearsal with its first entries, all or nothing. Raises NameTakenError."""

    def rehearsals(self) -> Sequence[RehearsalRecord]:
        """Return all records, oldest first."""

    def record(self, name: str) -> RehearsalRecord:
        """Raises UnknownRehearsalError."""

    def load(self, name: str, after: int = 0) -> Sequence[bytes]:
        """Return the payloads with a sequence number above ``after``, in order.

        Raises UnknownRehearsalError.
        """

    def append(self, name: str, expected: int, payloads: Sequence[bytes]) -> None:
        """Append after sequence number ``expected`` (0: the journal is empty), all or nothing.

        When it returns, the payloads survive a crash as far as the store can promise.
        Raises ConflictError, UnknownRehearsalError; on any error nothing was written.
        """

    def truncate(self, name: str, after: int) -> None:
        """Forget the entries with a sequence number above ``after``, all or nothing.

        Raises UnknownRehearsalError.
        """

    def delete(self, name: str) -> None:
        """Forget a rehearsal and its journal. Raises UnknownRehearsalError."""

    def close(self) -> None: ...


class CohortRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What a store keeps about a class, or about one who learns alone, besides its events."""

    name: str  # unguessable
    created: str  # real time, ISO 8601 UTC


class UnknownCohortError(StoreError):
    """No class has this name."""


class CohortStore(Protocol):
    """Keeps the streams of classes, and the few facts of the house. Promises as EventStore's."""

    def create(self, record: CohortRecord, payloads: Sequence[bytes] = ()) -> None:
        """Keep a new class with its first entries, all or nothing. Raises NameTakenError."""

    def records(self) -> Sequence[CohortRecord]:
        """Return all records, oldest first."""

    def load(self, name: str, after: int = 0) -> Sequence[bytes]:
        """Return the payloads above ``after``, in order. Raises UnknownCohortError."""

    def append(self, name: str, expected: int, payloads: Sequence[bytes]) -> None:
        """Append after ``expected``, all or nothing. Raises ConflictError, UnknownCohortError."""

    def delete(self, name: str) -> None:
        """Forget a class and its stream. Raises UnknownCohortError."""

    def fact(self, key: str) -> str | None:
        """Return a fact of the house, None if it was never kept."""

    def keep_fact(self, key: str, value: str) -> str:
        """Keep a fact unless one is kept already; return the one that stands then."""

    def replace_fact(self, key: str, value: str) -> None:
        """Keep a fact in place of any earlier one."""

    def drop_fact(self, key: str) -> None:
        """Forget a fact; nothing if it was never kept."""


class Store(EventStore, Protocol):
    """All that is kept: the journals of rehearsals and, beside them, the classes."""

    @property
    def cohorts(self) -> CohortStore: ...


class RealTime(Protocol):
    """The only place where real time comes from."""

    def monotonic_ms(self) -> int: ...

    def iso_utc(self) -> str:
        """Return the wall clock as ISO 8601 in UTC, milliseconds."""


class Names(Protocol):
    """Makes unguessable names for rehearsals."""

    def new(self) -> str: ...


class Tokens(Protocol):
    """Makes what must not be guessed about classes."""

    def token(self) -> str:
        """Return a name of a class, or the key to a seat."""

    def code(self) -> str:
        """Return a class code: six letters and digits that nobody mistakes for others."""


class Participant(msgspec.Struct, frozen=True, kw_only=True):
    username: str
    name: str
    group: str  # kelompok, the session of the day: "1", "2", "3"


class People(Protocol):
    """Fictional schools and pupils. The same arguments give the same answer, in any order."""

    def school(self, scenario: str, seed: int) -> School: ...

    def server_ids(self, scenario: str, seed: int, count: int) -> tuple[str, ...]:
        """Return ``count`` different ID Server, fictional and marked so."""

    def serial_number(self, scenario: str, seed: int, machine: str) -> str:
        """Return the SN of a machine: eight groups of four hexadecimal digits."""

    def participants(
        self, scenario: str, seed: int, server_id: str, count: int
    ) -> tuple[Participant, ...]:
        """Return the pupils registered for one server, in the order of their usernames."""

    def former_participants(
        self, scenario: str, seed: int, server_id: str, count: int
    ) -> tuple[Participant, ...]:
        """Return the pupils of the previous phase: what an old backup holds."""


class BackupFile(msgspec.Struct, frozen=True, kw_only=True):
    name: str  # ends in .Source
    size_bytes: int
    sha256: str  # lower-case hex


class BackupFiles(Protocol):
    """Real bytes of a backup, made on demand; the same arguments give the same bytes."""

    def describe(self, key: "BackupKey") -> BackupFile: ...

    def read(self, key: "BackupKey", start: int, stop: int) -> bytes:
        """Return bytes ``start`` to ``stop`` (exclusive)."""


class BackupKey(msgspec.Struct, frozen=True, kw_only=True):
    """What determines a backup's bytes."""

    scenario: str
    seed: int
    server_id: str  # '' if none was submitted
    number: int
    rows: int  # 0: an empty backup
    size_bytes: int
