"""Jobs as functions of time: where a piece of work stands at an instant, and where it will end.

Work is counted in milliseconds of its own duration, so a job twice as slow has twice as much.
"""

from mock_server.domain.hazards import Hazard
from mock_server.domain.state import HaltKind, Job


def plan(started_ms: int, duration_ms: int, hazard: Hazard) -> Job:
    """Return the job that ``hazard`` makes of a nominal ``duration_ms``.

    Of several halts the earliest holds; at the same place a failure comes before a stall.
    """
    total = max(1, duration_ms * hazard.factor_permille // 1000)
    halts: list[tuple[int, int, HaltKind]] = []
    kinds: tuple[HaltKind, ...] = ("fail", "service", "stall")
    places = (hazard.fail_permille, hazard.service_dies_permille, hazard.stall_permille)
    for order, (kind, place) in enumerate(zip(kinds, places, strict=True)):
        if place is not None:
            halts.append((total * place // 1000, order, kind))
    first = min(halts, default=None)
    crash = hazard.crash_permille
    return Job(
        started_ms=started_ms,
        total_ms=total,
        halt_ms=None if first is None else first[0],
        halt="stall" if first is None else first[2],
        crash_ms=None if crash is None else total * crash // 1000,
    )


def done_ms(job: Job, now_ms: int) -> int:
    """Return how much work is done; never falls, and stays at the halt."""
    limit = job.total_ms if job.halt_ms is None else min(job.halt_ms, job.total_ms)
    return min(max(0, now_ms - job.started_ms), limit)


def permille(job: Job, now_ms: int) -> int:
    return done_ms(job, now_ms) * 1000 // job.total_ms


def percent(job: Job, now_ms: int) -> int:
    """Return whole percent, 0 to 99: 100 is said only by an event."""
    return min(99, done_ms(job, now_ms) * 100 // job.total_ms)


def ends_ms(job: Job) -> int | None:
    """Return the instant at which all is done, or None if a halt stands before it."""
    return job.started_ms + job.total_ms if job.halt_ms is None else None


def halts_ms(job: Job) -> int | None:
    return None if job.halt_ms is None else job.started_ms + job.halt_ms


def advancing(job: Job, now_ms: int) -> bool:
    """Tell whether the job still moves at ``now_ms``."""
    return job.halt_ms is None or now_ms < job.started_ms + job.halt_ms


def last_change_ms(job: Job, now_ms: int) -> int:
    return job.started_ms + done_ms(job, now_ms)


def eta_ms(job: Job, now_ms: int) -> int | None:
    """Return the work left at nominal speed, or None once the job no longer moves."""
    return job.total_ms - done_ms(job, now_ms) if advancing(job, now_ms) else None
