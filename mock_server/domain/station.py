"""One station: what may be asked of it, what then happens, and what falls due by itself.

Pure: no Flask, I/O, clock or chance. ``decide`` refuses or returns events, ``evolve`` folds one
event and never refuses, ``next_due`` says what time alone will bring. Nothing else changes a
station.
"""

from collections.abc import Iterable
from functools import reduce
from typing import assert_never

from msgspec.structs import replace

from mock_server.domain import (
    backup,
    central,
    delete,
    evidence,
    identity,
    inbox,
    patching,
    report,
    room,
    screens,
    service,
    sync,
)
from mock_server.domain import commands as c
from mock_server.domain import events as e
from mock_server.domain.folding import evolve_machine
from mock_server.domain.prepare import station_of
from mock_server.domain.state import Message, Station
from mock_server.domain.truth import exam_machine

DUE_MAX = 10_000  # more events than one advance can ever bring; a loop beyond it is a defect


def begin(setup_event: e.StationPrepared) -> Station:
    """Return the station of a rehearsal's first event."""
    return station_of(setup_event)


def decide(station: Station, command: c.AnyCommand, now_ms: int) -> tuple[e.Event, ...]:
    """Return what obeying ``command`` at ``now_ms`` makes happen; () if nothing is left to do.

    The station must have been advanced to ``now_ms``. Raises Refusal, and then nothing happens.
    """
    match command:
        case c.SetCentral() | c.StopService() | c.BindElsewhere() | c.SpoilLicence():
            return _decide_world(station, command, now_ms)
        case c.UseMachine():
            return room.decide_use(station, command.machine, now_ms)
        case c.RequestSnReset():
            return central.decide_sn_reset(station, command.server_id, now_ms)
        case c.RequestReopening():
            return central.decide_reopening(station, command.server_id, now_ms)
        case c.FileReport():
            return report.decide_file(station, command, now_ms)
        case c.Look():
            return evidence.decide_look(station, command.screen, now_ms)
        case c.RecordDownload():
            return backup.decide_download(station.machines[command.machine], command, now_ms)
        case _:
            return _decide_here(station, command, now_ms)


def _decide_world(station: Station, command: c.World, now_ms: int) -> tuple[e.Event, ...]:
    machine = exam_machine(station)
    match command:
        case c.SetCentral():
            return central.decide_set_central(command, now_ms)
        case c.StopService():
            return service.decide_stop(machine, now_ms)
        case c.BindElsewhere():
            return central.decide_bind_elsewhere(station, command, now_ms)
        case c.SpoilLicence():
            return (e.LicenceSpoiled(at_ms=now_ms, machine=machine.id),)
        case _:
            assert_never(command)


def _decide_here(station: Station, command: c.AtMachine, now_ms: int) -> tuple[e.Event, ...]:
    """Decide what concerns the machine in use."""
    machine = screens.here(station)
    match command:
        case c.SetMachineClock():
            return room.decide_set_clock(machine, now_ms)
        case c.OpenExambro():
            return room.decide_open_exambro(machine, command.version, now_ms)
        case c.OpenCbtsync():
            return room.decide_open_cbtsync(machine, now_ms)
        case c.CloseCbtsync():
            return room.decide_close_cbtsync(machine, now_ms)
        case c.StartService():
            room.check_exambro(machine)
            return service.decide_start(station, machine, now_ms, fails=command.fails)
        case c.RefreshService():
            room.check_exambro(machine)
            return service.decide_refresh(machine, now_ms)
        case _:
            return _decide_in_cbtsync(station, command, now_ms)


