"""Requests that are on their way, and the deliveries that nobody pressed for just then.

Part of ``events.py``. The station itself does not change by them: what a delivery brings about are
events of their own, each marked as a copy's.
"""

from mock_server.domain.commands import Trainee
from mock_server.domain.happened import Happened


class RequestHeld(Happened, frozen=True, kw_only=True):
    """A request was sent to ``machine`` ('' before one was chosen) and arrives at ``due_ms``."""

    machine: str
    command: Trainee
    due_ms: int


class CopyDelivered(Happened, frozen=True, kw_only=True):
    """A request sent at ``heard_ms`` arrived: late, or a second time if that is this very instant.

    What the station made of it follows.
    """

    machine: str
    command: str
    heard_ms: int
