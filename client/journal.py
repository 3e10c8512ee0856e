"""The client's own record of a run: intent before each act, outcome after. Append-only JSON lines.

A run that was killed anywhere goes on from it: an intent without an outcome is a doubt, and the
station is asked. Lines of acts reach the disk before the request leaves. The last line may be torn.
"""

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any

import msgspec

from client.belief import Saved
from client.calls import FETCH, Value
from client.problems import UsageProblem
from client.step import Ending
from client.texts import Reason

NAME = "journal.jsonl"
VERSION = 1
TORN_BYTES_MAX = 4096
HEARD = ("obeyed", "unknown")  # outcomes of acts that the station may have carried out


class Line(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag=str.lower):
    """Base of all lines. ``at_ms`` is the station's clock, as far as it was known."""

    at_ms: int = 0


class Run(Line, frozen=True, kw_only=True):
    """A process began. ``real`` is its wall clock, ISO 8601."""

    url: str
    real: str
    resumed: bool
    version: int = VERSION


class Intent(Line, frozen=True, kw_only=True):
    """About to send an act; ``attempt`` counts the tries of this one act from 1."""

    n: int
    step: int
    name: str
    attempt: int
    body: dict[str, Value] = {}


class Outcome(Line, frozen=True, kw_only=True):
    """What became of intent ``n``: obeyed, refused, not-sent or unknown."""

    n: int
    outcome: str
    detail: str = ""


class Stepped(Line, frozen=True, kw_only=True):
    number: int


class Recovered(Line, frozen=True, kw_only=True):
    """Something went wrong and was dealt with: the report tells of it, whoever writes that."""

    step: int
    why: Reason


class Stored(Line, frozen=True, kw_only=True):
    """A backup is on our disk, complete, its SHA-256 checked."""

    saved: Saved


class End(Line, frozen=True, kw_only=True):
    ending: Ending
    reason: str


AnyLine = Run | Intent | Outcome | Stepped | Recovered | Stored | End
_decoder: msgspec.json.Decoder[AnyLine] = msgspec.json.Decoder(AnyLine)


class Past(msgspec.Struct, frozen=True, kw_only=True):
    """What earlier processes left behind.

    ``began_ms`` is None if their run had ended; ``ended`` is its last line then.
    """

    began_ms: int | None = None
    tally: Mapping[str, int] = {}
    saved: Saved | None = None
    doubts: tuple[Intent, ...] = ()
    recoveries: tuple[Recovered, ...] = ()
    ended: End | None = None
    intents: int = 0


class Journal:
    """Writes lines. ``durable`` makes acts reach the disk; without ``path`` nothing is kept."""

    def __init__(
        self,
        path: Path | None,
        *,
        durable: bool,
        intents: int = 0,
        sync: Callable[[int], None] = os.fsync,
    ) -> None:
        self._durable = durable
        self._sync = sync
        self._intents = intents
        self._encoder = msgspec.json.Encoder()
        self._file: IO[bytes] | None = None
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            _end_torn_line(path)
            self._file = path.open("ab", buffering=0)

    def intend(
        self, *, step: int, name: str, attempt: int, body: Mapping[str, Value], at_ms: int
    ) -> int:
        """Record an intent and return its number; it is on disk when this returns."""
        self._intents += 1
        line = Intent(
            n=self._intents, step=step, name=name, attempt=attempt, body=dict(body), at_ms=at_ms
        )
        self._write(line, sync=True)
        return self._intents

    def outcome(self, n: int, outcome: str, *, detail: str = "", at_ms: int) -> None:
        self._write(Outcome(n=n, outcome=outcome, detail=detail, at_ms=at_ms), sync=True)

    def note(self, line: Run | Stepped | Recovered) -> None:
        self._write(line, sync=False)

    def keep(self, line: Stored | End) -> None:
        self._write(line, sync=True)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _write(self, line: AnyLine, *, sync: bool) -> None:
        if self._file is None:
            return
        self._file.write(self._encoder.encode(line) + b"\n")
        if sync and self._durable:
            self._sync(self._file.fileno())