def _decide_in_cbtsync(station: Station, command: c.InCbtsync, now_ms: int) -> tuple[e.Event, ...]:
    """Decide what concerns CBTSync Web on the machine in use."""
    machine = screens.here(station)
    if isinstance(command, c.OpenMenu):
        return room.decide_open_menu(station, machine, command.menu, now_ms)
    if not isinstance(command, c.StartBackup | c.StartDelete | c.StartSync):
        room.check_cbtsync(machine)
    match command:
        case c.StartPatch():
            return patching.decide_start(station, machine, command, now_ms)
        case c.DraftId():
            return identity.decide_draft(machine, command.server_id, now_ms)
        case c.LeaveIdForm():
            return identity.decide_leave(machine, now_ms)
        case c.SubmitId():
            return identity.decide_submit(station, machine, command, now_ms)
        case c.StartBackup():
            return backup.decide_start(machine, command, now_ms)
        case c.AskDelete():
            return delete.decide_ask(machine, now_ms)
        case c.CancelDelete():
            return delete.decide_cancel(machine, now_ms)
        case c.StartDelete():
            return delete.decide_start(station, machine, command, now_ms)
        case c.RefreshStatus():
            return sync.decide_refresh(station, machine, now_ms)
        case c.CloseStatus():
            return sync.decide_close(machine, now_ms)
        case c.StartSync():
            return sync.decide_start(station, machine, command, now_ms)
        case _:
            assert_never(command)


# --- what time alone brings ----------------------------------------------------------------------


def _candidates(station: Station) -> Iterable[tuple[int, tuple[e.Event, ...]]]:
    for machine in station.machines.values():
        yield from service.due(machine)
        yield from patching.due(station, machine)
        yield from backup.due(station, machine)
        yield from delete.due(station, machine)
        yield from sync.due(station, machine)
    yield from central.due(station)
    yield from inbox.due(station)


def next_due(station: Station) -> tuple[int, tuple[e.Event, ...]] | None:
    """Return the next instant at which something happens by itself, and what; None: never.

    Of several at one instant the first in the order above comes first; the rest follow at the
    next call. An instant that has passed unnoticed is the last event's own.
    """
    return min(_candidates(station), key=lambda one: one[0], default=None)


def advance(station: Station, now_ms: int) -> tuple[Station, tuple[e.Event, ...]]:
    """Fold everything that falls due up to and including ``now_ms``, each at its own instant."""
    happened: list[e.Event] = []
    for _ in range(DUE_MAX):
        due = next_due(station)
        if due is None or due[0] > now_ms:
            return station, tuple(happened)
        happened.extend(due[1])
        station = reduce(evolve, due[1], station)
    raise AssertionError(f"{DUE_MAX} events fell due at once")


# --- folding -------------------------------------------------------------------------------------


def evolve(station: Station, event: e.Event) -> Station:
    """Fold one event. Total: never refuses and never raises for an event that was decided."""
    after = replace(station, at_ms=max(station.at_ms, event.at_ms), events=station.events + 1)
    match event:
        case e.StationPrepared():
            return station_of(event)
        case e.CommandRefused() | e.RequestHeld() | e.CopyDelivered():
            return after
        case e.ScreenSeen():
            seen = (event.word, event.count, evidence.data_version(station))
            return replace(after, seen={**station.seen, event.screen: seen})
        case e.MachineUsed():
            return replace(after, here=event.machine)
        case e.ReportFiled():
            return replace(after, report=event)
        case e.InjectShown():
            message = Message(at_ms=event.at_ms, sender=event.sender, say=event.say)
            return replace(after, messages=(*station.messages, message))
        case e.CentralPlanned():
            plans = replace(
                station.central,
                outages=event.outages,
                closures=event.closures,
                slowdowns=event.slowdowns,
            )
            return replace(after, central=plans)
        case _:
            return _evolve_part(after, event)


def _evolve_part(station: Station, event: e.PartEvent) -> Station:
    match event:
        case (
            e.SnResetRequested()
            | e.SnResetGranted()
            | e.ReopeningRequested()
            | e.ReopeningGranted()
            | e.BoundElsewhere()
            | e.AccessClosed()
        ):
            return _put_server(station, event)
        case _:
            machine = evolve_machine(station, station.machines[event.machine], event)
            changed = replace(station, machines={**station.machines, machine.id: machine})
            if isinstance(event, e.IdSubmitted) and event.verdict == "bound":
                return _bind(changed, event.server_id, machine.sn)
            return changed


def _put_server(station: Station, event: central.CentralEvent) -> Station:
    servers = tuple(
        central.evolve(of, event) if of.server_id == event.server_id else of
        for of in station.central.servers
    )
    return replace(station, central=replace(station.central, servers=servers))


def _bind(station: Station, server_id: str, sn: str) -> Station:
    servers = tuple(
        replace(of, bound_sn=sn) if of.server_id == server_id else of
        for of in station.central.servers
    )
    return replace(station, central=replace(station.central, servers=servers))
