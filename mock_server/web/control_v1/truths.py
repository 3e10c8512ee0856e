"""What really is, what the screens say, and how the rehearsal is to be judged so far."""

from typing import Any

import msgspec

from mock_server.answer import Answer
from mock_server.domain import evidence, screens
from mock_server.domain.refusals import Refusal
from mock_server.domain.truth import truth
from mock_server.journal import iso_wib
from mock_server.procedure.assessment import assess
from mock_server.web.control_v1 import asks, wire
from mock_server.web.control_v1.desk import Desk


def state(desk: Desk, asked: asks.StateQuery, name: str) -> wire.StateTold:
    answer = desk.peek(name)
    return wire.StateTold(
        now=iso_wib(answer.now_ms),
        now_ms=answer.now_ms,
        truth=truth(answer.station, answer.now_ms) if asked.view in ("truth", "both") else None,
        report=_report(answer) if asked.view in ("report", "both") else None,
    )


def _report(answer: Answer) -> dict[str, Any]:
    """Return what each screen says, by its name; nobody has looked, and no evidence is left."""
    station, now_ms = answer.station, answer.now_ms
    found: dict[str, Any] = {"machine": station.here or None}
    found["condition"] = screens.condition(station, now_ms)
    for screen in evidence.BUILDERS:
        if screen == "desk" or screen.startswith("portal-"):
            continue  # holds whole machines, the truth included
        try:
            found[screen] = msgspec.to_builtins(evidence.show(station, screen, now_ms))
            found[screen].pop("corrupt_bytes", None)  # no screen shows it
        except Refusal as refusal:
            found[screen] = {"refused": refusal.code}
    filed = station.report
    found["filed"] = None if filed is None else msgspec.to_builtins(filed)
    return found


def assessment(desk: Desk, _asked: asks.NoFields, name: str) -> wire.AssessmentTold:
    procedure = desk.peek(name).station.setup.procedure
    pack = desk.parts.speeches.of(procedure, "id").pack
    entries = [(entry.seq, entry.event) for entry in desk.engine.entries(name)]
    found = assess(entries, pack, desk.parts.classroom.switches(name, pack))
    return wire.AssessmentTold(violations=list(found.codes), assessment=found)
