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
from mock_server.domain.commands import AtMachine, Look, Trainee, World
from mock_server.domain.events import (
    CommandRefused,
    CopyDelivered,
    Event,
    RequestHeld,
    StationPrepared,
)
from mock_server.domain.refusals import Refusal
from mock_server.domain.state import Station
from mock_server.faults import armed, conditions, deliveries
from mock_server.faults.armed import FaultState
from mock_server.faults.errors import FaultError
from mock_server.faults.events import FaultArmed, FaultDisarmed, FaultFired, FaultSkipped
from mock_server.faults.plan import FaultSpec
from mock_server.faults.striking import Struck, strike
from mock_server.journal import Actor, AnyEvent
from mock_server.training import desk
from mock_server.training.commands import WHILE_CLOSED, TrainingCommand
from mock_server.training.desk import Training
from mock_server.training.events import TrainingHappened
from mock_server.training.freezing import with_clock


class Rehearsal(msgspec.Struct, frozen=True, kw_only=True):
    """``seq`` is the sequence number of the last event folded in. ``held`` are the requests that
    are still on their way, in the order in which they were sent."""

    station: Station
    faults: FaultState
    clock: Clock
    seq: int
    held: tuple[RequestHeld, ...] = ()
    training: Training = Training()


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
        case TrainingHappened():
            return replace(state, training=desk.evolve(state.training, event), seq=seq)
        case _:
            station = rules.evolve(state.station, event)
            return replace(state, station=station, seq=seq, held=_held_after(state.held, event))


def _held_after(held: tuple[RequestHeld, ...], event: Event) -> tuple[RequestHeld, ...]:
    match event:
        case RequestHeld():
            return (*held, event)
        case CopyDelivered():
            arrived = _arrived(held, event)
            return tuple(one for one in held if one is not arrived)
        case _:
            return held


def _arrived(held: tuple[RequestHeld, ...], event: CopyDelivered) -> RequestHeld | None:
    """Return the request that arrived, None if it is one that was delivered two times."""
    return next(
        (
            one
            for one in held
            if (one.due_ms, one.at_ms, one.command.name)
            == (event.at_ms, event.heard_ms, event.command)
        ),
        None,
    )


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


def next_due_ms(state: Rehearsal) -> int | None:
    """Return when something happens next by itself, or a request arrives; None: never."""
    due = rules.next_due(state.station)
    instants = [one.due_ms for one in state.held]
    if due is not None:
        instants.append(due[0])
    return min(instants, default=None)


def advance(state: Rehearsal, now_ms: int) -> tuple[Rehearsal, tuple[AnyEvent, ...]]:
    """Fold what falls due, and what arrives, up to and including ``now_ms``.

    Each at its own instant; what arrives meets the station as it stands by then.
    """
    happened: list[AnyEvent] = []
    while True:
        first = min(state.held, key=lambda one: one.due_ms, default=None)
        if first is not None and first.due_ms > now_ms:
            first = None
        to_ms = now_ms if first is None else first.due_ms
        station, fell_due = rules.advance(state.station, to_ms)
        if fell_due:
            happened.extend(fell_due)
            state = replace(state, station=station, seq=state.seq + len(fell_due))
        if first is None:
            return state, tuple(happened)
        arrived = _delivered(state, first.command, first.machine, first.at_ms, first.due_ms)
        happened.extend(arrived)
        state = reduce(fold, arrived, state)


