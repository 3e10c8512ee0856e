"""How each event changes a class. Pure; nothing else changes one."""

from collections.abc import Callable, Iterable
from typing import assert_never

from msgspec.structs import replace

from mock_server.cohort import events as e
from mock_server.cohort.events import CohortEvent
from mock_server.cohort.state import (
    Cohort,
    Drill,
    Freeze,
    Note,
    Planned,
    Rubric,
    Run,
    Seat,
    held_ms,
)


def opened(event: e.CohortOpened, name: str) -> Cohort:
    return Cohort(
        name=name,
        kind=event.kind,
        title=event.title,
        code=event.code,
        opened_ms=event.at_ms,
        plan=event.plan,
        seq=1,
    )


def replay(events: Iterable[CohortEvent], name: str) -> Cohort:
    """Raises ValueError if the stream does not begin with the class's opening."""
    stream = iter(events)
    first = next(stream, None)
    if not isinstance(first, e.CohortOpened):
        found = "nothing" if first is None else type(first).__name__
        raise ValueError(  # noqa: TRY004 -- the stream is wrong, not the caller's type
            f"the stream of a class begins with cohort-opened, not {found}"
        )
    state = opened(first, name)
    for event in stream:
        state = evolve(state, event)
    return state


def evolve(state: Cohort, event: CohortEvent) -> Cohort:
    state = replace(state, seq=state.seq + 1)
    match event:
        case e.CohortOpened():
            return state
        case e.RosterSet(members=members):
            return replace(state, roster=members)
        case e.ClassClosed():
            return replace(state, closed=True)
        case e.SpeedSet(speed=speed):
            return replace(state, speed=speed)
        case e.RubricSet(k3_gates=k3, k4_gates=k4):
            return replace(state, rubric=Rubric(k3_gates=k3, k4_gates=k4))
        case e.ClockJumped():
            return state
        case e.PartOpened() | e.DrillSet():
            return _next_drill(state, event)
        case e.InsertPlanned() | e.InsertDone() | e.InsertCancelled():
            return _inserted(state, event)
        case e.ClassFrozen() | e.ClassThawed():
            return _froze(state, event)
        case e.TimeGiven(minutes=minutes, seats=()):
            return replace(state, minutes_given=state.minutes_given + minutes)
        case e.SeatTaken() | e.SeatMoved() | e.SeatRemoved():
            return _sat(state, event)
        case (
            e.SeatReopened()
            | e.RehearsalBegun()
            | e.AlertAcknowledged()
            | e.NoteWritten()
            | e.MessageSent()
            | e.TimeGiven()
        ):
            return _seated(state, event)
        case _:
            assert_never(event)


def _next_drill(state: Cohort, event: e.PartOpened | e.DrillSet) -> Cohort:
    if isinstance(event, e.PartOpened):
        part = state.plan[event.part]
        drill = Drill(
            kind=part.kind,
            scenario=part.scenario,
            minutes=part.minutes,
            since_ms=event.at_ms,
            part=event.part,
            topic=part.topic,
        )
    else:
        drill = Drill(
            kind="drill", scenario=event.scenario, minutes=event.minutes, since_ms=event.at_ms
        )
    seats = {n: replace(seat, minutes_given=0) for n, seat in state.seats.items()}
    still = None if state.freeze is None else replace(state.freeze, since_ms=event.at_ms)
    return replace(
        state,
        drill=drill,
        round=state.round + 1,
        seats=seats,
        minutes_given=0,
        held_ms=0,
        freeze=still if still is not None and still.holds(event.at_ms) else None,
    )


def _inserted(state: Cohort, event: e.InsertPlanned | e.InsertDone | e.InsertCancelled) -> Cohort:
    if isinstance(event, e.InsertPlanned):
        planned = Planned(insert=event.insert, at_ms=event.at_ms, round=state.round)
        return replace(state, planned=(*state.planned, planned))

    def changed(one: Planned) -> Planned:
        if one.insert.id != event.id:
            return one
        if isinstance(event, e.InsertDone):
            return replace(one, done=one.done | {event.rehearsal})
        return replace(one, cancelled=True)

    return replace(state, planned=tuple(changed(one) for one in state.planned))


def _froze(state: Cohort, event: e.ClassFrozen | e.ClassThawed) -> Cohort:
    freeze = None
    if isinstance(event, e.ClassFrozen):
        freeze = Freeze(since_ms=event.at_ms, message=event.message, until_ms=event.until_ms)
    if event.seats:
        return _each(state, event.seats, lambda seat: replace(seat, freeze=freeze))
    held = state.held_ms + held_ms(state.freeze, event.at_ms)
    state = _each(state, (), lambda seat: replace(seat, freeze=None))
    return replace(state, freeze=freeze, held_ms=held)


def _sat(state: Cohort, event: e.SeatTaken | e.SeatMoved | e.SeatRemoved) -> Cohort:
    seats = dict(state.seats)
    match event:
        case e.SeatTaken():
            seats[event.seat] = Seat(
                number=event.seat,
                token=event.token,
                name=event.name,
                school=event.school,
                taken_ms=event.at_ms,
            )
        case e.SeatMoved():
            seats[event.seat] = replace(
                seats[event.seat],
                token=event.token,
                name=event.name,
                school=event.school,
                reopened=False,
            )
        case e.SeatRemoved():
            seats.pop(event.seat, None)
        case _:
            assert_never(event)
    return replace(state, seats=dict(sorted(seats.items())))


def _seated(
    state: Cohort,
    event: e.SeatReopened
    | e.RehearsalBegun
    | e.AlertAcknowledged
    | e.NoteWritten
    | e.MessageSent
    | e.TimeGiven,
) -> Cohort:
    """Fold what changes seats that are there; what names a seat that is gone changes nothing."""

    def changed(seat: Seat) -> Seat:
        match event:
            case e.SeatReopened():
                return replace(seat, reopened=True)
            case e.RehearsalBegun():
                return replace(seat, runs=(*seat.runs, _run(event, state.round, state.rubric)))
            case e.AlertAcknowledged(alert=alert):
                return replace(seat, seen=seat.seen | {alert})
            case e.NoteWritten():
                return replace(seat, notes=(*seat.notes, Note(at_ms=event.at_ms, text=event.text)))
            case e.MessageSent():
                said = Note(at_ms=event.at_ms, text=event.text)
                return replace(seat, messages=(*seat.messages, said))
            case e.TimeGiven(minutes=minutes):
                return replace(seat, minutes_given=seat.minutes_given + minutes)
            case _:
                assert_never(event)

    seats = event.seats if isinstance(event, e.MessageSent | e.TimeGiven) else (event.seat,)
    return _each(state, seats, changed)


def _run(event: e.RehearsalBegun, round_: int, rubric: Rubric | None) -> Run:
    return Run(
        rehearsal=event.rehearsal,
        scenario=event.scenario,
        how=event.how,
        at_ms=event.at_ms,
        parent=event.parent,
        round=round_,
        rubric=rubric,
    )


def _each(state: Cohort, seats: Iterable[int], change: Callable[[Seat], Seat]) -> Cohort:
    named = set(state.targets(seats))
    changed = {n: change(seat) if n in named else seat for n, seat in state.seats.items()}
    return replace(state, seats=changed)
