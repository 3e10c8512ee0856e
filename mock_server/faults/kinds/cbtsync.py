"""CBTSync Web itself: it closes while a job runs.

The server's own jobs go on without it; patching, which is done by CBTSync Web, ends with it.
"""

from mock_server.domain.commands import Trainee
from mock_server.domain.operations import Operation
from mock_server.domain.setup import Setup
from mock_server.domain.state import Station
from mock_server.faults.kind import AnyKind, FaultKind, StrikesCommand
from mock_server.faults.kinds.changes import (
    STARTS,
    During,
    hazard_of,
    is_ahead,
    order_in_sync,
    patch_can_run,
    place_in_sync,
    rows_here,
    sync_end,
    sync_hazard_of,
    with_hazard,
)
from mock_server.faults.params import Params, Part
from mock_server.faults.plan import Effect


class CbtsyncCrashes(Params, frozen=True, kw_only=True):
    during: During = "sync"
    at_permille: Part = 500


def _on(params: CbtsyncCrashes) -> Operation:
    return STARTS[params.during]


def _crashes(params: CbtsyncCrashes, command: Trainee, station: Station, now_ms: int) -> Trainee:
    """One crash a job, and none after the place at which the job is going to end."""
    match params.during:
        case "patch":
            strikes = patch_can_run(station, now_ms)
        case "backup":
            strikes = True
        case "delete":
            strikes = rows_here(station) > 0
        case "sync":
            return _crashes_sync(params, command, station)
    hazard = hazard_of(command)
    places = (hazard.fail_permille, hazard.stall_permille, hazard.service_dies_permille)
    ended = any(place is not None and place < params.at_permille for place in places)
    if not strikes or ended or hazard.crash_permille is not None:
        return command
    return with_hazard(command, crash_permille=params.at_permille)


def _crashes_sync(params: CbtsyncCrashes, command: Trainee, station: Station) -> Trainee:
    hazard = sync_hazard_of(command)
    place = place_in_sync(station.setup, params.at_permille)
    end = sync_end(hazard)
    ended = end is not None and order_in_sync(end) < order_in_sync(place)
    if not is_ahead(station, place) or ended or hazard.crash is not None:
        return command
    return with_hazard(command, crash=place)


def _place(params: CbtsyncCrashes, _setup: Setup) -> int | None:
    """Only patching ends with CBTSync Web."""
    return params.at_permille if params.during == "patch" else None


def _effects(params: CbtsyncCrashes) -> tuple[Effect, ...]:
    return ("none",) if params.during == "patch" else ("applied",)


KINDS: tuple[AnyKind, ...] = (
    FaultKind(
        name="cbtsync.crashes",
        params=CbtsyncCrashes,
        act=StrikesCommand(on=_on, apply=_crashes, place=_place),
        effects=_effects,
        basis="reported",
    ),
)