def read(path: Path, url: str) -> Past:
    """Return what the journal at ``path`` says about the run of ``url``.

    Raises UsageProblem if it is of another URL, another version, or no journal at all.
    """
    lines = _lines(path)
    if not lines and path.stat().st_size < TORN_BYTES_MAX:
        return Past()  # killed while it wrote its very first line: nothing was done yet
    runs = [line for line in lines if isinstance(line, Run)]
    if not runs or not isinstance(lines[0], Run):
        raise UsageProblem(Reason.of("usage.journal_damaged", path=str(path), line=1))
    for run in runs:
        if run.version != VERSION:
            raise UsageProblem(
                Reason.of("usage.journal_version", path=str(path), version=run.version)
            )
        if run.url != url:
            raise UsageProblem(
                Reason.of("usage.journal_url", path=str(path), theirs=run.url, ours=url)
            )
    return _past(lines)


def _past(lines: list[AnyLine]) -> Past:
    began_ms: int | None = None
    tally: dict[str, int] = {}
    open_intents: dict[int, Intent] = {}
    counted: set[str] = set()  # acts of which an earlier try of the same series counts already
    saved, intents = None, 0
    for line in lines:
        match line:
            case Intent():
                intents = line.n
                if line.name == FETCH:  # each one counts, and none leaves a doubt
                    _count(tally, FETCH)
                    continue
                open_intents[line.n] = line
                if line.attempt == 1:
                    counted.discard(line.name)
            case Outcome():
                intent = open_intents.pop(line.n, None)
                if intent is not None and line.outcome in HEARD and intent.name not in counted:
                    counted.add(intent.name)
                    _count(tally, intent.name)
            case Stored():
                saved = line.saved
            case End():
                began_ms, tally, open_intents = None, {}, {}
            case Run() | Stepped() | Recovered():
                pass
        if began_ms is None and line.at_ms and not isinstance(line, End):
            began_ms = line.at_ms
    return Past(
        began_ms=began_ms,
        tally=tally,
        saved=saved,
        doubts=tuple(open_intents.values()),
        recoveries=tuple(line for line in lines if isinstance(line, Recovered)),
        ended=last if isinstance(last := lines[-1], End) else None,
        intents=intents,
    )


def _count(tally: dict[str, int], name: str) -> None:
    if name == "backup.start":
        tally.pop(FETCH, None)
    tally[name] = tally.get(name, 0) + 1


def _lines(path: Path) -> list[AnyLine]:
    """Return all whole lines.

    A line is torn where a process was killed: at the end, or before the Run line of the process
    that went on. Any other damage is an error.
    """
    try:
        pieces = path.read_bytes().split(b"\n")
    except OSError as error:
        raise UsageProblem(
            Reason.of("usage.journal_unreadable", path=str(path), error=str(error))
        ) from error
    lines: list[AnyLine] = []
    torn_at = 0  # 1-based; 0: none
    for number, piece in enumerate(pieces[:-1], start=1):
        line = _decoded(piece)
        if line is not None and (twice := _key_twice(piece)):
            raise UsageProblem(
                Reason.of("usage.journal_twice", path=str(path), line=number, name=twice)
            )
        if torn_at and not isinstance(line, Run):
            break
        if line is not None:
            lines.append(line)
        torn_at = number if line is None else 0
    if torn_at not in (0, len(pieces) - 1):
        raise UsageProblem(Reason.of("usage.journal_damaged", path=str(path), line=torn_at))
    return lines


def _decoded(piece: bytes) -> AnyLine | None:
    try:
        return _decoder.decode(piece)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _key_twice(piece: bytes) -> str:
    """Return a key that stands twice in one object of a line, or ''; msgspec takes the last."""
    found: list[str] = []

    def look(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                found.append(key)
            seen.add(key)
        return dict(pairs)

    json.loads(piece, object_pairs_hook=look)
    return found[0] if found else ""


def _end_torn_line(path: Path) -> None:
    """End a last line that a killed process left torn, so that the next one stands alone."""
    if not path.is_file() or path.stat().st_size == 0:
        return
    with path.open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        if file.read(1) != b"\n":
            file.write(b"\n")
