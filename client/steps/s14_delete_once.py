"""Step 14, HAPUS: ask, confirm, wait, once. One that stalled or left rows is finished.

Done when the station says that nothing is left. Aimed at the data version it was decided on, so
that a late copy of it cannot strike what comes after.
"""

from client import clearing
from client.calls import DELETE
from client.step import Footing, Step

STEP = Step(
    number=14,
    name="delete_once",
    footing=Footing.IDENTIFIED,
    act=clearing.delete_once,
    ask=DELETE,
)
