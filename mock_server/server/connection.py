"""One connection of the embedded server: quick to read, one packet an answer, open to handlers.

What a handler may do with the raw socket belongs here; what it does with it, and why, does not.
"""

import io
import re
import socket
import struct
import sys
from typing import Any

from cheroot.server import HTTPConnection, HTTPRequest

BUFFER_BYTES = 8 * 1024
# Linger of zero seconds: what was not sent is dropped, and the peer is told by a reset.
_NO_LINGER = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)

# Nothing in it to be decoded, no query, and no second slash, which would begin a host's name.
_PLAIN_LINE = re.compile(rb"(GET|POST) (/(?!/)[A-Za-z0-9/_.~-]*) (HTTP/1\.1)\r\n")


class _Reader(io.BufferedReader):
    """Reads a socket; ``bytes_read`` is a figure that the server asks for and nobody uses."""

    bytes_read = 0

    def __init__(self, sock: socket.socket) -> None:
        super().__init__(socket.SocketIO(sock, "r"), BUFFER_BYTES)
        self._sock = sock

    def has_data(self) -> bool:
        """Tell, without waiting, whether the next request has begun to arrive."""
        patience_s = self._sock.gettimeout()
        self._sock.settimeout(0)
        try:
            return bool(self.peek(1))
        except OSError:
            return False  # the next read will tell
        finally:
            self._sock.settimeout(patience_s)


class _Writer:
    """Collects what is written until ``flush``, so that head and body leave in one packet."""

    bytes_written = 0

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._held: list[bytes] = []

    def write(self, data: bytes) -> None:
        self._held.append(data)

    def flush(self) -> None:
        held, self._held = self._held, []
        if held:
            self._sock.sendall(b"".join(held))

    def drop(self) -> None:
        self._held = []


class _Request(HTTPRequest):
    """A request whose answer leaves when it is whole, or piece by piece if it is a stream."""

    def read_request_line(self) -> bool:
        """Read a plain line at once; whatever is unusual in any way is the server's own matter.

        The server remembers how to take 128 addresses apart; here each rehearsal has its own.
        """
        plain = _PLAIN_LINE.match(self.conn.rfile.peek(1))
        if plain is None:
            sound: bool = super().read_request_line()  # type: ignore[no-untyped-call]
            return sound
        self.rfile.readline()
        self.started_request = True
        self.method, self.uri, self.request_protocol = plain.groups()
        self.path, self.authority, self.qs = self.uri, b"", b""
        self.response_protocol = "HTTP/1.1"
        return True

    def parse_request(self) -> None:
        super().parse_request()
        self.conn.wfile.flush()  # what the server itself answers to a request it cannot read

    def respond(self) -> None:
        try:
            super().respond()
        finally:
            if not self.conn.taken:
                self.conn.wfile.flush()

    def simple_response(self, status: object, msg: str = "") -> None:
        super().simple_response(status, msg)
        self.conn.wfile.flush()


class Connection(HTTPConnection):
    """A connection that a handler may take over: from then on the server writes nothing to it.

    Closing the socket behind the server's back would kill the worker thread. A marked connection
    is closed by the server itself, in the way that was asked for.
    """

    RequestHandlerClass = _Request

    def __init__(self, server: Any, sock: socket.socket, makefile: object = None) -> None:
        super().__init__(server, sock)
        self.rfile = _Reader(sock)
        self.wfile = _Writer(sock)
        self.taken = False
        self._reset = False

    def take_over(self, *, reset: bool = False) -> socket.socket:
        """Return the raw socket; the rest of this request's answer is the caller's business.

        When the request ends the connection is closed: politely, or with a reset.
        """
        self.taken = True
        self._reset = reset
        self.wfile.drop()
        raw: socket.socket = self.socket
        return raw

    def close(self) -> None:
        if not self._reset:
            super().close()
            return
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
        self.rfile.close()
        self.socket.close()
