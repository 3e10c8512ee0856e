"""The room: which machine one sits at, Exambro Admin, and opening and closing CBTSync Web.

After every opening the ID has to be submitted again (reported for 2016 and 2017, domain.md 3.6, 9);
what the server itself was doing goes on meanwhile.
"""

from typing import assert_never

from msgspec.structs import replace

from mock_server.domain import busy, delete, patching
from mock_server.domain.events import (
    CbtsyncClosed,
    CbtsyncCrashed,
    CbtsyncOpened,
    Event,
    ExambroOpened,
    LicenceSpoiled,
    MachineClockSet,
    MachineUsed,
    MenuOpened,
)
from mock_server.domain.refusals import Refusal
from mock_server.domain.state import Job, Machine, Patching, Station

RoomEvent = (
    ExambroOpened
    | CbtsyncOpened
    | CbtsyncClosed
    | CbtsyncCrashed
    | MenuOpened
    | MachineClockSet
    | LicenceSpoiled
)


def decide_use(station: Station, machine_id: str, now_ms: int) -> tuple[Event, ...]:
    if machine_id not in station.machines:
        raise Refusal("room.unknown", machine=machine_id)
    if machine_id == station.here:
        return ()
    return (MachineUsed(at_ms=now_ms, machine=machine_id),)


def decide_set_clock(machine: Machine, now_ms: int) -> tuple[Event, ...]:
    if machine.clock_ok:
        return ()
    return (MachineClockSet(at_ms=now_ms, machine=machine.id),)


def decide_open_exambro(machine: Machine, version: str, now_ms: int) -> tuple[Event, ...]:
    if version not in machine.exambro_installed:
        raise Refusal("exambro.not_installed", version=version)
    if version == machine.exambro:
        return ()
    return (ExambroOpened(at_ms=now_ms, machine=machine.id, version=version),)


def decide_open_cbtsync(machine: Machine, now_ms: int) -> tuple[Event, ...]:
    """Open CBTSync Web; a delete that stands still ends as failed (domain rule, assumed)."""
    if not machine.exambro:
        raise Refusal("exambro.closed")
    if machine.cbtsync_open:
        return ()
    opened = CbtsyncOpened(at_ms=now_ms, machine=machine.id)
    return (opened, *delete.decide_fail(machine, now_ms))


def decide_close_cbtsync(machine: Machine, now_ms: int) -> tuple[Event, ...]:
    """ALT+F4: patching is given up, all other jobs go on in the server."""
    if not machine.cbtsync_open:
        return ()
    during = busy.advancing(machine, now_ms)
    closed = CbtsyncClosed(at_ms=now_ms, machine=machine.id, during=during)
    return (*patching.decide_abort(machine, now_ms), closed)


def decide_open_menu(
    station: Station, machine: Machine, menu: str, now_ms: int
) -> tuple[Event, ...]:
    if menu not in station.setup.menus:
        raise Refusal("menu.unknown", menu=menu)
    if not machine.cbtsync_open:
        raise Refusal("cbtsync.closed")
    at_work = busy.advancing(machine, now_ms)
    left = at_work if at_work and busy.PAGE_OF.get(at_work) != menu else ""
    return (MenuOpened(at_ms=now_ms, machine=machine.id, menu=menu, during=left),)


def evolve(machine: Machine, event: RoomEvent) -> Machine:
    match event:
        case ExambroOpened():
            return replace(machine, exambro=event.version)
        case CbtsyncOpened():
            return replace(machine, cbtsync_open=True, licence_ok=machine.clock_ok)
        case CbtsyncClosed():
            return _closed(machine)
        case CbtsyncCrashed():
            return replace(
                _closed(machine),
                backup=replace(machine.backup, job=_spent(machine.backup.job)),
                delete=replace(machine.delete, job=_spent(machine.delete.job)),
                sync=replace(machine.sync, crash_ms=None),
            )
        case MenuOpened():
            return replace(machine, menu=event.menu)
        case MachineClockSet():
            return replace(machine, clock_ok=True)
        case LicenceSpoiled():
            return replace(machine, clock_ok=False, licence_ok=False)
        case _:
            assert_never(event)


def _closed(machine: Machine) -> Machine:
    identity = replace(machine.identity, server_id="", verdict=None, draft="")
    patched = machine.patching if machine.patching.phase == "running" else Patching()
    asked = machine.delete.phase == "asked"
    return replace(
        machine,
        cbtsync_open=False,
        menu="",
        identity=identity,
        patching=patched,
        delete=type(machine.delete)() if asked else machine.delete,
        overlay=replace(machine.overlay, open=False) if machine.overlay.open else machine.overlay,
    )


def _spent(job: Job | None) -> Job | None:
    return None if job is None else replace(job, crash_ms=None)


def check_exambro(machine: Machine) -> None:
    if not machine.exambro:
        raise Refusal("exambro.closed")


def check_cbtsync(machine: Machine) -> None:
    if not machine.cbtsync_open:
        raise Refusal("cbtsync.closed")
