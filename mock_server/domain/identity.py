"""ID Server and SN (steps 8 to 11): Submit, binding, and the dashboard's condition.

The first accepted Submit binds the ID to the machine that sent it. What the dashboard says is
computed whenever it is looked at, from the last Submit, the line and the window.
"""

from typing import Literal, assert_never

from msgspec.structs import replace

from mock_server.domain import central
from mock_server.domain.commands import SubmitId
from mock_server.domain.events import Event, IdDrafted, IdFormLeft, IdSubmitted, IdVerdict
from mock_server.domain.refusals import Refusal
from mock_server.domain.state import Identity, Machine, Station

Condition = Literal["active", "closed", "mismatch", "no-line", "unknown-id", "licence"]


def decide_submit(
    station: Station, machine: Machine, command: SubmitId, now_ms: int
) -> tuple[Event, ...]:
    if machine.patching.phase == "running":
        raise Refusal("patching.busy")
    if not machine.licence_ok:
        raise Refusal("licence.invalid")
    if not command.server_id:
        raise Refusal("identity.empty")
    of = central.server(station, command.server_id)
    verdict: IdVerdict = command.verdict or _true_verdict(station, machine, command, now_ms)
    submitted = IdSubmitted(
        at_ms=now_ms,
        machine=machine.id,
        server_id=command.server_id,
        verdict=verdict,
        known=of is not None,
        own=command.server_id == central.own(station).server_id,
        version=machine.version,
        synced_under=machine.identity.synced_under,
    )
    return (submitted,)


def _true_verdict(station: Station, machine: Machine, command: SubmitId, now_ms: int) -> IdVerdict:
    if not central.line_up(station, now_ms):
        return "no-line"
    of = central.server(station, command.server_id)
    if of is None:
        return "unknown"
    return "bound" if of.bound_sn in ("", machine.sn) else "bound-elsewhere"


def decide_draft(machine: Machine, server_id: str, now_ms: int) -> tuple[Event, ...]:
    if server_id == machine.identity.draft:
        return ()
    return (IdDrafted(at_ms=now_ms, machine=machine.id, server_id=server_id),)


def decide_leave(machine: Machine, now_ms: int) -> tuple[Event, ...]:
    if not machine.identity.draft:
        return ()
    left = IdFormLeft(at_ms=now_ms, machine=machine.id, server_id=machine.identity.draft)
    return (left,)


def condition(station: Station, machine: Machine, now_ms: int) -> Condition | None:
    """Return what the dashboard says, or None while there is no dashboard to say it."""
    if not machine.cbtsync_open:
        return None
    if not machine.licence_ok:
        return "licence"
    match machine.identity.verdict:
        case None:
            return None
        case "unknown":
            return "unknown-id"
        case "no-line":
            return "no-line"
        case "bound-elsewhere":
            return "mismatch" if central.line_up(station, now_ms) else "no-line"
        case "bound":
            return _bound_condition(station, machine, now_ms)
        case _:
            assert_never(machine.identity.verdict)


def _bound_condition(station: Station, machine: Machine, now_ms: int) -> Condition:
    of = central.server(station, machine.identity.server_id)
    if not central.line_up(station, now_ms):
        return "no-line"
    if of is None or of.bound_sn != machine.sn:
        return "mismatch"
    return "active" if central.access_open(station.central, of, now_ms) else "closed"


def evolve(identity: Identity, event: IdSubmitted | IdDrafted | IdFormLeft) -> Identity:
    match event:
        case IdSubmitted():
            other = event.known and event.verdict in ("bound", "bound-elsewhere")
            tainted = other and event.synced_under not in ("", event.server_id)
            return replace(
                identity,
                server_id=event.server_id,
                verdict=event.verdict,
                draft="",
                tainted=identity.tainted or tainted,
            )
        case IdDrafted():
            return replace(identity, draft=event.server_id)
        case IdFormLeft():
            return replace(identity, draft="")
        case _:
            assert_never(event)
