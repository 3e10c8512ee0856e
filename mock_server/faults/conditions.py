"""Conditions: faults that strike the station or the centre when they are armed.

What they ask of the domain are commands of the world outside, decided like any other.
"""

from collections.abc import Iterable
from itertools import zip_longest
from typing import Any, assert_never

import msgspec

from mock_server.domain.commands import Interval, SetCentral, World
from mock_server.domain.state import Station
from mock_server.faults import catalogue, triggers
from mock_server.faults.armed import Armed, FaultState
from mock_server.faults.events import FaultFired, FaultSkipped
from mock_server.faults.kind import (
    CentralPart,
    PlansCentral,
    SpoilsAnswer,
    StrikesCommand,
    StrikesStation,
)
from mock_server.faults.kinds.changes import slower
from mock_server.faults.plan import FaultSpec


class Arming(msgspec.Struct, frozen=True, kw_only=True):
    """What arming a fault brings about at once: commands to decide, then events to append."""

    commands: tuple[World, ...] = ()
    events: tuple[FaultFired | FaultSkipped, ...] = ()


def on_arming(spec: FaultSpec, state: FaultState, station: Station, now_ms: int) -> Arming:
    """Return what follows from arming ``spec``; ``state`` holds it already."""
    kind = catalogue.KINDS[spec.fault]
    act: StrikesCommand[Any] | StrikesStation[Any] | PlansCentral[Any] | SpoilsAnswer = kind.act
    match act:
        case StrikesCommand() | SpoilsAnswer():
            return Arming()
        case StrikesStation():
            command = act.command(catalogue.params_of(spec), station)
            if command is None:
                passed = FaultSkipped(
                    at_ms=now_ms, id=spec.id, fault=spec.fault, on="", reason="STATE"
                )
                return Arming(events=(passed,))
            return Arming(commands=(command,), events=(_fired(spec, now_ms),))
        case PlansCentral():
            armed = state.find(spec.id)
            begun = armed is not None and triggers.window_why(armed, now_ms) is None
            events = (_fired(spec, now_ms),) if begun else ()
            return Arming(commands=(central_plan(state),), events=events)
        case _:
            assert_never(act)


def on_disarming(spec: FaultSpec, state: FaultState) -> tuple[World, ...]:
    """Return what follows from disarming ``spec``; ``state`` knows of it already.

    Only what is planned for the centre can be called off: a service that stopped stays stopped.
    """
    kind = catalogue.KINDS[spec.fault]
    return (central_plan(state),) if isinstance(kind.act, PlansCentral) else ()


def _fired(spec: FaultSpec, now_ms: int) -> FaultFired:
    return FaultFired(at_ms=now_ms, id=spec.id, fault=spec.fault, on="", hit=1)


def central_plan(state: FaultState) -> SetCentral:
    """Return what all armed faults of the centre together plan for it."""
    parts: dict[CentralPart, list[Interval]] = {"outages": [], "closures": [], "slowdowns": []}
    for armed in state.live:
        kind = catalogue.KINDS[armed.spec.fault]
        if isinstance(kind.act, PlansCentral):
            factor = kind.act.factor_permille(catalogue.params_of(armed.spec))
            interval = _interval(armed, factor)
            if interval is not None:
                parts[kind.act.part].append(interval)
    return SetCentral(
        outages=_in_order(parts["outages"]),
        closures=_in_order(parts["closures"]),
        slowdowns=composed(parts["slowdowns"]),
    )


def _interval(armed: Armed, factor_permille: int) -> Interval | None:
    """Return the stretch that the fault holds, never before its arming; None if it is empty."""
    when = armed.spec.when
    from_ms = max(armed.armed_ms, when.from_ms or 0)
    ends = [when.until_ms] if when.until_ms is not None else []
    if when.ttl_ms is not None:
        ends.append(armed.armed_ms + when.ttl_ms)
    until_ms = min(ends, default=None)
    if until_ms is not None and until_ms <= from_ms:
        return None
    return Interval(from_ms=from_ms, until_ms=until_ms, factor_permille=factor_permille)


def _in_order(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    return tuple(sorted(intervals, key=_key))


def _key(interval: Interval) -> tuple[int, float]:
    until = float("inf") if interval.until_ms is None else interval.until_ms
    return interval.from_ms, until


def composed(slowdowns: list[Interval]) -> tuple[Interval, ...]:
    """Return slowdowns that do not overlap: where two hold at once, their factors compose."""
    edges = {one.from_ms for one in slowdowns} | {
        one.until_ms for one in slowdowns if one.until_ms is not None
    }
    starts = sorted(edges)
    parts = []
    for from_ms, until_ms in zip_longest(starts, starts[1:]):
        holding = [
            one
            for one in slowdowns
            if one.from_ms <= from_ms and (one.until_ms is None or from_ms < one.until_ms)
        ]
        factor = 1000
        for one in holding:
            factor = slower(factor, one.factor_permille)
        if holding:
            part = Interval(from_ms=from_ms, until_ms=until_ms, factor_permille=factor)
            parts.append(part)
    return tuple(parts)
