"""From what a person writes after ``--db`` to a store, or a StoreError that says what to do."""

import os
import re
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from mock_server.adapters.memory_store import MemoryEventStore
from mock_server.ports import Store, StoreError

if TYPE_CHECKING:
    from sqlalchemy import URL

MEMORY = "memory:"
_IN_MEMORY = {MEMORY, "memory://", ":memory:"}
_SCHEME = re.compile("[A-Za-z][A-Za-z0-9+.-]+:")  # two letters at least: C: is a drive
_ALLOWED = (
    f"Write a file's path, {MEMORY} (forgets everything at the end), "
    "or postgresql://user:password@host/database."
)
_FOLDER, _FILE = "cbtsync-sim", "rehearsals.db"


def default_database_url(
    environ: Mapping[str, str] = os.environ,
    platform: str = sys.platform,
    home: Path | None = None,
) -> str:
    """Return where rehearsals are kept if nobody says: a file in the user's own data folder."""
    home = home or Path.home()
    if platform == "win32":
        # Local, not Roaming: a database must not be copied at every log-on.
        data = Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif platform == "darwin":
        data = home / "Library" / "Application Support"
    else:
        data = Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return f"sqlite:///{(data / _FOLDER / _FILE).as_posix()}"


def open_store(url: str) -> Store:
    """Open the store at ``url``: ``memory:``, a file's path, or an SQLAlchemy URL.

    A missing file is made, with its folder. Raises StoreError.
    """
    if url in _IN_MEMORY:
        return MemoryEventStore()
    # SQLAlchemy takes a tenth of a second to load; who keeps all in memory need not wait for it.
    from mock_server.adapters.sql_store import SqlEventStore

    parsed = _parsed(url)
    if parsed.get_backend_name() == "sqlite":
        parsed = _file_url(parsed)
        return SqlEventStore(parsed, place=parsed.database or "")
    return SqlEventStore(_postgresql_url(parsed), place=parsed.render_as_string(hide_password=True))


def _parsed(text: str) -> "URL":
    from sqlalchemy import URL, make_url  # as in open_store
    from sqlalchemy.exc import ArgumentError

    if not text.strip():
        raise StoreError(f"no database is named. {_ALLOWED}")
    if not _SCHEME.match(text):
        return URL.create("sqlite", database=text)
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        # Not shown: it may hold a password, and nobody can tell where.
        raise StoreError(f"the database's address cannot be read. {_ALLOWED}") from None
    if url.drivername not in {"sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg"}:
        raise StoreError(f"{url.drivername}:// is no database that this program knows. {_ALLOWED}")
    return url


def _file_url(url: "URL") -> "URL":
    """Return the URL with the file's whole path, and see that there is a folder to hold it."""
    if url.database in {None, "", ":memory:"}:
        raise StoreError(f"this database would be lost from one request to the next. {_ALLOWED}")
    if url.query:
        raise StoreError(f"a file takes no options, but {'&'.join(url.query)} stands after the ?.")
    path = Path(str(url.database)).expanduser().absolute()
    try:
        if path.is_dir():
            raise StoreError(f"{path} is a folder. Name a file in it, such as {path / _FILE}.")
        path.parent.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError, RuntimeError) as error:
        raise StoreError(
            f"the folder of {path} cannot be made: {error}. "
            "Make it yourself, or name another file with --db."
        ) from error
    return url.set(database=str(path))


def _postgresql_url(url: "URL") -> "URL":
    if find_spec("psycopg") is None:
        raise StoreError(
            "PostgreSQL needs a driver that is not installed. "
            "Install it with: pip install 'cbtsync-sim[postgres]'"
        )
    return url.set(drivername="postgresql+psycopg")
