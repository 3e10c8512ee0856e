"""What happened to the faults of a rehearsal: armed, disarmed, fired, passed over. Stored beside
the station's own events, so that a journal alone explains every answer."""

from mock_server.domain.events import Happened
from mock_server.faults.plan import Detail, FaultSpec, Reason


class FaultArmed(Happened, frozen=True, kw_only=True):
    """``spec`` is complete: every parameter has its value, defaults included."""

    spec: FaultSpec


class FaultDisarmed(Happened, frozen=True, kw_only=True):
    id: str


class FaultFired(Happened, frozen=True, kw_only=True):
    """``hit`` counts the firings of this fault, 1-based; ``on`` is the operation it struck, ''
    where a fault struck by being armed."""

    id: str
    fault: str
    on: str
    hit: int


class FaultSkipped(Happened, frozen=True, kw_only=True):
    """Its operation came while its window was open and its count not spent, and it let it pass.

    ``detail`` is ``skip`` or ``draw`` where its own trigger said so; these two are counted.
    """

    id: str
    fault: str
    on: str
    reason: Reason
    detail: Detail = ""


FaultEvent = FaultArmed | FaultDisarmed | FaultFired | FaultSkipped
