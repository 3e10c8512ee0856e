"""The tables of the SQL store, and the version of their shape.

Portable: nothing here or in ``sql_store`` is the language of one database. Whoever changes a
table raises SCHEMA_VERSION and brings the migration that leads there.
"""

from collections.abc import Mapping

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    insert,
    inspect,
    select,
    update,
)

from mock_server.ports import StoreError

SCHEMA_VERSION = 2

_metadata = MetaData()

_schema = Table(
    "cbtsync_schema",
    _metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
)

rehearsals = Table(
    "rehearsals",
    _metadata,
    Column("id", Integer, primary_key=True),  # grows: the order of creation
    Column("name", String, nullable=False, unique=True),
    Column("scenario", String, nullable=False),
    Column("created", String, nullable=False),
    Column("label", String, nullable=False),
    Column("parent", String, nullable=False),
    Column("document", String, nullable=False),
)

# The key is what keeps a journal from forking: two writers cannot both be number seq.
events = Table(
    "events",
    _metadata,
    Column("rehearsal", ForeignKey("rehearsals.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),  # 1-based, no gaps
    Column("payload", LargeBinary, nullable=False),
)

# A class, or one who learns alone: a stream beside the journals, of the same shape.
cohorts = Table(
    "cohorts",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("created", String, nullable=False),
)

cohort_events = Table(
    "cohort_events",
    _metadata,
    Column("cohort", ForeignKey("cohorts.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("payload", LargeBinary, nullable=False),
)

# What the house knows once: how the facilitators' passphrase hashes, with what cookies are signed.
house = Table(
    "house",
    _metadata,
    Column("key", String, primary_key=True),
    Column("value", String, nullable=False),
)

# The tables that each version brought. The step from one to the next only adds tables.
_BROUGHT: Mapping[int, tuple[Table, ...]] = {
    1: (_schema, rehearsals, events),
    2: (cohorts, cohort_events, house),
}


def prepare(connection: Connection, place: str) -> None:
    """Make the tables in an empty database, bring an older one to this version, or see that it is.

    ``place`` names the database in messages. Expects an open transaction that may write. Raises
    StoreError if the database belongs to another program or another version of this one.
    """
    found = inspect(connection).get_table_names()
    if not found:
        _metadata.create_all(connection)
        connection.execute(insert(_schema), {"version": SCHEMA_VERSION})
        return
    if _schema.name not in found:
        raise StoreError(
            f"{place} belongs to another program: it holds {_listed(found)}. "
            "Nothing in it was changed. Name another database with --db."
        )
    version = connection.scalar(select(_schema.c.version))
    if version is None or version not in _BROUGHT:
        raise _other_version(version, place)
    expected = {table.name for of in range(1, version + 1) for table in _BROUGHT[of]}
    if missing := expected - set(found):
        raise StoreError(
            f"{place} is damaged: it lacks {_listed(missing)}. "
            "Rename it and start again; a new one is made in its place."
        )
    for step in range(version + 1, SCHEMA_VERSION + 1):
        _metadata.create_all(connection, tables=_BROUGHT[step])
    # Even where it changes nothing: who may only read is told now, not in mid-rehearsal.
    connection.execute(update(_schema).values(version=SCHEMA_VERSION))


def _other_version(version: int | None, place: str) -> StoreError:
    if version is not None and version > SCHEMA_VERSION:
        return StoreError(
            f"{place} was made by a newer version of this program: its schema is {version}, and "
            f"this program knows {SCHEMA_VERSION}. Install the newer program, or name another "
            "database with --db. Nothing in it was changed."
        )
    return StoreError(
        f"{place} is damaged: its schema version is {version}, which never existed. "
        "Rename it and start again; a new one is made in its place."
    )


def _listed(tables: set[str] | list[str]) -> str:
    shown = sorted(tables)[:3]
    more = len(tables) - len(shown)
    return f"the table {', '.join(shown)}" + (f" and {more} more" if more else "")
