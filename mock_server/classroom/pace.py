"""How long somebody stood at each step, and how long is long: for those who watch a whole class.

Pure. All lengths are virtual milliseconds unless a name says real.
"""

from collections.abc import Mapping

import msgspec

from mock_server.domain.setup import Setup
from mock_server.procedure.course import Course
from mock_server.procedure.numbers import StepNumber
from mock_server.training.position import line

THINK_REAL_MS = 90_000  # what reading and acting may take at any step
SLOW_PERMILLE, STUCK_PERMILLE = 1_500, 2_500  # of the reference


class Pace(msgspec.Struct, frozen=True, kw_only=True):
    """``step`` is where somebody stands since ``since_ms``, None once the report is filed.

    ``spent_ms`` counts each step that lies behind, its parts together; ``seqs`` are the numbers
    of the events at which a step was first come to.
    """

    step: StepNumber | None
    since_ms: int
    spent_ms: Mapping[int, int]
    seqs: Mapping[int, int]

    @property
    def number(self) -> int | None:
        return None if self.step is None else whole(self.step)


def whole(step: StepNumber) -> int:
    """Return the step that a part such as 7b belongs to."""
    return step if isinstance(step, int) else int("".join(filter(str.isdecimal, step)) or 0)


def pace(course: Course) -> Pace:
    stands = line(course)
    spent: dict[int, int] = {}
    seqs: dict[int, int] = {}
    ends = [stand.at_ms for stand in stands[1:]]
    for stand, end_ms in zip(stands, ends, strict=False):
        number = whole(stand.step)
        spent[number] = spent.get(number, 0) + end_ms - stand.at_ms
    for stand in stands:
        seqs.setdefault(whole(stand.step), stand.seq)
    last, filed = stands[-1], course.end.report
    if filed is None:
        return Pace(step=last.step, since_ms=last.at_ms, spent_ms=spent, seqs=seqs)
    number = whole(last.step)
    spent[number] = spent.get(number, 0) + filed.at_ms - last.at_ms
    return Pace(step=None, since_ms=filed.at_ms, spent_ms=spent, seqs=seqs)


def reference_real_ms(setup: Setup, step: int, speed: int) -> int:
    """Return how long a step takes who knows it, in real time at this speed of the clock."""
    lasting = {
        5: setup.durations.patch_ms,
        7: setup.durations.patch_ms + setup.durations.service_start_ms,
        13: setup.durations.backup_ms,
        14: setup.durations.delete_ms,
        18: setup.durations.sync_ms,
    }
    return THINK_REAL_MS + lasting.get(step, 0) // speed


def is_slow(spent_real_ms: int, reference_real_ms: int) -> bool:
    return spent_real_ms * 1000 > reference_real_ms * SLOW_PERMILLE


def is_stuck(spent_real_ms: int, reference_real_ms: int) -> bool:
    return spent_real_ms * 1000 > reference_real_ms * STUCK_PERMILLE
