"""Streams of payloads in two tables, a parent and its entries: journals, and classes' streams.

Portable: nothing here is the language of one database. One append is one look, one insert-many
and one commit.
"""

from collections.abc import Callable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec
from sqlalchemy import (
    Delete,
    Insert,
    Row,
    Select,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
)
from sqlalchemy.exc import IntegrityError

from mock_server.adapters import store_errors
from mock_server.adapters.sql_database import SqlDatabase
from mock_server.ports import StoreError

Record = TypeVar("Record", bound=msgspec.Struct)


class _Statements(NamedTuple):
    """Built once: SQLAlchemy then finds their compiled form in its cache."""

    end: Select[Any]
    insert_parent: Insert
    insert: Insert
    cut: Delete
    records: Select[Any]
    record: Select[Any]
    stream: Select[Any]
    delete: Delete


def _statements(parents: Table, entries: Table, record: type[msgspec.Struct]) -> _Statements:
    owner = entries.columns[0]
    named = parents.c.name == bindparam("name")
    last = (
        select(func.coalesce(func.max(entries.c.seq), 0))
        .where(owner == parents.c.id)
        .scalar_subquery()
    )
    columns = [parents.c[field] for field in record.__struct_fields__]
    # The outer join tells an unknown name (no row) from an empty stream (one row, no payload).
    joined = parents.outerjoin(
        entries, (owner == parents.c.id) & (entries.c.seq > bindparam("after"))
    )
    return _Statements(
        # Where rows can be locked, this holds a second writer back until the first has committed.
        end=select(parents.c.id, last).where(named).with_for_update(of=parents),
        insert_parent=insert(parents),
        insert=insert(entries),
        cut=delete(entries).where(
            owner == bindparam("of_owner"), entries.c.seq > bindparam("after")
        ),
        records=select(*columns).order_by(parents.c.id),
        record=select(*columns).where(named),
        stream=select(entries.c.payload).select_from(joined).where(named).order_by(entries.c.seq),
        delete=delete(parents).where(named),  # its entries go with it
    )


class SqlStreams(Generic[Record]):
    """``unknown`` and ``taken`` make the errors for a name that is not there, or there already.

    The record's fields are the parent's columns; the entries' first column points to the parent.
    """

    def __init__(
        self,
        database: SqlDatabase,
        parents: Table,
        entries: Table,
        record: type[Record],
        *,
        unknown: Callable[[str], StoreError],
        taken: Callable[[str], StoreError],
    ) -> None:
        self._database = database
        self._type = record
        self._unknown = unknown
        self._taken = taken
        self._owner = entries.columns[0].name
        self._says = _statements(parents, entries, record)

    def create(self, record: Record, payloads: Sequence[bytes] = ()) -> None:
        values = {field: getattr(record, field) for field in record.__struct_fields__}
        name = values["name"]
        with self._database.writing() as connection:
            try:
                connection.execute(self._says.insert_parent, values)
            except IntegrityError:
                raise self._taken(name) from None
            if payloads:
                owner, _ = connection.execute(self._says.end, {"name": name}).one()
                connection.execute(self._says.insert, self._rows(owner, 0, payloads))

    def records(self) -> Sequence[Record]:
        with self._database.reading() as connection:
            return tuple(self._made(row) for row in connection.execute(self._says.records))

    def record(self, name: str) -> Record:
        with self._database.reading() as connection:
            row = connection.execute(self._says.record, {"name": name}).one_or_none()
        if row is None:
            raise self._unknown(name)
        return self._made(row)

    def load(self, name: str, after: int = 0) -> Sequence[bytes]:
        with self._database.reading() as connection:
            payloads = connection.scalars(self._says.stream, {"name": name, "after": after}).all()
        if not payloads:
            raise self._unknown(name)
        return () if payloads[0] is None else tuple(payloads)

    def append(self, name: str, expected: int, payloads: Sequence[bytes]) -> None:
        with self._database.writing() as connection:
            end = connection.execute(self._says.end, {"name": name}).one_or_none()
            if end is None:
                raise self._unknown(name)
            owner, last = end
            if last != expected:
                raise store_errors.conflict(name, expected, last=last)
            if not payloads:
                return
            try:
                connection.execute(self._says.insert, self._rows(owner, expected, payloads))
            except IntegrityError:
                # The key caught a writer that the look above could not see.
                raise store_errors.conflict(name, expected) from None

    def truncate(self, name: str, after: int) -> None:
        with self._database.writing() as connection:
            end = connection.execute(self._says.end, {"name": name}).one_or_none()
            if end is None:
                raise self._unknown(name)
            connection.execute(self._says.cut, {"of_owner": end[0], "after": after})

    def delete(self, name: str) -> None:
        with self._database.writing() as connection:
            if connection.execute(self._says.delete, {"name": name}).rowcount == 0:
                raise self._unknown(name)

    def _rows(self, owner: int, after: int, payloads: Sequence[bytes]) -> list[dict[str, object]]:
        return [
            {self._owner: owner, "seq": seq, "payload": payload}
            for seq, payload in enumerate(payloads, after + 1)
        ]

    def _made(self, row: Row[Any]) -> Record:
        return self._type(**row._mapping)
