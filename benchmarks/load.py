"""A load generator of its own process: kept-alive connections, one thread each, bounded in time.

Raw sockets cost the measuring machine least. Only loopback is ever a target.
"""

import json
import socket
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Load:
    """What one round measured."""

    per_second: float
    p50_ms: float
    p99_ms: float
    answers: int
    failed: int


def request_bytes(path: str, body: bytes | None = None) -> bytes:
    """Return one HTTP/1.1 request; a body makes it a POST of JSON."""
    method = "GET" if body is None else "POST"
    head = f"{method} {path} HTTP/1.1\r\nHost: {HOST}\r\n"
    if body is None:
        return f"{head}\r\n".encode()
    return (
        f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        + body
    )


class Connection:
    """One kept-alive connection."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection((HOST, port), timeout=20)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._rest = b""

    def exchange(self, request: bytes) -> tuple[int, bytes]:
        """Send one request and return status and body of its answer."""
        self._socket.sendall(request)
        data = self._rest
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._receive()
        head = data[:end].lower()
        at = head.find(b"content-length:")
        length = int(head[at + 15 :].split(b"\r\n", 1)[0])
        while len(data) < end + 4 + length:
            data += self._receive()
        self._rest = data[end + 4 + length :]
        return int(head[9:12]), data[end + 4 : end + 4 + length]

    def close(self) -> None:
        self._socket.close()

    def _receive(self) -> bytes:
        received = self._socket.recv(65536)
        if not received:
            raise ConnectionError("the server closed the connection")
        return received


def measure(
    port: int, requests: list[bytes], connections: int, seconds: float, pace_s: float = 0
) -> Load:
    """Load the server from another process; ``requests`` are dealt out to the connections.

    ``pace_s`` is the time from one request of a connection to its next; 0: without a pause.
    """
    job = {
        "port": port,
        "requests": [request.decode("latin-1") for request in requests],
        "connections": connections,
        "seconds": seconds,
        "pace_s": pace_s,
    }
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.load"],
        input=json.dumps(job),
        capture_output=True,
        text=True,
        check=True,
        timeout=seconds + 60,
    )
    return Load(**json.loads(done.stdout))


@dataclass(frozen=True)
class _Task:
    """What one connection does: from ``begin`` until ``until``, every ``pace_s``."""

    port: int
    request: bytes
    begin: float
    until: float
    pace_s: float


def _worker(task: _Task, took: list[float], failed: list[int]) -> None:
    connection = Connection(task.port)
    due, request = task.begin, task.request
    while (begun := time.perf_counter()) < task.until:
        if task.pace_s:
            due += task.pace_s
            time.sleep(max(0.0, due - begun))
            begun = time.perf_counter()
        try:
            status, _ = connection.exchange(request)
        except (OSError, ValueError):
            failed.append(1)
            return
        took.append(time.perf_counter() - begun)
        if status >= 500:
            failed.append(status)
    connection.close()


def _main() -> None:
    job = json.load(sys.stdin)
    requests = [request.encode("latin-1") for request in job["requests"]]
    took: list[list[float]] = [[] for _ in range(job["connections"])]
    failed: list[int] = []
    begun = time.perf_counter()
    tasks = [
        _Task(
            port=job["port"],
            request=requests[number % len(requests)],
            begin=begun + job["pace_s"] * number / job["connections"],
            until=begun + job["seconds"],
            pace_s=job["pace_s"],
        )
        for number in range(job["connections"])
    ]
    threads = [
        threading.Thread(target=_worker, args=(task, some, failed))
        for task, some in zip(tasks, took, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - begun
    every = sorted(one for some in took for one in some)
    load = Load(
        per_second=len(every) / elapsed,
        p50_ms=every[len(every) // 2] * 1000 if every else 0,
        p99_ms=every[min(len(every) - 1, len(every) * 99 // 100)] * 1000 if every else 0,
        answers=len(every),
        failed=len(failed),
    )
    sys.stdout.write(json.dumps(asdict(load)))


if __name__ == "__main__":
    _main()
