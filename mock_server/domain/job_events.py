"""What happened to the jobs on exam data: backup, delete, sync. Part of ``events.py``."""

from typing import Literal

from mock_server.domain.happened import DataBefore, Happened, StopReason
from mock_server.domain.hazards import Hazard, SyncHazard

# --- backup --------------------------------------------------------------------------------------


class BackupStarted(Happened, frozen=True, kw_only=True):
    machine: str
    rows: int  # what there is to back up; 0 makes an empty backup
    hazard: Hazard


class BackupFinished(Happened, frozen=True, kw_only=True):
    machine: str
    backup: int  # 1-based number of the backup on this machine
    rows: int
    size_bytes: int
    link: bool


class BackupFailed(Happened, frozen=True, kw_only=True):
    machine: str
    permille: int
    service: bool  # the service stopped under it


class BackupDownloaded(Happened, frozen=True, kw_only=True):
    """A stretch of the file reached its end; ``whole`` when all bytes have left by now."""

    machine: str
    backup: int
    start: int
    stop: int
    whole: bool
    corrupt: bool


# --- delete --------------------------------------------------------------------------------------


class DeleteAsked(Happened, frozen=True, kw_only=True):
    machine: str
    before: DataBefore


class DeleteCancelled(Happened, frozen=True, kw_only=True):
    machine: str
    before: DataBefore


class DeleteStarted(Happened, frozen=True, kw_only=True):
    machine: str
    before: DataBefore
    backed_up: bool  # a whole backup of these data has been downloaded, or there were none
    hazard: Hazard


class DeleteFinished(Happened, frozen=True, kw_only=True):
    machine: str
    left: int


class DeleteFailed(Happened, frozen=True, kw_only=True):
    machine: str
    permille: int
    service: bool


# --- status download and sync --------------------------------------------------------------------


class StatusOpened(Happened, frozen=True, kw_only=True):
    """REFRESH STATUS: the view is open. ``central_read`` is False when the line was down."""

    machine: str
    local: tuple[int, ...]
    central_read: bool


class StatusClosed(Happened, frozen=True, kw_only=True):
    machine: str


class SyncStarted(Happened, frozen=True, kw_only=True):
    machine: str
    server_id: str
    role: Literal["exam-server", "laptop"]
    own: bool
    resumed: bool
    old_rows: int  # rows of the previous phase still there: B2
    refreshed: bool  # REFRESH STATUS since the data last changed: R1
    overlay_open: bool  # R6
    hazard: SyncHazard


class DataReceived(Happened, frozen=True, kw_only=True):
    """A row turned green. ``received`` is the truth, ``shown`` what the row claims."""

    machine: str
    data: int
    received: int
    shown: int


class SyncStopped(Happened, frozen=True, kw_only=True):
    """The sync ended early; ``received`` is what had really arrived, by data set."""

    machine: str
    data: int
    reason: StopReason
    received: tuple[int, ...]


class SyncCompleted(Happened, frozen=True, kw_only=True):
    machine: str
    server_id: str
