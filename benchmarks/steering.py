"""Steering a server that is measured: begin rehearsals, bring them to work, read them back."""

import json
from contextlib import AbstractContextManager
from http.client import HTTPConnection
from types import TracebackType
from typing import Any

from benchmarks.load import HOST, request

JSON = "application/json"
Document = dict[str, Any]


def scenario(day: int = 8) -> Document:
    """Return a story that is about to synchronise, on a day of April 2017 of its own.

    The day tells the answers of one rehearsal from those of another.
    """
    return {
        "schema": "cbtsync-scenario/1",
        "id": "benchmark",
        "title": {"id": "Pengukuran", "en": "Measurement"},
        "start": {"at": f"{date(day)}T08:05:00+07:00", "condition": "ready-to-sync"},
        "expect": {"ending": "ready"},
    }


def date(day: int) -> str:
    return f"2017-04-{day:02d}"


def poll_of(name: str) -> bytes:
    """Return the request that everybody waits with: Status Download and its nine rows."""
    return request("GET", f"/r/{name}/api/sync")


def desk_of(name: str) -> bytes:
    """Return a look that always takes the long way, through Flask."""
    return request("GET", f"/r/{name}/api/desk")


def commands_of(name: str) -> tuple[bytes, bytes]:
    """Return two commands that may follow each other for ever, each one event and one commit."""
    paths = ("status/refresh", "status/close")
    refresh, close = (request("POST", f"/r/{name}/api/{path}", b"{}") for path in paths)
    return refresh, close


class Steering(AbstractContextManager["Steering"]):
    """One connection to both planes of a server."""

    def __init__(self, port: int, token: str) -> None:
        self._connection = HTTPConnection(HOST, port, timeout=30)
        self._headers = {"Authorization": f"Bearer {token}"}

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._connection.close()

    def call(self, method: str, path: str, body: object = None) -> Any:
        """Send one request. Raises RuntimeError for any answer that is not of success."""
        data = None if body is None else json.dumps(body)
        headers = self._headers if data is None else {**self._headers, "Content-Type": JSON}
        self._connection.request(method, path, data, headers)
        response = self._connection.getresponse()
        raw = response.read()
        if response.status >= 300:
            raise RuntimeError(f"{method} {path}: {response.status} {raw[:500]!r}")
        return json.loads(raw) if raw else None

    def begin(self, what: Document, *, speed: int = 1) -> str:
        """Begin a rehearsal under a running clock and return its name."""
        asked = {**what, "clock": {"mode": "running", "speed": speed}}
        return str(self.call("POST", "/control/v1/rehearsals", asked)["name"])

    def syncing(self, *, day: int = 8, speed: int = 1) -> str:
        """Begin a rehearsal, let its nine downloads start, and return its name."""
        name = self.begin({"document": scenario(day)}, speed=speed)
        machines = self.call("GET", f"/r/{name}/api/desk")["machines"]
        server = next(one["id"] for one in machines if one["role"] == "exam-server")
        self.call("POST", f"/r/{name}/api/machine/use", {"machine": server})
        self.call("POST", f"/r/{name}/api/sync/start", {})
        return name

    def journal(self, name: str) -> list[Document]:
        """Return all entries of a rehearsal's journal."""
        entries: list[Document] = []
        while True:
            path = f"/control/v1/rehearsals/{name}/journal?after={len(entries)}&limit=1000"
            page = self.call("GET", path)["entries"]
            if not page:
                return entries
            entries.extend(page)
