"""The predicates of the rubric: one generator a code, from the course of a rehearsal to its hits.

Each reads the past of the event it names and nothing later, so what was found stays found.
"""

from collections.abc import Callable, Iterator, Mapping

from mock_server.procedure.codes import critical, major, minor, near_misses, reported
from mock_server.procedure.codes.hits import Hit
from mock_server.procedure.course import Course
from mock_server.procedure.pack import ProcedurePack

Predicate = Callable[[Course, ProcedurePack], Iterator[Hit]]

PREDICATES: Mapping[str, Predicate] = {
    "K1": critical.id_changed_after_sync,
    "K2": critical.deleted_complete_data,
    "K3": critical.synced_on_another_machine,
    "K4": critical.synced_under_another_id,
    "B1": major.deleted_without_backup,
    "B2": major.synced_over_old_data,
    "B3": major.sync_pressed_in_standby,
    "B4": reported.declared_before_all_green,
    "B5": reported.participants_not_compared,
    "B6": major.submitted_with_old_version,
    "B7": major.submitted_another_servers_id,
    "B8": major.left_a_running_job,
    "B9": major.patched_again_blindly,
    "B10": reported.missing_tests_not_reported,
    "R1": minor.initial_data_not_looked_at,
    "R2": reported.version_not_read_back,
    "R3": reported.tests_not_opened,
    "R4": minor.id_mistyped,
    "R5": minor.pressed_again,
    "R6": minor.view_left_open,
    "R7": reported.wrong_entry,
    "R8": minor.detours,
    "N1": near_misses.other_id_not_submitted,
    "N2": near_misses.delete_cancelled,
}


def hits(code: str, course: Course, pack: ProcedurePack) -> Iterator[Hit]:
    """Yield every occurrence of one code, in order."""
    return PREDICATES[code](course, pack)
