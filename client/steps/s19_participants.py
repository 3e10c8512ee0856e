"""Step 19, Daftar Peserta: every participant registered for this server, by name and User Name.

Missing, doubled, strange or renamed ones are findings; the step itself is done when all were read.
"""

from client import checking, counts
from client.calls import participants
from client.step import Footing, Step

STEP = Step(
    number=19,
    name="participants",
    footing=Footing.IDENTIFIED,
    act=checking.compare_participants,
    ask=participants(1),
    findings=counts.participant_findings,
)
