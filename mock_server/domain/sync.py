"""START SYNC (steps 15 to 18): data sets download one after another and resume where they stopped.

A sync needs the service, a line and an open window for as long as it runs. The last data set to
turn green completes it, and the centre then closes this server's access.
"""

from collections.abc import Iterable
from typing import assert_never

from msgspec.structs import replace

from mock_server.domain import busy, central, exam_data
from mock_server.domain.commands import StartSync
from mock_server.domain.events import (
    AccessClosed,
    CbtsyncCrashed,
    DataReceived,
    Event,
    ServiceStopped,
    StatusClosed,
    StatusOpened,
    StopReason,
    SyncCompleted,
    SyncStarted,
    SyncStopped,
)
from mock_server.domain.identity import condition
from mock_server.domain.refusals import Refusal
from mock_server.domain.state import Machine, Segment, Station
from mock_server.domain.sync_plan import planned, received_rows

SyncEvent = SyncStarted | DataReceived | SyncStopped | SyncCompleted
Due = Iterable[tuple[int, tuple[Event, ...]]]


def decide_start(
    station: Station, machine: Machine, command: StartSync, now_ms: int
) -> tuple[Event, ...]:
    busy.check_ready(machine, command.data_version)
    if machine.sync.phase == "complete":
        raise Refusal("sync.complete_already", total=len(station.setup.data_sets))
    busy.refuse_second_job(machine, "sync", now_ms)
    if machine.sync.phase == "running" and not _stands_still_long(station, machine, now_ms):
        raise Refusal("sync.busy")
    if machine.delete.job is not None:
        raise Refusal("job.busy", job="delete")
    busy.check_service(machine)
    if condition(station, machine, now_ms) != "active":
        raise Refusal("sync.not_active")
    started = SyncStarted(
        at_ms=now_ms,
        machine=machine.id,
        server_id=machine.identity.server_id,
        role=machine.role,
        own=machine.identity.server_id == central.own(station).server_id,
        resumed=any(machine.data.received) or machine.sync.phase == "stopped",
        old_rows=sum(machine.data.old),
        refreshed=machine.overlay.data_version == machine.data_version,
        overlay_open=machine.overlay.open,
        hazard=command.hazard,
    )
    return (started,)


def _stands_still_long(station: Station, machine: Machine, now_ms: int) -> bool:
    sync = machine.sync
    halted_ms = None if sync.halt_ms is None else sync.started_ms + sync.halt_ms
    return busy.is_stopped(halted_ms, station, now_ms)


def due(station: Station, machine: Machine) -> Due:
    """Yield what can happen next to a running sync, each with its instant."""
    if machine.sync.phase != "running":
        return
    yield from _arrivals(station, machine)
    yield from _halts(station, machine)
    yield from _losses(station, machine)
    if machine.sync.crash_ms is not None and machine.cbtsync_open:
        at_ms = max(station.at_ms, machine.sync.started_ms + machine.sync.crash_ms)
        yield at_ms, (CbtsyncCrashed(at_ms=at_ms, machine=machine.id),)


def _current(station: Station, machine: Machine) -> Segment | None:
    """Return the segment of the first data set that is not yet shown complete."""
    for segment in machine.sync.segments:
        of = station.setup.data_sets[segment.data - 1]
        if not exam_data.is_shown_complete(machine.data, of):
            return segment
    return None


def _arrivals(station: Station, machine: Machine) -> Due:
    segment = _current(station, machine)
    if segment is None:
        return
    sync = machine.sync
    ends = segment.begins_ms + segment.span_ms
    if sync.halt_ms is not None and sync.halt_ms < ends:
        return
    at_ms = sync.started_ms + ends
    of = station.setup.data_sets[segment.data - 1]
    received = DataReceived(
        at_ms=at_ms,
        machine=machine.id,
        data=of.n,
        received=segment.to_rows,
        shown=of.rows,
    )
    if segment is not sync.segments[-1]:
        yield at_ms, (received,)
        return
    server_id = machine.data.server_id
    completed = SyncCompleted(at_ms=at_ms, machine=machine.id, server_id=server_id)
    yield at_ms, (received, completed, AccessClosed(at_ms=at_ms, server_id=server_id))


