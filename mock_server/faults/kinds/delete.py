"""Faults of HAPUS (step 14). Where there is nothing to delete, none of them can strike."""

from typing import Annotated

from msgspec import Meta

from mock_server.domain.commands import Trainee
from mock_server.domain.operations import Operation
from mock_server.domain.setup import Setup
from mock_server.domain.state import Station
from mock_server.faults.kind import AnyKind, FaultKind, StrikesCommand, always
from mock_server.faults.kinds.changes import (
    ends_early,
    hazard_of,
    part_way,
    rows_here,
    with_hazard,
)
from mock_server.faults.params import Params, Part
from mock_server.faults.plan import Effect


class DeleteStalls(Params, frozen=True, kw_only=True):
    at_permille: Part = 500


class DeletePartial(Params, frozen=True, kw_only=True):
    left: Annotated[int, Meta(ge=1, le=10_000, extra={"reads": "count"})] = 12


def _on(_params: Params) -> Operation:
    return Operation.DELETE_START


def _stalls(params: DeleteStalls, command: Trainee, station: Station, _now_ms: int) -> Trainee:
    if rows_here(station) == 0:
        return command
    return with_hazard(command, stall_permille=params.at_permille)


def _partial(params: DeletePartial, command: Trainee, station: Station, _now_ms: int) -> Trainee:
    """Several of them do not add up: the one that leaves most holds."""
    left = min(params.left, rows_here(station))
    if left <= hazard_of(command).left_rows or ends_early(command):
        return command
    return with_hazard(command, left_rows=left)


def _place(params: DeleteStalls, _setup: Setup) -> int:
    return params.at_permille


def _stalls_effects(params: DeleteStalls) -> tuple[Effect, ...]:
    return part_way(params.at_permille == 0)


KINDS: tuple[AnyKind, ...] = (
    FaultKind(
        name="delete.stalls",
        params=DeleteStalls,
        act=StrikesCommand(on=_on, apply=_stalls, place=_place),
        effects=_stalls_effects,
        basis="assumed",
    ),
    FaultKind(
        name="delete.partial",
        params=DeletePartial,
        act=StrikesCommand(on=_on, apply=_partial),
        effects=always("partial"),
        basis="assumed",
    ),
)
