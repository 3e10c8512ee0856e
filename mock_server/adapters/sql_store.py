"""Journals and classes in a database, by SQLAlchemy Core: SQLite in a file, or PostgreSQL when
machines share."""

from collections.abc import Sequence

from sqlalchemy import URL, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from mock_server.adapters import store_errors
from mock_server.adapters.sql_database import SqlDatabase
from mock_server.adapters.sql_schema import cohort_events, cohorts, events, house, rehearsals
from mock_server.adapters.sql_streams import SqlStreams
from mock_server.ports import CohortRecord, RehearsalRecord

BUSY_TIMEOUT_MS = 5_000


class SqlCohortStore(SqlStreams[CohortRecord]):
    """A CohortStore in a database that others use too."""

    def __init__(self, database: SqlDatabase) -> None:
        super().__init__(
            database,
            cohorts,
            cohort_events,
            CohortRecord,
            unknown=store_errors.unknown_class,
            taken=store_errors.class_taken,
        )

    def fact(self, key: str) -> str | None:
        with self._database.reading() as connection:
            found: str | None = connection.scalar(select(house.c.value).where(house.c.key == key))
        return found

    def keep_fact(self, key: str, value: str) -> str:
        try:
            with self._database.writing() as connection:
                kept = connection.scalar(select(house.c.value).where(house.c.key == key))
                if kept is not None:
                    return str(kept)
                connection.execute(insert(house), {"key": key, "value": value})
        except IntegrityError:
            return self.fact(key) or value  # another process was first
        return value

    def replace_fact(self, key: str, value: str) -> None:
        with self._database.writing() as connection:
            changed = update(house).where(house.c.key == key).values(value=value)
            if connection.execute(changed).rowcount == 0:
                connection.execute(insert(house), {"key": key, "value": value})

    def drop_fact(self, key: str) -> None:
        with self._database.writing() as connection:
            connection.execute(delete(house).where(house.c.key == key))


class SqlEventStore(SqlStreams[RehearsalRecord]):
    """An EventStore in the database at ``url``; several processes may share one.

    ``place`` names the database in messages. Raises StoreError if the database cannot be used as
    it is, and from every method when it no longer can.
    """

    def __init__(self, url: URL, *, place: str, busy_timeout_ms: int = BUSY_TIMEOUT_MS) -> None:
        database = SqlDatabase(url, place=place, busy_timeout_ms=busy_timeout_ms)
        super().__init__(
            database,
            rehearsals,
            events,
            RehearsalRecord,
            unknown=store_errors.unknown,
            taken=store_errors.taken,
        )
        self._cohorts = SqlCohortStore(database)

    @property
    def cohorts(self) -> SqlCohortStore:
        """The classes, in the same database."""
        return self._cohorts

    def rehearsals(self) -> Sequence[RehearsalRecord]:
        return self.records()

    def close(self) -> None:
        self._database.close()
