"""A browser without a screen: cookies, redirects, ETags and one kept-alive connection."""

import re
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from benchmarks.load import HOST

FORM = "application/x-www-form-urlencoded"
REDIRECTS_MAX = 4
TIMEOUT_S = 15.0
_COOKIE = re.compile(r"([^=;]+)=([^;]*)")


class BrokenVisitError(Exception):
    """The server was not there, or answered what no page of it leads to."""


class Page(NamedTuple):
    """Where a visit has ended. ``took_ms`` counts all redirects on the way."""

    status: int
    path: str
    body: str
    took_ms: float


class Visitor:
    """``port`` is asked before each connection: a server may come back at another one."""

    def __init__(self, port: Callable[[], int]) -> None:
        self._port = port
        self._connection: HTTPConnection | None = None
        self._cookies: dict[str, str] = {}
        self._etags: dict[str, str] = {}

    def get(self, path: str) -> Page:
        return self._follow("GET", path, None)

    def post(self, path: str, **fields: object) -> Page:
        """Send a form and look at the page that it leads to."""
        return self._follow("POST", path, urlencode(fields))

    def poll(self, path: str) -> Page:
        """Ask whether something changed, as the pages' scripts do."""
        begin_s = time.perf_counter()
        headers = {"If-None-Match": self._etags[path]} if path in self._etags else {}
        response, body = self._ask("GET", path, None, headers)
        if etag := response.getheader("ETag"):
            self._etags[path] = etag
        return Page(response.status, path, body, (time.perf_counter() - begin_s) * 1000)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _follow(self, method: str, path: str, form: str | None) -> Page:
        begin_s = time.perf_counter()
        for _ in range(REDIRECTS_MAX):
            response, body = self._ask(method, path, form, {})
            if response.status not in (302, 303, 308):
                took_ms = (time.perf_counter() - begin_s) * 1000
                return Page(response.status, path, body, took_ms)
            parts = urlsplit(response.getheader("Location", ""))
            path = f"{parts.path}?{parts.query}" if parts.query else parts.path
            method, form = "GET", None
        raise BrokenVisitError(f"{path}: more than {REDIRECTS_MAX} redirects")

    def _ask(
        self, method: str, path: str, form: str | None, more: dict[str, str]
    ) -> tuple[HTTPResponse, str]:
        """Raises BrokenVisitError if the server does not answer."""
        try:
            if self._connection is None:
                self._connection = HTTPConnection(HOST, self._port(), timeout=TIMEOUT_S)
            host = f"{HOST}:{self._connection.port}"
            headers = {"Host": host, **more}
            if self._cookies:
                headers["Cookie"] = "; ".join(f"{key}={of}" for key, of in self._cookies.items())
            if form is not None:
                headers |= {"Origin": f"http://{host}", "Content-Type": FORM}
            self._connection.request(method, path, form, headers)
            response = self._connection.getresponse()
            body = response.read().decode()
        except (OSError, HTTPException) as error:
            self.close()
            raise BrokenVisitError(f"{method} {path}: {error!r}") from None
        for line in response.headers.get_all("Set-Cookie") or []:
            if found := _COOKIE.match(line):
                self._cookies[found[1]] = found[2]
        return response, body
