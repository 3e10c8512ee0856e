"""What may be asked of the control plane: fields, bounds, meaning. Lengths end in their unit."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, field

DAY_MS = 86_400_000
ADVANCE_MAX_MS = 31 * DAY_MS
YEAR_2100_MS = 4_102_444_800_000
SEED_MAX = 2**32 - 1
SPEED_MAX = 1000
PAGE_MAX = 5_000
WAIT_MAX_MS = 10_000  # below the read timeout of whoever asks
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


class NoFields(Asked, frozen=True, kw_only=True):
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


class RewindAsked(Asked, frozen=True, kw_only=True):
    at: Annotated[
        int,
        Meta(ge=1, le=10**9, description="The last event to keep.", examples=[5]),
    ]


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
    wait_ms: Annotated[
        int,
        Meta(
            ge=0,
            le=WAIT_MAX_MS,
            description="Real time to wait for it to hold; answers as soon as it does.",
        ),
    ] = 0


class ReplyQuery(Asked, frozen=True, kw_only=True):
    seq: (
        Annotated[
            int, Meta(ge=1, le=10**9, description="Of the request; absent: the last one heard.")
        ]
        | None
    ) = None


class JournalQuery(Asked, frozen=True, kw_only=True):
    after: Annotated[int, Meta(ge=0, le=10**9)] = 0
    limit: Annotated[int, Meta(ge=1, le=PAGE_MAX)] = 500


class StateQuery(Asked, frozen=True, kw_only=True):
    view: Literal["truth", "report", "both"] = "both"
