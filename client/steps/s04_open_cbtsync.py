"""Step 4 and NB: open CBTSync Web; auto patching is offered from its hour on, not before.

Done when CBTSync Web is open and patching is offered, or behind us.
"""

from client import patching
from client.belief import Belief
from client.calls import PATCH
from client.settings import Rules
from client.step import Do, Done, Footing, Move, Step


def act(belief: Belief, rules: Rules) -> Move:
    if belief.patch is None:
        return Do(call=PATCH)
    return patching.until_offered(belief, belief.patch, rules) or Done()


STEP = Step(number=4, name="open_cbtsync", footing=Footing.CBTSYNC, act=act, ask=PATCH)
