"""What a person is told when the database cannot be used: which file, and what to do about it."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, event
from sqlalchemy.pool import Pool

from mock_server.adapters.sql_store import SqlEventStore
from mock_server.adapters.stores import default_database_url, open_store
from mock_server.ports import StoreError
from tests.adapters.support import ROOT, a_record, contents

WHAT_TO_DO = ("--db", "Rename", "try again", "Name a file", "Write a file's path")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database that holds one rehearsal of three events and is closed."""
    path = tmp_path / "latihan.db"
    store = open_store(str(path))
    store.create(a_record("r1"))
    store.append("r1", 0, [b"1", b"2", b"3" * 50_000])
    store.close()
    return path


def trouble(act: Callable[[], object], about: str) -> str:
    """Return what the act's StoreError says; it names ``about`` and says what to do."""
    with pytest.raises(StoreError) as caught:
        act()
    said = str(caught.value)
    assert about in said
    assert any(advice in said for advice in WHAT_TO_DO), said
    assert "Traceback" not in said
    assert "sqlalche" not in said
    return said


def trouble_opening(path: Path) -> str:
    return trouble(lambda: open_store(str(path)), about=str(path))


def edit(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(statement)


def test_a_file_of_another_kind(tmp_path: Path) -> None:
    path = tmp_path / "catatan.db"
    path.write_bytes(b"Catatan rapat, Sabtu pukul 07.45.\n" * 200)

    assert "is no database, or is damaged" in trouble_opening(path)
    assert path.read_bytes() == b"Catatan rapat, Sabtu pukul 07.45.\n" * 200


def test_a_file_that_ends_too_early(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: 3 * 4096])

    assert "damaged" in trouble_opening(path)


def test_damage_inside_the_file_is_told_when_it_is_met(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 * 4 :] = b"\xff" * len(content[4096 * 4 :])
    path.write_bytes(content)

    def use() -> None:
        store = open_store(str(path))
        try:
            contents(store)
        finally:
            store.close()

    assert "damaged" in trouble(use, about=str(path))


def test_a_database_of_a_newer_version_is_left_alone(path: Path) -> None:
    edit(path, "UPDATE cbtsync_schema SET version = 3")
    before = path.read_bytes()

    said = trouble_opening(path)

    assert "made by a newer version" in said
    assert "its schema is 3, and this program knows 2" in said
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "statement",
    ["UPDATE cbtsync_schema SET version = 0", "DELETE FROM cbtsync_schema", "DROP TABLE events"],
)
def test_a_database_whose_shape_was_meddled_with(path: Path, statement: str) -> None:
    edit(path, statement)

    assert "damaged" in trouble_opening(path)


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "nilai.db"
    edit(path, "CREATE TABLE nilai (siswa TEXT)")

    said = trouble_opening(path)

    assert "belongs to another program: it holds the table nilai" in said
    with closing(sqlite3.connect(path)) as database:
        names = database.execute("SELECT name FROM sqlite_master").fetchall()
    assert names == [("nilai",)]


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    assert "is a folder" in trouble_opening(tmp_path)


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "latihan").write_text("no folder")

    assert "cannot be made" in trouble_opening(tmp_path / "latihan" / "rehearsals.db")


def test_a_file_that_may_only_be_read(path: Path) -> None:
    # Told to SQLite itself, since a superuser may write to any file.
    url = URL.create(
        "sqlite", database=f"file:{path.as_posix()}", query={"mode": "ro", "uri": "true"}
    )

    said = trouble(lambda: SqlEventStore(url, place=str(path)), about=str(path))

    assert "can only be read" in said


def test_a_database_that_another_program_holds_when_it_is_opened(path: Path) -> None:
    url = URL.create("sqlite", database=str(path))
    with held(path):
        said = trouble(
            lambda: SqlEventStore(url, place=str(path), busy_timeout_ms=20), about=str(path)
        )

    assert "in use by another program" in said


def test_a_database_that_another_program_holds_for_a_while(path: Path) -> None:
    url = URL.create("sqlite", database=str(path))
    store = SqlEventStore(url, place=str(path), busy_timeout_ms=20)
    before = contents(store)
    with held(path):
        said = trouble(lambda: store.append("r1", 3, [b"4"]), about=str(path))
        assert contents(store) == before  # who only reads is not held up

    store.append("r1", 3, [b"5"])

    assert "in use by another program" in said
    assert contents(store) == {"r1": [*before["r1"], b"5"]}
    store.close()


