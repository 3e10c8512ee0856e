"""What the control plane answers: fields and their meaning. Lengths end in their unit."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from mock_server.domain.truth import Truth
from mock_server.faults.catalogue import KindReport
from mock_server.faults.report import FaultReport
from mock_server.journal import Actor
from mock_server.procedure.assessment import Assessment
from mock_server.scenario.model import Ending, Level
from mock_server.web.control_v1.asks import Loose, Mode
from mock_server.web.request_log import Heard


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all answers."""


class ClockTold(Told, frozen=True, kw_only=True):
    mode: Mode
    speed: int
    now: str
    now_ms: int


class ExpectedTruth(Told, frozen=True, kw_only=True):
    """Null: not checked."""

    datasets_complete: int | None
    participants: int | None
    tests_visible: bool | None


class Expectation(Told, frozen=True, kw_only=True):
    """What a good run of the scenario ends with."""

    ending: Ending
    truth: ExpectedTruth
    violations: list[str]
    within_ms: int | None


class RehearsalTold(Told, frozen=True, kw_only=True):
    name: str
    url: Annotated[str, Meta(description="The base URL's path; all a client needs.")]
    scenario: str
    procedure: str
    seed: int
    label: str
    parent: str
    created: str
    events: int
    clock: ClockTold
    expect: Annotated[
        Expectation | None, Meta(description="Null if the scenario is no longer there.")
    ]


class RehearsalsTold(Told, frozen=True, kw_only=True):
    rehearsals: list[RehearsalTold]


class FaultsTold(Told, frozen=True, kw_only=True):
    faults: tuple[FaultReport, ...]


class Explanation(Told, frozen=True, kw_only=True):
    """Why a fault has not struck; ``reason`` is null if it has, and may do so again."""

    id: str
    fault: str
    armed: bool
    hits: int
    reason: str | None
    detail: str
    said: str


class EntryTold(Told, frozen=True, kw_only=True):
    """One line of the journal, as in ``journal.jsonl``."""

    seq: Annotated[int, Meta(ge=1, description="1-based, without gaps.")]
    at: Annotated[str, Meta(description="The virtual instant: ISO 8601, WIB.")]
    event: Annotated[Loose, Meta(description="`type`, `at_ms` and what else belongs to the type.")]
    actor: Actor
    op: Annotated[str, Meta(description="The operation behind it, or ''.")]
    t_real: Annotated[
        str | None, Meta(description="Real time, UTC; null under a clock that it does not move.")
    ]


class JournalPage(Told, frozen=True, kw_only=True):
    entries: list[EntryTold]
    next: Annotated[int | None, Meta(description="`after` of the next page; null: that was all.")]
    dropped: Annotated[
        int,
        Meta(description="Entries missing on this page. A sound store loses none: 0."),
    ]


class RequestsTold(Told, frozen=True, kw_only=True):
    entries: tuple[Heard, ...]
    dropped: Annotated[int, Meta(description="Older ones that are no longer kept.")]


class FaultThen(Told, frozen=True, kw_only=True):
    """A fault that was armed when the request came; ``reason`` is null if it struck or held."""

    id: str
    fault: str
    on: Annotated[str, Meta(description="The operation that it strikes; '' for a condition.")]
    struck: bool
    reason: str | None
    detail: str
    said: str


class ReplyExplained(Told, frozen=True, kw_only=True):
    """Why a request was answered as it was."""

    request: Heard
    said: str
    entries: Annotated[list[EntryTold], Meta(description="What the request added to the journal.")]
    faults: list[FaultThen]


class SnapshotTold(Told, frozen=True, kw_only=True):
    """A rehearsal is its events: give ``at`` to rewind or fork, and all is as it was."""

    at: Annotated[int, Meta(ge=1, description="The last event so far.")]
    now: str
    now_ms: int


class StateTold(Told, frozen=True, kw_only=True):
    """``truth`` is what really is; ``report`` is what each screen says."""

    now: str
    now_ms: int
    truth: Truth | None
    report: dict[str, Any] | None


class AssessmentTold(Told, frozen=True, kw_only=True):
    violations: list[str]
    assessment: Assessment


class Near(Told, frozen=True, kw_only=True):
    seq: int
    at_ms: int | None
    what: str


class Verdict(Told, frozen=True, kw_only=True):
    """INCONCLUSIVE: requests or entries are missing that might have decided it."""

    verdict: Literal["PASS", "FAIL", "INCONCLUSIVE"]
    found: int
    why: str
    nearest: list[Near]


class TextTold(Told, frozen=True, kw_only=True):
    id: str
    en: str


class ScenarioTold(Told, frozen=True, kw_only=True):
    id: str
    title: TextTold
    brief: TextTold | None
    procedure: str
    level: Level
    teaches: list[int]
    seed: int
    expect: Expectation


class BrokenScenario(Told, frozen=True, kw_only=True):
    id: str
    problem: str


class ScenariosTold(Told, frozen=True, kw_only=True):
    scenarios: list[ScenarioTold]
    broken: list[BrokenScenario]


class FaultKindsTold(Told, frozen=True, kw_only=True):
    kinds: list[KindReport]


class ProblemError(Told, frozen=True, kw_only=True):
    pointer: Annotated[str, Meta(description="The bad field (RFC 6901); '' is the whole.")]
    detail: str
    allowed: str


class Problem(Told, frozen=True, kw_only=True):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[ProblemError]


class Health(Told, frozen=True, kw_only=True):
    status: Literal["ok"]
    version: str
