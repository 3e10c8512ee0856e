"""Faults of START SYNC (step 18): a data set stalls, the sync drops, a row lies, all is slow.

A place that a resumed sync has behind it cannot be met again; a place at which it stands is met at
once. Several short or slow data sets compose; what an interruption keeps from being reached in this
attempt does not strike, and keeps its count.
"""

from typing import Annotated

from msgspec import Meta

from mock_server.domain.commands import Trainee
from mock_server.domain.hazards import At, Short, Slow
from mock_server.domain.operations import Operation
from mock_server.domain.setup import Setup
from mock_server.domain.state import Station
from mock_server.faults.kind import AnyKind, FaultKind, StrikesCommand, always
from mock_server.faults.kinds.changes import (
    is_ahead,
    order_in_sync,
    part_way,
    slower,
    sync_end,
    sync_hazard_of,
    to_come,
    with_hazard,
)
from mock_server.faults.params import DataSetNo, DataSetNos, Factor, Params, Part
from mock_server.faults.plan import Effect


class SyncHalts(Params, frozen=True, kw_only=True):
    """Of both interruptions."""

    data: DataSetNo = 5
    at_permille: Part = 500


class SyncShort(Params, frozen=True, kw_only=True):
    data: DataSetNo = 3
    missing: Annotated[int, Meta(ge=1, le=10_000, extra={"reads": "count"})] = 4


class SyncSlow(Params, frozen=True, kw_only=True):
    factor_permille: Factor = 4000
    data: DataSetNos = (5, 6)


def _on(_params: Params) -> Operation:
    return Operation.SYNC_START


def _stalls(params: SyncHalts, command: Trainee, station: Station, _now_ms: int) -> Trainee:
    place = At(data=params.data, permille=params.at_permille)
    return with_hazard(command, stall=place) if is_ahead(station, place) else command


def _drops(params: SyncHalts, command: Trainee, station: Station, _now_ms: int) -> Trainee:
    place = At(data=params.data, permille=params.at_permille)
    return with_hazard(command, drop=place) if is_ahead(station, place) else command


def _short(params: SyncShort, command: Trainee, station: Station, _now_ms: int) -> Trainee:
    """The row lies only once it is green: an attempt that ends in it or before it tells no lie."""
    hazard = sync_hazard_of(command)
    end = sync_end(hazard)
    coming = any(of.n == params.data for of in to_come(station))
    if not coming or (end is not None and end.data <= params.data):
        return command
    lie = Short(data=params.data, missing=params.missing)
    return with_hazard(command, short=(*hazard.short, lie))


def _slow(params: SyncSlow, command: Trainee, station: Station, _now_ms: int) -> Trainee:
    hazard = sync_hazard_of(command)
    end = sync_end(hazard)
    factors = {slow.data: slow.factor_permille for slow in hazard.slow}
    struck = [
        of.n for of in to_come(station) if of.n in params.data and (end is None or of.n <= end.data)
    ]
    if not struck:
        return command
    for n in struck:
        factors[n] = slower(factors.get(n, 1000), params.factor_permille)
    slow = tuple(Slow(data=n, factor_permille=factors[n]) for n in sorted(factors))
    return with_hazard(command, slow=slow)


def _place(params: SyncHalts, _setup: Setup) -> int:
    return order_in_sync(At(data=params.data, permille=params.at_permille))


def _halt_effects(params: SyncHalts) -> tuple[Effect, ...]:
    return part_way(params.data == 1 and params.at_permille == 0)


KINDS: tuple[AnyKind, ...] = (
    FaultKind(
        name="sync.stalls",
        params=SyncHalts,
        act=StrikesCommand(on=_on, apply=_stalls, place=_place),
        effects=_halt_effects,
        basis="reported",
    ),
    FaultKind(
        name="sync.drops",
        params=SyncHalts,
        act=StrikesCommand(on=_on, apply=_drops, place=_place),
        effects=_halt_effects,
        basis="reported",
    ),
    FaultKind(
        name="sync.short",
        params=SyncShort,
        act=StrikesCommand(on=_on, apply=_short),
        effects=always("partial"),
        basis="assumed",
    ),
    FaultKind(
        name="sync.slow",
        params=SyncSlow,
        act=StrikesCommand(on=_on, apply=_slow),
        effects=always("applied"),
        basis="reported",
    ),
)
