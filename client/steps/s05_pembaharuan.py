"""Step 5, Pembaharuan: press it once and wait for the result, good or bad.

Done when a result can be read, or when the patching has stood still too long (step 7 mends both).
"""

from client import patching
from client.belief import Belief
from client.calls import PATCH
from client.settings import Rules
from client.step import Do, Done, Footing, Move, Step


def act(belief: Belief, rules: Rules) -> Move:
    if belief.patch is None:
        return Do(call=PATCH)
    return patching.attempt(belief, belief.patch, rules) or Done()


STEP = Step(number=5, name="pembaharuan", footing=Footing.CBTSYNC, act=act, ask=PATCH)
