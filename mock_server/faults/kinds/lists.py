"""Faults of what Daftar Peserta and Daftar Test show after a sync (steps 19 and 20).

They come with the data set that feeds the list: once that one is here, the list stays as it is.
"""

from typing import Annotated

from msgspec import Meta

from mock_server.domain.commands import Trainee
from mock_server.domain.operations import Operation
from mock_server.domain.setup import Feeds
from mock_server.domain.state import Station
from mock_server.faults.kind import AnyKind, FaultKind, StrikesCommand, always
from mock_server.faults.kinds.changes import here, sync_hazard_of, to_come, with_hazard
from mock_server.faults.params import Params

Pupils = Annotated[int, Meta(ge=1, le=500, extra={"reads": "count"})]


class ParticipantsMissing(Params, frozen=True, kw_only=True):
    count: Pupils = 3


class ParticipantsDuplicate(Params, frozen=True, kw_only=True):
    count: Pupils = 1


def _on(_params: Params) -> Operation:
    return Operation.SYNC_START


def _missing(
    params: ParticipantsMissing, command: Trainee, station: Station, _now_ms: int
) -> Trainee:
    machine = here(station)
    count = sync_hazard_of(command).participants_missing + params.count
    if machine is None or not _feed_comes(station, "participants"):
        return command
    if count <= machine.data.participants_missing:
        return command
    return with_hazard(command, participants_missing=count)


def _duplicate(
    params: ParticipantsDuplicate, command: Trainee, station: Station, _now_ms: int
) -> Trainee:
    machine = here(station)
    count = sync_hazard_of(command).participants_duplicate + params.count
    if machine is None or not _feed_comes(station, "participants"):
        return command
    if count <= machine.data.participants_duplicate:
        return command
    return with_hazard(command, participants_duplicate=count)


def _no_tests(_params: Params, command: Trainee, station: Station, _now_ms: int) -> Trainee:
    machine = here(station)
    if machine is None or machine.data.tests_missing or not _feed_comes(station, "tests"):
        return command
    return with_hazard(command, tests_missing=True)


def _feed_comes(station: Station, feeds: Feeds) -> bool:
    return any(of.feeds == feeds for of in to_come(station))


KINDS: tuple[AnyKind, ...] = (
    FaultKind(
        name="participants.missing",
        params=ParticipantsMissing,
        act=StrikesCommand(on=_on, apply=_missing),
        effects=always("partial"),
        basis="assumed",
    ),
    FaultKind(
        name="participants.duplicate",
        params=ParticipantsDuplicate,
        act=StrikesCommand(on=_on, apply=_duplicate),
        effects=always("applied"),
        basis="assumed",
    ),
    FaultKind(
        name="tests.missing",
        params=Params,
        act=StrikesCommand(on=_on, apply=_no_tests),
        effects=always("partial"),
        basis="assumed",
    ),
)
