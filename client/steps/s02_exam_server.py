"""Step 2: sit down at the machine that serves the exam, never at a laptop.

Done when the station says that this machine is the one in use.
"""

from client import footing
from client.belief import Belief
from client.calls import DESK
from client.interlocks import at_the_exam_server
from client.machines import own_machine
from client.settings import Rules
from client.step import Done, Footing, Move, Step
from client.texts import Reason


def act(belief: Belief, rules: Rules) -> Move:
    if (move := footing.machine(belief, rules)) is not None:
        return move
    machine = own_machine(belief)
    label = "-" if machine is None else machine.label
    return Done(note=Reason.of("note.machine", label=label))


STEP = Step(
    number=2,
    name="exam_server",
    footing=Footing.NOTHING,
    interlocks=(at_the_exam_server,),
    act=act,
    ask=DESK,
)