def _halts(station: Station, machine: Machine) -> Due:
    sync = machine.sync
    if sync.halt_ms is None:
        return
    at_ms = sync.started_ms + sync.halt_ms
    match sync.halt:
        case "drop":
            yield at_ms, (_stopped(station, machine, at_ms, "dropped"),)
        case "service":
            service = ServiceStopped(at_ms=at_ms, machine=machine.id)
            yield at_ms, (service, _stopped(station, machine, at_ms, "service"))
        case "stall":
            at_ms += station.setup.durations.stopped_after_ms
            yield at_ms, (_stopped(station, machine, at_ms, "stalled"),)
        case _:
            assert_never(sync.halt)


def _losses(station: Station, machine: Machine) -> Due:
    """Yield the ends that come from outside: line, window, service."""
    earliest = max(station.at_ms, machine.sync.started_ms)
    outage_ms = central.next_inside_ms(station.central.outages, earliest)
    if outage_ms is not None:
        yield outage_ms, (_stopped(station, machine, outage_ms, "line"),)
    of = central.server(station, machine.data.server_id)
    if of is not None:
        closes_ms = central.access_closes_ms(station.central, of, earliest)
        yield closes_ms, (_stopped(station, machine, closes_ms, "closed"),)
    if not machine.service.running:
        yield earliest, (_stopped(station, machine, earliest, "service"),)


def _stopped(station: Station, machine: Machine, at_ms: int, reason: StopReason) -> SyncStopped:
    segment = _current(station, machine)
    return SyncStopped(
        at_ms=at_ms,
        machine=machine.id,
        data=segment.data if segment is not None else len(station.setup.data_sets),
        reason=reason,
        received=received_rows(machine, at_ms),
    )


def evolve(station: Station, machine: Machine, event: SyncEvent) -> Machine:
    """Fold into the machine: a sync changes data, identity and data version together."""
    match event:
        case SyncStarted():
            return planned(station, machine, event)
        case DataReceived():
            data = machine.data
            unseen = event.shown - event.received
            return replace(
                machine,
                data=replace(
                    data,
                    received=exam_data.set_row(data.received, event.data, event.received),
                    unseen=exam_data.set_row(data.unseen, event.data, unseen),
                ),
                sync=replace(machine.sync, changed_ms=event.at_ms),
            )
        case SyncStopped():
            stopped = replace(
                machine.sync,
                phase="stopped",
                segments=(),
                halt_ms=None,
                crash_ms=None,
                stopped_data=event.data,
                stopped_reason=event.reason,
                changed_ms=event.at_ms,
            )
            data = replace(machine.data, received=event.received)
            return replace(machine, sync=stopped, data=data)
        case SyncCompleted():
            complete = type(machine.sync)(phase="complete", changed_ms=event.at_ms)
            identity = replace(machine.identity, synced_under=event.server_id)
            return replace(machine, sync=complete, identity=identity)
        case _:
            assert_never(event)


def decide_refresh(station: Station, machine: Machine, now_ms: int) -> tuple[Event, ...]:
    """REFRESH STATUS: read what has really arrived, and the central counts if there is a line."""
    busy.check_ready(machine, None)
    now = replace(machine.data, received=received_rows(machine, now_ms))
    opened = StatusOpened(
        at_ms=now_ms,
        machine=machine.id,
        local=exam_data.local_rows(now),
        central_read=central.line_up(station, now_ms),
    )
    return (opened,)


def decide_close(machine: Machine, now_ms: int) -> tuple[Event, ...]:
    if not machine.overlay.open:
        return ()
    return (StatusClosed(at_ms=now_ms, machine=machine.id),)
