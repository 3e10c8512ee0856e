"""The plan of one sync attempt: which data set downloads when, and where the attempt will halt."""

from typing import Literal

from msgspec.structs import replace

from mock_server.domain import central, exam_data
from mock_server.domain.events import SyncStarted
from mock_server.domain.hazards import At, SyncHazard
from mock_server.domain.setup import DataSet
from mock_server.domain.state import Machine, Segment, Station, Sync

HaltOf = Literal["drop", "service", "stall"]


def planned(station: Station, machine: Machine, event: SyncStarted) -> Machine:
    """Return the machine with the attempt that ``event`` began."""
    segments = _segments(station, machine, event)
    halts = _halts(station, event.hazard, segments)
    first = min(halts, default=None)
    crash = event.hazard.crash
    sync = Sync(
        phase="running",
        started_ms=event.at_ms,
        segments=segments,
        halt_ms=None if first is None else first[0],
        halt="stall" if first is None else first[2],
        crash_ms=None if crash is None else _place_ms(station, segments, crash),
        changed_ms=event.at_ms,
    )
    data = replace(
        machine.data,
        server_id=event.server_id,
        participants_missing=max(
            machine.data.participants_missing, event.hazard.participants_missing
        ),
        participants_duplicate=max(
            machine.data.participants_duplicate, event.hazard.participants_duplicate
        ),
        tests_missing=machine.data.tests_missing or event.hazard.tests_missing,
    )
    return replace(machine, sync=sync, data=data)


def _segments(station: Station, machine: Machine, event: SyncStarted) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    begins_ms = 0
    for of in station.setup.data_sets:
        if exam_data.is_shown_complete(machine.data, of):
            continue
        from_rows = machine.data.received[of.n - 1]
        span_ms = _span_ms(station, event, of, of.rows - from_rows)
        short = sum(one.missing for one in event.hazard.short if one.data == of.n)
        segments.append(
            Segment(
                data=of.n,
                from_rows=from_rows,
                to_rows=max(from_rows, of.rows - short),
                begins_ms=begins_ms,
                span_ms=span_ms,
            )
        )
        begins_ms += span_ms
    return tuple(segments)


def _span_ms(station: Station, event: SyncStarted, of: DataSet, rows: int) -> int:
    """Return how long ``rows`` rows of one data set take, at least 1 ms."""
    nominal = station.setup.durations.sync_ms * of.share_permille // 1000
    span = nominal * rows // max(1, of.rows)
    span = span * event.hazard.factor_permille // 1000
    span = span * central.slow_permille(station, event.at_ms) // 1000
    for slow in event.hazard.slow:
        if slow.data == of.n:
            span = span * slow.factor_permille // 1000
    return max(1, span)


def _halts(
    station: Station, hazard: SyncHazard, segments: tuple[Segment, ...]
) -> list[tuple[int, int, HaltOf]]:
    found: list[tuple[int, int, HaltOf]] = []
    kinds: tuple[tuple[HaltOf, At | None], ...] = (
        ("drop", hazard.drop),
        ("service", hazard.service_dies),
        ("stall", hazard.stall),
    )
    for order, (kind, place) in enumerate(kinds):
        if place is not None and (at_ms := _place_ms(station, segments, place)) is not None:
            found.append((at_ms, order, kind))
    return found


def _place_ms(station: Station, segments: tuple[Segment, ...], place: At) -> int | None:
    """Return how long after the start the attempt reaches ``place``; None if it lies behind."""
    for segment in segments:
        if segment.data != place.data:
            continue
        of = station.setup.data_sets[segment.data - 1]
        point = of.rows * place.permille // 1000
        way = max(1, of.rows - segment.from_rows)
        if point < segment.from_rows:
            return None
        return segment.begins_ms + segment.span_ms * (point - segment.from_rows) // way
    return None


def received_rows(machine: Machine, at_ms: int) -> tuple[int, ...]:
    """Return what has really been received at ``at_ms``, by data set; never falls."""
    sync = machine.sync
    if sync.phase != "running":
        return machine.data.received
    elapsed = max(0, at_ms - sync.started_ms)
    if sync.halt_ms is not None:
        elapsed = min(elapsed, sync.halt_ms)
    rows = list(machine.data.received)
    for segment in sync.segments:
        inside = min(max(0, elapsed - segment.begins_ms), segment.span_ms)
        arrived = (segment.to_rows - segment.from_rows) * inside // segment.span_ms
        rows[segment.data - 1] = max(rows[segment.data - 1], segment.from_rows + arrived)
    return tuple(rows)
