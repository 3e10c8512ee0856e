"""Step 21: all is there, so HAPUS is forbidden from now on; declare it done.

An interlock that stands from the first data set that came, and one more here: nothing is declared
done unless all of it was seen. Done when the Berita Acara is filed.
"""

from client import checking
from client.calls import REPORT
from client.interlocks import BEFORE_DONE
from client.step import Footing, Step

STEP = Step(
    number=21,
    name="never_delete",
    footing=Footing.IDENTIFIED,
    interlocks=BEFORE_DONE,
    act=checking.declare_done,
    ask=REPORT,
)
