"""Evidence of steps 1 to 8: ID and machine at hand, patched, submitted."""

from mock_server.domain.events import (
    CbtsyncOpened,
    ExambroOpened,
    IdSubmitted,
    PatchStarted,
    ScreenSeen,
)
from mock_server.procedure.numbers import StepNumber
from mock_server.procedure.readings import version_was_read
from mock_server.procedure.steps.recovery import Recovery, recovery
from mock_server.procedure.steps.sight import FULL, MISSED, Credit, Sight

PATCHING_STEP = 5


def has_own_id(sight: Sight) -> Credit:
    """Step 1: the right ID was picked, or stands in the report."""
    picked = sight.course.first(IdSubmitted, lambda event: event.own) is not None
    if picked or sight.form_right("server_id"):
        return FULL
    return MISSED if sight.filed is not None else sight.missed(7)


def read_the_label(sight: Sight) -> Credit:
    """Step 2: the machines' labels were looked at before the first Submit; the form agrees."""
    looked = sight.course.first(ScreenSeen, lambda event: event.screen == "desk")
    if looked is None:
        return sight.missed(2)
    if sight.submit is not None and looked > sight.submit:
        return sight.half if sight.before_sync(looked) else MISSED
    return sight.half if sight.form_wrong("machine") else FULL


def opened_right_exambro(sight: Sight) -> Credit:
    """Step 3: the Exambro in use when patching or Submit began was the right one."""
    right = sight.pack.values.exambro_version
    opened = list(sight.course.each(ExambroOpened))
    work = sight.course.first(PatchStarted)
    work = sight.submit if work is None else work
    in_time = [event for moment, event in opened if work is None or moment.index < work]
    if in_time and in_time[-1].version == right:
        return FULL
    if any(event.version == right for _moment, event in opened):
        return sight.half
    return sight.missed(3)


def opened_cbtsync(sight: Sight) -> Credit:
    """Step 4."""
    return FULL if sight.course.first(CbtsyncOpened) is not None else sight.missed(4)


def pressed_pembaharuan(sight: Sight) -> Credit:
    """Step 5; not observed where the version was right from the start."""
    if sight.course.first(PatchStarted) is not None:
        return FULL
    needs_none = sight.machine.version == sight.pack.values.cbtsync_version
    return None if needs_none else sight.missed(5)


def read_the_version(sight: Sight) -> Credit:
    """Step 6: the right version, read back before Submit or named in the report.

    Who never got to Submit shows it by reporting the version that patching has led to.
    """
    right = sight.pack.values.cbtsync_version
    if sight.submit is None:
        if sight.filed is None or (sight.reached < PATCHING_STEP and not sight.ready):
            return None
        short_of_it = sight.ready and sight.filed.report.version != right
        return FULL if sight.form_right("version") and not short_of_it else MISSED
    for count, (moment, submitted) in enumerate(sight.course.each(IdSubmitted)):
        read = version_was_read(sight.course, moment.index) or sight.form_right("version")
        if submitted.version == right and read and sight.before_sync(moment.index):
            return FULL if count == 0 else sight.half
    return MISSED


def recovered(sight: Sight) -> Credit:
    """Step 7: its six parts in order; only where a patching failed."""
    found = _recovery(sight)
    if found is None:
        return None
    if found.in_order:
        return FULL
    if found.whole:
        return sight.half
    return MISSED if sight.filed is not None else sight.missed(7)


def recovered_part(sight: Sight, part: StepNumber) -> Credit:
    """One of 7a to 7f; None for every other word, such as the NB, which is not scored."""
    found = _recovery(sight)
    if found is None or part not in found.done:
        return None
    if found.done[part]:
        return FULL
    return MISSED if sight.filed is not None else sight.missed(7)


def _recovery(sight: Sight) -> Recovery | None:
    version = sight.pack.values.cbtsync_version
    reported = sight.form_right("version")
    return recovery(sight.course, version, version_reported=reported)


def submitted_own_id(sight: Sight) -> Credit:
    """Step 8: this server's ID was submitted before the sync, after whatever slips."""
    own = sight.course.first(IdSubmitted, lambda event: event.own)
    if own is None:
        return sight.missed(8)
    return FULL if sight.before_sync(own) else sight.half
