"""B4, B5, B10, R2, R3 and R7: what only a Berita Acara shows, since only it claims anything.

One cause makes one code. What HAPUS has emptied after a complete sync (K2, and B4 if it is then
declared ready) is not charged once more as names and tests that are missing.
"""

from collections.abc import Iterator

from mock_server.domain.events import IdSubmitted
from mock_server.domain.setup import Condition
from mock_server.procedure.codes.hits import Hit
from mock_server.procedure.course import Course
from mock_server.procedure.filed import Filed, each_filed
from mock_server.procedure.pack import ProcedurePack
from mock_server.procedure.readings import version_was_read


def declared_before_all_green(course: Course, pack: ProcedurePack) -> Iterator[Hit]:
    """B4."""
    for filed in each_filed(course):
        if _declared_too_early(filed, pack):
            yield Hit(filed.moment, str(filed.truth.datasets_complete))


def participants_not_compared(course: Course, _pack: ProcedurePack) -> Iterator[Hit]:
    """B5."""
    for filed in each_filed(course):
        if _not_compared(filed):
            yield Hit(filed.moment, "participants")


def missing_tests_not_reported(course: Course, _pack: ProcedurePack) -> Iterator[Hit]:
    """B10."""
    for filed in each_filed(course):
        if _tests_hidden(filed):
            yield Hit(filed.moment, "tests_visible")


def version_not_read_back(course: Course, _pack: ProcedurePack) -> Iterator[Hit]:
    """R2: neither read before a Submit nor right in the report."""
    for filed in each_filed(course):
        if _version_unread(course, filed):
            yield Hit(filed.moment, "version")


def tests_not_opened(course: Course, _pack: ProcedurePack) -> Iterator[Hit]:
    """R3: Status Test was not opened after the sync; this time nothing was wrong there."""
    for filed in each_filed(course):
        due = filed.ready or filed.complete
        if due and filed.truth.tests_visible and not filed.tests_opened:
            yield Hit(filed.moment, "tests_visible")


def wrong_entry(course: Course, pack: ProcedurePack) -> Iterator[Hit]:
    """R7: every wrong field of the report that no other code has judged."""
    for filed in each_filed(course):
        judged = set(_judged_elsewhere(course, filed, pack))
        for field in filed.report.wrong:
            if field not in judged:
                yield Hit(filed.moment, field)


def _declared_too_early(filed: Filed, pack: ProcedurePack) -> bool:
    total = len(pack.data_sets)
    if not filed.ready:
        return False
    return filed.truth.datasets_complete < total or filed.report.datasets_complete != total


def _not_compared(filed: Filed) -> bool:
    if not filed.ready:
        return False
    return not filed.participants_opened or (filed.number_wrong and not filed.emptied)


def _tests_hidden(filed: Filed) -> bool:
    if filed.emptied or not (filed.ready or filed.complete):
        return False
    return filed.report.tests_visible and not filed.truth.tests_visible


def _version_unread(course: Course, filed: Filed) -> bool:
    if course.setup.condition is not Condition.FRESH_BOOT or "version" not in filed.report.wrong:
        return False
    submits = [index for index in course.indices(IdSubmitted) if index < filed.moment.index]
    return bool(submits) and not any(version_was_read(course, index) for index in submits)


def _judged_elsewhere(course: Course, filed: Filed, pack: ProcedurePack) -> Iterator[str]:
    if _declared_too_early(filed, pack):
        yield "datasets_complete"
    if _not_compared(filed) or (filed.ready and filed.emptied):
        yield "participants"
    if _tests_hidden(filed) or (filed.ready and filed.emptied):
        yield "tests_visible"
    if _version_unread(course, filed):
        yield "version"
