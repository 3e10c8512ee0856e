"""Step 8, Submit: send our ID, and put right what the Dashboard says about it.

Done when the Dashboard shows our ID, AKTIF or closed. An ID that stands there is not sent again.
"""

from client import access
from client.belief import Belief
from client.calls import DASHBOARD
from client.interlocks import our_id_is_shown
from client.machines import shown_id
from client.settings import Rules
from client.step import Done, Footing, Move, Step
from client.texts import Reason


def act(belief: Belief, rules: Rules) -> Move:
    if (move := access.settle(belief, rules)) is not None:
        return move
    return Done(note=Reason.of("note.submitted", server_id=shown_id(belief)))


STEP = Step(
    number=8,
    name="submit",
    footing=Footing.CBTSYNC,
    interlocks=(our_id_is_shown,),
    act=act,
    ask=DASHBOARD,
)
