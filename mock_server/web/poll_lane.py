"""The short way for polls: a look that finds nothing new needs no framework around it.

A WSGI application in front of Flask. It answers a GET of a status page when the engine says that
nothing fell due, no fault waits for it and its reader has seen it all before; everything else goes
to Flask. What it answers with is made by the same view and encoder, header for header.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from mock_server.domain.operations import Operation
from mock_server.ports import StoreError
from mock_server.web.api import HEADERS, JSON, VendorPlane, encode
from mock_server.web.routes.route import Route
from mock_server.web.routes.table import ROUTES
from mock_server.web.speech import language_of
from mock_server.web.wire_requests import Nothing

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

WsgiApp: TypeAlias = Callable[["WSGIEnvironment", "StartResponse"], Iterable[bytes]]

_ASKED = Nothing()
_HEADERS = [("Content-Type", JSON)]
_LATER = list(HEADERS.items())


@dataclass(frozen=True, slots=True)
class _Poll:
    route: Route
    op: Operation
    screen: str


def _polls() -> dict[str, _Poll]:
    """Return the status pages by path: looks that take no parameter."""
    return {
        route.path: _Poll(route, route.op, route.screen)
        for route in ROUTES
        if route.method == "GET" and route.op is not None and route.screen
        if route.asks is Nothing
    }


class PollLane:
    """Answers quiet polls itself and passes everything else on."""

    def __init__(self, beyond: WsgiApp, plane: VendorPlane) -> None:
        self._beyond = beyond
        self._plane = plane
        self._polls = _polls()

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "GET" and not environ.get("QUERY_STRING"):
            parts = environ["PATH_INFO"].split("/", 4)  # '', r, name, api, path
            if len(parts) == 5 and parts[1] == "r" and parts[3] == "api":
                poll = self._polls.get(parts[4])
                if poll is not None:
                    body = self._body(poll, parts[2], environ)
                    if body is not None:
                        length = ("Content-Length", str(len(body)))
                        start_response("200 OK", [*_LATER, *_HEADERS, length])
                        return (body,)
        return self._beyond(environ, start_response)

    def _body(self, poll: _Poll, name: str, environ: "WSGIEnvironment") -> bytes | None:
        """Return the answer, or None if the long way must be taken."""
        plane = self._plane
        try:
            answer = plane.engine.glance(name, poll.op, poll.screen)
        except StoreError:
            return None
        if answer is None:
            return None
        language = language_of(environ.get("HTTP_ACCEPT_LANGUAGE", ""))
        body = encode(poll.route.view(plane.view(answer, language), _ASKED))
        plane.heard(name, poll.op.value, poll.route.path, 200, answer, method="GET")
        return body
