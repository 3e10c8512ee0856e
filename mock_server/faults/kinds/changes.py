"""How kinds put their values into commands, and how they read where a job stands.

Shared by the kinds; knows no kind.
"""

from typing import Any, Literal, TypeVar

from msgspec.structs import replace

from mock_server.domain import central, exam_data
from mock_server.domain.commands import StartBackup, StartDelete, StartPatch, StartSync, Trainee
from mock_server.domain.hazards import At, Hazard, SyncHazard
from mock_server.domain.operations import Operation
from mock_server.domain.setup import DataSet, Setup
from mock_server.domain.state import Machine, Station
from mock_server.faults.plan import Effect

During = Literal["patch", "backup", "delete", "sync"]
FACTOR_MAX_PERMILLE = 1_000_000  # of slowdowns that compose
STARTS: dict[During, Operation] = {
    "patch": Operation.PATCH_START,
    "backup": Operation.BACKUP_START,
    "delete": Operation.DELETE_START,
    "sync": Operation.SYNC_START,
}

C = TypeVar("C", bound=Trainee)


def here(station: Station) -> Machine | None:
    """Return the machine in use, or None before one was chosen."""
    return station.machines.get(station.here)


def hazard_of(command: Trainee) -> Hazard:
    match command:
        case StartPatch() | StartBackup() | StartDelete():
            return command.hazard
        case _:
            raise TypeError(f"{type(command).__name__} starts no such job")


def sync_hazard_of(command: Trainee) -> SyncHazard:
    match command:
        case StartSync():
            return command.hazard
        case _:
            raise TypeError(f"{type(command).__name__} starts no sync")


def with_hazard(command: Trainee, **changes: Any) -> Trainee:
    """Return the command with those fields of its hazard changed."""
    match command:
        case StartPatch() | StartBackup() | StartDelete():
            return replace(command, hazard=replace(command.hazard, **changes))
        case StartSync():
            return replace(command, hazard=replace(command.hazard, **changes))
        case _:
            raise TypeError(f"{type(command).__name__} carries no hazard")


def slower(permille: int, by_permille: int) -> int:
    """Compose two slowdowns: four times as slow and twice as slow is eight times as slow."""
    return min(FACTOR_MAX_PERMILLE, permille * by_permille // 1000)


def ends_early(command: Trainee) -> bool:
    """Tell whether an interruption keeps this job from its own end, or makes it a sham."""
    hazard = hazard_of(command)
    places = (hazard.fail_permille, hazard.stall_permille, hazard.service_dies_permille)
    return any(place is not None for place in places) or hazard.claims_success


def sync_end(hazard: SyncHazard) -> At | None:
    """Return where an interruption will halt this attempt, or None."""
    places = (hazard.stall, hazard.drop, hazard.service_dies)
    return next((place for place in places if place is not None), None)


def patch_can_run(station: Station, now_ms: int) -> bool:
    """Tell whether nothing but a fault would keep patching from its end: else it fails anyway."""
    machine = here(station)
    return machine is not None and machine.service.running and central.line_up(station, now_ms)


def rows_here(station: Station) -> int:
    machine = here(station)
    return 0 if machine is None else exam_data.total_rows(machine.data)


def is_ahead(station: Station, place: At) -> bool:
    """Tell whether a sync that starts now comes to ``place``, or stands exactly there."""
    machine = here(station)
    if machine is None:
        return False
    of = station.setup.data_sets[place.data - 1]
    if exam_data.is_shown_complete(machine.data, of):
        return False
    return machine.data.received[of.n - 1] <= of.rows * place.permille // 1000


def to_come(station: Station) -> tuple[DataSet, ...]:
    """Return the data sets that a sync that starts now would download."""
    machine = here(station)
    if machine is None:
        return ()
    sets = station.setup.data_sets
    return tuple(of for of in sets if not exam_data.is_shown_complete(machine.data, of))


def place_in_sync(setup: Setup, permille: int) -> At:
    """Return which data set, and where in it, stands at ``permille`` of the whole sync."""
    begins = 0
    for of in setup.data_sets:
        if permille < begins + of.share_permille:
            inside = (permille - begins) * 1000 // of.share_permille
            return At(data=of.n, permille=inside)
        begins += of.share_permille
    return At(data=setup.data_sets[-1].n, permille=999)


def order_in_sync(place: At) -> int:
    return place.data * 1000 + place.permille


def part_way(at_start: bool) -> tuple[Effect, ...]:  # noqa: FBT001 -- a predicate's answer
    """Return the effects of a job that ends on its way: at its very start nothing was done."""
    return ("none",) if at_start else ("partial",)
