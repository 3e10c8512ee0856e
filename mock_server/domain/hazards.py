"""What can go wrong with one job, as plain values that a command carries into the domain.

Whoever plans faults reduces them to these; the domain does not know why a job will stop.
Positions are permille of the job's (or the data set's) whole way, 0 to 1000.
"""

from typing import Literal

import msgspec

PatchCause = Literal["service-stopped", "network", "central"]
Verdict = Literal["unknown", "bound-elsewhere", "no-line"]


class At(msgspec.Struct, frozen=True, kw_only=True):
    """A point within one data set of a sync."""

    data: int
    permille: int


class Short(msgspec.Struct, frozen=True, kw_only=True):
    """A data set that will claim to be whole while ``missing`` of its rows never come."""

    data: int
    missing: int


class Slow(msgspec.Struct, frozen=True, kw_only=True):
    data: int
    factor_permille: int  # 4000: four times as long


class Hazard(msgspec.Struct, frozen=True, kw_only=True):
    """The fate of a job of any kind; the defaults mean that nothing goes wrong."""

    fail_permille: int | None = None
    stall_permille: int | None = None
    service_dies_permille: int | None = None
    crash_permille: int | None = None  # CBTSync Web closes here; the job itself goes on
    factor_permille: int = 1000
    patch_cause: PatchCause = "service-stopped"
    claims_success: bool = False  # patching says it worked, the version stays old
    no_link: bool = False
    corrupt_bytes: int = 0
    left_rows: int = 0  # rows that a delete leaves behind


class SyncHazard(msgspec.Struct, frozen=True, kw_only=True):
    """The fate of one sync attempt."""

    stall: At | None = None
    drop: At | None = None
    service_dies: At | None = None
    crash: At | None = None
    short: tuple[Short, ...] = ()
    slow: tuple[Slow, ...] = ()
    factor_permille: int = 1000
    participants_missing: int = 0
    participants_duplicate: int = 0
    tests_missing: bool = False


NO_HAZARD = Hazard()
NO_SYNC_HAZARD = SyncHazard()
