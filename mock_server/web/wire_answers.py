"""What the vendor's plane answers: one struct an operation, and what all of them share.

Only shapes and the meaning of fields. Instants are ISO 8601 in WIB with milliseconds; lengths end
in their unit.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, field

from mock_server.domain.screen_shapes import DashboardCondition, OverlayRow, SyncRow

Iso = Annotated[str, Meta(examples=["2017-04-08T07:45:00.000+07:00"])]
Percent = Annotated[int, Meta(ge=0, le=100, description="100 only when done.")]
EtaMs = Annotated[
    int, Meta(ge=0, description="Estimated rest in virtual ms; null: unknown, or not running.")
]
LastChange = Annotated[
    Iso, Meta(description="When it last moved on; a job that stands still keeps that instant.")
]


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Base of everything inside an answer."""


class Status(Part, frozen=True, kw_only=True):
    """The status word at the top right of every CBTSync page."""

    condition: DashboardCondition
    word: str
    sentence: str
    colour: str


class Refused(Part, frozen=True, kw_only=True):
    """Why the screen says no. ``code`` is stable; ``message`` is for people."""

    code: str
    message: str


class Answer(Part, frozen=True, kw_only=True):
    """What every answer of this plane carries."""

    banner: Annotated[str, Meta(description="This is a rehearsal, not the exam system.")]
    now: Annotated[Iso | None, Meta(description="The station's clock; null: there is no station.")]
    now_ms: Annotated[int | None, Meta(description="The same, in virtual epoch milliseconds.")]
    machine: Annotated[str | None, Meta(description="The machine in use.")]
    data_version: Annotated[
        int,
        Meta(
            ge=0,
            description="Of that machine; changes only when a backup, delete or sync starts or "
            "ends. 0 if no machine is in use.",
        ),
    ]
    status: Annotated[
        Status | None,
        Meta(description="Null while CBTSync Web is closed or no ID was submitted since opening."),
    ]


class RefusalAnswer(Answer, frozen=True, kw_only=True):
    """The screen says no, or the request could not be understood."""

    refused: Refused


class EmptyAnswer(Answer, frozen=True, kw_only=True):
    """Nothing of its own."""


# --- the desk -------------------------------------------------------------------------------------


class SchoolPart(Part, frozen=True, kw_only=True):
    name: str
    npsn: str


class MachinePart(Part, frozen=True, kw_only=True):
    id: str
    label: Annotated[str, Meta(description="The sticker on the machine.")]
    role: Literal["exam-server", "laptop"]
    exambro: Annotated[list[str], Meta(description="Installed versions of Exambro Admin.")]


class CbtsyncPart(Part, frozen=True, kw_only=True):
    open: bool
    page: Literal["closed", "patching", "id-form", "dashboard"]


class MessagePart(Part, frozen=True, kw_only=True):
    at: Iso
    sender: str = field(name="from")
    text: str


class DeskAnswer(Answer, frozen=True, kw_only=True):
    school: SchoolPart
    zone: Annotated[str, Meta(description="The school's zone (IANA).")]
    exam_day: str
    machines: list[MachinePart]
    exambro: Annotated[str | None, Meta(description="The version that is open.")]
    cbtsync: CbtsyncPart
    slips: Annotated[list[str], Meta(description="ID slips on the desk; which is ours, none says.")]
    messages: list[MessagePart]


class ServiceAnswer(Answer, frozen=True, kw_only=True):
    shown: Annotated[
        Literal["unread", "running", "stopped", "starting"],
        Meta(description="What was read at the last Refresh, not what is."),
    ]
    read_at: Iso | None


# --- patching and identity ------------------------------------------------------------------------


class PatchAnswer(Answer, frozen=True, kw_only=True):
    version: str
    phase: Literal["not-open", "available", "running", "succeeded", "failed", "up-to-date"]
    percent: Percent
    cause: Literal["service-stopped", "network", "central"] | None
    opens_at: Iso
    eta_ms: EtaMs | None
    last_change: LastChange | None


class DashboardAnswer(Answer, frozen=True, kw_only=True):
    server_id: Annotated[str | None, Meta(description="What this opening was submitted with.")]
    sn: str
    version: str


