"""Builders for tests of the adapters, importable by name."""

import subprocess
import sys
from pathlib import Path

from mock_server.ports import EventStore, RehearsalRecord

ROOT = Path(__file__).parents[2]
BATCH = 3  # events an append


def a_record(name: str = "r1", **changes: str) -> RehearsalRecord:
    values = {"scenario": "normal", "created": "2017-04-08T00:40:00.000Z"} | changes
    return RehearsalRecord(name=name, **values)


def batch(text: str) -> list[bytes]:
    return [f"{text}.{part}".encode() for part in range(BATCH)]


def contents(store: EventStore) -> dict[str, list[bytes]]:
    """Everything the store holds, to compare before and after."""
    return {record.name: list(store.load(record.name)) for record in store.rehearsals()}


class Appender:
    """tests/adapters/appender.py as a process of its own; it appends from ``go`` on."""

    def __init__(self, database: Path, rehearsal: str, appends: int, writer: str = "p") -> None:
        program = [sys.executable, "-m", "tests.adapters.appender"]
        self._process = subprocess.Popen(
            [*program, str(database), rehearsal, str(appends), writer],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self._process.stdin
        assert self._process.stdout
        self._stdin, self._stdout = self._process.stdin, self._process.stdout
        assert self._stdout.readline() == b"ready\n"

    def go(self) -> None:
        self._stdin.write(b"go\n")
        self._stdin.flush()

    def lines(self, count: int) -> list[str]:
        """The next lines that it says; waits for them."""
        return [self._stdout.readline().decode() for _ in range(count)]

    def rest(self) -> list[str]:
        """All that it said until its end, but for a line that the end has cut off."""
        with self._stdin, self._stdout:
            said = self._stdout.read().decode()
        self._process.wait(timeout=60)
        return [line for line in said.splitlines(keepends=True) if line.endswith("\n")]

    def kill(self) -> None:
        """End it as ``kill -9`` does."""
        self._process.kill()

    @property
    def returncode(self) -> int | None:
        return self._process.returncode
