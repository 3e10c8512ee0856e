"""Step 16, REFRESH STATUS: read the initial data. Local must be 0, central above 0, in every row.

Local rows left from before send us back to step 14; central zeros mean: not yet.
"""

from client import syncing
from client.calls import SYNC
from client.step import Footing, Step

STEP = Step(
    number=16,
    name="initial_data",
    footing=Footing.IDENTIFIED,
    act=syncing.see_initial_data,
    ask=SYNC,
)
