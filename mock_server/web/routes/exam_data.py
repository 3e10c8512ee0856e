"""Where exam data move: backup, delete, the view of counts, sync."""

from mock_server.domain import commands as c
from mock_server.domain.operations import Operation
from mock_server.web import views
from mock_server.web import wire_answers as wire
from mock_server.web import wire_requests as asked
from mock_server.web.routes.route import CLOSED, NO_ID, NO_MACHINE, STALE, Route, alone

_BACKUP = alone(views.backup)
_DELETE = alone(views.delete)
_OVERLAY = alone(views.overlay)
_SYNC = alone(views.sync)
_DOES_NOT_START = (NO_MACHINE, CLOSED, NO_ID, "job.busy", "job.service_stopped", STALE)


def _delete_command(body: asked.DeleteStart) -> c.Trainee:
    match body.answer:
        case "ask":
            return c.AskDelete()
        case "cancel":
            return c.CancelDelete()
        case "yes":
            return c.StartDelete(data_version=body.data_version)


EXAM_DATA = (
    Route(
        name="backup_start",
        op=Operation.BACKUP_START,
        method="POST",
        path="backup/start",
        asks=asked.BackupStart,
        answers=wire.BackupAnswer,
        summary="BACKUP",
        view=_BACKUP,
        command=lambda body: c.StartBackup(data_version=body.data_version),
        refusals=(*_DOES_NOT_START, "backup.busy"),
    ),
    Route(
        name="backup_status",
        op=Operation.BACKUP_STATUS,
        method="GET",
        path="backup",
        answers=wire.BackupAnswer,
        summary="How the backup stands; *klik disini* once it is done",
        view=_BACKUP,
        screen="backup",
        refusals=(NO_MACHINE,),
    ),
    Route(
        name="delete_start",
        op=Operation.DELETE_START,
        method="POST",
        path="delete/start",
        asks=asked.DeleteStart,
        answers=wire.DeleteAnswer,
        summary="HAPUS, and the answers to its question",
        view=_DELETE,
        command=_delete_command,
        refusals=(*_DOES_NOT_START, "delete.busy"),
    ),
    Route(
        name="delete_status",
        op=Operation.DELETE_STATUS,
        method="GET",
        path="delete",
        answers=wire.DeleteAnswer,
        summary="How the deletion stands",
        view=_DELETE,
        screen="delete",
        refusals=(NO_MACHINE,),
    ),
    Route(
        name="status_refresh",
        op=Operation.STATUS_REFRESH,
        method="POST",
        path="status/refresh",
        answers=wire.OverlayAnswer,
        summary="REFRESH STATUS: central and local counts",
        view=_OVERLAY,
        command=lambda _body: c.RefreshStatus(),
        refusals=(NO_MACHINE, CLOSED, NO_ID),
    ),
    Route(
        name="status_close",
        op=Operation.STATUS_CLOSE,
        method="POST",
        path="status/close",
        answers=wire.OverlayAnswer,
        summary="Close the view of the counts",
        view=_OVERLAY,
        command=lambda _body: c.CloseStatus(),
        refusals=(NO_MACHINE, CLOSED),
    ),
    Route(
        name="sync_start",
        op=Operation.SYNC_START,
        method="POST",
        path="sync/start",
        asks=asked.SyncStart,
        answers=wire.SyncAnswer,
        summary="START SYNC; resumes where an earlier one stopped",
        view=_SYNC,
        command=lambda body: c.StartSync(data_version=body.data_version),
        refusals=(*_DOES_NOT_START, "sync.not_active", "sync.busy", "sync.complete_already"),
    ),
    Route(
        name="sync_status",
        op=Operation.SYNC_STATUS,
        method="GET",
        path="sync",
        answers=wire.SyncAnswer,
        summary="Status Download: the rows and how far they are",
        view=_SYNC,
        screen="sync",
        refusals=(NO_MACHINE,),
    ),
)
