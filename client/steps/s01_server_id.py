"""Step 1, ID Sinkronisasi: the school has an ID for the exam server that stands here.

Done when an ID's server label is the label of an exam server on the desk.
"""

from client.belief import Belief
from client.calls import DESK, IDS
from client.machines import own_id
from client.settings import Rules
from client.step import Do, Done, Ending, Footing, Move, Step, Stop
from client.texts import Reason


def act(belief: Belief, _rules: Rules) -> Move:
    if belief.desk is None:
        return Do(call=DESK)
    if belief.ids is None:
        return Do(call=IDS)
    if not belief.ids.servers:
        return Stop(ending=Ending.REPORTED, why=Reason.of("stop.no_ids"))
    if not own_id(belief):
        return Stop(ending=Ending.REPORTED, why=Reason.of("stop.no_exam_server"))
    return Done(note=Reason.of("note.server_id", server_id=own_id(belief)))


STEP = Step(number=1, name="server_id", footing=Footing.NOTHING, act=act, ask=IDS)
