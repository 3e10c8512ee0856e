"""Step 17: close the view, then START SYNC, aimed at the data version it was decided on.

Done when the station says that the sync runs or is complete.
"""

from client import syncing
from client.calls import SYNC
from client.step import Footing, Step

STEP = Step(
    number=17,
    name="start_sync",
    footing=Footing.IDENTIFIED,
    act=syncing.start,
    ask=SYNC,
)
