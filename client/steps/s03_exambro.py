"""Step 3: start the Exambro Admin of the right version.

Done when the desk shows that version open; ends the run if it is not installed.
"""

from client import footing
from client.belief import Belief
from client.calls import DESK
from client.settings import Rules
from client.step import Done, Footing, Move, Step
from client.texts import Reason


def act(belief: Belief, rules: Rules) -> Move:
    if (move := footing.exambro(belief, rules)) is not None:
        return move
    return Done(note=Reason.of("note.exambro", version=rules.procedure.exambro_version))


STEP = Step(number=3, name="exambro", footing=Footing.MACHINE, act=act, ask=DESK)
