"""A seat with what its run says, as the console's pages read it."""

from collections.abc import Mapping

import msgspec

from mock_server.answer import Answer
from mock_server.classroom import Classroom
from mock_server.classroom.readings import Reading
from mock_server.cohort.state import Cohort, Run, Seat
from mock_server.engine import Engine
from mock_server.ports import StoreError
from mock_server.scenario.model import Level
from mock_server.training.mastery import attempt_of, failures_in_a_row
from mock_server.training.next_drill import FAILURES_MAX

STEPS = 21


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A seat with what its present run says; None where nothing runs, or it was deleted.

    ``behind`` is the level of a run that the class has left and the seat has not ended; else ''.
    """

    seat: Seat
    run: Run | None
    answer: Answer | None = None
    reading: Reading | None = None
    failures: int = 0  # of this drill, one after the other; twice calls for somebody
    behind: str = ""

    @property
    def of_this_drill(self) -> Reading | None:
        return None if self.behind else self.reading


def known(
    cohort: Cohort, engine: Engine, room: Classroom, levels: Mapping[str, Level] | None = None
) -> tuple[Known, ...]:
    """``levels`` of the stories by their ids: without them nobody's failures are counted."""
    found = []
    for number, seat in cohort.seats.items():
        run = cohort.current(number)
        try:
            if run is not None:
                failed = failures(cohort, seat, run, levels or {}, room)
                one = _read(seat, run, engine, room, failures=failed)
            else:
                one = _left_behind(seat, engine, room, levels or {})
        except StoreError:
            one = Known(seat=seat, run=None)
        found.append(one)
    return tuple(found)


def _read(
    seat: Seat, run: Run, engine: Engine, room: Classroom, *, failures: int = 0, behind: str = ""
) -> Known:
    """Raises StoreError."""
    return Known(
        seat=seat,
        run=run,
        answer=engine.peek(run.rehearsal),
        reading=room.reading(run.rehearsal),
        failures=failures,
        behind=behind,
    )


def _left_behind(seat: Seat, engine: Engine, room: Classroom, levels: Mapping[str, Level]) -> Known:
    """Read what a seat still works at while its class has gone on. Raises StoreError."""
    if seat.run is None or room.reading(seat.run.rehearsal).filed:
        return Known(seat=seat, run=None)
    level = levels.get(seat.run.scenario)
    behind = str(level) if level is not None else seat.run.scenario
    return _read(seat, seat.run, engine, room, behind=behind)


def failures(
    cohort: Cohort, seat: Seat, run: Run, levels: Mapping[str, Level], room: Classroom
) -> int:
    """Return how often in a row the seat has failed the drill that the class is at.

    Raises StoreError.
    """
    level = levels.get(run.scenario)
    runs = [of for of in seat.runs if of.round == cohort.round and of.scenario == run.scenario]
    if level is None or len(runs) < FAILURES_MAX:
        return 0
    attempts = [attempt_of(level, of.scenario, room.reading(of.rehearsal).shown) for of in runs]
    return failures_in_a_row(attempts, level)


def time_in_step_ms(one: Known) -> int:
    if one.reading is None or one.answer is None or one.reading.filed:
        return 0
    virtual_ms = one.answer.now_ms - one.reading.pace.since_ms
    return max(0, virtual_ms // max(1, one.answer.clock.speed))


def number(one: Known) -> int:
    read = one.of_this_drill
    return 0 if read is None else read.pace.number or STEPS
