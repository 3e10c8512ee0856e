"""What can be asked of a class. Keys, codes and names of rehearsals come from outside."""

import msgspec

from mock_server.cohort.events import How, Insert, Member, Part


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all commands. ``seats`` of a command: numbers, or () for every seat."""


class Open(Command, frozen=True, kw_only=True):
    title: str
    code: str
    plan: tuple[Part, ...]


class SetRoster(Command, frozen=True, kw_only=True):
    members: tuple[Member, ...]


class Join(Command, frozen=True, kw_only=True):
    """Sit down; ``token`` is the key that the seat gets."""

    seat: int
    token: str
    name: str
    school: str = ""


class ReopenSeat(Command, frozen=True, kw_only=True):
    seat: int


class RemoveSeat(Command, frozen=True, kw_only=True):
    seat: int


class Begin(Command, frozen=True, kw_only=True):
    seat: int
    rehearsal: str
    scenario: str
    how: How = "begin"
    parent: str = ""


class OpenPart(Command, frozen=True, kw_only=True):
    part: int


class SetDrill(Command, frozen=True, kw_only=True):
    scenario: str
    minutes: int


class PlanInsert(Command, frozen=True, kw_only=True):
    insert: Insert


class DoneInsert(Command, frozen=True, kw_only=True):
    id: str
    seat: int
    rehearsal: str


class CancelInsert(Command, frozen=True, kw_only=True):
    id: str


class Say(Command, frozen=True, kw_only=True):
    text: str
    seats: tuple[int, ...] = ()


class FreezeSeats(Command, frozen=True, kw_only=True):
    """``minutes`` is None for a freeze that somebody has to end."""

    message: str
    minutes: int | None = None
    seats: tuple[int, ...] = ()


class Thaw(Command, frozen=True, kw_only=True):
    seats: tuple[int, ...] = ()


class Acknowledge(Command, frozen=True, kw_only=True):
    seat: int
    alert: str


class WriteNote(Command, frozen=True, kw_only=True):
    seat: int
    text: str


class SetSpeed(Command, frozen=True, kw_only=True):
    speed: int


class SetRubric(Command, frozen=True, kw_only=True):
    k3_gates: bool
    k4_gates: bool


class Jump(Command, frozen=True, kw_only=True):
    clock: str  # HH:MM WIB


class GiveTime(Command, frozen=True, kw_only=True):
    minutes: int
    seats: tuple[int, ...] = ()


class Close(Command, frozen=True, kw_only=True):
    pass


AnyCommand = (
    SetRoster
    | Join
    | ReopenSeat
    | RemoveSeat
    | Begin
    | OpenPart
    | SetDrill
    | PlanInsert
    | DoneInsert
    | CancelInsert
    | Say
    | FreezeSeats
    | Thaw
    | Acknowledge
    | WriteNote
    | SetSpeed
    | SetRubric
    | Jump
    | GiveTime
    | Close
)
