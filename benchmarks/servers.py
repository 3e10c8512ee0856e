"""The servers under measurement, each in a process of its own, on the embedded server.

``null`` is a Flask application whose one handler returns a small JSON body: the least a Flask
server can do, and the yardstick for ours.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

HOST = "127.0.0.1"
TOKEN = "benchmark-token-0123456789"  # noqa: S105 -- of a server that lives for seconds


@dataclass(frozen=True)
class Running:
    """A server that answers. ``first_answer_s`` is from the start of its process."""

    port: int
    pid: int
    first_answer_s: float

    def control(self, method: str, path: str, body: object = None) -> dict[str, object]:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"http://{HOST}:{self.port}/control/v1{path}",
            data=data,
            method=method,
            headers={"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"},
        )
        return _answer(request)

    def post(self, path: str, body: object) -> dict[str, object]:
        request = urllib.request.Request(
            f"http://{HOST}:{self.port}{path}",
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        return _answer(request)

    def memory_mib(self) -> float | None:
        """Return the resident memory; None where the system does not tell."""
        try:
            with open(f"/proc/{self.pid}/status", encoding="ascii") as status:
                line = next(line for line in status if line.startswith("VmRSS:"))
        except (OSError, StopIteration):
            return None
        return int(line.split()[1]) / 1024


def _answer(request: urllib.request.Request) -> dict[str, object]:
    with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310 -- loopback, by HOST
        return dict(json.load(answer))


@contextmanager
def ours(database: str = "memory:") -> Iterator[Running]:
    """Run the simulator as its users do."""
    command = [sys.executable, "-m", "mock_server", "serve", "--port", "0", "--db", database]
    with _running(command, "/healthz") as running:
        yield running


@contextmanager
def null() -> Iterator[Running]:
    with _running([sys.executable, "-m", "benchmarks.servers"], "/null") as running:
        yield running


@contextmanager
def durable() -> Iterator[Running]:
    """Run the simulator on a database file of its own."""
    with (
        tempfile.TemporaryDirectory(prefix="cbtsync-bench-") as folder,
        ours(os.path.join(folder, "bench.db")) as running,
    ):
        yield running


@contextmanager
def _running(command: list[str], probe: str) -> Iterator[Running]:
    begun = time.perf_counter()
    environ = {**os.environ, "CBTSYNC_TOKEN": TOKEN, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ)
    try:
        port = _port_of(process)
        with urllib.request.urlopen(f"http://{HOST}:{port}{probe}", timeout=20) as answer:
            answer.read()
        yield Running(port=port, pid=process.pid, first_answer_s=time.perf_counter() - begun)
    finally:
        process.terminate()
        process.wait(20)


def _port_of(process: "subprocess.Popen[str]") -> int:
    """Read the port off the server's own words."""
    assert process.stdout is not None
    for line in process.stdout:
        if "http://" in line:
            return int(line.rsplit(":", 1)[1].split("/")[0])
    raise RuntimeError(f"the server ended with {process.wait()} before it said where it listens")


def _serve_null() -> None:
    from flask import Flask, Response

    from mock_server.server.embedded import Server, serve_until_told

    app = Flask("null")

    @app.get("/null")
    def nothing() -> Response:
        return Response(b'{"nothing":true}', content_type="application/json")

    server = Server(app, host=HOST)
    server.listen()
    sys.stdout.write(f"http://{HOST}:{server.port}/\n")
    serve_until_told(server)


if __name__ == "__main__":
    _serve_null()
