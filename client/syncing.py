"""Steps 15 to 18: look at the initial data, close the view, start, wait, resume. Pure moves.

Before every START SYNC, the first and each resumption alike, the counts are read anew and the view
is closed. Rows are judged by their numbers.
"""

from client import counts, pacing, services
from client.access import own_slots, until_active
from client.belief import Belief
from client.calls import CLOSE_STATUS, REFRESH_STATUS, SYNC, open_menu, start_sync
from client.settings import Rules
from client.step import Back, Do, Done, Ending, Move, Stop, Wait
from client.texts import Reason
from client.wire import Overlay, Sync, ms

DOWNLOAD_MENU = open_menu("status-download")
CLEARING_STEP = 14


def open_page(belief: Belief, _rules: Rules) -> Move:
    """Step 15."""
    if belief.sync is None or not belief.is_fresh("Sync"):
        return Do(call=SYNC)
    if belief.sync.phase in ("running", "complete") or belief.at(DOWNLOAD_MENU.name) > 0:
        return Done()
    return Do(call=DOWNLOAD_MENU)


def see_initial_data(belief: Belief, rules: Rules) -> Move:
    """Step 16."""
    if belief.sync is None or not belief.is_fresh("Sync"):
        return Do(call=SYNC)
    if belief.sync.phase in ("running", "complete"):
        return Done()
    return _read_counts(belief, belief.sync, rules) or Done()


def start(belief: Belief, rules: Rules) -> Move:
    """Step 17."""
    if belief.sync is None or not belief.is_fresh("Sync"):
        return Do(call=SYNC)
    if belief.sync.phase in ("running", "complete"):
        return Done()
    return _towards_start(belief, belief.sync, rules, why=None)


def until_complete(belief: Belief, rules: Rules) -> Move:
    """Step 18."""
    sync = belief.sync
    if sync is None or not belief.is_fresh("Sync"):
        return Do(call=SYNC)
    match sync.phase:
        case "running":
            return _while_running(belief, sync, rules)
        case "complete":
            return _read_back(belief)
        case "stopped" | "none":
            return _resume(belief, sync, rules)


def _towards_start(belief: Belief, sync: Sync, rules: Rules, why: Reason | None) -> Move:
    if (move := until_active(belief, rules)) is not None:
        return move
    if (move := _read_counts(belief, sync, rules)) is not None:
        return move
    if belief.overlay is not None and belief.overlay.open:
        return Do(call=CLOSE_STATUS)
    return Do(call=start_sync(belief.data_version), why=why)


def _read_counts(belief: Belief, sync: Sync, rules: Rules) -> Move | None:
    """REFRESH STATUS and what its numbers mean; None when a start is right."""
    overlay = belief.overlay
    if overlay is None or not belief.is_fresh("Overlay"):
        return Do(call=REFRESH_STATUS)
    if any(not row.central for row in overlay.rows) or not overlay.rows:
        return _until_centre_has_data(belief, overlay, rules)
    if (stray := counts.stray_rows(overlay, sync)) > 0:
        if sync.phase == "none":
            return Back(step=CLEARING_STEP, why=Reason.of("recover.rows_left", left=stray))
        # This exam's data lie on top of old ones: HAPUS is forbidden now.
        return Stop(ending=Ending.REPORTED, why=Reason.of("stop.mixed_data", rows=stray))
    return None


def _until_centre_has_data(belief: Belief, overlay: Overlay, rules: Rules) -> Move:
    """Central counts that are 0 or cannot be read: not the time to start."""
    if belief.condition != "active" and (move := until_active(belief, rules)) is not None:
        return move
    if belief.at(REFRESH_STATUS.name) < belief.at("id.submit"):
        return Do(call=REFRESH_STATUS)
    unread = any(row.central is None for row in overlay.rows)
    closes_ms = max((ms(slot.closes) for slot in own_slots(belief)), default=None)
    if closes_ms is not None and belief.now_ms >= closes_ms:
        return Stop(ending=Ending.REPORTED, why=Reason.of("stop.central_empty"))
    why = Reason.of("wait.central_unread" if unread else "wait.central_empty")
    return Wait(for_ms=rules.bounds.offline_ask_ms, look=REFRESH_STATUS, why=why)


def _while_running(belief: Belief, sync: Sync, rules: Rules) -> Move:
    if not pacing.stands_still(belief, "sync", sync.last_change, rules.bounds):
        return pacing.for_job(belief, "sync", SYNC, sync.eta_ms, rules.bounds)
    return _resume(belief, sync, rules)


def _resume(belief: Belief, sync: Sync, rules: Rules) -> Move:
    """START SYNC again: it goes on where it stopped. Never HAPUS."""
    times = belief.times("sync.start")
    if times > rules.bounds.sync_resumes_max:
        why = Reason.of("stop.sync", done=sync.done, total=sync.total, times=times - 1)
        return Stop(ending=Ending.REPORTED, why=why)
    if sync.stopped is not None and sync.stopped.reason == "service":
        since = pacing.began_seq(belief, "sync")
        if (move := services.restart(belief, rules, since)) is not None:
            return move
    data = sync.stopped.data if sync.stopped is not None else sync.done + 1
    why = Reason.of("recover.sync", data=data, done=sync.done, total=sync.total)
    return _towards_start(belief, sync, rules, why)


def _read_back(belief: Belief) -> Move:
    """After the last green row REFRESH STATUS is read once more: a green row can lie."""
    if belief.overlay is None or not belief.is_fresh("Overlay"):
        return Do(call=REFRESH_STATUS)
    if belief.overlay.open:
        return Do(call=CLOSE_STATUS)
    return Done(note=Reason.of("note.whole", whole=counts.whole_sets(belief)))
