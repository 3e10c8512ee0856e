"""The centre (server pusat) and the school's portal: windows, line, bindings, requests.

A server's access closes once it has synced (domain.md 5, reported) and opens again only on
request. Intervals are half open: at ``until_ms`` it is over.
"""

from collections.abc import Iterable
from typing import assert_never

from msgspec.structs import replace

from mock_server.domain.commands import BindElsewhere, Interval, SetCentral
from mock_server.domain.events import (
    AccessClosed,
    BoundElsewhere,
    CentralPlanned,
    Event,
    ReopeningGranted,
    ReopeningRequested,
    SnResetGranted,
    SnResetRequested,
)
from mock_server.domain.refusals import Refusal
from mock_server.domain.state import Central, Server, Station

ELSEWHERE = "another machine"  # the SN of nobody in the room


def own(station: Station) -> Server:
    """Return the server this rehearsal is about."""
    return station.central.servers[0]


def server(station: Station, server_id: str) -> Server | None:
    for candidate in station.central.servers:
        if candidate.server_id == server_id:
            return candidate
    return None


def inside(intervals: Iterable[Interval], at_ms: int) -> Interval | None:
    for interval in intervals:
        if interval.from_ms <= at_ms and (interval.until_ms is None or at_ms < interval.until_ms):
            return interval
    return None


def next_inside_ms(intervals: Iterable[Interval], from_ms: int) -> int | None:
    """Return the first instant at or after ``from_ms`` that lies in an interval."""
    starts = [
        max(interval.from_ms, from_ms)
        for interval in intervals
        if interval.until_ms is None or from_ms < interval.until_ms
    ]
    return min(starts, default=None)


def line_up(station: Station, at_ms: int) -> bool:
    return inside(station.central.outages, at_ms) is None


def slow_permille(station: Station, at_ms: int) -> int:
    """Return how much longer everything from the centre takes; 1000 is the usual pace."""
    interval = inside(station.central.slowdowns, at_ms)
    return 1000 if interval is None else interval.factor_permille


def access_open(central: Central, of: Server, at_ms: int) -> bool:
    if inside(central.closures, at_ms) is not None:
        return False
    if of.reopened_until_ms is not None and at_ms < of.reopened_until_ms:
        return True
    return not of.synced and of.opens_ms <= at_ms < of.closes_ms


def access_closes_ms(central: Central, of: Server, from_ms: int) -> int:
    """Return the first instant at or after ``from_ms`` at which access is closed."""
    if not access_open(central, of, from_ms):
        return from_ms
    end = 0 if of.synced or from_ms < of.opens_ms else of.closes_ms
    if of.reopened_until_ms is not None:
        end = max(end, of.reopened_until_ms)
    closure = next_inside_ms(central.closures, from_ms)
    return end if closure is None else min(end, closure)


# --- requests through the portal -----------------------------------------------------------------


def decide_sn_reset(station: Station, server_id: str, now_ms: int) -> tuple[Event, ...]:
    of = _registered(station, server_id)
    if of.sn_reset_due_ms is not None:
        return ()
    after = of.sn_reset_after_ms
    if after is None:
        after = station.setup.durations.sn_reset_after_ms
    return (SnResetRequested(at_ms=now_ms, server_id=server_id, due_ms=now_ms + after),)


def decide_reopening(station: Station, server_id: str, now_ms: int) -> tuple[Event, ...]:
    of = _registered(station, server_id)
    if of.reopening_due_ms is not None:
        return ()
    due = now_ms + station.setup.durations.reopen_after_ms
    return (ReopeningRequested(at_ms=now_ms, server_id=server_id, due_ms=due),)


def _registered(station: Station, server_id: str) -> Server:
    of = server(station, server_id)
    if of is None:
        raise Refusal("identity.unknown")
    return of


def decide_set_central(command: SetCentral, now_ms: int) -> tuple[Event, ...]:
    return (
        CentralPlanned(
            at_ms=now_ms,
            outages=command.outages,
            closures=command.closures,
            slowdowns=command.slowdowns,
        ),
    )


def decide_bind_elsewhere(
    station: Station, command: BindElsewhere, now_ms: int
) -> tuple[Event, ...]:
    return (
        BoundElsewhere(
            at_ms=now_ms,
            server_id=own(station).server_id,
            granted_after_ms=command.granted_after_ms,
        ),
    )


def due(station: Station) -> Iterable[tuple[int, tuple[Event, ...]]]:
    """Yield what the centre will have granted, and when."""
    for of in station.central.servers:
        if (at_ms := of.sn_reset_due_ms) is not None:
            yield at_ms, (SnResetGranted(at_ms=at_ms, server_id=of.server_id),)
        if (at_ms := of.reopening_due_ms) is not None:
            until = at_ms + station.setup.durations.reopen_for_ms
            granted = ReopeningGranted(at_ms=at_ms, server_id=of.server_id, until_ms=until)
            yield at_ms, (granted,)


CentralEvent = (
    SnResetRequested
    | SnResetGranted
    | ReopeningRequested
    | ReopeningGranted
    | BoundElsewhere
    | AccessClosed
)


def evolve(of: Server, event: CentralEvent) -> Server:
    match event:
        case SnResetRequested():
            return replace(of, sn_reset_due_ms=event.due_ms, sn_reset_granted=False)
        case SnResetGranted():
            return replace(
                of, sn_reset_due_ms=None, sn_reset_after_ms=None, sn_reset_granted=True, bound_sn=""
            )
        case ReopeningRequested():
            return replace(of, reopening_due_ms=event.due_ms)
        case ReopeningGranted():
            return replace(of, reopening_due_ms=None, reopened_until_ms=event.until_ms)
        case BoundElsewhere():
            return replace(of, bound_sn=ELSEWHERE, sn_reset_after_ms=event.granted_after_ms)
        case AccessClosed():
            return replace(of, synced=True, reopened_until_ms=None)
        case _:
            assert_never(event)
