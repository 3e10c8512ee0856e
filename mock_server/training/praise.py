"""What went well: by evidence in the journal, near misses avoided first. Pure."""

from collections.abc import Iterator

from mock_server.domain.events import InjectShown, ReportFiled
from mock_server.procedure.steps.sight import FULL
from mock_server.training.acts import deletes_part
from mock_server.training.desk import Training
from mock_server.training.marks import NEARLY
from mock_server.training.reading import Reading
from mock_server.training.texts import Praise

PRAISE_MAX = 5


def praised(reading: Reading, training: Training) -> tuple[Praise, ...]:
    """Return at most five things done well; at least that it was begun, or brought to its end."""
    least: Praise = "began" if reading.course.end.report is None else "ended"
    return tuple(_found(reading, training))[:PRAISE_MAX] or (least,)


def _found(reading: Reading, training: Training) -> Iterator[Praise]:
    assessment = reading.assessment
    codes = set(assessment.codes)
    stopped = {NEARLY[guard.code] for guard in training.guards if not guard.went_on}
    nearly = codes | stopped
    if "N2" in nearly and "K2" not in codes:
        yield "kept-data"
    if "N1" in nearly and "K1" not in codes:
        yield "kept-id"
    if _declined(reading, training):
        yield "declined"
    if assessment.outcome == "postponed":
        yield "postponed"
    credit = {one.step: one.credit_permille for one in assessment.steps}
    full = {step for step, permille in credit.items() if permille == FULL}
    if 7 in full:
        yield "recovered"
    if 10 in full:
        yield "schedule"
    if {13, 14} <= full:
        yield "backed-up-first"
    if 18 in full and "B4" not in codes:
        yield "waited"
    if {19, 20} <= full:
        yield "compared"
    if 16 in full:
        yield "read-first"
    reports = [report for _, report in reading.course.each(ReportFiled)]
    if reports and not reports[-1].wrong:
        yield "reported"


def _declined(reading: Reading, training: Training) -> bool:
    """Whether everybody who asked for what must not be done was answered so, and in vain."""
    done = set(reading.assessment.codes)
    if any(deletes_part(reading.course)):
        done.add("K2")  # no violation over data that is incomplete, but it was HAPUS
    shown = [inject for _, inject in reading.course.each(InjectShown)]
    tempting = [index for index, inject in enumerate(shown) if inject.tempts]
    answers = {training.inject_choice(index) for index in tempting}
    obeyed = any(shown[index].tempts in done for index in tempting) or any(
        one.choice == "obey" for one in training.injects
    )
    return bool(tempting) and not obeyed and answers <= {"decline", "ask"}
