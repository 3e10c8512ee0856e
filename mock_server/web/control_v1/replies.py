"""Why a request was answered as it was: what it met, what struck it, and what let it pass."""

from collections.abc import Sequence

from mock_server.domain import station as rules
from mock_server.faults.events import FaultFired, FaultSkipped
from mock_server.faults.plan import WhyNot
from mock_server.faults.report import FaultReport, fault_report
from mock_server.journal import Entry
from mock_server.rehearsal import replay
from mock_server.web.control_v1 import asks, faults, journals, wire
from mock_server.web.control_v1.desk import Desk
from mock_server.web.control_v1.problems import not_found
from mock_server.web.request_log import Heard

NO_ANSWER = 0  # the status of a broken connection


def explain(desk: Desk, asked: asks.ReplyQuery, name: str) -> wire.ReplyExplained:
    desk.peek(name)
    heard = _heard(desk, asked.seq, name)
    entries = desk.engine.entries(name)
    first = heard.events - heard.caused
    own = [entry for entry in entries if first < entry.seq <= heard.events]
    armed = _faults([entry for entry in entries if entry.seq <= first], own, heard)
    return wire.ReplyExplained(
        request=heard,
        said=_said(heard, [one.id for one in armed if one.struck]),
        entries=[journals.told(entry) for entry in own],
        faults=armed,
    )


def _heard(desk: Desk, seq: int | None, name: str) -> Heard:
    kept, _ = desk.parts.log.of(name)
    if not kept:
        raise not_found("no request to this rehearsal is kept")
    if seq is None:
        return kept[-1]
    for one in kept:
        if one.seq == seq:
            return one
    raise not_found(f"request {seq} is not kept; {kept[0].seq} to {kept[-1].seq} are")


def _faults(before: Sequence[Entry], own: Sequence[Entry], heard: Heard) -> list[wire.FaultThen]:
    """Tell what each fault that was armed then did to the request, or why it did nothing."""
    state = replay(entry.event for entry in before)
    at_ms = heard.at_ms if heard.at_ms is not None else state.station.at_ms
    station, _ = rules.advance(state.station, max(at_ms, state.station.at_ms))
    events = [entry.event for entry in own]
    struck = {event.id for event in events if isinstance(event, FaultFired)}
    passed = {
        event.id: WhyNot(reason=event.reason, detail=event.detail)
        for event in events
        if isinstance(event, FaultSkipped)
    }
    return [
        _then(one, passed.get(one.id) or _why(one, heard), is_struck=one.id in struck)
        for one in fault_report(state.faults, station, at_ms)
        if one.armed
    ]


def _why(fault: FaultReport, heard: Heard) -> WhyNot | None:
    if fault.on and fault.on != heard.op:
        return WhyNot(reason="OPERATION_DIFFERS")
    return fault.why_not


def _then(fault: FaultReport, why: WhyNot | None, *, is_struck: bool) -> wire.FaultThen:
    shown = None if is_struck else why
    return wire.FaultThen(
        id=fault.id,
        fault=fault.fault,
        on=fault.on,
        struck=is_struck,
        reason=None if shown is None else shown.reason,
        detail="" if shown is None else shown.detail,
        said="it struck this request" if is_struck else faults.said(shown, fault.hits),
    )


def _said(heard: Heard, struck: Sequence[str]) -> str:
    told = f"{heard.method} {heard.path}"
    if heard.status == NO_ANSWER:
        what = "the connection was broken instead of an answer"
    elif heard.refused:
        what = f"the answer was no: {heard.refused}"
    else:
        what = f"answered {heard.status}"
    by = f"; struck by {', '.join(struck)}" if struck else "; no fault struck it"
    return f"{told}: {what}{by}"
