"""One reading of a rehearsal's journal for the coach, the console and the debrief alike.

Pure, and a function of the journal only: whoever holds the journal's mark may keep it.
"""

from collections.abc import Sequence

import msgspec

from mock_server.domain.events import Happened
from mock_server.procedure.assessment import Assessment, assess
from mock_server.procedure.course import Course, course_of
from mock_server.procedure.pack import ProcedurePack, RubricSwitches
from mock_server.training.position import Position, Stand, line, position_of


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """``line`` is where the trainee stood, in order; ``position`` is its end."""

    course: Course
    assessment: Assessment
    line: tuple[Stand, ...]
    position: Position


def read(
    entries: Sequence[tuple[int, Happened]],
    pack: ProcedurePack,
    switches: RubricSwitches | None = None,
) -> Reading:
    """Read a journal's ``(seq, event)`` pairs. Raises ValueError if it has no beginning."""
    course = course_of(entries)
    assessment = assess(entries, pack, switches)
    stands = line(course)
    return Reading(
        course=course,
        assessment=assessment,
        line=stands,
        position=position_of(stands, assessment.steps, course),
    )
