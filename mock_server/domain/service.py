"""The background service of one machine, and what the tab Service Restart shows of it.

The tab shows the state that was last read, not the present one (step 7c).
"""

from collections.abc import Iterable
from typing import Literal, assert_never

from msgspec.structs import replace

from mock_server.domain.events import (
    Event,
    ServiceRead,
    ServiceStarted,
    ServiceStartFailed,
    ServiceStartRequested,
    ServiceStopped,
)
from mock_server.domain.state import Machine, Service, Station

ServiceEvent = (
    ServiceStartRequested | ServiceStarted | ServiceStartFailed | ServiceStopped | ServiceRead
)


def state(service: Service) -> Literal["running", "stopped", "starting"]:
    if service.running:
        return "running"
    return "stopped" if service.starting_until_ms is None else "starting"


def decide_start(
    station: Station, machine: Machine, now_ms: int, *, fails: bool
) -> tuple[Event, ...]:
    """Start Service; nothing to do while it runs or is starting."""
    if state(machine.service) != "stopped":
        return ()
    due_ms = now_ms + station.setup.durations.service_start_ms
    requested = ServiceStartRequested(at_ms=now_ms, machine=machine.id, due_ms=due_ms, fails=fails)
    return (requested,)


def decide_refresh(machine: Machine, now_ms: int) -> tuple[Event, ...]:
    return (ServiceRead(at_ms=now_ms, machine=machine.id, shown=state(machine.service)),)


def decide_stop(machine: Machine, now_ms: int) -> tuple[Event, ...]:
    if state(machine.service) == "stopped":
        return ()
    return (ServiceStopped(at_ms=now_ms, machine=machine.id),)


def due(machine: Machine) -> Iterable[tuple[int, tuple[Event, ...]]]:
    at_ms = machine.service.starting_until_ms
    if at_ms is None:
        return
    if machine.service.start_fails:
        yield at_ms, (ServiceStartFailed(at_ms=at_ms, machine=machine.id),)
    else:
        yield at_ms, (ServiceStarted(at_ms=at_ms, machine=machine.id),)


def evolve(service: Service, event: ServiceEvent) -> Service:
    match event:
        case ServiceStartRequested():
            return replace(service, starting_until_ms=event.due_ms, start_fails=event.fails)
        case ServiceStarted():
            return replace(service, running=True, starting_until_ms=None)
        case ServiceStartFailed():
            return replace(service, starting_until_ms=None, start_fails=False)
        case ServiceStopped():
            return replace(service, running=False, starting_until_ms=None)
        case ServiceRead():
            return replace(service, shown=event.shown, read_at_ms=event.at_ms)
        case _:
            assert_never(event)
