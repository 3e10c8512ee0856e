"""Step 13, BACKUP: make it, wait, download it through klik disini, check length and SHA-256.

Done when the file is on our disk and proved whole. Bounded: downloads of a backup, and backups.
"""

from client import clearing
from client.calls import BACKUP
from client.step import Footing, Step

STEP = Step(
    number=13, name="save_backup", footing=Footing.IDENTIFIED, act=clearing.save_backup, ask=BACKUP
)
