"""Step 10: STANDBY with access closed means: read the schedule and wait for the slot.

Done when AKTIF, or when this exam is synchronised already (then closed is as it should be). Ends
the run as postponed if no slot begins within its bound.
"""

from client import access
from client.belief import Belief
from client.calls import DASHBOARD, SYNC
from client.settings import Rules
from client.step import Do, Done, Footing, Move, Step
from client.texts import Reason


def act(belief: Belief, rules: Rules) -> Move:
    if belief.condition == "active":
        return Done()
    if belief.sync is None:
        return Do(call=SYNC)
    if belief.sync.phase == "complete":
        return Done(note=Reason.of("note.closed_after_sync"))
    return access.until_active(belief, rules) or Done()


STEP = Step(number=10, name="schedule", footing=Footing.IDENTIFIED, act=act, ask=DASHBOARD)
