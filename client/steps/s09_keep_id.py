"""Step 9: this is the exam server, its ID is fixed from now on.

Not an act: the interlocks that hold here stand for the rest of the run.
"""

from client.belief import Belief
from client.calls import DASHBOARD
from client.interlocks import at_the_exam_server, our_id_is_shown
from client.settings import Rules
from client.step import Done, Footing, Move, Step


def act(_belief: Belief, _rules: Rules) -> Move:
    return Done()


STEP = Step(
    number=9,
    name="keep_id",
    footing=Footing.IDENTIFIED,
    interlocks=(at_the_exam_server, our_id_is_shown),
    act=act,
    ask=DASHBOARD,
)
