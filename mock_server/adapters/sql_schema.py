"""The tables of the SQL store, and the version of their shape.

Portable: nothing here or in ``sql_store`` is the language of one database. Whoever changes a
table raises SCHEMA_VERSION and brings the migration that leads there.
"""

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

SCHEMA_VERSION = 1

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


def prepare(connection: Connection, place: str) -> None:
    """Make the tables in an empty database, or see that they are of this version.

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
    # A write that changes nothing: who may only read is told now, not in the middle of a rehearsal.
    same = update(_schema).where(_schema.c.version == SCHEMA_VERSION)
    if connection.execute(same.values(version=SCHEMA_VERSION)).rowcount != 1:
        raise _other_version(connection.scalar(select(_schema.c.version)), place)
    if missing := _metadata.tables.keys() - found:
        raise StoreError(
            f"{place} is damaged: it lacks {_listed(missing)}. "
            "Rename it and start again; a new one is made in its place."
        )


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
