"""Journals in a database, by SQLAlchemy Core: SQLite in a file, or PostgreSQL when machines share.

One append is one look, one insert-many and one commit. Only ``_speak_sqlite`` knows a dialect.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Row,
    bindparam,
    create_engine,
    delete,
    event,
    func,
    insert,
    select,
)
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import ConnectionPoolEntry

from mock_server.adapters import store_errors
from mock_server.adapters.sql_errors import explained
from mock_server.adapters.sql_schema import events, prepare, rehearsals
from mock_server.adapters.turns import Turns
from mock_server.ports import RehearsalRecord, StoreError

BUSY_TIMEOUT_MS = 5_000
_POOL_SIZE = 16  # as many as a busy server has threads; a connection is opened when first needed
_WAL_TRIES = 20
_WRITES = "cbtsync_writes"  # the execution option of a transaction that is going to write

# Built once: SQLAlchemy then finds their compiled form in its cache.
_named = rehearsals.c.name == bindparam("name")
_last_seq = (
    select(func.coalesce(func.max(events.c.seq), 0))
    .where(events.c.rehearsal == rehearsals.c.id)
    .scalar_subquery()
)
# Where rows can be locked, this holds a second writer back until the first has committed.
_END_OF_JOURNAL = select(rehearsals.c.id, _last_seq).where(_named).with_for_update(of=rehearsals)
_APPEND = insert(events)
_TRUNCATE = delete(events).where(
    events.c.rehearsal == bindparam("of_rehearsal"), events.c.seq > bindparam("after")
)
_RECORD_COLUMNS = [rehearsals.c[field] for field in RehearsalRecord.__struct_fields__]
_RECORDS = select(*_RECORD_COLUMNS).order_by(rehearsals.c.id)
_RECORD = select(*_RECORD_COLUMNS).where(_named)
# The outer join tells an unknown rehearsal (no row) from an empty journal (one row, no payload).
_JOURNAL = (
    select(events.c.payload)
    .select_from(
        rehearsals.outerjoin(
            events,
            (events.c.rehearsal == rehearsals.c.id) & (events.c.seq > bindparam("after")),
        )
    )
    .where(_named)
    .order_by(events.c.seq)
)
_DELETE = delete(rehearsals).where(_named)  # its events go with it


class SqlEventStore:
    """An EventStore in the database at ``url``; several processes may share one.

    ``place`` names the database in messages. Raises StoreError if the database cannot be used as
    it is, and from every method when it no longer can.
    """

    def __init__(self, url: URL, *, place: str, busy_timeout_ms: int = BUSY_TIMEOUT_MS) -> None:
        self._place = place
        self._engine = create_engine(url, pool_size=_POOL_SIZE)
        self._writer = self._engine.execution_options(**{_WRITES: True})
        # SQLite has one writer at a time and lets the others poll. The threads of this process
        # queue here instead, which is fairer and quicker.
        self._turn: AbstractContextManager[None] = nullcontext()
        if self._engine.dialect.name == "sqlite":
            self._turn = Turns()
            _speak_sqlite(self._engine, busy_timeout_ms)
        try:
            with self._writing() as connection:
                prepare(connection, place)
        except StoreError:
            self.close()
            raise

    def create(self, record: RehearsalRecord, payloads: Sequence[bytes] = ()) -> None:
        values = {field: getattr(record, field) for field in record.__struct_fields__}
        with self._writing() as connection:
            try:
                connection.execute(insert(rehearsals), values)
            except IntegrityError:
                raise store_errors.taken(record.name) from None
            if payloads:
                rehearsal, _ = connection.execute(_END_OF_JOURNAL, {"name": record.name}).one()
                connection.execute(_APPEND, _rows(rehearsal, 0, payloads))

    def rehearsals(self) -> Sequence[RehearsalRecord]:
        with self._reading() as connection:
            return tuple(_record(row) for row in connection.execute(_RECORDS))

    def record(self, name: str) -> RehearsalRecord:
        with self._reading() as connection:
            row = connection.execute(_RECORD, {"name": name}).one_or_none()
        if row is None:
            raise store_errors.unknown(name)
        return _record(row)

    def load(self, name: str, after: int = 0) -> Sequence[bytes]:
        with self._reading() as connection:
            payloads = connection.scalars(_JOURNAL, {"name": name, "after": after}).all()
        if not payloads:
            raise store_errors.unknown(name)
        return () if payloads[0] is None else tuple(payloads)

    def append(self, name: str, expected: int, payloads: Sequence[bytes]) -> None:
        with self._writing() as connection:
            end = connection.execute(_END_OF_JOURNAL, {"name": name}).one_or_none()
            if end is None:
                raise store_errors.unknown(name)
            rehearsal, last = end
            if last != expected:
                raise store_errors.conflict(name, expected, last=last)
            if not payloads:
                return
            try:
                connection.execute(_APPEND, _rows(rehearsal, expected, payloads))
            except IntegrityError:
                # The key caught a writer that the look above could not see.
                raise store_errors.conflict(name, expected) from None

    def truncate(self, name: str, after: int) -> None:
        with self._writing() as connection:
            end = connection.execute(_END_OF_JOURNAL, {"name": name}).one_or_none()
            if end is None:
                raise store_errors.unknown(name)
            connection.execute(_TRUNCATE, {"of_rehearsal": end[0], "after": after})

    def delete(self, name: str) -> None:
        with self._writing() as connection:
            if connection.execute(_DELETE, {"name": name}).rowcount == 0:
                raise store_errors.unknown(name)

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._explaining(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction that commits at its end, or undoes everything on any error."""
        with self._explaining(), self._turn, self._writer.begin() as connection:
            yield connection

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, PoolTimeoutError, sqlite3.Error) as error:
            raise explained(error, self._place) from error


def _rows(rehearsal: int, after: int, payloads: Sequence[bytes]) -> list[dict[str, object]]:
    return [
        {"rehearsal": rehearsal, "seq": seq, "payload": payload}
        for seq, payload in enumerate(payloads, after + 1)
    ]


def _record(row: Row[Any]) -> RehearsalRecord:
    return RehearsalRecord(**row._mapping)


def _speak_sqlite(engine: Engine, busy_timeout_ms: int) -> None:
    """Make SQLite durable, patient, strict about keys, and clear where a transaction begins."""

    def on_connect(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself: on_begin does
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {busy_timeout_ms:d}")
        _use_wal(cursor)
        cursor.execute("PRAGMA synchronous = FULL")  # a commit that returned is on the disk
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    def on_begin(connection: Connection) -> None:
        # Take the write lock at once, so that nobody comes between the look and the insert. Past
        # SQLAlchemy, which would need a quarter of an append's time for this one line.
        driver: Any = connection.connection.driver_connection
        writes = connection.get_execution_options().get(_WRITES, False)
        driver.execute("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", on_begin)


def _use_wal(cursor: DBAPICursor) -> None:
    """Let readers and the writer not wait for each other. The file remembers it.

    A new file changes to WAL once, and SQLite refuses at once while another program is doing the
    same. So wait for that program in the one way that is patient, then ask again. Should it never
    succeed, the file keeps its rollback journal, which is slower and as safe.
    """
    for _ in range(_WAL_TRIES):
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            cursor.execute("BEGIN EXCLUSIVE")
            cursor.execute("COMMIT")
        else:
            return