class MenuAnswer(Answer, frozen=True, kw_only=True):
    menu: str
    trained: Annotated[bool, Meta(description="False: the menu exists, but is not simulated.")]


# --- the school's account -------------------------------------------------------------------------


class ServerPart(Part, frozen=True, kw_only=True):
    server: Annotated[str, Meta(description="The label of the machine that the ID is meant for.")]
    server_id: str


class IdsAnswer(Answer, frozen=True, kw_only=True):
    servers: list[ServerPart]


class SlotPart(Part, frozen=True, kw_only=True):
    server: str
    server_id: str
    opens: Iso
    closes: Annotated[Iso, Meta(description="At this instant access is closed.")]


class ScheduleAnswer(Answer, frozen=True, kw_only=True):
    rows: Annotated[list[SlotPart], Meta(description="A re-opening is a further row.")]


class ParticipantPart(Part, frozen=True, kw_only=True):
    username: str
    name: str
    group: str


class RegistrationAnswer(Answer, frozen=True, kw_only=True):
    server_id: str
    count: int
    participants: list[ParticipantPart]
    tests: list[str]


class PortalRequestPart(Part, frozen=True, kw_only=True):
    server_id: str
    kind: Literal["sn-reset", "reopen"]
    state: Literal["waiting", "granted"]
    until: Iso | None


class PortalRequestsAnswer(Answer, frozen=True, kw_only=True):
    requests: list[PortalRequestPart]


# --- backup, delete, sync -------------------------------------------------------------------------


class FilePart(Part, frozen=True, kw_only=True):
    name: str
    size_bytes: int
    sha256: str
    path: Annotated[str, Meta(description="Below `api/`; a GET gives the bytes.")]


class BackupAnswer(Answer, frozen=True, kw_only=True):
    phase: Literal["none", "running", "done", "failed"]
    percent: Percent
    eta_ms: EtaMs | None
    rows: Annotated[int, Meta(description="Records backed up, or to be.")]
    file: Annotated[FilePart | None, Meta(description="Null until done, or without a link.")]
    link: Annotated[bool, Meta(description="Whether *klik disini* stands there.")]
    last_change: LastChange | None


class DeleteAnswer(Answer, frozen=True, kw_only=True):
    phase: Literal["none", "asked", "running", "done", "failed"]
    question: str | None
    percent: Percent
    eta_ms: EtaMs | None
    left: Annotated[int | None, Meta(description="Records on the machine; null while it runs.")]
    last_change: LastChange | None


class OverlayAnswer(Answer, frozen=True, kw_only=True):
    open: bool
    read_at: Iso | None
    rows: Annotated[
        tuple[OverlayRow, ...], Meta(description="`central` is null when it could not be read.")
    ]


class StoppedPart(Part, frozen=True, kw_only=True):
    data: int
    reason: Literal["line", "closed", "service", "dropped", "stalled"]
    message: str


class SyncAnswer(Answer, frozen=True, kw_only=True):
    phase: Annotated[
        Literal["none", "running", "stopped", "complete"],
        Meta(description="none: nothing of this exam was synchronised on this machine."),
    ]
    stopped: StoppedPart | None
    rows: Annotated[
        tuple[SyncRow, ...],
        Meta(description="What the screen claims; green only when it shows x of x."),
    ]
    done: int
    total: int
    eta_ms: EtaMs | None
    last_change: LastChange | None


# --- the lists and the report ---------------------------------------------------------------------


class ListedPart(Part, frozen=True, kw_only=True):
    no: Annotated[int, Meta(description="Place in the whole list, 1-based.")]
    username: str
    name: str
    group: str


class ParticipantsAnswer(Answer, frozen=True, kw_only=True):
    count: Annotated[int, Meta(description="What the list really holds, after `q`.")]
    page: int
    pages: int
    rows: list[ListedPart]


class TestPart(Part, frozen=True, kw_only=True):
    name: str
    date: str


class TestsAnswer(Answer, frozen=True, kw_only=True):
    tests: list[TestPart]
    groups: list[str]


class ReportAnswer(Answer, frozen=True, kw_only=True):
    filed_at: Iso | None
    decision: Literal["ready", "postpone"] | None