def _delivered(
    state: Rehearsal, command: Trainee, machine: str, heard_ms: int, at_ms: int
) -> tuple[AnyEvent, ...]:
    """Return what a delivery brings about that nobody pressed for just then, marked as a copy's.

    It goes to the machine that it was sent to, and meets the faults of the station, not those of
    the wire. The journal must have been folded up to ``at_ms``.
    """
    copy = replace(command, copy=True)
    station = state.station
    if isinstance(copy, AtMachine):
        station = replace(station, here=machine)
    struck = strike(state.faults, station, None, copy, at_ms)
    faults: tuple[AnyEvent, ...] = (*struck.skipped, *struck.fired)
    brought: tuple[AnyEvent, ...]
    try:
        events = rules.decide(station, struck.command, at_ms)
        brought = tuple(replace(event, copy=True) for event in events)
    except Refusal as refusal:
        faults, brought = (), (_refused(copy, refusal, at_ms),)
    mark = CopyDelivered(at_ms=at_ms, machine=machine, command=command.name, heard_ms=heard_ms)
    return (*faults, mark, *brought)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What one request adds to a journal, by actor, and what it answers with.

    ``copies`` comes after ``events`` and is not in the answer.
    """

    events: tuple[tuple[Actor, AnyEvent], ...]
    copies: tuple[tuple[Actor, AnyEvent], ...] = ()
    struck: tuple[FaultSpec, ...] = ()
    obeyed: bool = True
    refusal: Refusal | None = None


def decide(
    state: Rehearsal, struck: Struck, command: Trainee, now_ms: int, actor: Actor
) -> Decided:
    """Decide one command under the faults that struck it.

    A fault before the work keeps the command from the station, or holds it for later; one after it
    counts only if the station obeyed.
    """
    fired = _by_simulator((*struck.skipped, *struck.fired))
    if struck.held:
        late = _held(state.station.here, struck, command, now_ms, actor)
        return Decided(events=(*fired, *late), struck=struck.answers, obeyed=False)
    try:
        events = rules.decide(state.station, struck.command, now_ms)
    except Refusal as refusal:
        if isinstance(command, Look):
            return Decided(events=(), refusal=refusal)
        no = _refused(command, refusal, now_ms)
        return Decided(events=((actor, no),), refusal=refusal)
    added = (*fired, *((actor, event) for event in events))
    copies: tuple[AnyEvent, ...] = ()
    if deliveries.comes_twice(struck.answers):
        after = reduce(fold, (event for _, event in added), state)
        copies = _delivered(after, command, state.station.here, now_ms, now_ms)
    return Decided(events=added, copies=_by_simulator(copies), struck=struck.answers)


def closed(state: Rehearsal, command: Trainee | TrainingCommand, now_ms: int) -> Decided:
    """Decide a trainee's act at a seat that is closed: refused, and nothing is journaled.

    A look is no act: it shows what stands there, and proves nothing.
    """
    if isinstance(command, Look):
        try:
            rules.decide(state.station, command, now_ms)
        except Refusal as refusal:
            return Decided(events=(), refusal=refusal)
        return Decided(events=())
    seat = state.training
    stands = Refusal("training.paused" if seat.is_paused else "training.frozen")
    return Decided(events=(), refusal=stands if seat.is_frozen else Refusal("training.over"))


def trained(state: Rehearsal, command: TrainingCommand, now_ms: int, actor: Actor) -> Decided:
    """Decide one command about the training. A freeze stops the clock, a thaw lets it go on."""
    seat = state.training
    if actor == "trainee" and seat.is_closed and not isinstance(command, WHILE_CLOSED):
        return closed(state, command, now_ms)
    try:
        happened = desk.decide(state.training, command, now_ms)
    except Refusal as refusal:
        return Decided(events=(), refusal=refusal)
    before = state.training.freeze
    events = (one for event in happened for one in with_clock(event, before, state.clock))
    return Decided(events=tuple((actor, event) for event in events))


def _by_simulator(events: Iterable[AnyEvent]) -> tuple[tuple[Actor, AnyEvent], ...]:
    return tuple(("simulator", event) for event in events)


def _held(
    machine: str, struck: Struck, command: Trainee, now_ms: int, actor: Actor
) -> tuple[tuple[Actor, AnyEvent], ...]:
    """Return that the request is on its way, if it is; one that is lost leaves nothing."""
    by_ms = deliveries.late_by_ms(struck.answers)
    if by_ms is None:
        return ()
    held = RequestHeld(at_ms=now_ms, machine=machine, command=command, due_ms=now_ms + by_ms)
    return ((actor, held),)


def _refused(command: Trainee, refusal: Refusal, at_ms: int) -> CommandRefused:
    return CommandRefused(at_ms=at_ms, command=command.name, code=refusal.code, copy=command.copy)


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
