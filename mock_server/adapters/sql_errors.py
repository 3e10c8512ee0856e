"""What to tell a person when the database does not do as asked."""

import sqlite3

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from mock_server.ports import StoreError

# By SQLite's primary result code. Each says what is wrong and what to do; the place comes first.
_SQLITE = {
    sqlite3.SQLITE_BUSY: (
        "is in use by another program, which did not let go in time. "
        "Close the other program, or wait, then try again."
    ),
    sqlite3.SQLITE_LOCKED: (
        "is in use by another program, which did not let go in time. "
        "Close the other program, or wait, then try again."
    ),
    sqlite3.SQLITE_READONLY: (
        "can only be read. Give yourself the right to write to the file and to its folder, "
        "or name another database with --db."
    ),
    sqlite3.SQLITE_PERM: (
        "may not be used by you. Give yourself the right to read and write the file and its "
        "folder, or name another database with --db."
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "cannot be opened. See that its folder exists and that you may read and write there, "
        "or name another database with --db."
    ),
    sqlite3.SQLITE_FULL: (
        "cannot grow: its disk is full. Free some space, then try again. "
        "What was saved before is safe."
    ),
    sqlite3.SQLITE_IOERR: (
        "cannot be read or written: its disk answers with an error. See that the disk is there, "
        "works and has space, then try again. What was saved before is kept."
    ),
    sqlite3.SQLITE_NOTADB: (
        "is no database, or is damaged. Rename the file and start again, and a new one is made "
        "in its place; or name another database with --db."
    ),
    sqlite3.SQLITE_CORRUPT: (
        "is damaged. Rename the file and start again, and a new one is made in its place; "
        "or name another database with --db."
    ),
}
_PRIMARY_CODE = 0xFF  # the rest of a result code only refines it


def explained(error: DBAPIError | PoolTimeoutError | sqlite3.Error, place: str) -> StoreError:
    """Return the error as one that names the database and says what to do about it."""
    if isinstance(error, PoolTimeoutError):
        return StoreError(f"{place} has no connection left for this request. Try again.")
    said = error.orig if isinstance(error, DBAPIError) else error
    lines = str(said).strip().splitlines() or [type(said).__name__]
    detail = lines[0].rstrip(".")
    code = getattr(said, "sqlite_errorcode", None)
    if code is None:
        return StoreError(
            f"{place} cannot be used: {detail}. See that the database server is running and that "
            "its address, name and password are right, or name another database with --db."
        )
    advice = _SQLITE.get(code & _PRIMARY_CODE)
    if advice is None:
        advice = "cannot be used. Rename it and start again, or name another database with --db."
    return StoreError(f"{place} {advice} (SQLite: {detail})")
