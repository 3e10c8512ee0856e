"""Step 18: wait until every data set is whole; resume what stops, at most as often as allowed.

Judged by counts, not by colour: after the last row REFRESH STATUS is read again, and what it shows
short is a finding. Done when the sync is complete and was read back.
"""

from client import counts, syncing
from client.calls import SYNC
from client.step import Footing, Step

STEP = Step(
    number=18,
    name="all_data",
    footing=Footing.IDENTIFIED,
    act=syncing.until_complete,
    ask=SYNC,
    findings=counts.sync_findings,
)
