"""What a seat's page has to know about the class around it."""

import msgspec

from mock_server.cohort.events import Kind
from mock_server.cohort.state import Cohort, Run, Seat


class SeatContext(msgspec.Struct, frozen=True, kw_only=True):
    """``frozen_until_ms`` and ``ends_ms`` are real epoch milliseconds, None where no end is set;
    ``now_ms`` is the same clock's present. ``moved_to`` names the rehearsal that the seat is to
    work in now if it is not this one, '' if it is. ``next_drill``: the class has gone on, and
    ``/kursi/<token>/`` leads there.
    """

    kind: Kind
    cohort: str
    title: str
    code: str
    seat: int
    token: str
    name: str
    school: str
    frozen: bool
    frozen_until_ms: int | None
    message: str
    now_ms: int
    ends_ms: int | None
    moved_to: str = ""
    next_drill: bool = False


def context_of(state: Cohort, number: int, rehearsal: str, now_ms: int) -> SeatContext:
    """``now_ms`` is real time, epoch milliseconds. Expects the seat to be there."""
    seat = state.seats[number]
    freeze = state.frozen(number, now_ms)
    run = state.current(number)
    return SeatContext(
        kind=state.kind,
        cohort=state.name,
        title=state.title,
        code=state.code,
        seat=seat.number,
        token=seat.token,
        name=seat.name,
        school=seat.school,
        frozen=freeze is not None,
        frozen_until_ms=None if freeze is None else freeze.until_ms,
        message="" if freeze is None else freeze.message,
        now_ms=now_ms,
        ends_ms=state.ends_ms(now_ms, number),
        moved_to=_moved(seat, run, rehearsal),
        next_drill=state.kind == "class" and run is None,
    )


def _moved(seat: Seat, run: Run | None, rehearsal: str) -> str:
    """Only a facilitator moves somebody; a retry or branch of one's own leaves the old one open."""
    if run is None or run.rehearsal == rehearsal or run.how not in ("rewind", "condition"):
        return ""
    known = [one.rehearsal for one in seat.runs]
    return run.rehearsal if rehearsal in known else ""
