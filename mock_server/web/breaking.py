"""Break the connection under an answer that is ready: the faults of the net layer, on the socket.

The server's raw connection comes with the request, if what serves it has one at all. Whether the
command was obeyed, or will be, the engine has decided; here only the answer is lost.
"""

import socket
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

import msgspec
from flask import Request, Response

from mock_server.faults.catalogue import KINDS
from mock_server.faults.kind import SpoilsAnswer
from mock_server.faults.kinds.net import NetHang
from mock_server.faults.plan import FaultSpec

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

CONNECTION_KEY = "cbtsync.connection"  # where the embedded server puts it
NO_STATUS = 0  # in the log of requests: no answer left
GARBAGE = b"\x00\xff\x15CBT\x03\x9d\x7f?\r\n\r\n"
NO_CHUNK = b"zz\r\n"  # where the length of a chunk belongs, in hexadecimal digits
_PARTED = "X-Content-Type-Options: nosniff\r\n"


class Connection(Protocol):
    """What the embedded server promises of a connection."""

    def take_over(self, *, reset: bool = False) -> socket.socket:
        """Return the raw socket; it is closed when the request ends, politely or by a reset."""


class NoSocketError(RuntimeError):
    """A fault struck that was armed where there was a socket; here there is none."""


def connection_of(request: Request) -> Connection | None:
    """Return the connection that the request came on, or None within a process."""
    found: Connection | None = request.environ.get(CONNECTION_KEY)
    return found


def has_socket(request: Request) -> bool:
    """Tell whether what serves this request can carry out a fault of the socket."""
    return connection_of(request) is not None


class Silence(Response):
    """No answer, where there is no socket to close: the application raises an OSError instead.

    Who calls it within a process takes that for a connection that ended without a reply.
    """

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        del environ, start_response
        raise ConnectionAbortedError("the connection was closed without an answer")


def breaking(struck: Sequence[FaultSpec]) -> FaultSpec | None:
    """Return the fault that leaves no answer, if one of them does."""
    return next((spec for spec in struck if _leaves_no_answer(spec)), None)


def _leaves_no_answer(spec: FaultSpec) -> bool:
    kind = KINDS[spec.fault]
    return kind.needs_socket or _is_postponed(spec)


def _is_postponed(spec: FaultSpec) -> bool:
    act = KINDS[spec.fault].act
    return isinstance(act, SpoilsAnswer) and act.postpones


def status_heard(response: Response, struck: Sequence[FaultSpec]) -> int:
    """Return the status that the log of requests tells."""
    return response.status_code if breaking(struck) is None else NO_STATUS


def break_off(
    connection: Connection | None,
    spec: FaultSpec,
    response: Response,
    pause: Callable[[int], None],
) -> Response:
    """Carry out ``spec``; return an answer in place of the lost one, which nobody will send.

    ``pause`` takes real milliseconds. Raises NoSocketError without a connection, unless silence is
    all that was asked for.
    """
    if connection is None and _is_postponed(spec):
        response.close()
        return Silence(status=response.status_code)
    if connection is None:
        raise NoSocketError(
            f"{spec.fault} was armed on a server and cannot strike without its socket; "
            "continue this rehearsal with cbtsync-mock serve"
        )
    raw = connection.take_over(reset=spec.fault == "net.reset")
    if spec.fault == "net.hang":
        pause(msgspec.convert(spec.values, NetHang).for_ms)
    said = _said(spec.fault, response)
    if said:
        with suppress(OSError):  # who asked is gone already
            raw.sendall(said)
    response.close()
    # Empty, for the server asks for the first piece before it looks whether it may send: a
    # download would count that piece as one that left.
    return Response(status=response.status_code)


def _said(fault: str, response: Response) -> bytes:
    """Return the bytes that leave before the connection closes."""
    start = f"HTTP/1.1 {response.status}\r\nContent-Type: {response.content_type}\r\n"
    match fault:
        case "net.garbage":
            return GARBAGE
        case "net.bad-chunk":
            return f"{start}Transfer-Encoding: chunked\r\n\r\n".encode() + NO_CHUNK
        case "net.half-header":
            promised = f"Content-Length: {_length(response)}\r\n"
            return f"{start}{promised}{_PARTED[: len(_PARTED) // 3]}".encode()
        case _:
            return b""


def _length(response: Response) -> int:
    """Return what the whole head would have promised; of nothing nobody could miss a part."""
    whole = response.content_length if response.is_streamed else len(response.get_data())
    return max(whole or 0, 1)
