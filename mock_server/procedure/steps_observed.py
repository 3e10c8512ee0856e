"""What the journal shows of each step: done, done out of order and put right, missed, or nothing.

A step that the situation did not call for, or that nobody has come to yet, is not observed and
leaves the reckoning. Credits are permille of the step's weight.
"""

from collections.abc import Callable, Mapping

import msgspec

from mock_server.domain.events import (
    BackupStarted,
    CbtsyncOpened,
    DeleteStarted,
    ExambroOpened,
    Happened,
    IdSubmitted,
    MachineUsed,
    PatchStarted,
    SyncStarted,
)
from mock_server.domain.setup import Condition
from mock_server.procedure.course import Course
from mock_server.procedure.filed import each_filed
from mock_server.procedure.numbers import StepNumber
from mock_server.procedure.pack import ProcedurePack, Step
from mock_server.procedure.steps import checking, data, readiness
from mock_server.procedure.steps.assessed import ASSESSED, NOT_SCORED
from mock_server.procedure.steps.sight import Credit, Sight
from mock_server.procedure.texts import Text

# The last step that stands done where a rehearsal begins.
DONE_AT: Mapping[Condition, int] = {
    Condition.FRESH_BOOT: 0,
    Condition.PATCHED: 7,
    Condition.IDENTIFIED: 8,
    Condition.ACTIVE: 11,
    Condition.BACKED_UP: 13,
    Condition.READY_TO_SYNC: 14,
    Condition.PARTIAL: 17,
    Condition.SYNCED: 18,
}
# Acts that show how far somebody has come; what lies before is no longer only to come.
ACTS: Mapping[type[Happened], int] = {
    MachineUsed: 2,
    ExambroOpened: 3,
    CbtsyncOpened: 4,
    PatchStarted: 5,
    IdSubmitted: 8,
    BackupStarted: 13,
    DeleteStarted: 14,
    SyncStarted: 17,
}
CREDITS: Mapping[StepNumber, Callable[[Sight], Credit]] = {
    1: readiness.has_own_id,
    2: readiness.read_the_label,
    3: readiness.opened_right_exambro,
    4: readiness.opened_cbtsync,
    5: readiness.pressed_pembaharuan,
    6: readiness.read_the_version,
    7: readiness.recovered,
    8: readiness.submitted_own_id,
    9: checking.kept_the_id,
    10: checking.read_the_schedule,
    11: checking.saw_aktif,
    12: data.opened_backup_menu,
    13: data.backed_up,
    14: data.deleted_old_data,
    15: data.opened_status_download,
    16: data.looked_at_initial_data,
    17: data.started_sync,
    18: checking.saw_all_green,
    19: checking.compared_participants,
    20: checking.opened_tests,
    21: checking.kept_the_data,
}
# Judged wherever they arise, whatever stood done at the start.
ARISING: frozenset[StepNumber] = frozenset({7, 9, 10, 21})


class StepCredit(msgspec.Struct, frozen=True, kw_only=True):
    """``credit_permille`` is None where the step was not observed. ``weight`` is None where it
    is a gate, a part of another step, or not scored. ``assessed`` says what counts as evidence."""

    step: StepNumber
    weight: int | None
    credit_permille: int | None
    assessed: Text


def observed_steps(course: Course, pack: ProcedurePack) -> tuple[StepCredit, ...]:
    """Return one entry a step and substep of the pack, in the pack's order."""
    sight = _sight(course, pack)
    return tuple(
        StepCredit(
            step=step.number,
            weight=step.weight,
            credit_permille=_credit(sight, step),
            assessed=ASSESSED.get(step.number, NOT_SCORED),
        )
        for step in pack.all_steps
    )


def process_permille(steps: tuple[StepCredit, ...]) -> int:
    """Return the weighted part of the observed steps, rounded half up; 0 if there are none."""
    scored = [
        (one.weight, one.credit_permille)
        for one in steps
        if one.weight is not None and one.credit_permille is not None
    ]
    total = sum(weight for weight, _ in scored)
    if total == 0:
        return 0
    return (2 * sum(weight * credit for weight, credit in scored) + total) // (2 * total)


def _sight(course: Course, pack: ProcedurePack) -> Sight:
    reports = tuple(each_filed(course))
    acts = [
        step
        for moment in course.moments
        for kind, step in ACTS.items()
        if isinstance(moment.event, kind) and not _is_forbidden_delete(moment.event)
    ]
    sync, sync_started = next(
        ((moment.index, event) for moment, event in course.each(SyncStarted)), (None, None)
    )
    return Sight(
        course=course,
        pack=pack,
        filed=reports[-1] if reports else None,
        reached=max(acts, default=0),
        done=DONE_AT[course.setup.condition],
        submit=course.first(IdSubmitted),
        sync=sync,
        sync_started=sync_started,
    )


def _is_forbidden_delete(event: Happened) -> bool:
    return isinstance(event, DeleteStarted) and event.before == "complete"


def _credit(sight: Sight, step: Step) -> Credit:
    number = step.number
    if isinstance(number, str):
        return readiness.recovered_part(sight, number)
    if number not in CREDITS or (number <= sight.done and number not in ARISING):
        return None
    return CREDITS[number](sight)
