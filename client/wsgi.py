"""Calling a WSGI application without a socket: a request in; status, headers and a stream out.

It knows nothing of requests; ``transport.py`` hangs it into a session. The stream is read lazily
and closed as the WSGI rules ask, so large downloads, ranges and broken bodies behave as they
would on the wire. An OSError out of the application stands for a broken connection.
"""

import io
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Protocol
from urllib.parse import unquote_to_bytes, urlsplit


class WsgiApp(Protocol):
    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]: ...


class WsgiAnswer:
    """What an application answered: a file of bytes with a head. Read it, then close it."""

    def __init__(self, app: WsgiApp, environ: dict[str, Any]) -> None:
        self.status = 0
        self.phrase = ""
        self.headers: list[tuple[str, str]] = []
        self._early: list[bytes] = []
        self._kept = b""
        self.closed = False
        self._chunks = app(environ, self._start_response)
        self._iterator = self._until_end(iter(self._chunks))
        if not self.status:  # a generator starts its answer with its first piece
            self._kept = next(self._iterator, b"")

    def _start_response(
        self, status: str, headers: list[tuple[str, str]], exc_info: object = None
    ) -> Callable[[bytes], None]:
        del exc_info
        code, _, self.phrase = status.partition(" ")
        self.status, self.headers = int(code), list(headers)
        return self._early.append

    def _until_end(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            yield from self._early
            self._early.clear()
            if chunk:
                yield chunk

    def read(self, amount: int | None = -1) -> bytes:
        """Return up to ``amount`` bytes, all of them for None or -1; b'' at the end."""
        if amount is None or amount < 0:
            data, self._kept = b"".join((self._kept, *self._iterator)), b""
            return data
        while not self._kept:
            piece = next(self._iterator, None)
            if piece is None:
                return b""
            self._kept = piece
        data, self._kept = self._kept[:amount], self._kept[amount:]
        return data

    def close(self) -> None:
        if not self.closed:
            self.closed = True
            close = getattr(self._chunks, "close", None)
            if close is not None:
                close()


def environ_of(
    method: str, url: str, headers: Mapping[str, str], body: bytes | None
) -> dict[str, Any]:
    """Return the WSGI environment of one request."""
    parts = urlsplit(url)
    raw = body or b""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(parts.path).decode("latin-1"),
        "QUERY_STRING": parts.query,
        "SERVER_NAME": parts.hostname or "localhost",
        "SERVER_PORT": str(parts.port or 80),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": parts.scheme or "http",
        "wsgi.input": io.BytesIO(raw),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "CONTENT_LENGTH": str(len(raw)),
    }
    for name, value in headers.items():
        key = name.upper().replace("-", "_")
        if key not in ("CONTENT_LENGTH", "CONTENT_TYPE"):
            key = f"HTTP_{key}"
        environ[key] = value
    return environ
