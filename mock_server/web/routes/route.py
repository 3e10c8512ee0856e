"""What one operation of the vendor's plane is, as data."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from mock_server.domain import commands as c
from mock_server.domain.operations import Operation
from mock_server.web import wire_answers as wire
from mock_server.web import wire_requests as asked
from mock_server.web.views import View

Method = Literal["GET", "POST"]
CLOSED = "cbtsync.closed"
NO_MACHINE = "room.choose"
NO_ID = "identity.none"
STALE = "error.stale"


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """One operation. ``path`` is below ``/r/<name>/api/``.

    ``asks`` is the body of a POST, the query of a GET. A route with a ``command`` acts; one with a
    ``screen`` looks and leaves evidence; one with neither only tells. ``refusals`` are the codes
    that the station may answer with, beside those of every request.
    """

    name: str
    op: Operation | None = None
    method: Method
    path: str
    asks: type[asked.Request] = asked.Nothing
    answers: type[wire.Answer]
    summary: str
    view: Callable[[View, Any], wire.Answer]
    command: Callable[[Any], c.Trainee] | None = None
    screen: str = ""
    refusals: tuple[str, ...] = ()


def alone(view: Callable[[View], wire.Answer]) -> Callable[[View, Any], wire.Answer]:
    """Make a view that needs nothing of the request."""
    return lambda given, _asked: view(given)
