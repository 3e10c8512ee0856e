"""Step 7: if patching failed, do 7a to 7f in order, and again, until the version is right.

Service Restart, Start Service, refresh until running, ALT+F4, reopen, patch again. Bounded.
Done when patching succeeded and the version is the one of the procedure.
"""

from client import patching
from client.calls import PATCH
from client.interlocks import patched
from client.step import Footing, Step

STEP = Step(
    number=7,
    name="repair_patching",
    footing=Footing.CBTSYNC,
    interlocks=(patched,),
    act=patching.repair,
    ask=PATCH,
)
