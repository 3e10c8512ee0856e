"""How long to wait before the next look, and when a job counts as standing still. Pure."""

from datetime import datetime

from client.belief import Belief
from client.calls import Call
from client.settings import Bounds
from client.step import Wait
from client.texts import Reason
from client.wire import ms


def look_after_ms(eta_ms: int | None, bounds: Bounds) -> int:
    """Return the pause before the next look at a running job.

    The station's own estimate is the best time to look; without one (it stands still, or cannot
    tell) once a minute is enough to notice.
    """
    if eta_ms is None:
        return bounds.idle_look_ms
    return max(bounds.look_min_ms, min(eta_ms, bounds.look_max_ms))


def until_ms(belief: Belief, at_ms: int, bounds: Bounds) -> int:
    """Return the pause before the next look while an hour is awaited."""
    return max(bounds.look_min_ms, min(at_ms - belief.now_ms, bounds.wait_look_ms))


def for_job(belief: Belief, job: str, look: Call, eta_ms: int | None, bounds: Bounds) -> Wait:
    pause = look_after_ms(eta_ms, bounds)
    return Wait(for_ms=pause, look=look, why=Reason.of(f"wait.{job}"), job=job)


def stands_still(belief: Belief, job: str, last_change: datetime | None, bounds: Bounds) -> bool:
    """Tell whether a running job has not advanced for so long that it counts as stopped.

    The page's own "last change" counts; without one, what we have seen ourselves.
    """
    if last_change is not None:
        return belief.now_ms - ms(last_change) >= bounds.stalled_ms
    mark = belief.marks.get(job)
    return mark is not None and belief.now_ms - mark.since_ms >= bounds.stalled_ms


def began_seq(belief: Belief, job: str) -> int:
    """Return the number of the answer since which the job's page has shown its present phase."""
    mark = belief.marks.get(job)
    return 0 if mark is None else mark.since_seq
