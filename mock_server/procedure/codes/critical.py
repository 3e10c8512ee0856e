"""K1 to K4: the two prohibitions of the announcement, and the two acts that we judge alike."""

from collections.abc import Iterator

from mock_server.domain.events import DeleteStarted, IdSubmitted, SyncStarted
from mock_server.domain.truth import exam_machine
from mock_server.procedure.codes.hits import Hit
from mock_server.procedure.course import Course
from mock_server.procedure.pack import ProcedurePack


def changes_id_after_sync(submitted: IdSubmitted) -> bool:
    """Tell whether this Submit put another ID on a machine that had synced.

    The centre knows the ID, so the machine now stands under it; that it may answer StandBy,
    because the ID is bound to another machine, does not undo it.
    """
    return (
        submitted.known
        and submitted.verdict in ("bound", "bound-elsewhere")
        and submitted.synced_under not in ("", submitted.server_id)
    )


def id_changed_after_sync(course: Course, _pack: ProcedurePack) -> Iterator[Hit]:
    """K1."""
    for moment, submitted in course.acts(IdSubmitted):
        if changes_id_after_sync(submitted):
            yield Hit(moment, submitted.server_id)


def deleted_complete_data(course: Course, _pack: ProcedurePack) -> Iterator[Hit]:
    """K2: HAPUS confirmed while all data sets were complete."""
    for moment, started in course.acts(DeleteStarted):
        if started.before == "complete":
            yield Hit(moment, started.machine)


def synced_on_another_machine(course: Course, _pack: ProcedurePack) -> Iterator[Hit]:
    """K3: START SYNC on a machine other than this server's; once a machine."""
    known: set[str] = set()
    for moment, started in course.acts(SyncStarted):
        if started.machine == exam_machine(moment.before).id or started.machine in known:
            continue
        known.add(started.machine)
        yield Hit(moment, started.machine)


def synced_under_another_id(course: Course, _pack: ProcedurePack) -> Iterator[Hit]:
    """K4: START SYNC under an ID that is not this server's; once a machine and ID."""
    known: set[tuple[str, str]] = set()
    for moment, started in course.acts(SyncStarted):
        if started.own or (started.machine, started.server_id) in known:
            continue
        known.add((started.machine, started.server_id))
        yield Hit(moment, started.server_id)
