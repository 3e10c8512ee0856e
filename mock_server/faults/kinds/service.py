"""Faults of the background service (step 7): found stopped, dies during a job, does not start."""

from mock_server.domain import service
from mock_server.domain.commands import StartService, StopService, Trainee, World
from mock_server.domain.operations import Operation
from mock_server.domain.setup import Setup
from mock_server.domain.state import Station
from mock_server.domain.truth import exam_machine
from mock_server.faults.kind import AnyKind, FaultKind, StrikesCommand, StrikesStation, always
from mock_server.faults.kinds.changes import (
    STARTS,
    During,
    here,
    is_ahead,
    order_in_sync,
    part_way,
    patch_can_run,
    place_in_sync,
    rows_here,
    with_hazard,
)
from mock_server.faults.params import Params, Part
from mock_server.faults.plan import Effect


class ServiceDies(Params, frozen=True, kw_only=True):
    during: During = "patch"
    at_permille: Part = 500


def _stop(_params: Params, station: Station) -> World | None:
    stopped = service.state(exam_machine(station).service) == "stopped"
    return None if stopped else StopService()


def _start_fails(_params: Params, command: Trainee, station: Station, _now_ms: int) -> Trainee:
    machine = here(station)
    if machine is None or service.state(machine.service) != "stopped":
        return command
    return StartService(copy=command.copy, fails=True)


def _dies(params: ServiceDies, command: Trainee, station: Station, now_ms: int) -> Trainee:
    match params.during:
        case "patch":
            strikes = patch_can_run(station, now_ms)
        case "backup":
            strikes = True
        case "delete":
            strikes = rows_here(station) > 0
        case "sync":
            place = place_in_sync(station.setup, params.at_permille)
            if not is_ahead(station, place):
                return command
            return with_hazard(command, service_dies=place)
    if not strikes:
        return command
    return with_hazard(command, service_dies_permille=params.at_permille)


def _place(params: ServiceDies, setup: Setup) -> int:
    if params.during == "sync":
        return order_in_sync(place_in_sync(setup, params.at_permille))
    return params.at_permille


def _effects(params: ServiceDies) -> tuple[Effect, ...]:
    """A patch or a backup that ends early leaves nothing; a delete or a sync leaves its part."""
    if params.during in ("patch", "backup"):
        return ("none",)
    return part_way(params.at_permille == 0)


def _start(_params: Params) -> Operation:
    return Operation.SERVICE_START


def _job(params: ServiceDies) -> Operation:
    return STARTS[params.during]


KINDS: tuple[AnyKind, ...] = (
    FaultKind(
        name="service.stopped",
        params=Params,
        act=StrikesStation(command=_stop),
        effects=always("none"),
        basis="documented",
    ),
    FaultKind(
        name="service.dies",
        params=ServiceDies,
        act=StrikesCommand(on=_job, apply=_dies, place=_place),
        effects=_effects,
        basis="assumed",
    ),
    FaultKind(
        name="service.start-fails",
        params=Params,
        act=StrikesCommand(on=_start, apply=_start_fails, place=lambda _params, _setup: 0),
        effects=always("none"),
        basis="assumed",
    ),
)
