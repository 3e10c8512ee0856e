"""The shapes of what each screen says. Words are codes, instants are virtual epoch milliseconds."""

from typing import Literal

import msgspec

from mock_server.domain.state import Machine, Message

DashboardCondition = Literal["active", "closed", "mismatch", "no-line", "unknown-id", "licence"]
Page = Literal["closed", "patching", "id-form", "dashboard"]
PatchPhase = Literal["not-open", "available", "running", "succeeded", "failed", "up-to-date"]
RowState = Literal["empty", "waiting", "downloading", "done", "stopped"]


class Screen(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all screens."""


class DeskScreen(Screen, frozen=True, kw_only=True):
    machines: tuple[Machine, ...]
    exambro: str
    page: Page
    messages: tuple[Message, ...]


class PatchScreen(Screen, frozen=True, kw_only=True):
    version: str
    phase: PatchPhase
    percent: int
    cause: Literal["service-stopped", "network", "central"] | None
    opens_ms: int
    eta_ms: int | None
    last_change_ms: int | None


class ServiceScreen(Screen, frozen=True, kw_only=True):
    shown: Literal["unread", "running", "stopped", "starting"]
    read_at_ms: int | None


class DashboardScreen(Screen, frozen=True, kw_only=True):
    server_id: str
    sn: str
    version: str
    condition: DashboardCondition | None


class BackupScreen(Screen, frozen=True, kw_only=True):
    phase: Literal["none", "running", "done", "failed"]
    number: int
    percent: int
    eta_ms: int | None
    rows: int
    size_bytes: int
    link: bool
    corrupt_bytes: int  # of the next download; not shown
    last_change_ms: int | None


class DeleteScreen(Screen, frozen=True, kw_only=True):
    phase: Literal["none", "asked", "running", "done", "failed"]
    percent: int
    eta_ms: int | None
    left: int | None
    last_change_ms: int | None


class OverlayRow(msgspec.Struct, frozen=True, kw_only=True):
    n: int
    central: int | None
    local: int


class OverlayScreen(Screen, frozen=True, kw_only=True):
    open: bool
    read_at_ms: int | None
    rows: tuple[OverlayRow, ...]


class SyncRow(msgspec.Struct, frozen=True, kw_only=True):
    n: int
    central: int
    local: int
    percent: int
    state: RowState
    colour: Literal["grey", "green"]


class SyncScreen(Screen, frozen=True, kw_only=True):
    phase: Literal["none", "running", "stopped", "complete"]
    stopped_data: int
    stopped_reason: Literal["line", "closed", "service", "dropped", "stalled"] | None
    rows: tuple[SyncRow, ...]
    done: int
    total: int
    eta_ms: int | None
    last_change_ms: int | None


class ParticipantsScreen(Screen, frozen=True, kw_only=True):
    """Indices (0-based) into the registration of ``server_id``, in list order; one may repeat."""

    server_id: str
    registered: int
    listed: tuple[int, ...]
    old: int  # so many pupils of the previous phase are listed after them


class TestsScreen(Screen, frozen=True, kw_only=True):
    tests: tuple[str, ...]


class PortalRequest(msgspec.Struct, frozen=True, kw_only=True):
    server_id: str
    kind: Literal["sn-reset", "reopen"]
    state: Literal["waiting", "granted"]
    until_ms: int | None


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """One line of Jadwal Sinkronisasi."""

    server: str
    server_id: str
    opens_ms: int
    closes_ms: int
