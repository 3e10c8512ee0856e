"""The whole state of one station, as frozen data: machines, centre, portal, report.

Data only. Each part's rules live in the module of its name; ``station.py`` puts them together.
All instants are virtual epoch milliseconds.
"""

from typing import Literal

import msgspec

from mock_server.domain.commands import Interval
from mock_server.domain.events import IdVerdict, ReportFiled, StopReason
from mock_server.domain.hazards import PatchCause
from mock_server.domain.setup import Role, Say, Setup

HaltKind = Literal["stall", "fail", "service"]


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of work that advances by itself: where it stands is a function of time."""

    started_ms: int
    total_ms: int
    halt_ms: int | None = None  # after this much work it goes no further
    halt: HaltKind = "stall"
    crash_ms: int | None = None  # after this much work CBTSync Web closes


class Service(msgspec.Struct, frozen=True, kw_only=True):
    running: bool = True
    starting_until_ms: int | None = None
    start_fails: bool = False
    shown: Literal["unread", "running", "stopped", "starting"] = "unread"
    read_at_ms: int | None = None


class Patching(msgspec.Struct, frozen=True, kw_only=True):
    phase: Literal["idle", "running", "succeeded", "failed"] = "idle"
    job: Job | None = None
    claims_success: bool = False
    planned_cause: PatchCause = "service-stopped"
    cause: PatchCause | None = None
    failed_permille: int = 0
    changed_ms: int = 0


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """``server_id`` is what this opening of CBTSync Web was submitted with, '' before Submit."""

    server_id: str = ""
    verdict: IdVerdict | None = None
    draft: str = ""
    synced_under: str = ""  # the ID under which all data sets were once complete here
    tainted: bool = False  # another known ID was submitted after that (step 9)


class Landed(msgspec.Struct, frozen=True, kw_only=True):
    """What lies in the downloads folder of one backup: good or not, nobody has checked."""

    backup: int
    rows: int
    size_bytes: int  # of the whole backup
    landed_bytes: int
    damaged_bytes: int = 0


class Backup(msgspec.Struct, frozen=True, kw_only=True):
    phase: Literal["none", "running", "done", "failed"] = "none"
    job: Job | None = None
    number: int = 0
    rows: int = 0
    size_bytes: int = 0
    planned_link: bool = True
    link: bool = False
    corrupt_bytes: int = 0
    failed_permille: int = 0
    sent_bytes: int = 0  # contiguous from the first byte
    covers_data: bool = False  # a whole download exists of the data that are still here
    landed: tuple[Landed, ...] = ()


class Delete(msgspec.Struct, frozen=True, kw_only=True):
    phase: Literal["none", "asked", "running", "done", "failed"] = "none"
    job: Job | None = None
    left_rows: int = 0  # what the running job will leave behind
    failed_permille: int = 0
    rows_at_start: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())  # old, received


class Segment(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a sync plan in which one data set downloads."""

    data: int
    from_rows: int
    to_rows: int  # what will really have come at its end
    begins_ms: int  # after the start of the sync
    span_ms: int


class Sync(msgspec.Struct, frozen=True, kw_only=True):
    phase: Literal["none", "running", "stopped", "complete"] = "none"
    started_ms: int = 0
    segments: tuple[Segment, ...] = ()  # of the running attempt
    halt_ms: int | None = None
    halt: Literal["stall", "drop", "service"] = "stall"
    crash_ms: int | None = None
    stopped_data: int = 0
    stopped_reason: StopReason | None = None
    changed_ms: int = 0


class ExamData(msgspec.Struct, frozen=True, kw_only=True):
    """What is really on a machine's disk, by data set (index 0 is DATA 1)."""

    old: tuple[int, ...]
    received: tuple[int, ...]
    unseen: tuple[int, ...]  # rows that a green row claims and that never came
    server_id: str = ""  # whose data the received rows are
    participants_missing: int = 0
    participants_duplicate: int = 0
    tests_missing: bool = False


class Overlay(msgspec.Struct, frozen=True, kw_only=True):
    """The REFRESH STATUS view."""

    open: bool = False
    read_at_ms: int | None = None
    local: tuple[int, ...] = ()
    central_read: bool = False
    data_version: int = -1  # of the data when it was last read


class Machine(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    label: str
    role: Role
    sn: str
    exambro_installed: tuple[str, ...]
    version: str
    data: ExamData
    exambro: str = ""  # the open version, or ''
    cbtsync_open: bool = False
    licence_ok: bool = True  # as read at the last opening of CBTSync Web
    clock_ok: bool = True
    menu: str = ""
    service: Service = Service()
    patching: Patching = Patching()
    identity: Identity = Identity()
    backup: Backup = Backup()
    delete: Delete = Delete()
    sync: Sync = Sync()
    overlay: Overlay = Overlay()
    data_version: int = 0  # changes only when a backup, delete or sync starts or ends


class Server(msgspec.Struct, frozen=True, kw_only=True):
    """One registered server, as the centre knows it."""

    label: str
    server_id: str
    participants: int
    opens_ms: int
    closes_ms: int
    bound_sn: str = ""  # '' before the first Submit
    synced: bool = False  # access is closed until a request reopens it
    reopened_until_ms: int | None = None
    sn_reset_due_ms: int | None = None
    sn_reset_after_ms: int | None = None  # a grant time of its own, where one was planned
    sn_reset_granted: bool = False
    reopening_due_ms: int | None = None


class Central(msgspec.Struct, frozen=True, kw_only=True):
    servers: tuple[Server, ...]
    outages: tuple[Interval, ...] = ()
    closures: tuple[Interval, ...] = ()
    slowdowns: tuple[Interval, ...] = ()


class Message(msgspec.Struct, frozen=True, kw_only=True):
    at_ms: int
    sender: str
    say: Say


class Station(msgspec.Struct, frozen=True, kw_only=True):
    """``here`` is the machine in use, '' before one was chosen; ``seen`` what each screen last
    said to somebody who looked (screen -> word, count, and the data version it was seen at)."""

    setup: Setup
    here: str
    machines: dict[str, Machine]  # never changed in place
    central: Central
    seen: dict[str, tuple[str, int, int]]
    messages: tuple[Message, ...] = ()
    report: ReportFiled | None = None
    at_ms: int = 0  # of the last event
    events: int = 0  # how many made this state
