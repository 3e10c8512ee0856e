"""One database: its connections, its transactions, and what a person is told when it fails.

Only ``_speak_sqlite`` knows a dialect.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import ConnectionPoolEntry

from mock_server.adapters.sql_errors import explained
from mock_server.adapters.sql_schema import prepare
from mock_server.adapters.turns import Turns
from mock_server.ports import StoreError

_POOL_SIZE = 16  # as many as a busy server has threads; a connection is opened when first needed
_WAL_TRIES = 20
_WRITES = "cbtsync_writes"  # the execution option of a transaction that is going to write


class SqlDatabase:
    """``place`` names the database in messages. Raises StoreError if it cannot be used as it is."""

    def __init__(self, url: URL, *, place: str, busy_timeout_ms: int) -> None:
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
            with self.writing() as connection:
                prepare(connection, place)
        except StoreError:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self._explaining(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that commits at its end, or undoes everything on any error."""
        with self._explaining(), self._turn, self._writer.begin() as connection:
            yield connection

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, PoolTimeoutError, sqlite3.Error) as error:
            raise explained(error, self._place) from error


def _speak_sqlite(engine: Engine, busy_timeout_ms: int) -> None:
    """Make SQLite durable, patient, strict about keys, and clear where a transaction begins."""

    def on_connect(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself: on_begin does
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {busy_timeout_ms:d}")
        _use_wal(cursor)
        cursor.execute("PRAGMA synchronous = FULL")  # a commit that returned is on the disk
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA secure_delete = ON")  # names that were deleted are overwritten
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
