"""Step 15: open the menu Status Download."""

from client import syncing
from client.calls import SYNC
from client.step import Footing, Step

STEP = Step(
    number=15, name="download_page", footing=Footing.IDENTIFIED, act=syncing.open_page, ask=SYNC
)
