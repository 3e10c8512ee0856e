"""The client's own reading of the wire: one frozen struct for every answer of the station.

What a struct names must be there and of the right kind, or the answer is not to be trusted; what
it does not name is ignored. Instants arrive as ISO 8601 with an offset.
"""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

Condition = Literal["active", "closed", "mismatch", "no-line", "unknown-id", "licence"]
Page = Literal["closed", "patching", "id-form", "dashboard"]
Instant = Annotated[datetime, msgspec.Meta(tz=True)]
Percent = Annotated[int, msgspec.Meta(ge=0, le=100)]
Count = Annotated[int, msgspec.Meta(ge=0)]


def ms(instant: datetime) -> int:
    """Return epoch milliseconds."""
    return round(instant.timestamp() * 1000)


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """The word that stands top right on every page of CBTSync Web."""

    condition: Condition
    word: str
    sentence: str


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """What every answer carries. ``now_ms`` is the station's clock."""

    banner: str
    now: Instant
    now_ms: int
    data_version: int
    machine: str | None
    status: Status | None


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    message: str


class RefusalReply(Envelope, frozen=True, kw_only=True):
    refused: Refusal


# --- the room ------------------------------------------------------------------------------------


class School(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    npsn: str


class Machine(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    label: str
    role: Literal["exam-server", "laptop"]
    exambro: tuple[str, ...]


class CbtsyncWindow(msgspec.Struct, frozen=True, kw_only=True):
    open: bool
    page: Page


class Desk(Envelope, frozen=True, kw_only=True):
    school: School
    zone: str
    machines: tuple[Machine, ...]
    exambro: str | None
    cbtsync: CbtsyncWindow


class Service(Envelope, frozen=True, kw_only=True):
    shown: Literal["unread", "running", "stopped", "starting"]


class Patch(Envelope, frozen=True, kw_only=True):
    version: str
    phase: Literal["not-open", "available", "running", "succeeded", "failed", "up-to-date"]
    percent: Percent
    cause: Literal["service-stopped", "network", "central"] | None
    opens_at: Instant
    eta_ms: int | None
    last_change: Instant | None


class MenuPage(Envelope, frozen=True, kw_only=True):
    menu: str


# --- identity and the school's account -----------------------------------------------------------


class Dashboard(Envelope, frozen=True, kw_only=True):
    server_id: str | None
    sn: str
    version: str


class ServerId(msgspec.Struct, frozen=True, kw_only=True):
    """``server`` is the label of the machine that the ID is meant for."""

    server: str
    server_id: str


class Ids(Envelope, frozen=True, kw_only=True):
    servers: tuple[ServerId, ...]


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    server: str
    server_id: str
    opens: Instant
    closes: Instant


class Schedule(Envelope, frozen=True, kw_only=True):
    rows: tuple[Slot, ...]


class Pupil(msgspec.Struct, frozen=True, kw_only=True):
    username: str
    name: str


class Registration(Envelope, frozen=True, kw_only=True):
    server_id: str
    count: Count
    participants: tuple[Pupil, ...]
    tests: tuple[str, ...]


class PortalRequest(msgspec.Struct, frozen=True, kw_only=True):
    server_id: str
    kind: Literal["sn-reset", "reopen"]
    state: Literal["waiting", "granted"]


class PortalRequests(Envelope, frozen=True, kw_only=True):
    requests: tuple[PortalRequest, ...]


# --- backup, delete, sync ------------------------------------------------------------------------


class BackupFile(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    size_bytes: Count
    sha256: str


class Backup(Envelope, frozen=True, kw_only=True):
    phase: Literal["none", "running", "done", "failed"]
    percent: Percent
    eta_ms: int | None
    rows: Count
    file: BackupFile | None
    last_change: Instant | None


class Delete(Envelope, frozen=True, kw_only=True):
    phase: Literal["none", "asked", "running", "done", "failed"]
    percent: Percent
    eta_ms: int | None
    left: int | None
    last_change: Instant | None


class OverlayRow(msgspec.Struct, frozen=True, kw_only=True):
    n: int
    central: int | None
    local: Count


class Overlay(Envelope, frozen=True, kw_only=True):
    open: bool
    rows: tuple[OverlayRow, ...]


class Stopped(msgspec.Struct, frozen=True, kw_only=True):
    data: int
    reason: str
    message: str


class SyncRow(msgspec.Struct, frozen=True, kw_only=True):
    n: int
    central: Count
    local: Count
    percent: Percent
    state: str


class Sync(Envelope, frozen=True, kw_only=True):
    phase: Literal["none", "running", "stopped", "complete"]
    stopped: Stopped | None
    rows: tuple[SyncRow, ...]
    done: Count
    total: Count
    eta_ms: int | None
    last_change: Instant | None


# --- the lists and the form ----------------------------------------------------------------------


class Participants(Envelope, frozen=True, kw_only=True):
    count: Count
    page: int
    pages: int
    rows: tuple[Pupil, ...]


class Test(msgspec.Struct, frozen=True, kw_only=True):
    name: str


class Tests(Envelope, frozen=True, kw_only=True):
    tests: tuple[Test, ...]


class Report(Envelope, frozen=True, kw_only=True):
    filed_at: Instant | None
    decision: Literal["ready", "postpone"] | None = None
