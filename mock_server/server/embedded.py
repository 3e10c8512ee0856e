"""The embedded web server: threads, keep-alive, a graceful stop, and the raw socket for handlers.

The sizes of the pool were chosen by measuring: two to four threads answer most requests a second
with the shortest tail; what waits must not keep them from it.
"""

import signal
import socket
from collections.abc import Callable, Iterable
from contextlib import suppress
from threading import Thread
from types import FrameType
from typing import TYPE_CHECKING, TypeAlias

from cheroot.connections import ConnectionManager
from cheroot.errors import MaxSizeExceeded
from cheroot.wsgi import Gateway_10
from cheroot.wsgi import Server as WsgiServer

from mock_server.server.connection import Connection
from mock_server.server.pool import Pool

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

WsgiApp: TypeAlias = Callable[["WSGIEnvironment", "StartResponse"], Iterable[bytes]]

THREADS = 4
THREADS_MAX = 64
KEPT_ALIVE_MAX = 4096
HEADERS_BYTES_MAX = 32 * 1024
UNREAD_BYTES_MAX = 4 * 1024 * 1024  # of a body that is refused, so that its sender hears why
IDLE_S = 30  # a kept-alive connection without a request is closed after this
STOP_S = 10  # a running request may take so long to finish once the server was told to stop
WAITING_MAX = 128  # connections that the system keeps waiting to be accepted
SOCKET_KEY = "cbtsync.socket"
CONNECTION_KEY = "cbtsync.connection"
_PIECE_BYTES = 64 * 1024


class PortTakenError(Exception):
    """The address cannot be listened on; the message says what to do."""


class _Gateway(Gateway_10):
    """WSGI, with the raw connection in the environment and bodies of any size survived."""

    def get_environ(self) -> "WSGIEnvironment":  # type: ignore[override] # the stub says None
        environ: WSGIEnvironment = super().get_environ()  # type: ignore[no-untyped-call]
        environ[SOCKET_KEY] = self.req.conn.socket
        environ[CONNECTION_KEY] = self.req.conn
        return environ

    def respond(self) -> None:
        req = self.req
        if req.chunked_read:
            # The server reads a chunk at once, as long as it says it is; and it would take what
            # was left unread for the next request.
            req.rfile.maxlen = UNREAD_BYTES_MAX
            req.close_connection = True
        elif req.rfile.remaining < 0:  # a length below zero; the server would read to the end
            req.rfile.remaining = 0
            req.close_connection = True
        response = req.server.wsgi_app(self.env, self.start_response)
        try:
            self._read_away()
            self._write(response)
        finally:
            close = getattr(response, "close", None)
            if close is not None:
                close()

    def _read_away(self) -> None:
        """Read what the application left of the body: who is still sending hears no answer."""
        rfile = self.req.rfile
        if not self.req.chunked_read and rfile.remaining > _PIECE_BYTES:
            self.req.close_connection = True
        left = UNREAD_BYTES_MAX
        try:
            while left > 0 and (got := len(rfile.read(min(_PIECE_BYTES, left)))):
                left -= got
        except (ValueError, OSError, MaxSizeExceeded):
            self.req.close_connection = True  # broken off, or no end in sight
        if not self.req.chunked_read:
            rfile.remaining = 0

    def _write(self, response: Iterable[bytes]) -> None:
        conn: Connection = self.req.conn
        written = 0
        for number, piece in enumerate(filter(None, response)):
            if conn.taken:
                break
            if number:
                conn.wfile.flush()  # a body in pieces is a stream: hold nothing back
            self.write(piece)
            written += len(piece)
        if conn.taken:
            # Nothing more may be written: no head, no last chunk, no next request.
            self.req.sent_headers = True
            self.req.chunked_write = False
            self.req.close_connection = True
            return
        self.req.ensure_headers_sent()
        promised = self.remaining_bytes_out
        if promised is not None and written < promised and self.req.method != b"HEAD":
            self.req.close_connection = True  # the rest will not come: let nobody wait for it


class Server(WsgiServer):
    """A threaded server of one application. ``port`` 0 lets the system choose one."""

    ConnectionClass = Connection
    _connections: ConnectionManager

    def __init__(self, app: WsgiApp, *, host: str = "127.0.0.1", port: int = 0) -> None:
        super().__init__(
            (host, port),
            app,
            server_name="CBTSync",
            request_queue_size=WAITING_MAX,
            timeout=IDLE_S,
            shutdown_timeout=STOP_S,
        )
        self.requests = Pool(self, least=THREADS, most=THREADS_MAX)
        self.gateway = _Gateway
        self.keep_alive_conn_limit = KEPT_ALIVE_MAX
        self.max_request_header_size = HEADERS_BYTES_MAX

    @property
    def port(self) -> int:
        """The port; the real one only after ``listen``."""
        return int(self.bind_addr[1])

    def listen(self) -> None:
        """Take the port and start the threads. Raises PortTakenError."""
        host, port = self.bind_addr
        try:
            self.prepare()
        except OSError as error:
            raise PortTakenError(_port_advice(host, port, error)) from error

    @staticmethod
    def bind_socket(socket_: socket.socket, bind_addr: tuple[str, int]) -> socket.socket:
        """Take the address, or leave no half-made socket behind."""
        try:
            socket_.bind(bind_addr)
        except OSError:
            socket_.close()
            raise
        return socket_

    def process_conn(self, conn: Connection) -> None:
        """Give a connection to a thread once there is something to read on it.

        Browsers open connections ahead of need; a silent one must not hold a thread.
        """
        if conn.last_used is None:
            self._connections.put(conn)
        else:
            super().process_conn(conn)

    def stop(self) -> None:
        """Finish running requests, then stop. Waits for it; not for a signal handler."""
        if self.ready:
            # The loop that waits for connections looks up only now and then, or for a new one.
            self._connections._stop_requested = True  # type: ignore[attr-defined] # not in the stub
            host, port = self.bind_addr
            host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 -- compared
            with suppress(OSError):
                socket.create_connection((host, port), timeout=1).close()
        super().stop()

    def error_log(self, msg: str = "", level: int = 20, traceback: bool = False) -> None:  # noqa: FBT001, FBT002 -- cheroot calls it so
        """Say what is wrong with us; that a client has gone away is nobody's business."""
        if level > 20:
            super().error_log(msg, level, traceback)


def _port_advice(host: str, port: int, error: OSError) -> str:
    cause = error.__cause__ if isinstance(error.__cause__, OSError) else error
    return (
        f"cannot listen on {host}, port {port}: {cause.strerror or cause}. "
        "Is another simulator, or another program, using the port? "
        f"Stop it, or take another port: cbtsync-mock serve --port {port + 1 if port else 8081}"
    )


def serve_until_told(server: Server, say: Callable[[], None] = lambda: None) -> None:
    """Serve until SIGINT or SIGTERM; running requests finish first. Needs the main thread.

    ``say`` is called once a signal would be heeded.
    """
    stopping: list[Thread] = []

    def told(_number: int, _frame: FrameType | None) -> None:
        # Stopping waits for the threads, and a signal handler must not wait.
        thread = Thread(target=server.stop, name="stop")
        stopping.append(thread)
        thread.start()

    before = {number: signal.signal(number, told) for number in _stop_signals()}
    try:
        say()
        server.serve()
        for thread in stopping:
            thread.join()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop_signals() -> tuple[signal.Signals, ...]:
    names = ("SIGINT", "SIGTERM", "SIGBREAK")  # the last one is Windows' CTRL+BREAK
    return tuple(getattr(signal, name) for name in names if hasattr(signal, name))
