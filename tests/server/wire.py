"""A server on a free port, and a client that speaks bytes."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

from mock_server.server.embedded import Server

PATIENCE_S = 10


@contextmanager
def serving(app: Callable[..., Any]) -> Iterator[Server]:
    server = Server(app)
    server.listen()
    thread = Thread(target=server.serve)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join(PATIENCE_S)
        assert not thread.is_alive()


class Wire:
    """One connection. What it reads it reads to the end of one answer."""

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        self.sock = socket.create_connection((host, port), PATIENCE_S)
        self.file = self.sock.makefile("rb")

    def __enter__(self) -> "Wire":
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()
        self.sock.close()

    def send(self, method: str, path: str, body: bytes = b"", **headers: str) -> None:
        given = {"Host": "localhost", "Content-Length": str(len(body)), **headers}
        head = "".join(f"{key.replace('_', '-')}: {value}\r\n" for key, value in given.items())
        self.sock.sendall(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body)

    def read(self, *, head_only: bool = False) -> tuple[int, dict[str, str], bytes]:
        status = self.file.readline()
        if not status.endswith(b"\n"):
            raise ConnectionError("closed without an answer")
        headers: dict[str, str] = {}
        while (line := self.file.readline().strip()) != b"":
            name, _, value = line.decode().partition(": ")
            headers[name.lower()] = value
        if headers.get("transfer-encoding") == "chunked" and not head_only:
            return int(status.split()[1]), headers, b"".join(self._chunks())
        length = 0 if head_only else int(headers.get("content-length", 0))
        return int(status.split()[1]), headers, self.file.read(length)

    def _chunks(self) -> Iterator[bytes]:
        size = -1
        while size:
            size = int(self.file.readline(), 16)
            yield self.file.read(size)
            self.file.readline()

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str):
        self.send(method, path, body, **headers)
        return self.read(head_only=method == "HEAD")

    def is_closed(self) -> bool:
        return self.file.read(1) == b""
