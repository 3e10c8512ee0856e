"""What must not happen behind a page: errors in the console, failed requests, foreign requests."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response

LEFT = "net::ERR_ABORTED"  # a page that is left drops what it was asking; a download is no page
DROPPED = ("/bagian", "/lakukan", "/unduh", ".css", ".js", ".svg")
BAD = 400


class Watch:
    """Collects the troubles of one browser context. ``expected`` statuses are none."""

    def __init__(self, context: "BrowserContext", url: str) -> None:
        self.troubles: list[str] = []
        self.expected: set[int] = set()
        self.is_cut_off = False  # the test itself took the server away
        self._host = urlsplit(url).netloc
        context.on("console", self._console)
        context.on("weberror", lambda error: self.troubles.append(f"script: {error.error}"))
        context.on("request", self._request)
        context.on("requestfailed", self._failed)
        context.on("response", self._response)

    def _console(self, message: "ConsoleMessage") -> None:
        if message.type != "error" or self.is_cut_off:
            return
        if "Failed to load resource" in message.text:
            return  # told by the response, with its status
        self.troubles.append(f"console: {message.text} at {message.location}")

    def _request(self, request: "Request") -> None:
        if urlsplit(request.url).netloc != self._host:
            self.troubles.append(f"a request to another host: {request.url}")

    def _failed(self, request: "Request") -> None:
        asked = request.redirected_from or request  # a draft is answered by the page
        left = request.is_navigation_request() or urlsplit(asked.url).path.endswith(DROPPED)
        dropped = request.failure == LEFT and left
        if not dropped and not self.is_cut_off:
            self.troubles.append(f"{request.method} {request.url} failed: {request.failure}")

    def _response(self, response: "Response") -> None:
        if response.status >= BAD and response.status not in self.expected:
            asked = response.request
            self.troubles.append(f"{response.status} for {asked.method} {asked.url}")
