"""The end of every run: look once more at what the form asks for, and file it.

When it is ready, step 21 has filed the form. Otherwise the form says "Tunda & laporkan", with what
was found and what the helpdesk needs. What cannot be looked at any more is left as last seen.
"""

from msgspec.structs import replace

from client import footing, report_form
from client.belief import Belief
from client.calls import (
    CLOSE_STATUS,
    DESK,
    REFRESH_STATUS,
    START_PATCH,
    SYNC,
    TESTS,
    Call,
    participants,
    registration,
    submit_report,
)
from client.clock import ClockStandsStillError
from client.courier import Courier, Ended
from client.machines import own_id
from client.settings import Rules
from client.step import Do, Footing

REGAIN_MOVES_MAX = 8
LOOKS_MAX = 12
FAILURES_MAX = 2  # pages that nobody answers for; then the server is left alone


def last_look(courier: Courier, belief: Belief, rules: Rules) -> Belief:
    """Return the belief after looking at what the form asks for, as far as it can be seen."""
    if courier.is_in_doubt(START_PATCH):
        belief = replace(belief, patch=None)  # what version there is now, nobody has seen
    courier.settled()
    if not may_have_begun(belief):
        return belief
    try:
        belief = _regained(courier, belief, rules)
    except (Ended, ClockStandsStillError):
        courier.settled()
    failed: set[str] = set()
    for _ in range(LOOKS_MAX):
        call = _unseen(belief, failed)
        if call is None or len(failed) >= FAILURES_MAX:
            break
        try:
            belief = courier.carry(belief, call)
        except (Ended, ClockStandsStillError):
            courier.settled()
            failed.add(call.op)
    return belief


def has_begun(belief: Belief) -> bool:
    """Tell whether anything of this exam has come to the machine, as far as we know."""
    return belief.sync is not None and belief.sync.phase != "none"


def may_have_begun(belief: Belief) -> bool:
    """Tell whether data of this exam may be there: seen, or the page never seen behind an ID."""
    if belief.sync is not None:
        return has_begun(belief)
    return belief.status is not None or belief.submitted_ms is not None


def is_known(belief: Belief) -> bool:
    """Tell whether the form can be filled in from what was seen, nothing guessed.

    A Status Download that was never seen is no sign that nothing has come.
    """
    if not may_have_begun(belief):
        return belief.seq > 0
    if belief.sync is None:
        return False
    listed = belief.listing is not None and belief.listing.next_page is None
    return listed and belief.tests is not None and belief.is_fresh("Overlay")


def _regained(courier: Courier, belief: Belief, rules: Rules) -> Belief:
    for _ in range(REGAIN_MOVES_MAX):
        move = footing.regain(Footing.IDENTIFIED, belief, rules)
        if not isinstance(move, Do):
            break
        belief = courier.carry(belief, move.call)
    return belief


def _unseen(belief: Belief, failed: set[str]) -> Call | None:
    """Return the next page that the form needs and that is not known as it is now."""
    registered, page, tests = _lists(belief)
    # What a running sync moves is read last and in one go.
    wanted = (registered, _sync_page(belief), _overlay_page(belief), page, tests)
    return next((call for call in wanted if call is not None and call.op not in failed), None)


def _sync_page(belief: Belief) -> Call | None:
    return None if belief.sync is not None and belief.is_fresh("Sync") else SYNC


def _overlay_page(belief: Belief) -> Call | None:
    if belief.overlay is None or not belief.is_fresh("Overlay"):
        return REFRESH_STATUS
    return CLOSE_STATUS if belief.overlay.open else None


def _lists(belief: Belief) -> tuple[Call | None, Call | None, Call | None]:
    own, listing = own_id(belief), belief.listing
    page: Call | None = None
    if listing is None or not belief.is_fresh("Participants"):
        page = participants(1)
    elif listing.next_page is not None:
        page = participants(listing.next_page)
    seen = belief.tests is not None and belief.is_fresh("Tests")
    registered = registration(own) if belief.registration is None else None
    return registered, page, None if seen else TESTS


def postpone(courier: Courier, belief: Belief, notes: str) -> tuple[Belief, bool]:
    """File "Tunda & laporkan". Returns the belief and whether the station has the form.

    A form that would state what nobody has seen is not filed; the printed sheet says so.
    """
    if belief.times("report.submit:ready") > 0:
        return belief, _is_filed(belief)
    if not is_known(belief):
        return belief, False
    courier.settled()
    for name_own in (False, True):
        try:
            if courier.has_paused:
                belief = courier.carry(belief, DESK)  # the form asks for the time
            if name_own and _shown(belief, notes) == own_id(belief):
                break  # that was refused just now
            belief = _file(courier, belief, notes, name_own=name_own)
        except Ended as ended:
            if ended.stop.why.key == "stop.refused":
                continue  # some forms want an ID even where the screen shows none
            break
        except ClockStandsStillError:
            break
        return belief, True
    return belief, False


def _shown(belief: Belief, notes: str) -> str:
    return str(report_form.form(belief, "postpone", notes)["server_id"])


def _file(courier: Courier, belief: Belief, notes: str, *, name_own: bool) -> Belief:
    """Raises Ended when the courier has tried often enough: the loop is bounded there.

    Each try is filled in anew: an hour may lie between two, or CBTSync Web may have closed.
    """
    while True:
        fields = report_form.form(belief, "postpone", notes)
        if name_own:
            fields["server_id"] = own_id(belief)
        belief = courier.carry(belief, submit_report(fields))
        if _is_filed(belief):
            return belief


def _is_filed(belief: Belief) -> bool:
    return belief.report is not None and belief.report.filed_at is not None
