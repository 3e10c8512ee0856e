"""The control plane as a table. Routes, OpenAPI, the docs and their tests are made from it."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Literal

from mock_server.faults.report import FaultReport
from mock_server.web.control_v1 import asks as bodies
from mock_server.web.control_v1 import (
    catalogues,
    clocks,
    faults,
    journals,
    rehearsals,
    replies,
    truths,
    wire,
)
from mock_server.web.control_v1.asks import Asked, NoFields

PREFIX = "/control/v1/"
ONE = "rehearsals/<name>"


@dataclass(frozen=True, kw_only=True, slots=True)
class ControlRoute:
    """One operation. ``path`` is below ``/control/v1/``.

    ``asks`` is the body of a POST, the query of a GET. ``answers`` is None for an answer without a
    body, or that is no JSON. A 201 says in ``Location`` where what it made is found.
    """

    name: str
    method: Literal["GET", "POST", "DELETE"]
    path: str
    asks: type[Asked] = NoFields
    answers: Any
    status: HTTPStatus = HTTPStatus.OK
    summary: str
    handle: Callable[..., Any]
    content_type: str = "application/json"
    conflicts: bool = False  # may answer 409


CREATED = HTTPStatus.CREATED
GONE = HTTPStatus.NO_CONTENT

REHEARSALS = (
    ControlRoute(
        name="create_rehearsal",
        method="POST",
        path="rehearsals",
        asks=bodies.CreateRehearsal,
        answers=wire.RehearsalTold,
        status=CREATED,
        summary="Begin a rehearsal of a scenario",
        handle=rehearsals.create,
    ),
    ControlRoute(
        name="list_rehearsals",
        method="GET",
        path="rehearsals",
        answers=wire.RehearsalsTold,
        summary="All rehearsals, oldest first",
        handle=rehearsals.listed,
    ),
    ControlRoute(
        name="show_rehearsal",
        method="GET",
        path=ONE,
        answers=wire.RehearsalTold,
        summary="One rehearsal",
        handle=rehearsals.show,
    ),
    ControlRoute(
        name="delete_rehearsal",
        method="DELETE",
        path=ONE,
        answers=None,
        status=GONE,
        summary="Forget a rehearsal and its journal",
        handle=rehearsals.delete,
    ),
    ControlRoute(
        name="reset_rehearsal",
        method="POST",
        path=f"{ONE}/reset",
        answers=wire.RehearsalTold,
        summary="Go back to its first instant, under the same name",
        handle=rehearsals.reset,
    ),
    ControlRoute(
        name="snapshot_rehearsal",
        method="POST",
        path=f"{ONE}/snapshot",
        answers=wire.SnapshotTold,
        summary="Where it stands now: what to rewind or fork to later",
        handle=rehearsals.snapshot,
    ),
    ControlRoute(
        name="rewind_rehearsal",
        method="POST",
        path=f"{ONE}/rewind",
        asks=bodies.RewindAsked,
        answers=wire.RehearsalTold,
        summary="Go back to an event, under the same name; what came after it is forgotten",
        handle=rehearsals.rewind,
    ),
    ControlRoute(
        name="fork_rehearsal",
        method="POST",
        path=f"{ONE}/fork",
        asks=bodies.ForkAsked,
        answers=wire.RehearsalTold,
        status=CREATED,
        summary="Copy it up to an event, under a new name",
        handle=rehearsals.fork,
    ),
)

CLOCK = (
    ControlRoute(
        name="show_clock",
        method="GET",
        path=f"{ONE}/clock",
        answers=wire.ClockTold,
        summary="The virtual clock",
        handle=clocks.show,
    ),
    ControlRoute(
        name="advance_clock",
        method="POST",
        path=f"{ONE}/clock/advance",
        asks=bodies.AdvanceAsked,
        answers=wire.ClockTold,
        summary="Move it forward; all that falls due on the way happens at its own instant",
        handle=clocks.advance,
        conflicts=True,
    ),
    ControlRoute(
        name="freeze_clock",
        method="POST",
        path=f"{ONE}/clock/freeze",
        answers=wire.ClockTold,
        summary="Let it stand still for everybody",
        handle=clocks.freeze,
    ),
    ControlRoute(
        name="manual_clock",
        method="POST",
        path=f"{ONE}/clock/manual",
        answers=wire.ClockTold,
        summary="Let it move only when told",
        handle=clocks.manual,
    ),
    ControlRoute(
        name="run_clock",
        method="POST",
        path=f"{ONE}/clock/run",
        asks=bodies.RunAsked,
        answers=wire.ClockTold,
        summary="Let it run, so many times as fast as real time",
        handle=clocks.run,
    ),
)

FAULTS = (
    ControlRoute(
        name="list_faults",
        method="GET",
        path=f"{ONE}/faults",
        answers=wire.FaultsTold,
        summary="All faults ever armed here, with hits and why-not",
        handle=faults.listed,
    ),
    ControlRoute(
        name="arm_fault",
        method="POST",
        path=f"{ONE}/faults",
        asks=bodies.ArmAsked,
        answers=FaultReport,
        status=CREATED,
        summary="Arm a fault",
        handle=faults.arm,
    ),
    ControlRoute(
        name="disarm_fault",
        method="DELETE",
        path=f"{ONE}/faults/<fault_id>",
        answers=None,
        status=GONE,
        summary="Disarm a fault",
        handle=faults.disarm,
        conflicts=True,
    ),
    ControlRoute(
        name="explain_fault",
        method="GET",
        path=f"{ONE}/faults/<fault_id>/explain",
        answers=wire.Explanation,
        summary="Why it has not struck",
        handle=faults.explain,
    ),
)

EVIDENCE = (
    ControlRoute(
        name="journal",
        method="GET",
        path=f"{ONE}/journal",
        asks=bodies.JournalQuery,
        answers=wire.JournalPage,
        summary="What happened, page by page",
        handle=journals.page,
    ),
    ControlRoute(
        name="export_journal",
        method="GET",
        path=f"{ONE}/journal.jsonl",
        answers=None,
        summary="What happened, one entry a line",
        handle=journals.export,
        content_type="application/x-ndjson",
    ),
    ControlRoute(
        name="requests",
        method="GET",
        path=f"{ONE}/requests",
        answers=wire.RequestsTold,
        summary="What was heard",
        handle=journals.requests,
    ),
    ControlRoute(
        name="explain_reply",
        method="GET",
        path=f"{ONE}/requests/explain",
        asks=bodies.ReplyQuery,
        answers=wire.ReplyExplained,
        summary="Why a request was answered as it was",
        handle=replies.explain,
    ),
    ControlRoute(
        name="state",
        method="GET",
        path=f"{ONE}/state",
        asks=bodies.StateQuery,
        answers=wire.StateTold,
        summary="What really is, and what the screens say",
        handle=truths.state,
    ),
    ControlRoute(
        name="assessment",
        method="GET",
        path=f"{ONE}/assessment",
        answers=wire.AssessmentTold,
        summary="How it is to be judged so far",
        handle=truths.assessment,
    ),
    ControlRoute(
        name="verify",
        method="POST",
        path=f"{ONE}/verify",
        asks=bodies.VerifyAsked,
        answers=wire.Verdict,
        summary="Whether something happened so often, in this order, so soon; may wait for it",
        handle=journals.verify,
    ),
)

CATALOGUES = (
    ControlRoute(
        name="list_scenarios",
        method="GET",
        path="scenarios",
        answers=wire.ScenariosTold,
        summary="The scenarios",
        handle=catalogues.scenarios,
    ),
    ControlRoute(
        name="show_scenario",
        method="GET",
        path="scenarios/<scenario_id>",
        answers=wire.ScenarioTold,
        summary="One scenario",
        handle=catalogues.scenario,
    ),
    ControlRoute(
        name="list_fault_kinds",
        method="GET",
        path="fault-kinds",
        answers=wire.FaultKindsTold,
        summary="Every kind of fault there is",
        handle=catalogues.fault_kinds,
    ),
)

ROUTES: tuple[ControlRoute, ...] = (*REHEARSALS, *CLOCK, *FAULTS, *EVIDENCE, *CATALOGUES)
