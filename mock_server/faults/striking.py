"""Which armed faults strike a request, what they make of its command, and why the others do not.

Pure and without effect: the caller appends what came of it, once it knows that the command was
accepted. Here is what a fault itself decides; ``precedence.py`` settles it between faults.
"""

from typing import Any

import msgspec

from mock_server.domain.commands import (
    AskDelete,
    CancelDelete,
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
from mock_server.faults import catalogue, draws, triggers
from mock_server.faults.armed import Armed, FaultState
from mock_server.faults.events import FaultFired, FaultSkipped
from mock_server.faults.kind import AnyKind, PlansCentral, SpoilsAnswer, StrikesCommand
from mock_server.faults.params import Params
from mock_server.faults.plan import FaultSpec, WhyNot
from mock_server.faults.precedence import Blow, Outcome, Spoiling, applied, resolve

COMMAND_OF: dict[Operation, type[Trainee]] = {
    Operation.SERVICE_START: StartService,
    Operation.PATCH_START: StartPatch,
    Operation.ID_SUBMIT: SubmitId,
    Operation.BACKUP_START: StartBackup,
    Operation.DELETE_START: StartDelete,
    Operation.SYNC_START: StartSync,
}
"""What each operation that a fault of the domain strikes becomes."""

_STRUCK = tuple(COMMAND_OF.values())
_OTHER_OPERATION = WhyNot(reason="OPERATION_DIFFERS")
_SPENT = WhyNot(reason="COUNT_SPENT")
_STATE = WhyNot(reason="STATE")
_SKIP = WhyNot(reason="WINDOW_NOT_OPEN", detail="skip")
_DRAW = WhyNot(reason="WINDOW_NOT_OPEN", detail="draw")


class Struck(msgspec.Struct, frozen=True, kw_only=True):
    """What the armed faults make of one request.

    ``answers`` are the faults that the http and net layers carry out, in order of arming.
    ``held``: the command must not be decided now (the effect is ``none``, or it comes late); then
    ``skipped`` and ``fired`` are to be appended at once, else only if the command is accepted.
    ``why_not`` has every armed fault that did not strike; a condition that holds is not in it.
    """

    command: Trainee
    fired: tuple[FaultFired, ...] = ()
    skipped: tuple[FaultSkipped, ...] = ()
    answers: tuple[FaultSpec, ...] = ()
    held: bool = False
    why_not: dict[str, WhyNot] = {}


class _Meeting(msgspec.Struct, frozen=True, kw_only=True):
    """One request, as the faults see it."""

    station: Station
    op: Operation | None
    command: Trainee
    now_ms: int


def strike(
    state: FaultState, station: Station, op: Operation | None, command: Trainee, now_ms: int
) -> Struck:
    """Return what the armed faults make of ``command``; ``op`` is None outside the wire's names.

    The station must have been advanced to ``now_ms``.
    """
    if not state.live:
        return Struck(command=command)
    meeting = _Meeting(station=station, op=op, command=command, now_ms=now_ms)
    outcome = Outcome(command)
    blows: list[Blow] = []
    spoilings: list[Spoiling] = []
    for armed in state.live:
        kind = catalogue.KINDS[armed.spec.fault]
        match kind.act:
            case StrikesCommand() as act:
                _meet_command(outcome, meeting, armed, act, blows)
            case SpoilsAnswer() as act:
                _meet_answer(outcome, meeting, armed, kind, act, spoilings)
            case _:
                _meet_condition(outcome, meeting, armed, kind)
    if blows or spoilings:
        resolve(outcome, blows, spoilings, station, now_ms)
    return _struck(outcome, meeting, state)


def _meet_command(
    outcome: Outcome,
    meeting: _Meeting,
    armed: Armed,
    act: StrikesCommand[Any],
    blows: list[Blow],
) -> None:
    """Take the fault up among the blows, or note why it cannot be one."""
    fault_id = armed.spec.id
    if not isinstance(meeting.command, _STRUCK):
        outcome.why_not[fault_id] = _OTHER_OPERATION
        return
    params = catalogue.params_of(armed.spec)
    why: WhyNot | None = _OTHER_OPERATION
    if isinstance(meeting.command, COMMAND_OF[act.on(params)]):
        why = _closed(meeting, armed)
        if why is None and not _changes(act, params, meeting):
            why = _STATE
        why = why or _trigger_passes(meeting, armed)
    if why is None:
        blows.append(Blow(id=fault_id, act=act, params=params))
    else:
        outcome.why_not[fault_id] = why


def _meet_answer(
    outcome: Outcome,
    meeting: _Meeting,
    armed: Armed,
    kind: AnyKind,
    act: SpoilsAnswer,
    spoilings: list[Spoiling],
) -> None:
    """Take the fault up among the spoilings, or note why it cannot be one."""
    spec = armed.spec
    why: WhyNot | None = _OTHER_OPERATION
    if _is_meant(meeting, armed):
        why = _closed(meeting, armed) or _trigger_passes(meeting, armed)
    if why is None:
        spoilings.append(Spoiling(id=spec.id, act=act, layer=kind.layer, effect=spec.effect))
    else:
        outcome.why_not[spec.id] = why


def _is_meant(meeting: _Meeting, armed: Armed) -> bool:
    """Tell whether the request is one whose answer the fault spoils.

    The question before HAPUS and Batal come under the name of HAPUS and are not HAPUS.
    """
    if isinstance(meeting.command, AskDelete | CancelDelete):
        return False
    return meeting.op is not None and armed.spec.on == meeting.op.value


def _closed(meeting: _Meeting, armed: Armed) -> WhyNot | None:
    """Say that the fault's window or its count does not let it strike."""
    if (why := triggers.window_why(armed, meeting.now_ms)) is not None:
        return why
    return _SPENT if triggers.is_spent(armed) else None


def _trigger_passes(meeting: _Meeting, armed: Armed) -> WhyNot | None:
    """Say that the fault lets pass what it could strike: it still skips, or the dice say no."""
    when = armed.spec.when
    if armed.skipped < when.skip:
        return _SKIP
    if when.draw is None:
        return None
    scenario = meeting.station.setup.scenario
    struck = draws.strikes(when.draw, scenario, armed.spec.id, armed.draws)
    return None if struck else _DRAW


def _changes(act: StrikesCommand[Any], params: Params, meeting: _Meeting) -> bool:
    return applied(act, params, meeting.command, meeting.station, meeting.now_ms) is not None


def _meet_condition(outcome: Outcome, meeting: _Meeting, armed: Armed, kind: AnyKind) -> None:
    """A stretch of the centre's time fires with the first request that meets it."""
    fault_id = armed.spec.id
    why = triggers.window_why(armed, meeting.now_ms)
    if not isinstance(kind.act, PlansCentral):
        outcome.why_not[fault_id] = _SPENT if armed.hits else _STATE
    elif why is not None:
        outcome.why_not[fault_id] = why
    elif armed.hits == 0 and meeting.op in kind.act.met_by:
        outcome.fired.add(fault_id)
    elif armed.hits == 0:
        outcome.why_not[fault_id] = _OTHER_OPERATION


def _struck(outcome: Outcome, meeting: _Meeting, state: FaultState) -> Struck:
    fired, skipped, answers = [], [], []
    for armed in state.live:
        spec = armed.spec
        kind = catalogue.KINDS[spec.fault]
        why = outcome.why_not.get(spec.id)
        if spec.id in outcome.fired:
            fired.append(_fired(meeting, armed))
            if isinstance(kind.act, SpoilsAnswer):
                answers.append(spec)
        elif why is not None and _is_worth_a_line(why, kind):
            skipped.append(_skipped(meeting, spec, why))
    return Struck(
        command=outcome.command,
        fired=tuple(fired),
        skipped=tuple(skipped),
        answers=tuple(answers),
        held=outcome.held,
        why_not=outcome.why_not,
    )


def _fired(meeting: _Meeting, armed: Armed) -> FaultFired:
    spec, hit = armed.spec, armed.hits + 1
    on = _operation(meeting, spec)
    return FaultFired(at_ms=meeting.now_ms, id=spec.id, fault=spec.fault, on=on, hit=hit)


def _skipped(meeting: _Meeting, spec: FaultSpec, why: WhyNot) -> FaultSkipped:
    return FaultSkipped(
        at_ms=meeting.now_ms,
        id=spec.id,
        fault=spec.fault,
        on=_operation(meeting, spec),
        reason=why.reason,
        detail=why.detail,
    )


def _operation(meeting: _Meeting, spec: FaultSpec) -> str:
    return catalogue.operation_of(spec) or ("" if meeting.op is None else meeting.op.value)


def _is_worth_a_line(why: WhyNot, kind: AnyKind) -> bool:
    """Tell whether the fault met its operation with count and window left, and let it pass."""
    if kind.is_condition:
        return False
    return why.reason in ("STATE", "PRECEDENCE") or why.detail in ("skip", "draw")
