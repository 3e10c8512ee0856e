"""What a station is prepared from: plain values taken from scenario, procedure pack and people.

Pure data. The domain knows no pack, no scenario file and no fault; whatever they decide arrives
here as numbers and words. All instants are virtual epoch milliseconds, all lengths milliseconds.
"""

from enum import StrEnum
from typing import Literal

import msgspec

Role = Literal["exam-server", "laptop"]
Feeds = Literal["participants", "tests"]


class Condition(StrEnum):
    """Where a rehearsal begins. Each one includes all that stands before it in this list."""

    FRESH_BOOT = "fresh-boot"
    PATCHED = "patched"
    IDENTIFIED = "identified"
    ACTIVE = "active"
    BACKED_UP = "backed-up"
    READY_TO_SYNC = "ready-to-sync"
    PARTIAL = "partial"
    SYNCED = "synced"


class DataSet(msgspec.Struct, frozen=True, kw_only=True):
    """One of the numbered downloads (DATA 1 ... DATA n)."""

    n: int  # 1-based, consecutive
    rows: int  # what the centre holds for this server
    share_permille: int  # of the sync's whole duration; all of them sum to 1000
    feeds: Feeds | None = None
    old_rows: int = 0  # rows of the previous phase, before HAPUS


class MachineSetup(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    label: str  # the sticker on the machine
    role: Role
    sn: str
    exambro: tuple[str, ...]  # installed versions


class ServerSetup(msgspec.Struct, frozen=True, kw_only=True):
    """A server as the centre and the school's account know it."""

    label: str  # equals the label of the machine it is meant for
    server_id: str
    participants: int
    opens_ms: int
    closes_ms: int  # exclusive: at this instant access is closed


class Durations(msgspec.Struct, frozen=True, kw_only=True):
    patch_ms: int
    service_start_ms: int
    backup_ms: int
    delete_ms: int
    sync_ms: int
    stopped_after_ms: int  # a job that has not advanced for this long is stopped
    sn_reset_after_ms: int
    reopen_after_ms: int
    reopen_for_ms: int


class School(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    npsn: str


class Say(msgspec.Struct, frozen=True, kw_only=True):
    """One message in both languages."""

    id: str
    en: str


SyncPoint = Literal["submitted", "syncing", "stopped", "synced"]


class Inject(msgspec.Struct, frozen=True, kw_only=True):
    """A message that somebody in the story sends; it may tempt towards a violation.

    ``after``: it waits for this, and comes at ``at_ms`` at the earliest; '' for the clock alone.
    One that waits holds back those after it.
    """

    at_ms: int
    sender: str
    say: Say
    tempts: str = ""  # code of the violation it tempts to, or empty
    after: SyncPoint | Literal[""] = ""


class Setup(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that makes two rehearsals start alike. ``servers[0]`` is ours."""

    scenario: str
    seed: int
    procedure: str
    start_ms: int
    zone: str  # IANA name of the school's zone
    condition: Condition
    exambro_version: str  # the right one
    cbtsync_version: str  # the one that patching must reach
    old_version: str  # the one a fresh boot shows
    patch_opens_ms: int
    exam_day: Say
    data_sets: tuple[DataSet, ...]
    tests: tuple[str, ...]
    menus: tuple[str, ...]  # ids in screen order
    machines: tuple[MachineSetup, ...]
    servers: tuple[ServerSetup, ...]
    durations: Durations
    backup_bytes: int  # size of a backup that holds data; an empty one is smaller
    school: School
    old_data: bool = True
    slips: tuple[str, ...] = ()  # server IDs on the slips of paper on the desk; none is marked
    injects: tuple[Inject, ...] = ()
