"""One rehearsal: station, faults and clock together, folded from its journal, and what one request
adds to it.

Pure. ``engine.py`` keeps it; nothing else changes it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

import msgspec
from msgspec.structs import replace

from mock_server.domain import station as rules
from mock_server.domain.clock import Clock, ClockMoved, ClockSet
from mock_server.domain.commands import Look, Trainee, World
from mock_server.domain.events import CommandRefused, StationPrepared
from mock_server.domain.refusals import Refusal
from mock_server.domain.state import Station
from mock_server.faults import armed, conditions
from mock_server.faults.armed import FaultState
from mock_server.faults.errors import FaultError
from mock_server.faults.events import FaultArmed, FaultDisarmed, FaultFired, FaultSkipped
from mock_server.faults.plan import FaultSpec
from mock_server.faults.striking import Struck
from mock_server.journal import Actor, AnyEvent


class Rehearsal(msgspec.Struct, frozen=True, kw_only=True):
    """``seq`` is the sequence number of the last event folded in."""

    station: Station
    faults: FaultState
    clock: Clock
    seq: int


def begun(event: AnyEvent) -> Rehearsal:
    """Return the state after a journal's first event.

    Raises ValueError if that is not a StationPrepared: then it is no journal of ours.
    """
    if not isinstance(event, StationPrepared):
        raise ValueError(  # noqa: TRY004 -- the journal is wrong, not the caller's type
            f"a journal begins with station-prepared, not {type(event).__name__}"
        )
    return Rehearsal(
        station=rules.begin(event),
        faults=FaultState(),
        clock=Clock(at_ms=event.at_ms),
        seq=1,
    )


def fold(state: Rehearsal, event: AnyEvent) -> Rehearsal:
    seq = state.seq + 1
    match event:
        case ClockSet():
            clock = replace(state.clock, mode=event.mode, speed=event.speed, at_ms=event.at_ms)
            return replace(state, clock=clock, seq=seq)
        case ClockMoved():
            return replace(state, clock=replace(state.clock, at_ms=event.at_ms), seq=seq)
        case FaultArmed() | FaultDisarmed() | FaultFired() | FaultSkipped():
            return replace(state, faults=armed.evolve(state.faults, event), seq=seq)
        case _:
            return replace(state, station=rules.evolve(state.station, event), seq=seq)


def replay(events: Iterable[AnyEvent]) -> Rehearsal:
    """Return the state that a whole journal leads to. Raises ValueError for an empty one."""
    iterator = iter(events)
    first = next(iterator, None)
    if first is None:
        raise ValueError("an empty journal is no rehearsal")
    state = begun(first)
    for event in iterator:
        state = fold(state, event)
    return state


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What one request adds to a journal, by actor, and what it answers with."""

    events: tuple[tuple[Actor, AnyEvent], ...]
    struck: tuple[FaultSpec, ...] = ()
    obeyed: bool = True
    refusal: Refusal | None = None


def decide(
    state: Rehearsal, struck: Struck, command: Trainee, now_ms: int, actor: Actor
) -> Decided:
    """Decide one command under the faults that struck it.

    A fault before the work keeps the command from the station; one after it counts only if the
    station obeyed.
    """
    faults: list[AnyEvent] = [*struck.skipped, *struck.fired]
    fired: tuple[tuple[Actor, AnyEvent], ...] = tuple(("simulator", event) for event in faults)
    if struck.held:
        return Decided(events=fired, struck=struck.answers, obeyed=False)
    try:
        events = rules.decide(state.station, struck.command, now_ms)
    except Refusal as refusal:
        if isinstance(command, Look):
            return Decided(events=(), refusal=refusal)
        no = CommandRefused(
            at_ms=now_ms, command=_name(command), code=refusal.code, copy=command.copy
        )
        return Decided(events=((actor, no),), refusal=refusal)
    return Decided(events=(*fired, *((actor, event) for event in events)), struck=struck.answers)


def _name(command: Trainee) -> str:
    """Return the command's name in kebab case, as in ``start-sync``."""
    name = type(command).__name__
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).lstrip("-")


def armed_events(state: Rehearsal, spec: FaultSpec, now_ms: int) -> list[AnyEvent]:
    """Return the arming, and what it changes at once in the world.

    Raises FaultError if a fault of this id is armed already.
    """
    if state.faults.is_armed(spec.id):
        raise FaultError(("id",), f"fault {spec.id!r} is armed already", "an id of its own")
    arming = FaultArmed(at_ms=now_ms, spec=spec)
    after = fold(state, arming)
    effects = conditions.on_arming(spec, after.faults, after.station, now_ms)
    return [arming, *_world(after, effects.commands, now_ms), *effects.events]


def disarmed_events(state: Rehearsal, fault_id: str, now_ms: int) -> list[AnyEvent]:
    """Raises FaultError if no such fault is armed."""
    armed_one = state.faults.find(fault_id)
    if armed_one is None or not state.faults.is_armed(fault_id):
        allowed = ", ".join(one.spec.id for one in state.faults.live) or "none is armed"
        raise FaultError(("id",), f"no fault {fault_id!r} is armed", allowed)
    disarming = FaultDisarmed(at_ms=now_ms, id=fault_id)
    after = fold(state, disarming)
    return [
        disarming,
        *_world(after, conditions.on_disarming(armed_one.spec, after.faults), now_ms),
    ]


def _world(state: Rehearsal, commands: Sequence[World], now_ms: int) -> list[AnyEvent]:
    events: list[AnyEvent] = []
    for command in commands:
        decided = rules.decide(state.station, command, now_ms)
        events.extend(decided)
        state = reduce(fold, decided, state)
    return events
