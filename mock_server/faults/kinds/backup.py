"""Faults of BACKUP and of the file that it makes (step 13)."""

from typing import Annotated

from msgspec import Meta

from mock_server.domain.commands import Trainee
from mock_server.domain.operations import Operation
from mock_server.domain.setup import Setup
from mock_server.domain.state import Station
from mock_server.faults.kind import AnyKind, FaultKind, StrikesCommand, always
from mock_server.faults.kinds.changes import ends_early, hazard_of, slower, with_hazard
from mock_server.faults.params import Factor, Params, Part


class BackupFails(Params, frozen=True, kw_only=True):
    at_permille: Part = 500


class BackupSlow(Params, frozen=True, kw_only=True):
    factor_permille: Factor = 4000


class BackupCorrupt(Params, frozen=True, kw_only=True):
    bytes: Annotated[int, Meta(ge=1, le=512, extra={"reads": "count"})] = 1


def _on(_params: Params) -> Operation:
    return Operation.BACKUP_START


def _fails(params: BackupFails, command: Trainee, _station: Station, _now_ms: int) -> Trainee:
    return with_hazard(command, fail_permille=params.at_permille)


def _slow(params: BackupSlow, command: Trainee, _station: Station, _now_ms: int) -> Trainee:
    factor = slower(hazard_of(command).factor_permille, params.factor_permille)
    return with_hazard(command, factor_permille=factor)


def _corrupt(params: BackupCorrupt, command: Trainee, _station: Station, _now_ms: int) -> Trainee:
    """A backup that will not end has no file to spoil, one without a link none to download."""
    hazard = hazard_of(command)
    if ends_early(command) or hazard.no_link:
        return command
    return with_hazard(command, corrupt_bytes=hazard.corrupt_bytes + params.bytes)


def _no_link(_params: Params, command: Trainee, _station: Station, _now_ms: int) -> Trainee:
    if ends_early(command) or hazard_of(command).corrupt_bytes:
        return command
    return with_hazard(command, no_link=True)


def _place(params: BackupFails, _setup: Setup) -> int:
    return params.at_permille


KINDS: tuple[AnyKind, ...] = (
    FaultKind(
        name="backup.fails",
        params=BackupFails,
        act=StrikesCommand(on=_on, apply=_fails, place=_place),
        effects=always("none"),
        basis="assumed",
    ),
    FaultKind(
        name="backup.slow",
        params=BackupSlow,
        act=StrikesCommand(on=_on, apply=_slow),
        effects=always("applied"),
        basis="documented",
    ),
    FaultKind(
        name="backup.corrupt",
        params=BackupCorrupt,
        act=StrikesCommand(on=_on, apply=_corrupt),
        effects=always("applied"),
        basis="assumed",
    ),
    FaultKind(
        name="backup.link-missing",
        params=Params,
        act=StrikesCommand(on=_on, apply=_no_link),
        effects=always("applied"),
        basis="assumed",
    ),
)