@contextmanager
def held(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        yield


def test_a_full_disk_keeps_what_was_saved_and_writes_nothing_by_halves(tmp_path: Path) -> None:
    path = tmp_path / "rehearsals.db"
    with disk_of(pages=40):
        store = open_store(str(path))
        store.create(a_record("r1"))
        store.append("r1", 0, [b"1"])

        said = trouble(lambda: store.append("r1", 1, [b"2", b"3" * 200_000]), about=str(path))
        assert "its disk is full" in said
        assert contents(store) == {"r1": [b"1"]}

        store.append("r1", 1, [b"2"])
        assert contents(store) == {"r1": [b"1", b"2"]}
        store.close()


@contextmanager
def disk_of(pages: int) -> Iterator[None]:
    """Let no SQLite database that is opened meanwhile grow beyond so many pages."""

    def limit(connection: sqlite3.Connection, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(Engine, "connect", limit)
    yield
    event.remove(Engine, "connect", limit)


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("", id="nothing"),
        pytest.param("mysql://localhost/x", id="another database"),
        pytest.param("sqlite+aiosqlite:///x.db", id="another driver"),
        pytest.param("sqlite:/x.db", id="one slash"),
        pytest.param("sqlite://", id="memory that each thread has for itself"),
        pytest.param("sqlite:///:memory:", id="the same, spelt out"),
        pytest.param("postgresql://user:pass@host:port/x", id="a port that is no number"),
    ],
)
def test_an_address_that_no_store_has(address: str, tmp_path: Path) -> None:
    said = trouble(lambda: open_store(address), about="memory:")

    assert "postgresql://" in said
    assert list(tmp_path.iterdir()) == []


def test_options_for_a_file_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="a file takes no options, but cache stands after the"):
        open_store(f"sqlite:///{tmp_path}/x.db?cache=shared")


def test_a_password_is_not_told() -> None:
    for address in ("postgresql://ani:s3cret@127.0.0.1:1/x", "postgresql://ani:s3cret@host:p/x"):
        with pytest.raises(StoreError) as caught:
            open_store(address)
        assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("name", ["dengan spasi.db", "50%20.db", "a#b?c.db", "naïve–.db"])
def test_a_path_is_taken_as_it_is_written(tmp_path: Path, name: str) -> None:
    open_store(str(tmp_path / "baru" / name)).close()

    assert [path.name for path in (tmp_path / "baru").iterdir()] == [name]


def test_a_path_and_its_address_open_the_same_store(path: Path) -> None:
    by_path, by_address = open_store(str(path)), open_store(f"sqlite:///{path}")

    assert contents(by_path) == contents(by_address) != {}
    by_path.close()
    by_address.close()


def test_memory_is_asked_for_by_name(tmp_path: Path) -> None:
    store = open_store("memory:")
    store.create(a_record("r1"))

    assert list(open_store("memory:").rehearsals()) == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("platform", "environ", "folder"),
    [
        ("linux", {}, "/rumah/ani/.local/share"),
        ("linux", {"XDG_DATA_HOME": "/data/ani"}, "/data/ani"),
        ("darwin", {}, "/rumah/ani/Library/Application Support"),
        ("win32", {"LOCALAPPDATA": "D:/Ani/Local"}, "D:/Ani/Local"),
        ("win32", {}, "/rumah/ani/AppData/Local"),
    ],
)
def test_the_default_is_a_file_in_the_users_data_folder(
    platform: str, environ: dict[str, str], folder: str
) -> None:
    url = default_database_url(environ, platform, home=Path("/rumah/ani"))

    assert url == f"sqlite:///{folder}/cbtsync-sim/rehearsals.db"


def test_the_default_can_be_opened_on_a_fresh_machine(tmp_path: Path) -> None:
    open_store(default_database_url({}, "linux", home=tmp_path)).close()

    assert (tmp_path / ".local/share/cbtsync-sim/rehearsals.db").is_file()


def test_a_file_is_used_as_durably_as_sqlite_can(tmp_path: Path) -> None:
    seen: set[tuple[object, ...]] = set()

    def look(connection: sqlite3.Connection, *_: object) -> None:
        seen.add(
            tuple(
                connection.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            )
        )

    event.listen(Pool, "checkout", look)
    try:
        store = open_store(str(tmp_path / "rehearsals.db"))
        contents(store)
        store.close()
    finally:
        event.remove(Pool, "checkout", look)

    full = 2
    assert seen == {("wal", full, 1, 5_000)}


@pytest.mark.slow
def test_who_keeps_all_in_memory_does_not_wait_for_sqlalchemy_and_nobody_for_faker() -> None:
    code = (
        "import sys\n"
        "from mock_server.adapters import backup_file, clock, names, people, stores\n"
        "stores.open_store('memory:'); people.FakerPeople()\n"
        "print({'sqlalchemy', 'faker'} & set(sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (run.stdout.strip(), run.stderr) == ("set()", "")
