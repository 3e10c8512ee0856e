"""What a class does when asked: events, or a refusal by code. Pure; real time is an argument."""

import re
from typing import Literal, assert_never

from mock_server.cohort import commands as c
from mock_server.cohort import events as e
from mock_server.cohort.state import MINUTE_MS, Cohort, Rubric

SEATS_MAX = 99
NAME_MAX = 60
TEXT_MAX = 300
TITLE_MAX = 80
FREEZE_MINUTES_MAX = 60
DRILL_MINUTES_MAX = 240
SPEED_MAX = 1000
WAITING_MAX = 60
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_BLANK = re.compile(r"[\s\x00-\x1f\x7f]+")

Code = Literal[
    "closed",  # nobody joins any more
    "seat",  # no such number
    "seat-taken",
    "seat-gone",  # nobody sits there
    "not-on-roster",
    "name",
    "text",
    "minutes",
    "speed",
    "clock",
    "part",
    "title",
    "insert",
    "step",  # no such step
    "values",  # of a fault, not to be read
    "too-many",
    "exam",  # no second chances in an exam
    "no-hints",  # the level has none
]


class CohortRefusal(Exception):  # noqa: N818 -- the class's answer, not an error of ours
    """The class said no. ``code`` says why; the words are those of the page."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code: Code = code


def cleaned(text: str, longest: int, code: Code = "text") -> str:
    """Return a line that somebody typed, blanks made single. Raises CohortRefusal if it is empty
    or longer than ``longest`` characters."""
    line = _BLANK.sub(" ", text).strip()
    if not line or len(line) > longest:
        raise CohortRefusal(code)
    return line


def optional(text: str, longest: int, code: Code) -> str:
    return cleaned(text, longest, code) if text.strip() else ""


def decide_open(command: c.Open, now_ms: int) -> e.CohortOpened:
    title = cleaned(command.title, TITLE_MAX, "title")
    if not command.plan:
        raise CohortRefusal("part")
    return e.CohortOpened(
        at_ms=now_ms, kind="class", title=title, code=command.code, plan=command.plan
    )


def decide(state: Cohort, command: c.AnyCommand, now_ms: int) -> tuple[e.CohortEvent, ...]:
    """Raises CohortRefusal."""
    match command:
        case c.Join():
            return (_join(state, command, now_ms),)
        case c.SetRoster(members=members):
            return (e.RosterSet(at_ms=now_ms, members=members),)
        case c.ReopenSeat(seat=seat):
            return (e.SeatReopened(at_ms=now_ms, seat=_there(state, seat)),)
        case c.RemoveSeat(seat=seat):
            return (e.SeatRemoved(at_ms=now_ms, seat=_there(state, seat)),)
        case c.Begin():
            return (_begin(state, command, now_ms),)
        case c.OpenPart() | c.SetDrill():
            return (_drill(state, command, now_ms),)
        case c.PlanInsert() | c.DoneInsert() | c.CancelInsert():
            return _insert(state, command, now_ms)
        case c.Acknowledge(seat=seat, alert=alert):
            if alert in state.seats[_there(state, seat)].seen:
                return ()
            line = cleaned(alert, NAME_MAX)
            return (e.AlertAcknowledged(at_ms=now_ms, seat=seat, alert=line),)
        case c.WriteNote(seat=seat, text=text):
            _there(state, seat)
            return (e.NoteWritten(at_ms=now_ms, seat=seat, text=cleaned(text, TEXT_MAX)),)
        case c.SetRubric() | c.Close():
            return _class_wide(state, command, now_ms)
        case c.Say() | c.FreezeSeats() | c.Thaw() | c.SetSpeed() | c.Jump() | c.GiveTime():
            return (_steer(state, command, now_ms),)
        case _:
            assert_never(command)


def _class_wide(
    state: Cohort, command: c.SetRubric | c.Close, now_ms: int
) -> tuple[e.CohortEvent, ...]:
    if isinstance(command, c.Close):
        return () if state.closed else (e.ClassClosed(at_ms=now_ms),)
    rubric = Rubric(k3_gates=command.k3_gates, k4_gates=command.k4_gates)
    if state.rubric == rubric:
        return ()
    return (e.RubricSet(at_ms=now_ms, k3_gates=rubric.k3_gates, k4_gates=rubric.k4_gates),)


def _there(state: Cohort, seat: int) -> int:
    if seat not in state.seats:
        raise CohortRefusal("seat-gone")
    return seat


def _join(state: Cohort, command: c.Join, now_ms: int) -> e.CohortEvent:
    if state.closed:
        raise CohortRefusal("closed")
    if not 1 <= command.seat <= SEATS_MAX:
        raise CohortRefusal("seat")
    name = cleaned(command.name, NAME_MAX, "name")
    school = optional(command.school, NAME_MAX, "name")
    if state.roster:
        member = next((one for one in state.roster if one.seat == command.seat), None)
        if member is None:
            raise CohortRefusal("not-on-roster")
        name, school = member.name, member.school or school
    taken = state.seats.get(command.seat)
    if taken is None:
        return e.SeatTaken(
            at_ms=now_ms, seat=command.seat, token=command.token, name=name, school=school
        )
    if not taken.reopened:
        raise CohortRefusal("seat-taken")
    return e.SeatMoved(
        at_ms=now_ms, seat=command.seat, token=command.token, name=name, school=school
    )


def _begin(state: Cohort, command: c.Begin, now_ms: int) -> e.RehearsalBegun:
    return e.RehearsalBegun(
        at_ms=now_ms,
        seat=_there(state, command.seat),
        rehearsal=command.rehearsal,
        scenario=command.scenario,
        how=command.how,
        parent=command.parent,
    )


def _drill(state: Cohort, command: c.OpenPart | c.SetDrill, now_ms: int) -> e.CohortEvent:
    if isinstance(command, c.SetDrill):
        if not 1 <= command.minutes <= DRILL_MINUTES_MAX:
            raise CohortRefusal("minutes")
        return e.DrillSet(at_ms=now_ms, scenario=command.scenario, minutes=command.minutes)
    if not 0 <= command.part < len(state.plan):
        raise CohortRefusal("part")
    return e.PartOpened(at_ms=now_ms, part=command.part)


def _insert(
    state: Cohort, command: c.PlanInsert | c.DoneInsert | c.CancelInsert, now_ms: int
) -> tuple[e.CohortEvent, ...]:
    if isinstance(command, c.PlanInsert):
        insert = command.insert
        if insert.when == "clock" and _CLOCK.fullmatch(insert.clock) is None:
            raise CohortRefusal("clock")
        if len(state.waiting()) >= WAITING_MAX:
            raise CohortRefusal("too-many")
        return (e.InsertPlanned(at_ms=now_ms, insert=insert),)
    known = next((one for one in state.planned if one.insert.id == command.id), None)
    if known is None:
        raise CohortRefusal("insert")
    if isinstance(command, c.CancelInsert):
        return () if known.cancelled else (e.InsertCancelled(at_ms=now_ms, id=command.id),)
    if command.rehearsal in known.done:
        return ()
    return (
        e.InsertDone(at_ms=now_ms, id=command.id, seat=command.seat, rehearsal=command.rehearsal),
    )


def _steer(
    state: Cohort,
    command: c.Say | c.FreezeSeats | c.Thaw | c.SetSpeed | c.Jump | c.GiveTime,
    now_ms: int,
) -> e.CohortEvent:
    if isinstance(command, c.Say | c.FreezeSeats | c.Thaw | c.GiveTime) and command.seats:
        for seat in command.seats:
            _there(state, seat)
    match command:
        case c.Say(text=text, seats=seats):
            return e.MessageSent(at_ms=now_ms, text=cleaned(text, TEXT_MAX), seats=seats)
        case c.FreezeSeats(message=message, minutes=minutes, seats=seats):
            if minutes is not None and not 1 <= minutes <= FREEZE_MINUTES_MAX:
                raise CohortRefusal("minutes")
            until_ms = None if minutes is None else now_ms + minutes * MINUTE_MS
            said = optional(message, TEXT_MAX, "text")
            return e.ClassFrozen(at_ms=now_ms, message=said, until_ms=until_ms, seats=seats)
        case c.Thaw(seats=seats):
            return e.ClassThawed(at_ms=now_ms, seats=seats)
        case c.SetSpeed(speed=speed):
            if not 1 <= speed <= SPEED_MAX:
                raise CohortRefusal("speed")
            return e.SpeedSet(at_ms=now_ms, speed=speed)
        case c.Jump(clock=clock):
            if _CLOCK.fullmatch(clock) is None:
                raise CohortRefusal("clock")
            return e.ClockJumped(at_ms=now_ms, clock=clock)
        case c.GiveTime(minutes=minutes, seats=seats):
            if not 1 <= minutes <= FREEZE_MINUTES_MAX:
                raise CohortRefusal("minutes")
            return e.TimeGiven(at_ms=now_ms, minutes=minutes, seats=seats)
        case _:
            assert_never(command)
