"""What a rehearsal's journal says to people who watch: where somebody stands, what went wrong.

Folded anew only when the journal has grown; what is kept can be thrown away at any time.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

import msgspec

from mock_server.classroom.inserted import Inserted, inserted
from mock_server.classroom.pace import Pace, pace
from mock_server.cohort.state import Rubric
from mock_server.domain.setup import Setup
from mock_server.engine import Engine
from mock_server.journal import Entry
from mock_server.procedure.assessment import Assessment, assess
from mock_server.procedure.course import course_of
from mock_server.procedure.pack import ProcedurePack, RubricSwitches
from mock_server.training.mastery import Shown, shown_by

KEPT_MAX = 2_000
ENTRIES_KEPT = 12


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """A rehearsal up to event ``seq``; ``entries`` are its last ones, ``shown`` what it counts
    for on the ladder, ``inserted`` what a facilitator has put into it."""

    seq: int
    assessment: Assessment
    pace: Pace
    setup: Setup
    entries: tuple[Entry, ...]
    filed: bool
    shown: Shown
    inserted: tuple[Inserted, ...]


class Readings:
    def __init__(
        self,
        engine: Engine,
        find_pack: Callable[[str], ProcedurePack],
        rubric_of: Callable[[str], Rubric | None],
    ) -> None:
        self._engine = engine
        self._rubric_of = rubric_of
        self._find_pack = find_pack
        self._kept: OrderedDict[str, Reading] = OrderedDict()
        self._lock = Lock()

    def of(self, rehearsal: str) -> Reading:
        """Raises UnknownRehearsalError."""
        answer = self._engine.peek(rehearsal)
        with self._lock:
            known = self._kept.get(rehearsal)
        if known is not None and known.seq == answer.events:
            return known
        pack = self._find_pack(answer.station.setup.procedure)
        entries = self._engine.entries(rehearsal)
        setup = answer.station.setup
        happened = [(entry.seq, entry.event) for entry in entries]
        course = course_of(happened)
        assessment = assess(happened, pack, switches(pack, self._rubric_of(rehearsal)))
        found = Reading(
            seq=entries[-1].seq,
            assessment=assessment,
            pace=pace(course),
            setup=setup,
            entries=tuple(entries[-ENTRIES_KEPT:]),
            filed=answer.station.report is not None,
            shown=shown_by(course, assessment, answer.training),
            inserted=inserted(entry.event for entry in entries),
        )
        with self._lock:
            self._kept[rehearsal] = found
            self._kept.move_to_end(rehearsal)
            while len(self._kept) > KEPT_MAX:
                self._kept.popitem(last=False)
        return found

    def stands(self, rehearsal: str, step: str) -> bool:
        """Tell whether somebody stands at this step now. Every act of a seat is a moment to ask,
        so that no step is passed between two of them.

        Raises UnknownRehearsalError.
        """
        return step == str(self.of(rehearsal).pace.number)


def switches(pack: ProcedurePack, rubric: Rubric | None) -> RubricSwitches:
    """Return the procedure's own switches with the class's in their place."""
    own = pack.rubric_switches
    if rubric is None:
        return own
    return msgspec.structs.replace(own, k3_gates=rubric.k3_gates, k4_gates=rubric.k4_gates)
