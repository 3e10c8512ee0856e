"""BACKUP (steps 12 and 13): a job, then a file that counts only once it has been downloaded.

A backup of empty data is an empty backup (domain.md 11.1).
"""

from collections.abc import Iterable
from typing import assert_never

from msgspec.structs import replace

from mock_server.domain import busy, exam_data, jobs
from mock_server.domain.commands import RecordDownload, StartBackup
from mock_server.domain.events import (
    BackupDownloaded,
    BackupFailed,
    BackupFinished,
    BackupStarted,
    CbtsyncCrashed,
    Event,
    ServiceStopped,
)
from mock_server.domain.state import Backup, Landed, Machine, Station

BackupEvent = BackupStarted | BackupFinished | BackupFailed | BackupDownloaded
EMPTY_BACKUP_BYTES = 512
EMPTY_BACKUP_SHARE = 10  # an empty backup takes a tenth of the time (assumed)


def decide_start(machine: Machine, command: StartBackup, now_ms: int) -> tuple[Event, ...]:
    busy.check_ready(machine, command.data_version)
    busy.refuse_second_job(machine, "backup", now_ms)
    busy.check_service(machine)
    started = BackupStarted(
        at_ms=now_ms,
        machine=machine.id,
        rows=exam_data.total_rows(machine.data),
        hazard=command.hazard,
    )
    return (started,)


def decide_download(machine: Machine, command: RecordDownload, now_ms: int) -> tuple[Event, ...]:
    """Record a stretch of the current backup; a stretch of an older one says nothing."""
    backup = machine.backup
    if backup.phase != "done" or command.backup != backup.number or not backup.link:
        return ()
    sent = _sent_after(backup, command.start, command.stop)
    downloaded = BackupDownloaded(
        at_ms=now_ms,
        machine=machine.id,
        backup=backup.number,
        start=command.start,
        stop=command.stop,
        whole=sent >= backup.size_bytes and not command.corrupt,
        corrupt=command.corrupt,
    )
    return (downloaded,)


def _sent_after(backup: Backup, start: int, stop: int) -> int:
    """Return how many bytes from the first on have left, without a gap."""
    if start == 0:
        return stop
    return max(backup.sent_bytes, stop) if start <= backup.sent_bytes else backup.sent_bytes


def due(station: Station, machine: Machine) -> Iterable[tuple[int, tuple[Event, ...]]]:
    job = machine.backup.job
    if machine.backup.phase != "running" or job is None:
        return
    if (at_ms := jobs.ends_ms(job)) is not None:
        yield at_ms, (_finished(station, machine, at_ms),)
    if (at_ms := jobs.halts_ms(job)) is not None:
        if job.halt == "stall":
            at_ms += station.setup.durations.stopped_after_ms
        yield at_ms, _failed(machine, at_ms, stops_service=job.halt == "service")
    if not machine.service.running:
        at_ms = max(station.at_ms, job.started_ms)
        yield at_ms, _failed(machine, at_ms, stops_service=False)
    if job.crash_ms is not None and machine.cbtsync_open:
        at_ms = max(station.at_ms, job.started_ms + job.crash_ms)
        yield at_ms, (CbtsyncCrashed(at_ms=at_ms, machine=machine.id),)


def _finished(station: Station, machine: Machine, at_ms: int) -> BackupFinished:
    rows = machine.backup.rows
    return BackupFinished(
        at_ms=at_ms,
        machine=machine.id,
        backup=machine.backup.number + 1,
        rows=rows,
        size_bytes=station.setup.backup_bytes if rows else EMPTY_BACKUP_BYTES,
        link=machine.backup.planned_link,
    )


def _failed(machine: Machine, at_ms: int, *, stops_service: bool) -> tuple[Event, ...]:
    job = machine.backup.job
    permille = 0 if job is None else jobs.permille(job, at_ms)
    service = stops_service or not machine.service.running
    failed = BackupFailed(at_ms=at_ms, machine=machine.id, permille=permille, service=service)
    if stops_service:
        return (ServiceStopped(at_ms=at_ms, machine=machine.id), failed)
    return (failed,)


def evolve(station: Station, backup: Backup, event: BackupEvent) -> Backup:
    match event:
        case BackupStarted():
            nominal = station.setup.durations.backup_ms
            duration = nominal if event.rows else nominal // EMPTY_BACKUP_SHARE
            return Backup(
                phase="running",
                job=jobs.plan(event.at_ms, duration, event.hazard),
                number=backup.number,
                rows=event.rows,
                planned_link=not event.hazard.no_link,
                corrupt_bytes=event.hazard.corrupt_bytes,
                covers_data=backup.covers_data,
                landed=backup.landed,
            )
        case BackupFinished():
            return replace(
                backup,
                phase="done",
                job=None,
                number=event.backup,
                size_bytes=event.size_bytes,
                link=event.link,
                sent_bytes=0,
            )
        case BackupFailed():
            return replace(backup, phase="failed", job=None, failed_permille=event.permille)
        case BackupDownloaded():
            backup = replace(backup, landed=_landed(backup, event))
            if event.corrupt:
                return replace(backup, sent_bytes=0, corrupt_bytes=0)
            return replace(
                backup,
                sent_bytes=_sent_after(backup, event.start, event.stop),
                covers_data=backup.covers_data or event.whole,
            )
        case _:
            assert_never(event)


def _landed(backup: Backup, event: BackupDownloaded) -> tuple[Landed, ...]:
    """Return the downloads folder after a stretch: one file a backup, the last one overwrites."""
    others = tuple(one for one in backup.landed if one.backup != event.backup)
    before = next((one for one in backup.landed if one.backup == event.backup), None)
    begun = 0 if before is None or event.start == 0 else before.landed_bytes
    spoiled = 0 if before is None or event.start == 0 else before.damaged_bytes
    file = Landed(
        backup=event.backup,
        rows=backup.rows,
        size_bytes=backup.size_bytes,
        landed_bytes=max(begun, event.stop) if event.start <= begun else begun,
        damaged_bytes=backup.corrupt_bytes if event.corrupt else spoiled,
    )
    return (*others, file) if file.landed_bytes else others
