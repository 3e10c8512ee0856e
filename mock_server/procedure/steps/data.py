"""Evidence of steps 12 to 17: backed up, deleted, looked at, started."""

from mock_server.domain.events import (
    BackupDownloaded,
    DeleteFinished,
    DeleteStarted,
    StatusOpened,
)
from mock_server.domain.exam_data import total_rows
from mock_server.procedure.filed import opens
from mock_server.procedure.steps.sight import FULL, Credit, Sight


def opened_backup_menu(sight: Sight) -> Credit:
    """Step 12; not observed before something was done there, or passed over."""
    opened = _first_opened(sight, "backup")
    if opened is None or sight.missed(12) is None:
        return sight.missed(12)
    return FULL if sight.before_sync(opened) else sight.half


def backed_up(sight: Sight) -> Credit:
    """Step 13: the job was done and the whole file downloaded."""
    whole = _whole_download(sight)
    if whole is None:
        return sight.missed(13)
    return FULL if sight.before_sync(whole) else sight.half


def deleted_old_data(sight: Sight) -> Credit:
    """Step 14: HAPUS finished, with nothing left, after step 13; None where nothing was there."""
    machine = sight.machine
    started = sight.course.first(
        DeleteStarted, lambda event: event.machine == machine.id and event.before != "complete"
    )
    if started is None:
        return None if total_rows(machine.data) == 0 else sight.missed(14)
    finished = [
        moment.index
        for moment, event in sight.course.each(DeleteFinished)
        if event.machine == machine.id and event.left == 0 and moment.index > started
    ]
    if not finished:
        return sight.missed(14)
    whole = _whole_download(sight)
    backed_up_first = sight.done >= 13 or (whole is not None and whole < started)
    return FULL if backed_up_first and sight.before_sync(finished[0]) else sight.half


def opened_status_download(sight: Sight) -> Credit:
    """Step 15; not observed before something was done there."""
    opened = [_first_opened(sight, page) for page in ("status-download", "sync", "overlay")]
    refreshed = sight.course.first(StatusOpened) is not None
    if refreshed or (sight.missed(15) is not None and any(index is not None for index in opened)):
        return FULL
    return sight.missed(15)


def looked_at_initial_data(sight: Sight) -> Credit:
    """Step 16: REFRESH STATUS before the first START SYNC, on the data as they then were."""
    opened = sight.course.first(StatusOpened)
    if not sight.before_sync(opened):
        return sight.missed(16)
    stale = sight.sync_started is not None and not sight.sync_started.refreshed
    return sight.half if stale else FULL


def started_sync(sight: Sight) -> Credit:
    """Step 17: START SYNC, once the view was closed."""
    if sight.sync_started is None:
        return sight.missed(17)
    return sight.half if sight.sync_started.overlay_open else FULL


def _first_opened(sight: Sight, page: str) -> int | None:
    found = (moment.index for moment in sight.course.moments if opens(moment, page))
    return next(found, None)


def _whole_download(sight: Sight) -> int | None:
    return sight.course.first(BackupDownloaded, lambda event: event.whole)
