"""Faults of patching (steps 5 to 7).

A patch that fails for want of the service leaves the service stopped, and patching needs it: every
further attempt fails by itself until the service runs again. So ``patch.fails`` once, with its
default reason, is the whole story "it fails until the service was restarted". With ``network`` or
``central`` the service is well, and trying again is enough.
"""

from mock_server.domain.commands import Trainee
from mock_server.domain.hazards import PatchCause
from mock_server.domain.operations import Operation
from mock_server.domain.setup import Setup
from mock_server.domain.state import Station
from mock_server.faults.kind import AnyKind, FaultKind, StrikesCommand, always
from mock_server.faults.kinds.changes import patch_can_run, with_hazard
from mock_server.faults.params import Params, Part


class PatchFails(Params, frozen=True, kw_only=True):
    reason: PatchCause = "service-stopped"
    at_permille: Part = 400


class PatchStalls(Params, frozen=True, kw_only=True):
    at_permille: Part = 500


def _on(_params: Params) -> Operation:
    return Operation.PATCH_START


def _fails(params: PatchFails, command: Trainee, station: Station, now_ms: int) -> Trainee:
    if not patch_can_run(station, now_ms):
        return command
    return with_hazard(command, fail_permille=params.at_permille, patch_cause=params.reason)


def _stalls(params: PatchStalls, command: Trainee, station: Station, now_ms: int) -> Trainee:
    if not patch_can_run(station, now_ms):
        return command
    return with_hazard(command, stall_permille=params.at_permille)


def _claims(_params: Params, command: Trainee, station: Station, now_ms: int) -> Trainee:
    if not patch_can_run(station, now_ms):
        return command
    return with_hazard(command, claims_success=True)


def _place(params: PatchFails | PatchStalls, _setup: Setup) -> int:
    return params.at_permille


def _at_the_end(_params: Params, _setup: Setup) -> int:
    return 1000


KINDS: tuple[AnyKind, ...] = (
    FaultKind(
        name="patch.fails",
        params=PatchFails,
        act=StrikesCommand(on=_on, apply=_fails, place=_place),
        effects=always("none"),
        basis="documented",
    ),
    FaultKind(
        name="patch.stalls",
        params=PatchStalls,
        act=StrikesCommand(on=_on, apply=_stalls, place=_place),
        effects=always("none"),
        basis="assumed",
    ),
    FaultKind(
        name="patch.claims-success",
        params=Params,
        act=StrikesCommand(on=_on, apply=_claims, place=_at_the_end),
        effects=always("none"),
        basis="documented",
    ),
)
