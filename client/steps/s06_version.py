"""Step 6: read the version. The number is the proof, the message of success is not.

Always done; a wrong number sends step 7 to work.
"""

from client.belief import Belief
from client.calls import PATCH
from client.settings import Rules
from client.step import Do, Done, Footing, Move, Step
from client.texts import Reason


def act(belief: Belief, _rules: Rules) -> Move:
    if belief.patch is None:
        return Do(call=PATCH)
    return Done(note=Reason.of("note.version", version=belief.patch.version))


STEP = Step(number=6, name="version", footing=Footing.CBTSYNC, act=act, ask=PATCH)
