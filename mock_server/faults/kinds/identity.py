"""Faults of identity and licence (steps 4, 8 to 10)."""

from msgspec.structs import replace

from mock_server.domain import central
from mock_server.domain.commands import BindElsewhere, SpoilLicence, SubmitId, Trainee, World
from mock_server.domain.operations import Operation
from mock_server.domain.state import Station
from mock_server.domain.truth import exam_machine
from mock_server.faults.kind import AnyKind, FaultKind, StrikesCommand, StrikesStation, always
from mock_server.faults.params import Duration, Params


class IdBoundElsewhere(Params, frozen=True, kw_only=True):
    after_ms: Duration = 15 * 60_000  # from the request for an SN reset until it is granted


def _on(_params: Params) -> Operation:
    return Operation.ID_SUBMIT


def _unknown(_params: Params, command: Trainee, station: Station, now_ms: int) -> Trainee:
    """A centre out of reach says nothing about an ID, and a wrong ID is unknown anyway."""
    if not isinstance(command, SubmitId) or not central.line_up(station, now_ms):
        return command
    if central.server(station, command.server_id) is None:
        return command
    return replace(command, verdict="unknown")


def _bind(params: IdBoundElsewhere, station: Station) -> World | None:
    if central.own(station).bound_sn == central.ELSEWHERE:
        return None
    return BindElsewhere(granted_after_ms=params.after_ms)


def _spoil(_params: Params, station: Station) -> World | None:
    return SpoilLicence() if exam_machine(station).clock_ok else None


KINDS: tuple[AnyKind, ...] = (
    FaultKind(
        name="id.unknown",
        params=Params,
        act=StrikesCommand(on=_on, apply=_unknown, place=lambda _params, _setup: 0),
        effects=always("none"),
        basis="reported",
    ),
    FaultKind(
        name="id.bound-elsewhere",
        params=IdBoundElsewhere,
        act=StrikesStation(command=_bind),
        effects=always("none"),
        basis="reported",
    ),
    FaultKind(
        name="licence.invalid",
        params=Params,
        act=StrikesStation(command=_spoil),
        effects=always("none"),
        basis="reported",
    ),
)
