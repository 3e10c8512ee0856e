"""The control plane's requests and answers: fields, bounds, meaning. Lengths end in their unit."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, field

from mock_server.domain.truth import Truth
from mock_server.faults.catalogue import KindReport
from mock_server.faults.report import FaultReport
from mock_server.journal import Actor
from mock_server.procedure.assessment import Assessment
from mock_server.scenario.model import Ending, Level
from mock_server.web.request_log import Heard

DAY_MS = 86_400_000
ADVANCE_MAX_MS = 31 * DAY_MS
YEAR_2100_MS = 4_102_444_800_000
SEED_MAX = 2**32 - 1
SPEED_MAX = 1000
PAGE_MAX = 5_000
LINE = r"^[^\x00-\x1f\x7f]*$"

Mode = Literal["frozen", "manual", "running"]
Label = Annotated[str, Meta(max_length=120, pattern=LINE, examples=["kursi 07"])]
Speed = Annotated[int, Meta(ge=1, le=SPEED_MAX, examples=[10])]
Seed = Annotated[int, Meta(ge=0, le=SEED_MAX, examples=[41])]
Millis = Annotated[int, Meta(ge=0, le=YEAR_2100_MS)]
Word = Annotated[str, Meta(max_length=60, pattern=LINE)]
Loose = dict[str, Any]


class Asked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all requests; as it stands, one without any field."""


class Nothing(Asked, frozen=True, kw_only=True):
    """No fields."""


class ClockAsked(Asked, frozen=True, kw_only=True):
    mode: Mode
    speed: Speed = 1


class CreateRehearsal(Asked, frozen=True, kw_only=True):
    """Either ``scenario`` or ``document``."""

    scenario: Annotated[
        Word | None, Meta(description="The id of a scenario.", examples=["normal"])
    ] = None
    document: Annotated[
        Loose | None, Meta(description="A whole scenario: the keys of a scenario file, as JSON.")
    ] = None
    seed: Annotated[Seed | None, Meta(description="Instead of the scenario's own.")] = None
    clock: Annotated[ClockAsked | None, Meta(description="Instead of the scenario's own.")] = None
    label: Annotated[Label, Meta(description="For people: a seat, a CI job.")] = ""


class ForkAsked(Asked, frozen=True, kw_only=True):
    at: (
        Annotated[
            int,
            Meta(ge=1, le=10**9, description="Up to and including this event; null: all of them."),
        ]
        | None
    ) = None
    label: Label = ""


class AdvanceAsked(Asked, frozen=True, kw_only=True):
    """Either ``by_ms`` or ``to_ms``, in virtual milliseconds."""

    by_ms: Annotated[int, Meta(ge=0, le=ADVANCE_MAX_MS, examples=[60_000])] | None = None
    to_ms: Millis | None = None


class RunAsked(Asked, frozen=True, kw_only=True):
    speed: Speed = 1


class ArmAsked(Asked, frozen=True, kw_only=True):
    """As a line of ``faults`` in a scenario file; ``fault-kinds`` lists what there is."""

    fault: Annotated[Word, Meta(examples=["sync.drops"])]
    on: Annotated[Word | None, Meta(description="http and net faults only.")] = None
    with_: Annotated[Loose, Meta(examples=[{"data": 7, "at": "60%"}])] = field(
        name="with", default_factory=dict
    )
    when: Annotated[Loose, Meta(examples=[{"times": 1}])] = field(default_factory=dict)
    effect: Literal["none", "applied", "partial"] | None = None
    id: Annotated[Word | None, Meta(description="Absent: f1, f2, ...", examples=["f1"])] = None


class Match(Asked, frozen=True, kw_only=True):
    """Either an operation that was asked for, or a type of event in the journal."""

    op: Annotated[Word | None, Meta(examples=["delete.start"])] = None
    type: Annotated[Word | None, Meta(examples=["delete-finished"])] = None


class Times(Asked, frozen=True, kw_only=True):
    min: Annotated[int, Meta(ge=0, le=10**6)] = 0
    max: Annotated[int, Meta(ge=0, le=10**6)] | None = None


class VerifyAsked(Asked, frozen=True, kw_only=True):
    match: Annotated[
        Match, Meta(description="What to look for.", examples=[{"type": "delete-finished"}])
    ]
    times: Annotated[
        Annotated[int, Meta(ge=0, le=10**6)] | Times | None,
        Meta(description="How often; absent: at least once.", examples=[1]),
    ] = None
    order: Annotated[
        tuple[Match, ...],
        Meta(max_length=50, description="What must follow it, in this order, others between."),
    ] = ()
    within_ms: (
        Annotated[
            int,
            Meta(
                ge=0, le=ADVANCE_MAX_MS, description="Only what happened so soon after the start."
            ),
        ]
        | None
    ) = None


class JournalQuery(Asked, frozen=True, kw_only=True):
    after: Annotated[int, Meta(ge=0, le=10**9)] = 0
    limit: Annotated[int, Meta(ge=1, le=PAGE_MAX)] = 500


class StateQuery(Asked, frozen=True, kw_only=True):
    view: Literal["truth", "report", "both"] = "both"


# --- answers --------------------------------------------------------------------------------------


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
    dropped: Annotated[int, Meta(description="Entries that were lost. The journal loses none: 0.")]


class RequestsTold(Told, frozen=True, kw_only=True):
    entries: tuple[Heard, ...]
    dropped: Annotated[int, Meta(description="Older ones that are no longer kept.")]


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
    """INCONCLUSIVE: requests were forgotten that might have decided it."""

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
