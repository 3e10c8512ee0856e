"""The Dashboard's condition, steps 8 to 11: how to come from any of them to AKTIF. Pure moves.

Each condition has its own cure and no other: an unknown ID is compared letter by letter, a
mismatch needs an SN reset, a closed access needs the schedule, a lost line needs patience.
"""

from typing import assert_never

from client import pacing
from client.belief import Belief
from client.calls import DASHBOARD, IDS, SCHEDULE, SN_RESETS, SYNC, ask_sn_reset, submit
from client.machines import own_id, shown_id
from client.settings import Rules
from client.step import Do, Ending, Move, Stop, Wait
from client.texts import Reason
from client.wire import Slot, ms


def identify(belief: Belief, rules: Rules) -> Move | None:
    """Submit our ID unless the Dashboard shows it already; None once it is shown."""
    own = own_id(belief)
    if belief.status is None:
        return Do(call=submit(own))
    if belief.dashboard is None:
        return Do(call=DASHBOARD)
    if shown_id(belief) == own:
        return None
    if belief.sync is None:
        return Do(call=SYNC)  # is there another ID's sync on this machine?
    del rules
    return Do(call=submit(own), why=Reason.of("recover.other_id", shown=shown_id(belief)))


def settle(belief: Belief, rules: Rules) -> Move | None:
    """Return the next move towards a Dashboard that knows us; None when AKTIF or closed."""
    if (move := identify(belief, rules)) is not None:
        return move
    condition = belief.condition
    match condition:
        case "active" | "closed":
            return None
        case "no-line":
            return _until_line(belief, rules)
        case "unknown-id":
            return _compare_id(belief, rules)
        case "mismatch":
            return _reset_sn(belief, rules)
        case "licence" | None:
            # The footing puts the machine's clock right and Submits again.
            return Do(call=DASHBOARD)
        case _:
            assert_never(condition)


def until_active(belief: Belief, rules: Rules) -> Move | None:
    """Return the next move towards AKTIF, or None when it is reached."""
    if (move := settle(belief, rules)) is not None:
        return move
    if belief.condition == "active":
        return None
    return _until_open(belief, rules)


# --- OFFLINE -------------------------------------------------------------------------------------


def _until_line(belief: Belief, rules: Rules) -> Move:
    """Submit the same ID again every five minutes until the scheduled window closes."""
    if belief.schedule is None:
        return Do(call=SCHEDULE)
    slots = own_slots(belief)
    closes_ms = max((ms(slot.closes) for slot in slots), default=None)
    if closes_ms is not None and belief.now_ms >= closes_ms:
        return Stop(ending=Ending.REPORTED, why=Reason.of("stop.no_line"))
    if (left_ms := _left_ms(belief, rules)) > 0:
        return Wait(for_ms=left_ms, look=DASHBOARD, why=Reason.of("wait.line"))
    return Do(call=submit(own_id(belief)), why=Reason.of("recover.no_line"))


def _left_ms(belief: Belief, rules: Rules) -> int:
    """Return for how long OFFLINE is let alone before our ID is submitted once more."""
    if belief.submitted_ms is None:
        return 0
    return belief.submitted_ms + rules.bounds.offline_ask_ms - belief.now_ms


def _compare_id(belief: Belief, rules: Rules) -> Move:
    """Read the portal again: a slip is put right at once (``identify``). The ID that stands there
    can only become known in time, so it is submitted again after a pause, a few times."""
    own = own_id(belief)
    if belief.unknown_ids >= rules.bounds.submits_max:
        why = Reason.of("stop.unknown_id", server_id=own, times=belief.unknown_ids)
        return Stop(ending=Ending.REPORTED, why=why)
    if belief.at(IDS.name) <= belief.at("id.submit"):
        return Do(call=IDS, why=Reason.of("recover.unknown_id", server_id=own))
    if (left_ms := _left_ms(belief, rules)) > 0:
        return Wait(for_ms=left_ms, look=DASHBOARD, why=Reason.of("wait.unknown_id"))
    return Do(call=submit(own), why=Reason.of("recover.submit_again", server_id=own))


# --- STANDBY, mismatch ---------------------------------------------------------------------------


def _reset_sn(belief: Belief, rules: Rules) -> Move:
    own = own_id(belief)
    if belief.requests is None:
        return Do(call=SN_RESETS)
    state = next(
        (
            one.state
            for one in reversed(belief.requests.requests)
            if one.server_id == own and one.kind == "sn-reset"
        ),
        None,
    )
    ask = ask_sn_reset(own)
    asked = max(belief.at(SN_RESETS.name), belief.at(ask.name))
    if state == "waiting":
        pause = rules.bounds.look_max_ms
        return Wait(for_ms=pause, look=SN_RESETS, why=Reason.of("wait.sn_reset"))
    if state == "granted" and belief.at("id.submit") <= asked:
        return Do(call=submit(own), why=Reason.of("recover.sn_granted", server_id=own))
    times = belief.times(ask.name)
    if times >= rules.bounds.sn_resets_max:
        why = Reason.of("stop.mismatch", server_id=own, times=times)
        return Stop(ending=Ending.REPORTED, why=why)
    return Do(call=ask, why=Reason.of("recover.mismatch", server_id=own))


# --- STANDBY, closed -----------------------------------------------------------------------------


def own_slots(belief: Belief) -> tuple[Slot, ...]:
    own = own_id(belief)
    if belief.schedule is None:
        return ()
    return tuple(slot for slot in belief.schedule.rows if slot.server_id == own)


def _until_open(belief: Belief, rules: Rules) -> Move:
    """Step 10: read the schedule and wait, looking again, if the slot begins within this run."""
    if belief.at(SCHEDULE.name) == 0:
        return Do(call=SCHEDULE)
    bounds, slots = rules.bounds, own_slots(belief)
    began_ms = belief.now_ms if belief.began_ms is None else belief.began_ms
    deadline_ms = began_ms + bounds.run_ms
    is_now = any(ms(slot.opens) <= belief.now_ms < ms(slot.closes) for slot in slots)
    next_ms = min((ms(s.opens) for s in slots if ms(s.opens) > belief.now_ms), default=None)
    if is_now and belief.now_ms < deadline_ms:
        pause = bounds.offline_ask_ms
        return Wait(for_ms=pause, look=DASHBOARD, why=Reason.of("wait.closed_in_slot"))
    if next_ms is not None and next_ms <= deadline_ms:
        pause = pacing.until_ms(belief, next_ms, bounds)
        return Wait(for_ms=pause, look=DASHBOARD, why=Reason.of("wait.slot"))
    if belief.at(SCHEDULE.name) < belief.seq:
        return Do(call=SCHEDULE)  # a slot may have been added while we waited
    if next_ms is None:
        # Only the helpdesk can open a slot that is over, or was never given.
        return Stop(ending=Ending.REPORTED, why=Reason.of("stop.closed_no_slot"))
    return Stop(ending=Ending.POSTPONED, why=Reason.of("stop.closed"), come_back_ms=next_ms)
