"""What every store of classes promises, and how a database from before there were classes opens."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import pytest

from mock_server.adapters.stores import open_store
from mock_server.ports import (
    CohortRecord,
    ConflictError,
    NameTakenError,
    Store,
    StoreError,
    UnknownCohortError,
)
from tests.adapters.support import a_record, contents


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    address = "memory:" if request.param == "memory" else str(tmp_path / "rehearsals.db")
    opened = open_store(address)
    yield opened
    opened.close()


def a_class(name: str = "k1") -> CohortRecord:
    return CohortRecord(name=name, created="2030-01-05T00:00:00.000Z")


def test_a_class_is_kept_with_its_stream_beside_the_journals(store: Store) -> None:
    store.create(a_record("k1"), [b"journal"])
    store.cohorts.create(a_class("k1"), [b"1"])
    store.cohorts.append("k1", 1, [b"2", b"3"])

    assert list(store.cohorts.records()) == [a_class("k1")]
    assert list(store.cohorts.load("k1")) == [b"1", b"2", b"3"]
    assert list(store.cohorts.load("k1", 2)) == [b"3"]
    assert contents(store) == {"k1": [b"journal"]}


def test_a_class_is_made_once(store: Store) -> None:
    store.cohorts.create(a_class(), [b"1"])

    with pytest.raises(NameTakenError):
        store.cohorts.create(a_class(), [b"2"])

    assert list(store.cohorts.load("k1")) == [b"1"]


def test_a_writer_who_is_late_writes_nothing(store: Store) -> None:
    store.cohorts.create(a_class(), [b"1"])
    store.cohorts.append("k1", 1, [b"2"])

    with pytest.raises(ConflictError):
        store.cohorts.append("k1", 1, [b"other"])

    assert list(store.cohorts.load("k1")) == [b"1", b"2"]


def test_an_unknown_class_is_an_error_that_tells_no_key(store: Store) -> None:
    for act in (
        lambda: store.cohorts.load("secret"),
        lambda: store.cohorts.append("secret", 0, [b"x"]),
        lambda: store.cohorts.delete("secret"),
    ):
        with pytest.raises(UnknownCohortError) as caught:
            act()
        assert "secret" not in str(caught.value)


def test_a_deleted_class_is_gone_and_the_others_stay(store: Store) -> None:
    for name in ("k1", "k2"):
        store.cohorts.create(a_class(name), [b"1"])

    store.cohorts.delete("k1")

    assert [record.name for record in store.cohorts.records()] == ["k2"]
    assert list(store.cohorts.load("k2")) == [b"1"]


def test_a_fact_of_the_house_is_kept_once_and_can_be_replaced(store: Store) -> None:
    assert store.cohorts.fact("secret") is None

    assert store.cohorts.keep_fact("secret", "first") == "first"
    assert store.cohorts.keep_fact("secret", "second") == "first"
    store.cohorts.replace_fact("secret", "third")
    store.cohorts.replace_fact("other", "new")

    assert (store.cohorts.fact("secret"), store.cohorts.fact("other")) == ("third", "new")
    for _ in range(2):
        store.cohorts.drop_fact("secret")
    assert (store.cohorts.fact("secret"), store.cohorts.fact("other")) == (None, "new")


def test_of_threads_that_keep_a_fact_at_once_all_hear_the_same(store: Store) -> None:
    together = Barrier(8)

    def keep(writer: int) -> str:
        together.wait()
        return store.cohorts.keep_fact("secret", str(writer))

    with ThreadPoolExecutor(8) as threads:
        heard = set(threads.map(keep, range(8)))

    assert heard == {store.cohorts.fact("secret")}


def a_database_of_version_1(path: Path) -> None:
    """As this program's first version made it, with one rehearsal of two events."""
    with closing(sqlite3.connect(path)) as database, database:
        database.executescript(
            """
            CREATE TABLE cbtsync_schema (version INTEGER NOT NULL, PRIMARY KEY (version));
            CREATE TABLE rehearsals (
                id INTEGER NOT NULL, name VARCHAR NOT NULL, scenario VARCHAR NOT NULL,
                created VARCHAR NOT NULL, label VARCHAR NOT NULL, parent VARCHAR NOT NULL,
                document VARCHAR NOT NULL, PRIMARY KEY (id), UNIQUE (name));
            CREATE TABLE events (
                rehearsal INTEGER NOT NULL, seq INTEGER NOT NULL, payload BLOB NOT NULL,
                PRIMARY KEY (rehearsal, seq),
                FOREIGN KEY(rehearsal) REFERENCES rehearsals (id) ON DELETE CASCADE);
            INSERT INTO cbtsync_schema VALUES (1);
            INSERT INTO rehearsals VALUES (1, 'r1', 'normal', '2030-01-01', '', '', '');
            INSERT INTO events VALUES (1, 1, X'31'), (1, 2, X'32');
            """
        )


def version(path: Path) -> list[tuple[int]]:
    with closing(sqlite3.connect(path)) as database:
        return database.execute("SELECT version FROM cbtsync_schema").fetchall()


def test_an_older_database_gains_classes_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "lama.db"
    a_database_of_version_1(path)

    for _ in range(2):  # the second opening finds nothing to do
        store = open_store(str(path))
        assert contents(store) == {"r1": [b"1", b"2"]}
        store.append("r1", 2, [])
        store.cohorts.keep_fact("secret", "kept")
        store.close()

    assert version(path) == [(2,)]
    again = open_store(str(path))
    assert again.cohorts.fact("secret") == "kept"
    again.close()


def test_an_older_database_that_is_damaged_is_not_brought_on(tmp_path: Path) -> None:
    path = tmp_path / "lama.db"
    a_database_of_version_1(path)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("DROP TABLE events")

    with pytest.raises(StoreError, match="damaged: it lacks the table events"):
        open_store(str(path))

    assert version(path) == [(1,)]


@pytest.mark.slow
def test_several_who_open_an_older_database_at_once_bring_it_on_once(tmp_path: Path) -> None:
    path = tmp_path / "lama.db"
    a_database_of_version_1(path)
    together = Barrier(4)

    def open_it(opener: int) -> None:
        together.wait()
        store = open_store(str(path))
        store.cohorts.create(a_class(f"k{opener}"))
        store.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(open_it, range(4)))

    assert version(path) == [(2,)]
