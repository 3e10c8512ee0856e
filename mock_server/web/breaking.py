"""Break the connection under an answer that is ready: the faults of the net layer, on the socket.

The server's raw connection comes with the request, if what serves it has one at all. Whether the
command was obeyed the engine has decided; here only the answer is lost.
"""

import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Protocol

import msgspec
from flask import Request, Response

from mock_server.faults.catalogue import KINDS
from mock_server.faults.kinds.net import NetHang
from mock_server.faults.plan import FaultSpec

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


def breaking(struck: Sequence[FaultSpec]) -> FaultSpec | None:
    """Return the fault that breaks the connection, if one of them does."""
    return next((spec for spec in struck if KINDS[spec.fault].needs_socket), None)


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

    ``pause`` takes real milliseconds. Raises NoSocketError without a connection.
    """
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
