"""What every event store promises, held against each of them.

Set CBTSYNC_TEST_POSTGRESQL to the address of an empty database, and PostgreSQL has to keep the same
promises: its tables are dropped before each test.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import create_engine, inspect, text

from mock_server.adapters.stores import open_store
from mock_server.ports import (
    ConflictError,
    EventStore,
    NameTakenError,
    StoreError,
    UnknownRehearsalError,
)
from tests.adapters.support import a_record, contents

POSTGRESQL = os.environ.get("CBTSYNC_TEST_POSTGRESQL", "")
KINDS = ["memory", "sqlite"] + ["postgresql"] * bool(POSTGRESQL)


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EventStore]:
    addresses = {
        "memory": "memory:",
        "sqlite": str(tmp_path / "rehearsals.db"),
        "postgresql": POSTGRESQL,
    }
    if request.param == "postgresql":
        drop_all_tables(POSTGRESQL)
    opened = open_store(addresses[request.param])
    yield opened
    opened.close()


def drop_all_tables(address: str) -> None:
    engine = create_engine(address)
    with engine.begin() as connection:
        for table in inspect(connection).get_table_names():
            connection.execute(text(f'DROP TABLE "{table}" CASCADE'))
    engine.dispose()


def test_a_record_is_given_back_as_it_was_created(store: EventStore) -> None:
    record = a_record("r2", label="Kursi 7 – Bu Ani", parent="r1", document='{"id": "–"}')

    store.create(record)

    assert store.record("r2") == record


def test_records_come_oldest_first_whatever_their_names_and_times(store: EventStore) -> None:
    for name in ("c", "a", "b"):
        store.create(a_record(name, created="2017-04-08T00:00:00.000Z"))

    assert [record.name for record in store.rehearsals()] == ["c", "a", "b"]


def test_a_new_store_holds_nothing(store: EventStore) -> None:
    assert list(store.rehearsals()) == []


def test_a_new_journal_is_empty(store: EventStore) -> None:
    store.create(a_record("r1"))

    assert list(store.load("r1")) == []


def test_a_rehearsal_is_created_together_with_its_first_entries(store: EventStore) -> None:
    store.create(a_record("r1"), [b"one", b"two"])
    store.append("r1", 2, [b"three"])

    assert list(store.load("r1")) == [b"one", b"two", b"three"]


def test_a_name_that_is_taken_brings_no_entries_in(store: EventStore) -> None:
    store.create(a_record("r1"), [b"one"])

    with pytest.raises(NameTakenError):
        store.create(a_record("r1"), [b"two"])

    assert list(store.load("r1")) == [b"one"]


def test_a_name_is_given_once(store: EventStore) -> None:
    store.create(a_record("r1", label="first"))
    store.append("r1", 0, [b"kept"])

    with pytest.raises(NameTakenError, match="'r1'"):
        store.create(a_record("r1", label="second"))

    assert store.record("r1").label == "first"
    assert list(store.load("r1")) == [b"kept"]


def test_a_name_differing_in_case_is_another_one(store: EventStore) -> None:
    store.create(a_record("r1"))
    store.create(a_record("R1"))

    store.append("R1", 0, [b"x"])

    assert contents(store) == {"r1": [], "R1": [b"x"]}


def test_payloads_come_back_byte_for_byte_and_in_order(store: EventStore) -> None:
    payloads = [bytes(range(256)), b"", "–\N{SNOWMAN}\0".encode(), b"x" * 100_000]
    store.create(a_record("r1"))

    store.append("r1", 0, payloads)

    assert list(store.load("r1")) == payloads


def test_appends_follow_each_other(store: EventStore) -> None:
    store.create(a_record("r1"))

    store.append("r1", 0, [b"1", b"2"])
    store.append("r1", 2, [b"3"])

    assert list(store.load("r1")) == [b"1", b"2", b"3"]


def test_more_than_nine_stay_in_the_order_of_their_numbers(store: EventStore) -> None:
    payloads = [str(seq).encode() for seq in range(1, 121)]
    store.create(a_record("r1"))

    store.append("r1", 0, payloads)

    assert list(store.load("r1")) == payloads


@pytest.mark.parametrize(
    ("after", "rest"),
    [(-1, [b"1", b"2", b"3"]), (0, [b"1", b"2", b"3"]), (1, [b"2", b"3"]), (3, []), (99, [])],
)
def test_a_journal_is_read_from_where_the_reader_stands(
    store: EventStore, after: int, rest: list[bytes]
) -> None:
    store.create(a_record("r1"))
    store.append("r1", 0, [b"1", b"2", b"3"])

    assert list(store.load("r1", after)) == rest


@pytest.mark.parametrize("expected", [0, 1, 3, -1], ids=["start", "behind", "ahead", "below"])
def test_an_append_that_expects_another_end_writes_nothing(
    store: EventStore, expected: int
) -> None:
    store.create(a_record("r1"))
    store.append("r1", 0, [b"1", b"2"])

    with pytest.raises(ConflictError, match=rf"'r1' does not end at {expected}: it is 2 now"):
        store.append("r1", expected, [b"other"])

    assert list(store.load("r1")) == [b"1", b"2"]


def test_an_append_of_nothing_still_tells_of_a_conflict(store: EventStore) -> None:
    store.create(a_record("r1"))
    store.append("r1", 0, [])

    with pytest.raises(ConflictError):
        store.append("r1", 1, [])

    assert list(store.load("r1")) == []


def test_an_unknown_rehearsal_is_named(store: EventStore) -> None:
    store.create(a_record("r1"))
    for act in (
        lambda: store.record("r2"),
        lambda: store.load("r2"),
        lambda: store.append("r2", 0, [b"x"]),
        lambda: store.append("r2", 0, []),
        lambda: store.truncate("r2", 0),
        lambda: store.delete("r2"),
    ):
        with pytest.raises(UnknownRehearsalError, match="'r2'"):
            act()


def test_every_refusal_is_a_store_error() -> None:
    assert issubclass(UnknownRehearsalError, StoreError)
    assert issubclass(NameTakenError, StoreError)
    assert issubclass(ConflictError, StoreError)


@pytest.mark.parametrize(
    ("after", "kept"),
    [(-1, []), (0, []), (2, [b"1", b"2"]), (3, [b"1", b"2", b"3"]), (99, [b"1", b"2", b"3"])],
)
def test_a_truncated_journal_goes_on_from_where_it_was_cut(
    store: EventStore, after: int, kept: list[bytes]
) -> None:
    for name in ("r1", "r2"):
        store.create(a_record(name))
        store.append(name, 0, [b"1", b"2", b"3"])

    store.truncate("r1", after)
    store.append("r1", len(kept), [b"new"])

    assert contents(store) == {"r1": [*kept, b"new"], "r2": [b"1", b"2", b"3"]}


def test_a_deleted_rehearsal_is_gone_with_its_journal(store: EventStore) -> None:
    store.create(a_record("r1"))
    store.create(a_record("r2", parent="r1"))
    store.append("r1", 0, [b"1"])
    store.append("r2", 0, [b"2"])

    store.delete("r1")

    with pytest.raises(UnknownRehearsalError):
        store.load("r1")
    assert contents(store) == {"r2": [b"2"]}
    assert store.record("r2").parent == "r1"


def test_a_name_that_was_deleted_starts_again_with_an_empty_journal(store: EventStore) -> None:
    store.create(a_record("r1"))
    store.append("r1", 0, [b"old", b"old"])
    store.delete("r1")

    store.create(a_record("r1"))
    store.append("r1", 0, [b"new"])

    assert list(store.load("r1")) == [b"new"]


def test_what_was_loaded_does_not_change_afterwards(store: EventStore) -> None:
    store.create(a_record("r1"))
    store.append("r1", 0, [b"1"])
    loaded = store.load("r1")

    store.append("r1", 1, [b"2"])

    assert list(loaded) == [b"1"]


def test_of_threads_that_expect_the_same_end_one_wins(store: EventStore) -> None:
    writers = 8
    store.create(a_record("r1"))
    together = Barrier(writers)

    def append(writer: int) -> bool:
        together.wait()
        try:
            store.append("r1", 0, [f"{writer}.{part}".encode() for part in range(3)])
        except ConflictError:
            return False
        return True

    with ThreadPoolExecutor(writers) as threads:
        won = list(threads.map(append, range(writers)))

    assert won.count(True) == 1
    winner = won.index(True)
    assert list(store.load("r1")) == [f"{winner}.{part}".encode() for part in range(3)]


def test_threads_that_append_to_their_own_rehearsals_do_not_disturb_each_other(
    store: EventStore,
) -> None:
    names = [f"r{n}" for n in range(8)]

    def run(name: str) -> None:
        store.create(a_record(name))
        for seq in range(12):
            store.append(name, seq, [f"{name}:{seq}".encode()])
            assert len(store.load(name, seq)) == 1

    with ThreadPoolExecutor(len(names)) as threads:
        list(threads.map(run, names))

    assert contents(store) == {
        name: [f"{name}:{seq}".encode() for seq in range(12)]
        for name in (record.name for record in store.rehearsals())
    }
    assert sorted(contents(store)) == names
