"""How the faults of a rehearsal stand, and why each one has not struck. For people who watch."""

from typing import Any

import msgspec

from mock_server.domain import central
from mock_server.domain.commands import (
    StartBackup,
    StartDelete,
    StartPatch,
    StartService,
    StartSync,
    SubmitId,
    Trainee,
)
from mock_server.domain.operations import Operation
from mock_server.domain.state import Station
from mock_server.faults import catalogue, triggers
from mock_server.faults.armed import Armed, FaultState
from mock_server.faults.kind import AnyKind, PlansCentral, StrikesCommand, StrikesStation
from mock_server.faults.plan import Effect, Trigger, Value, WhyNot
from mock_server.faults.precedence import applied


class FaultReport(msgspec.Struct, frozen=True, kw_only=True):
    """One fault, as it stands now.

    ``on`` is the operation that it strikes, '' for a condition. ``why_not`` says what keeps it from
    striking, or is None for one that struck (or holds) and may do so again. ``last`` is why it let
    its operation pass when that last came, if it did so since it last struck. ``skipped`` counts
    what its trigger let pass.
    """

    id: str
    fault: str
    on: str
    values: dict[str, Value]
    effect: Effect
    when: Trigger
    armed: bool
    hits: int
    skipped: int
    why_not: WhyNot | None
    last: WhyNot | None


def fault_report(state: FaultState, station: Station, now_ms: int) -> tuple[FaultReport, ...]:
    """Return all faults that were ever armed here, in order of arming."""
    return tuple(_report(armed, station, now_ms) for armed in state.faults)


def _report(armed: Armed, station: Station, now_ms: int) -> FaultReport:
    spec = armed.spec
    drawn_in_vain = armed.draws - armed.hits if spec.when.draw is not None else 0
    return FaultReport(
        id=spec.id,
        fault=spec.fault,
        on=catalogue.operation_of(spec),
        values=spec.values,
        effect=spec.effect,
        when=spec.when,
        armed=armed.disarmed_ms is None,
        hits=armed.hits,
        skipped=armed.skipped + drawn_in_vain,
        why_not=_why_not(armed, catalogue.KINDS[spec.fault], station, now_ms),
        last=armed.last,
    )


def _why_not(armed: Armed, kind: AnyKind, station: Station, now_ms: int) -> WhyNot | None:
    """Say what holds at ``now_ms``; where nothing does, what held when its operation last came."""
    if armed.disarmed_ms is not None:
        return WhyNot(reason="DISARMED")
    if isinstance(kind.act, StrikesStation):
        return WhyNot(reason="COUNT_SPENT" if armed.hits else "STATE")
    if (why := triggers.window_why(armed, now_ms)) is not None:
        return why
    if isinstance(kind.act, PlansCentral):
        return None
    if triggers.is_spent(armed):
        return WhyNot(reason="COUNT_SPENT")
    if isinstance(kind.act, StrikesCommand) and _is_idle(armed, kind.act, station, now_ms):
        return WhyNot(reason="STATE")
    if armed.last is not None and armed.last.reason != "STATE":
        return armed.last
    return None if armed.hits else WhyNot(reason="OPERATION_DIFFERS")


def _is_idle(armed: Armed, act: StrikesCommand[Any], station: Station, now_ms: int) -> bool:
    """Tell whether the fault would change nothing if its command came now."""
    params = catalogue.params_of(armed.spec)
    command = _plain_command(act.on(params), station)
    return applied(act, params, command, station, now_ms) is None


def _plain_command(operation: Operation, station: Station) -> Trainee:
    """Return the command as somebody who does everything right would give it."""
    match operation:
        case Operation.SERVICE_START:
            return StartService()
        case Operation.PATCH_START:
            return StartPatch()
        case Operation.ID_SUBMIT:
            return SubmitId(server_id=central.own(station).server_id)
        case Operation.BACKUP_START:
            return StartBackup()
        case Operation.DELETE_START:
            return StartDelete()
        case Operation.SYNC_START:
            return StartSync()
        case _:
            raise ValueError(f"no fault of the domain strikes {operation.value}")
