"""What happened in a class. Past-tense names; frozen; the only thing that is stored about it.

Unlike a rehearsal's journal these carry real time: ``at_ms`` is epoch milliseconds of the server's
own clock. Nothing about a person is kept but name, school and seat.
"""

from collections.abc import Iterable
from typing import Literal

import msgspec

from mock_server.domain.happened import kebab

Kind = Literal["solo", "class"]
How = Literal["begin", "retry", "rewind", "condition", "branch"]
When = Literal["now", "step", "clock"]
PartKind = Literal["drill", "talk", "break"]


class Recorded(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag=kebab):
    """Base of all events. ``seats`` of an event: numbers, or () for every seat."""

    at_ms: int


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a lesson. ``scenario`` is '' where nobody practises; ``topic`` names the talking
    points, '' where there are none."""

    kind: PartKind
    minutes: int
    scenario: str = ""
    topic: str = ""


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the roster."""

    seat: int
    name: str
    school: str = ""


class Insert(msgspec.Struct, frozen=True, kw_only=True):
    """A fault that is to strike: now, at ``step``, or at ``clock`` (HH:MM WIB).

    ``values`` are written as in a scenario file.
    """

    id: str
    fault: str
    values: dict[str, str | int | list[int]] = {}
    seats: tuple[int, ...] = ()
    when: When = "now"
    step: str = ""
    clock: str = ""


class CohortOpened(Recorded, frozen=True, kw_only=True):
    """The first event of every stream. A solo's ``code`` is '': nobody joins it."""

    kind: Kind
    title: str = ""
    code: str = ""
    plan: tuple[Part, ...] = ()


class RosterSet(Recorded, frozen=True, kw_only=True):
    members: tuple[Member, ...]


class SeatTaken(Recorded, frozen=True, kw_only=True):
    """``token`` is the key to the seat, and unguessable."""

    seat: int
    token: str
    name: str = ""
    school: str = ""


class SeatReopened(Recorded, frozen=True, kw_only=True):
    """The next who joins with this number takes the seat over, runs and all."""

    seat: int


class SeatMoved(Recorded, frozen=True, kw_only=True):
    """Somebody took a reopened seat over; the earlier key opens nothing any more."""

    seat: int
    token: str
    name: str = ""
    school: str = ""


class SeatRemoved(Recorded, frozen=True, kw_only=True):
    seat: int


class RehearsalBegun(Recorded, frozen=True, kw_only=True):
    """``parent`` is the rehearsal it goes on from, '' for a fresh one."""

    seat: int
    rehearsal: str
    scenario: str
    how: How = "begin"
    parent: str = ""


class PartOpened(Recorded, frozen=True, kw_only=True):
    """The class goes on with part ``part`` of its plan, 0-based."""

    part: int


class DrillSet(Recorded, frozen=True, kw_only=True):
    """A drill that is not in the plan, or once more."""

    scenario: str
    minutes: int


class InsertPlanned(Recorded, frozen=True, kw_only=True):
    insert: Insert


class InsertDone(Recorded, frozen=True, kw_only=True):
    id: str
    seat: int
    rehearsal: str


class InsertCancelled(Recorded, frozen=True, kw_only=True):
    id: str


class MessageSent(Recorded, frozen=True, kw_only=True):
    text: str
    seats: tuple[int, ...] = ()


class ClassFrozen(Recorded, frozen=True, kw_only=True):
    """``until_ms`` is real time; None: until somebody thaws it."""

    message: str
    until_ms: int | None = None
    seats: tuple[int, ...] = ()


class ClassThawed(Recorded, frozen=True, kw_only=True):
    seats: tuple[int, ...] = ()


class AlertAcknowledged(Recorded, frozen=True, kw_only=True):
    """``alert`` names what was seen to, so that the next one of its kind counts as new."""

    seat: int
    alert: str


class NoteWritten(Recorded, frozen=True, kw_only=True):
    seat: int
    text: str


class SpeedSet(Recorded, frozen=True, kw_only=True):
    speed: int


class RubricSet(Recorded, frozen=True, kw_only=True):
    """Whether K3 and K4 keep a run from passing, for all runs that begin from now on."""

    k3_gates: bool
    k4_gates: bool


class ClockJumped(Recorded, frozen=True, kw_only=True):
    """Every clock that stood before ``clock`` (HH:MM WIB of its own day) was moved there."""

    clock: str


class TimeGiven(Recorded, frozen=True, kw_only=True):
    minutes: int
    seats: tuple[int, ...] = ()


class ClassClosed(Recorded, frozen=True, kw_only=True):
    """Nobody joins any more; what was done stays."""


CohortEvent = (
    CohortOpened
    | RosterSet
    | SeatTaken
    | SeatReopened
    | SeatMoved
    | SeatRemoved
    | RehearsalBegun
    | PartOpened
    | DrillSet
    | InsertPlanned
    | InsertDone
    | InsertCancelled
    | MessageSent
    | ClassFrozen
    | ClassThawed
    | AlertAcknowledged
    | NoteWritten
    | SpeedSet
    | RubricSet
    | ClockJumped
    | TimeGiven
    | ClassClosed
)

_decoder = msgspec.json.Decoder(CohortEvent)
_encoder = msgspec.json.Encoder()


def encode(events: Iterable[CohortEvent]) -> list[bytes]:
    return [_encoder.encode(event) for event in events]


def decode(payload: bytes) -> CohortEvent:
    """Raises msgspec.DecodeError if the bytes are no event of this version."""
    event: CohortEvent = _decoder.decode(payload)
    return event
