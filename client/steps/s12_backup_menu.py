"""Step 12: open the menu BACKUP. HAPUS waits until a backup is saved (our reading of the step).

Left out, with 13 and 14, when the data were cleared already or this exam's data have begun to come.
"""

from client import clearing
from client.calls import BACKUP
from client.step import Footing, Step

STEP = Step(
    number=12, name="backup_menu", footing=Footing.IDENTIFIED, act=clearing.open_page, ask=BACKUP
)
