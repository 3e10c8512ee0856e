"""What a facilitator does at one seat: put it back, give it a hint, take its raised hand down."""

from collections.abc import Callable

from mock_server.classroom.errors import UnknownSeatError
from mock_server.classroom.reach import Reach
from mock_server.classroom.readings import Readings
from mock_server.classroom.registry import Registry
from mock_server.cohort.events import How
from mock_server.cohort.state import Run
from mock_server.engine import Engine

Adopt = Callable[[str, str, How], None]  # (parent, child, how): the child gets the parent's seat


class Helping:
    def __init__(
        self, engine: Engine, registry: Registry, reach: Reach, readings: Readings, adopt: Adopt
    ) -> None:
        self._engine = engine
        self._registry = registry
        self._reach = reach
        self._readings = readings
        self._adopt = adopt

    def rewind(self, cohort: str, seat: int, at_seq: int) -> str:
        """Go back to just after event ``at_seq``, as a branch; the original stays as it is.

        Raises UnknownSeatError if nothing runs there, ValueError for an event that is not there.
        """
        run = self._run(cohort, seat)
        last = self._engine.peek(run.rehearsal).events
        if not 1 <= at_seq <= last:
            raise ValueError(f"event {at_seq}: 1 to {last} are allowed")
        child = self._engine.fork(run.rehearsal, at_seq)
        self._adopt(run.rehearsal, child, "rewind")
        self._reach.repositioned(child, "rewind", at_seq)
        return child

    def reposition(self, cohort: str, seat: int, make: Callable[[], str]) -> str:
        """Put a seat into the rehearsal that ``make`` creates, at another start of its story.

        Raises UnknownSeatError if nothing runs there, and what ``make`` raises.
        """
        run = self._run(cohort, seat)
        child = make()
        self._adopt(run.rehearsal, child, "condition")
        self._reach.repositioned(child, "condition", None)
        return child

    def give_hint(self, cohort: str, seat: int) -> None:
        """Open the next rung of the step at which the seat stands, as far as there is one.

        Raises UnknownSeatError if nothing runs there, or if its report is filed already.
        """
        run = self._registry.get(cohort).at_work(seat)
        if run is None:
            raise UnknownSeatError(f"seat {seat} has nothing that runs")
        step = self._readings.of(run.rehearsal).pace.step
        if step is None:
            raise UnknownSeatError(f"seat {seat} has filed its report")
        self._reach.give_hint(run.rehearsal, str(step))

    def lower_hand(self, cohort: str, seat: int) -> None:
        """Take a raised hand down: somebody has come. Nothing if nothing runs there."""
        run = self._registry.get(cohort).at_work(seat)
        if run is not None:
            self._reach.lower_hand(run.rehearsal)

    def _run(self, cohort: str, seat: int) -> Run:
        run = self._registry.get(cohort).current(seat)
        if run is None:
            raise UnknownSeatError(f"seat {seat} has nothing that runs")
        return run
