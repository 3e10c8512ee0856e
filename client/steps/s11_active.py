"""Step 11: AKTIF. Look once more before the data are touched: what was may be over.

Then look at Status Download, which decides what is still to be done. Done when both were seen.
"""

from client import access
from client.belief import Belief
from client.calls import DASHBOARD, SYNC
from client.settings import Rules
from client.step import Do, Done, Footing, Move, Step
from client.texts import Reason


def act(belief: Belief, rules: Rules) -> Move:
    if belief.at(DASHBOARD.name) == 0:
        return Do(call=DASHBOARD)
    if belief.sync is None:
        return Do(call=SYNC)
    sync = belief.sync
    if sync.phase == "complete":
        return Done(note=Reason.of("note.synced_already", total=sync.total))
    if (move := access.until_active(belief, rules)) is not None:
        return move
    if sync.phase == "none":
        return Done()
    return Done(note=Reason.of("note.goes_on", done=sync.done, total=sync.total))


STEP = Step(number=11, name="active", footing=Footing.IDENTIFIED, act=act, ask=DASHBOARD)
