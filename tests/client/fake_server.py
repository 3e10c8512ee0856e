"""The fake station on a socket of its own, its clock running many times as fast as real time."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.client.fake_station import START_MS, FakeStation


class StationServer(ThreadingHTTPServer):
    """``before`` is called with the operation's path before it is obeyed, ``after`` after it."""

    daemon_threads = True

    def __init__(self, station: FakeStation, speed: float) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.station, self.speed, self.began = station, speed, time.monotonic()
        self.lock = threading.Lock()
        self.before: Callable[[str, dict], None] = lambda path, body: None
        self.after: Callable[[str, dict], None] = lambda path, body: None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/r/latihan/"

    def handle_error(self, request, client_address) -> None:
        """A client that is killed leaves its connection broken; that is no news."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16  # head and body leave together: two small writes would wait for each other
    server: StationServer

    def do_GET(self) -> None:
        if self.path.endswith("/backup/download"):
            self.reply(200, self.server.station.file, "application/octet-stream")
        else:
            self.answer()

    def do_POST(self) -> None:
        self.answer()

    def answer(self) -> None:
        server = self.server
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = json.loads(raw) if raw else {}
        base, _, path = self.path.partition("/api/")
        if base != "/r/latihan" or not path:
            self.reply(404, b"<html>Tidak ada</html>", "text/html")
            return
        server.before(path, body)
        with server.lock:
            elapsed_ms = (time.monotonic() - server.began) * 1000
            server.station.advance_to(START_MS + round(elapsed_ms * server.speed))
            status, found = server.station.answer(self.command, path, body)
        server.after(path, body)
        self.reply(status, json.dumps(found).encode(), "application/json")

    def reply(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args) -> None:
        pass


@contextmanager
def serving(station: FakeStation, speed: float = 1000) -> Iterator[StationServer]:
    server = StationServer(station, speed)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
