"""The bounds of a run: how often, how long, how patiently. Every loop of the client ends at one.

Times count the station's clock unless they are named real. ``--help`` prints this table.
"""

import msgspec

from client.procedure import UNBK_2017, Procedure

MINUTE_MS = 60_000


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    patch_attempts_max: int = 5
    sync_resumes_max: int = 5
    tries_max: int = 4  # of any one request in all, looks included
    downloads_max: int = 3  # of one backup; going on with a broken one counts
    backups_max: int = 3
    deletes_max: int = 4  # one completes; the others finish what stalled or left rows
    submits_max: int = 4  # of an ID that the centre does not know
    sn_resets_max: int = 2
    service_starts_max: int = 3  # in a row without the service running
    service_reads_max: int = 12  # refreshes after one Start Service
    reopenings_max: int = 8  # of CBTSync Web, crashes and step 7 together
    stalled_ms: int = 10 * MINUTE_MS
    offline_ask_ms: int = 5 * MINUTE_MS
    run_ms: int = 240 * MINUTE_MS
    look_min_ms: int = 2_000
    look_max_ms: int = 2 * MINUTE_MS
    idle_look_ms: int = MINUTE_MS  # while a job gives no estimate
    wait_look_ms: int = 5 * MINUTE_MS  # at the longest, while waiting for an hour to come
    connect_timeout_s: float = 2.0  # real
    read_timeout_s: float = 10.0  # real
    clock_still_s: float = 900.0  # real; so long may the station's clock stand still


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """What a step may rely on besides its belief."""

    procedure: Procedure = UNBK_2017
    bounds: Bounds = Bounds()


def bounds_table(bounds: Bounds) -> list[tuple[str, str]]:
    """Return name and value of each bound, in units that people read."""
    return [
        (field.name, _shown(field.name, getattr(bounds, field.name)))
        for field in msgspec.structs.fields(Bounds)
    ]


def _shown(name: str, value: float) -> str:
    if name.endswith("_ms"):
        seconds = value / 1000
        return f"{seconds / 60:g} min" if seconds >= 60 else f"{seconds:g} s"
    return f"{value:g} s" if name.endswith("_s") else f"{value:g}"
