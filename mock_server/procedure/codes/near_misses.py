"""N1 and N2: a forbidden act begun and not done. Praised, never counted."""

from collections.abc import Iterator

from mock_server.domain.events import DeleteCancelled, IdFormLeft
from mock_server.procedure.codes.hits import Hit
from mock_server.procedure.course import Course
from mock_server.procedure.pack import ProcedurePack


def other_id_not_submitted(course: Course, _pack: ProcedurePack) -> Iterator[Hit]:
    """N1: another ID stood in the form of a machine that had synced, and was not submitted."""
    for moment, left in course.acts(IdFormLeft):
        synced_under = moment.before.machines[left.machine].identity.synced_under
        if synced_under and left.server_id not in ("", synced_under):
            yield Hit(moment, left.server_id)


def delete_cancelled(course: Course, _pack: ProcedurePack) -> Iterator[Hit]:
    """N2: HAPUS was asked for while all data sets were complete, and then cancelled."""
    for moment, cancelled in course.acts(DeleteCancelled):
        if cancelled.before == "complete":
            yield Hit(moment, cancelled.machine)
