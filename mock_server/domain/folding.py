"""How a machine changes with each event of its own, and when its data version moves on."""

from typing import assert_never

from msgspec.structs import replace

from mock_server.domain import backup, delete, identity, patching, room, service, sync
from mock_server.domain import events as e
from mock_server.domain.state import Machine, Overlay, Station

STARTS_AND_ENDS = (
    e.BackupStarted,
    e.BackupFinished,
    e.BackupFailed,
    e.DeleteStarted,
    e.DeleteFinished,
    e.DeleteFailed,
    e.SyncStarted,
    e.SyncStopped,
    e.SyncCompleted,
)


def evolve_machine(station: Station, machine: Machine, event: e.MachineEvent) -> Machine:
    after = _fold(station, machine, event)
    if isinstance(event, STARTS_AND_ENDS):
        return replace(after, data_version=machine.data_version + 1)
    return after


def _fold(station: Station, machine: Machine, event: e.MachineEvent) -> Machine:
    match event:
        case (
            e.ExambroOpened()
            | e.CbtsyncOpened()
            | e.CbtsyncClosed()
            | e.CbtsyncCrashed()
            | e.MenuOpened()
            | e.MachineClockSet()
            | e.LicenceSpoiled()
        ):
            return room.evolve(machine, event)
        case (
            e.ServiceStartRequested()
            | e.ServiceStarted()
            | e.ServiceStartFailed()
            | e.ServiceStopped()
            | e.ServiceRead()
        ):
            return replace(machine, service=service.evolve(machine.service, event))
        case e.PatchStarted() | e.PatchSucceeded() | e.PatchFailed() | e.PatchAborted():
            patched = patching.evolve(station, machine.patching, event)
            version = event.version if isinstance(event, e.PatchSucceeded) else machine.version
            return replace(machine, patching=patched, version=version)
        case e.IdSubmitted() | e.IdDrafted() | e.IdFormLeft():
            return replace(machine, identity=identity.evolve(machine.identity, event))
        case _:
            return _fold_data(station, machine, event)


def _fold_data(station: Station, machine: Machine, event: e.DataEvent) -> Machine:
    """Fold what concerns the exam data: backup, delete, the status view, the sync."""
    match event:
        case e.BackupStarted() | e.BackupFinished() | e.BackupFailed() | e.BackupDownloaded():
            return replace(machine, backup=backup.evolve(station, machine.backup, event))
        case (
            e.DeleteAsked()
            | e.DeleteCancelled()
            | e.DeleteStarted()
            | e.DeleteFinished()
            | e.DeleteFailed()
        ):
            return delete.evolve(station, machine, event)
        case e.StatusOpened() | e.StatusClosed():
            return replace(machine, overlay=_overlay(machine, event))
        case e.SyncStarted() | e.DataReceived() | e.SyncStopped() | e.SyncCompleted():
            return sync.evolve(station, machine, event)
        case _:
            assert_never(event)


def _overlay(machine: Machine, event: e.StatusOpened | e.StatusClosed) -> Overlay:
    if isinstance(event, e.StatusClosed):
        return replace(machine.overlay, open=False)
    return Overlay(
        open=True,
        read_at_ms=event.at_ms,
        local=event.local,
        central_read=event.central_read,
        data_version=machine.data_version,
    )
