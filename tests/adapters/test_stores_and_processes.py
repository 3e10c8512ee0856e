"""The SQL store shared by processes, and killed: nothing forks, nothing acknowledged is lost."""

import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import pytest

from mock_server.adapters.stores import open_store
from tests.adapters.support import BATCH, Appender, a_record, batch, contents

pytestmark = pytest.mark.slow


def a_database(folder: Path, *rehearsals: str) -> Path:
    path = folder / "rehearsals.db"
    store = open_store(str(path))
    for name in rehearsals:
        store.create(a_record(name))
    store.close()
    return path


def journal(path: Path, rehearsal: str) -> list[bytes]:
    store = open_store(str(path))
    loaded = list(store.load(rehearsal))
    store.close()
    return loaded


def acknowledged(lines: Sequence[str]) -> dict[int, str]:
    """By the first sequence number of each acknowledged batch: its text."""
    pairs = [line.split() for line in lines]
    found = {int(first): text for first, text in pairs}
    assert len(found) == len(pairs), "two batches were acknowledged at one place"
    return found


def test_two_processes_cannot_fork_a_journal(tmp_path: Path) -> None:
    path = a_database(tmp_path, "r1")
    appends = 150
    processes = [Appender(path, "r1", appends, writer) for writer in ("a", "b")]

    for process in processes:
        process.go()
    batches = acknowledged([line for process in processes for line in process.rest()])

    assert [process.returncode for process in processes] == [0, 0]
    assert len(batches) == 2 * appends
    in_order = [batches[first] for first in sorted(batches)]
    assert journal(path, "r1") == [payload for text in in_order for payload in batch(text)]
    writers = "".join(text[0] for text in in_order)
    assert "ab" in writers
    assert "ba" in writers, "they wrote one after the other, so nothing was tried"


def test_a_killed_process_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    names = ["r1", "r2", "r3"]
    path = a_database(tmp_path, *names)
    processes = [Appender(path, name, 1_000_000) for name in names]
    for process in processes:
        process.go()
    heard = [process.lines(40) for process in processes]

    for process in processes:
        process.kill()

    for name, lines, process in zip(names, heard, processes, strict=True):
        batches = acknowledged(lines + process.rest())
        kept = [payload for first in sorted(batches) for payload in batch(batches[first])]
        stored = journal(path, name)
        assert len(kept) >= 40 * BATCH
        assert stored[: len(kept)] == kept
        # One more may have been committed and not yet said so: then it is there as a whole.
        assert len(stored) - len(kept) in {0, BATCH}
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.mark.parametrize("attempt", range(5))
def test_several_may_open_a_new_file_at_the_same_instant(tmp_path: Path, attempt: int) -> None:
    openers = 4
    path = tmp_path / f"new-{attempt}" / "rehearsals.db"
    together = Barrier(openers)

    def open_and_create(opener: int) -> None:
        together.wait()
        store = open_store(str(path))
        store.create(a_record(f"r{opener}"))
        store.close()

    with ThreadPoolExecutor(openers) as threads:
        list(threads.map(open_and_create, range(openers)))

    store = open_store(str(path))
    assert sorted(contents(store)) == ["r0", "r1", "r2", "r3"]
    store.close()
