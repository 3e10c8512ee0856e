"""The pages of CBTSync Web as values: what their templates are filled with."""

from datetime import date
from typing import ClassVar

import msgspec

from mock_server.web.wire_answers import FilePart, Status


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Base of what stands in CBTSync's window. ``kind`` is the name of its template.

    ``news`` tells it to a screen reader in short; '' where nothing moves.
    """

    kind: ClassVar[str]
    news: str


class Patching(Page, frozen=True, kw_only=True):
    kind: ClassVar[str] = "patching"
    phase: str
    percent: int
    version: str
    opens_ms: int
    left_s: int | None
    changed_ms: int | None
    cause: str  # in words, '' while nothing failed
    licence: bool  # whether the licence is valid


class IdForm(Page, frozen=True, kw_only=True):
    """``back`` says that a dashboard stands behind the form."""

    kind: ClassVar[str] = "id_form"
    sn: str
    draft: str
    version: str
    back: bool


class Dashboard(Page, frozen=True, kw_only=True):
    kind: ClassVar[str] = "dashboard"
    status: Status | None
    server_id: str
    sn: str
    version: str
    school: str
    no_line: bool


class BackupPage(Page, frozen=True, kw_only=True):
    kind: ClassVar[str] = "backup"
    phase: str
    percent: int
    left_s: int | None
    changed_ms: int | None
    rows: int
    file: FilePart | None
    delete_phase: str
    delete_percent: int
    delete_left_s: int | None
    delete_changed_ms: int | None
    records: int | None
    leftover: int  # what the last deletion left behind


class SyncLine(msgspec.Struct, frozen=True, kw_only=True):
    n: int
    central: int
    local: int
    percent: int
    state: str
    said: str


class OverlayLine(msgspec.Struct, frozen=True, kw_only=True):
    n: int
    central: int | None
    local: int


class SyncPage(Page, frozen=True, kw_only=True):
    kind: ClassVar[str] = "sync"
    phase: str
    rows: tuple[SyncLine, ...]
    done: int
    total: int
    stopped: str
    left_s: int | None
    changed_ms: int | None
    overlay: tuple[OverlayLine, ...] | None
    read_at_ms: int | None


class Pupil(msgspec.Struct, frozen=True, kw_only=True):
    no: int
    username: str
    name: str
    group: str


class Participants(Page, frozen=True, kw_only=True):
    kind: ClassVar[str] = "participants"
    q: str
    group: str
    groups: tuple[str, ...]
    rows: tuple[Pupil, ...]
    matching: int
    total: int
    page: int
    pages: int


class Test(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    day: date


class Tests(Page, frozen=True, kw_only=True):
    kind: ClassVar[str] = "tests"
    tests: tuple[Test, ...]
    groups: tuple[str, ...]


class Untrained(Page, frozen=True, kw_only=True):
    kind: ClassVar[str] = "untrained"
    menu: str


AnyPage = Patching | IdForm | Dashboard | BackupPage | SyncPage | Participants | Tests | Untrained


class CbtsyncWindow(msgspec.Struct, frozen=True, kw_only=True):
    """``status`` stands at the top right of every page; None before the first Submit."""

    version: str
    status: Status | None
    menus: tuple["MenuLine", ...]  # none on the pages before the dashboard
    page: AnyPage
    refused: str  # what the screen said to the last button, or ''


class MenuLine(msgspec.Struct, frozen=True, kw_only=True):
    menu: str
    label: str
    current: bool
