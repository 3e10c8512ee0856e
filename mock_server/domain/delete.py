"""HAPUS (steps 12, 14 and 21): asks, then works as a job, and obeys even when it ruins the exam.

Required once before the sync, forbidden after it: the same button (domain.md 3.6, 11.2).
"""

from collections.abc import Iterable
from typing import assert_never

from msgspec.structs import replace

from mock_server.domain import busy, exam_data, jobs
from mock_server.domain.commands import StartDelete
from mock_server.domain.events import (
    CbtsyncCrashed,
    DeleteAsked,
    DeleteCancelled,
    DeleteFailed,
    DeleteFinished,
    DeleteStarted,
    Event,
    ServiceStopped,
)
from mock_server.domain.refusals import Refusal
from mock_server.domain.state import Delete, Machine, Station

DeleteEvent = DeleteAsked | DeleteCancelled | DeleteStarted | DeleteFinished | DeleteFailed


def decide_ask(machine: Machine, now_ms: int) -> tuple[Event, ...]:
    busy.check_ready(machine, None)
    if machine.delete.phase == "asked":
        return ()
    before = exam_data.before(machine)
    return (DeleteAsked(at_ms=now_ms, machine=machine.id, before=before),)


def decide_cancel(machine: Machine, now_ms: int) -> tuple[Event, ...]:
    if machine.delete.phase != "asked":
        return ()
    before = exam_data.before(machine)
    return (DeleteCancelled(at_ms=now_ms, machine=machine.id, before=before),)


def decide_start(
    station: Station, machine: Machine, command: StartDelete, now_ms: int
) -> tuple[Event, ...]:
    """Obey, or return () when there is nothing to delete.

    Only ``data_version`` can keep a command that was meant for old data off synced data.
    """
    busy.check_ready(machine, command.data_version)
    busy.refuse_second_job(machine, "delete", now_ms)
    job = machine.delete.job
    if job is not None and not busy.is_stopped(jobs.halts_ms(job), station, now_ms):
        raise Refusal("delete.busy")
    busy.check_service(machine)
    if exam_data.total_rows(machine.data) == 0:
        return ()
    started = DeleteStarted(
        at_ms=now_ms,
        machine=machine.id,
        before=exam_data.before(machine),
        backed_up=machine.backup.covers_data,
        hazard=command.hazard,
    )
    if job is None:
        return (started,)
    return (*decide_fail(machine, now_ms), started)


def decide_fail(machine: Machine, now_ms: int) -> tuple[Event, ...]:
    """End a delete that stands still; CBTSync Web was reopened, or HAPUS pressed again."""
    job = machine.delete.job
    if job is None or jobs.advancing(job, now_ms):
        return ()
    return _failed(machine, now_ms, stops_service=False)


def due(station: Station, machine: Machine) -> Iterable[tuple[int, tuple[Event, ...]]]:
    job = machine.delete.job
    if machine.delete.phase != "running" or job is None:
        return
    if (at_ms := jobs.ends_ms(job)) is not None:
        left = min(machine.delete.left_rows, exam_data.total_rows(machine.data))
        yield at_ms, (DeleteFinished(at_ms=at_ms, machine=machine.id, left=left),)
    halt_ms = jobs.halts_ms(job)
    if halt_ms is not None and job.halt != "stall":
        yield halt_ms, _failed(machine, halt_ms, stops_service=job.halt == "service")
    if not machine.service.running:
        at_ms = max(station.at_ms, job.started_ms)
        yield at_ms, _failed(machine, at_ms, stops_service=False)
    if job.crash_ms is not None and machine.cbtsync_open:
        at_ms = max(station.at_ms, job.started_ms + job.crash_ms)
        yield at_ms, (CbtsyncCrashed(at_ms=at_ms, machine=machine.id),)


def _failed(machine: Machine, at_ms: int, *, stops_service: bool) -> tuple[Event, ...]:
    job = machine.delete.job
    permille = 0 if job is None else jobs.permille(job, at_ms)
    service = stops_service or not machine.service.running
    failed = DeleteFailed(at_ms=at_ms, machine=machine.id, permille=permille, service=service)
    if stops_service:
        return (ServiceStopped(at_ms=at_ms, machine=machine.id), failed)
    return (failed,)


def evolve(station: Station, machine: Machine, event: DeleteEvent) -> Machine:
    """Fold into the machine: a delete changes data, sync and data version together."""
    match event:
        case DeleteAsked():
            return replace(machine, delete=replace(machine.delete, phase="asked"))
        case DeleteCancelled():
            return replace(machine, delete=Delete())
        case DeleteStarted():
            job = jobs.plan(event.at_ms, station.setup.durations.delete_ms, event.hazard)
            left = event.hazard.left_rows
            return replace(machine, delete=Delete(phase="running", job=job, left_rows=left))
        case DeleteFinished():
            return replace(
                machine,
                delete=Delete(phase="done"),
                data=exam_data.emptied(machine.data, event.left),
                sync=type(machine.sync)(),
                backup=replace(machine.backup, covers_data=event.left > 0),
            )
        case DeleteFailed():
            return _evolve_failed(machine, event)
        case _:
            assert_never(event)


def _evolve_failed(machine: Machine, event: DeleteFailed) -> Machine:
    data = exam_data.part_deleted(machine.data, event.permille)
    sync = machine.sync
    if event.permille > 0 and sync.phase == "complete":
        sync = replace(sync, phase="stopped", stopped_data=1, stopped_reason="dropped")
    failed = Delete(phase="failed", failed_permille=event.permille)
    return replace(machine, delete=failed, data=data, sync=sync)
