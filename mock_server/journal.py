"""The journal of one rehearsal: every kind of event there is, its envelope, and its bytes.

Pure. Same scenario, seed and requests give the same entries, byte for byte, but for ``t_real``.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from typing import Literal

import msgspec

from mock_server.domain.clock import ClockEvent
from mock_server.domain.events import Event
from mock_server.faults.events import FaultEvent
from mock_server.training.events import TrainingEvent

Actor = Literal["trainee", "facilitator", "simulator"]
AnyEvent = Event | ClockEvent | FaultEvent | TrainingEvent
WIB = timezone(timedelta(hours=7), "WIB")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the journal.

    ``seq`` is 1-based without gaps. ``actor`` is who caused it: what fell due by itself is the
    simulator's. ``op`` is the operation of the request behind it, or ''. ``t_real`` is the only
    real time in a journal: ISO 8601 UTC, or None under a clock that real time does not move.
    """

    seq: int
    at: str  # the virtual instant for people: ISO 8601, WIB
    event: AnyEvent
    actor: Actor
    op: str = ""
    t_real: str | None = None


_decoder = msgspec.json.Decoder(Entry)
_encoder = msgspec.json.Encoder()


def wib(at_ms: int) -> datetime:
    """Return the instant as a WIB datetime."""
    return datetime.fromtimestamp(at_ms / 1000, tz=UTC).astimezone(WIB)


def iso_wib(at_ms: int) -> str:
    return wib(at_ms).isoformat(timespec="milliseconds")


def encode(entry: Entry) -> bytes:
    return _encoder.encode(entry)


def decode(payload: bytes) -> Entry:
    """Raises msgspec.DecodeError if the bytes are no entry of this version."""
    return _decoder.decode(payload)


def jsonl(entries: Iterable[Entry]) -> bytes:
    """Return one JSON document a line, each line ended."""
    return b"".join(encode(entry) + b"\n" for entry in entries)
