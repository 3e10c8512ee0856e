"""Auto patching, steps 4 to 7: what to press next, and when to wait. Pure moves.

The version number is the proof of success, not the message (step 6). After a failure the whole of
7a to 7e is done once for each new attempt, in order.
"""

from client import pacing, services
from client.belief import Belief
from client.calls import CLOSE_CBTSYNC, PATCH, START_PATCH, START_SERVICE
from client.machines import is_patched
from client.settings import Rules
from client.step import Do, Done, Ending, Move, Stop, Wait
from client.texts import Reason
from client.wire import Patch, ms

OVERDUE_MS = 60_000  # patching that is not offered so long after its hour: open the window anew


def is_done(belief: Belief, rules: Rules) -> bool:
    patch = belief.patch
    right = is_patched(belief, rules.procedure.cbtsync_version)
    return right and patch is not None and patch.phase in ("succeeded", "up-to-date")


def until_offered(belief: Belief, patch: Patch, rules: Rules) -> Move | None:
    """Wait for the hour at which patching opens (NB); None once it is offered."""
    if patch.phase != "not-open":
        return None
    opens_ms = ms(patch.opens_at)
    if belief.began_ms is not None and opens_ms - belief.began_ms > rules.bounds.run_ms:
        why = Reason.of("stop.patching_not_today")
        return Stop(ending=Ending.POSTPONED, why=why, come_back_ms=opens_ms)
    if belief.now_ms >= opens_ms + OVERDUE_MS:
        return reopen(belief, rules, Reason.of("recover.patching_not_offered"))
    return Wait(
        for_ms=pacing.until_ms(belief, opens_ms, rules.bounds),
        look=PATCH,
        why=Reason.of("wait.patching_opens"),
    )


def reopen(belief: Belief, rules: Rules, why: Reason | None) -> Move:
    """Close CBTSync Web; the footing of every step opens it again. Bounded."""
    times = belief.times(CLOSE_CBTSYNC.name)
    if times >= rules.bounds.reopenings_max:
        return Stop(ending=Ending.REPORTED, why=Reason.of("stop.reopenings", times=times))
    return Do(call=CLOSE_CBTSYNC, why=why)


def attempt(belief: Belief, patch: Patch, rules: Rules) -> Move | None:
    """Press Pembaharuan if it is offered, and wait while it works; None once a result is there."""
    if (move := until_offered(belief, patch, rules)) is not None:
        return move
    if patch.phase == "available":
        times = belief.times(START_PATCH.name)
        if times >= rules.bounds.patch_attempts_max:
            return _given_up(belief, times)
        why = None if times == 0 else Reason.of("recover.patch_again", attempt=times + 1)
        return Do(call=START_PATCH, why=why)
    if patch.phase == "running" and not is_stalled(belief, patch, rules):
        return pacing.for_job(belief, "patch", PATCH, patch.eta_ms, rules.bounds)
    return None


def is_stalled(belief: Belief, patch: Patch, rules: Rules) -> bool:
    if patch.phase != "running":
        return False
    return pacing.stands_still(belief, "patch", patch.last_change, rules.bounds)


def repair(belief: Belief, rules: Rules) -> Move:
    """Step 7: from a patching that failed, lied or stands still to the right version."""
    patch = belief.patch
    if patch is None:
        return Do(call=PATCH)
    if is_done(belief, rules):
        return Done(note=Reason.of("note.version", version=patch.version))
    if (move := attempt(belief, patch, rules)) is not None:
        return move
    times = belief.times(START_PATCH.name)
    rounds = belief.times(CLOSE_CBTSYNC.name)
    if max(times, rounds) >= rules.bounds.patch_attempts_max:
        return _given_up(belief, times)
    since = pacing.began_seq(belief, "patch")
    if (move := services.restart(belief, rules, since)) is not None:
        if isinstance(move, Do) and belief.at(START_SERVICE.name) <= since:
            return Do(call=move.call, why=_why_again(patch, rules))
        return move
    if (move := _until_line_may_be_back(belief, patch, rules)) is not None:
        return move
    return reopen(belief, rules, None)


def _until_line_may_be_back(belief: Belief, patch: Patch, rules: Rules) -> Move | None:
    """An outage outlasts five quick attempts, so those are spaced."""
    if patch.cause not in ("network", "central"):
        return None
    mark = belief.marks.get("patch")
    failed_ms = belief.now_ms if mark is None else mark.since_ms
    left_ms = failed_ms + rules.bounds.offline_ask_ms - belief.now_ms
    if left_ms <= 0:
        return None
    return Wait(for_ms=left_ms, look=PATCH, why=Reason.of("wait.line"))


def _why_again(patch: Patch, rules: Rules) -> Reason:
    if patch.phase == "failed":
        return Reason.of("recover.patch_failed", percent=patch.percent)
    if patch.phase == "running":
        return Reason.of("recover.patch_stalled", percent=patch.percent)
    wanted = rules.procedure.cbtsync_version
    return Reason.of("recover.patch_claims", version=patch.version, wanted=wanted)


def _given_up(belief: Belief, times: int) -> Stop:
    version = "-" if belief.patch is None else belief.patch.version
    why = Reason.of("stop.patching", times=times, version=version)
    return Stop(ending=Ending.REPORTED, why=why)
