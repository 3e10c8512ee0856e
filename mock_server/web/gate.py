"""What stands before every page for people: who may change something, how much, and how often.

It stands before all of them at once, so that a new page cannot forget it.
"""

from collections import OrderedDict
from http import HTTPStatus
from threading import Lock

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from mock_server.ports import RealTime
from mock_server.web.page_errors import HEADERS, error_page
from mock_server.web.pages import is_own_form
from mock_server.web.reading import BODY_BYTES_MAX

MINUTE_MS = 60_000
KEYS_MAX = 5_000
ACTS_A_MINUTE = 240  # of one rehearsal or class: four clicks a second, for a whole minute
MADE_A_MINUTE = 120  # by one address: forty seats that join from one computer, three times over
CHECKS_A_MINUTE = 30  # of certificates' codes, by one address
_CHECKS = "people.certificate_check"
_MAKES = frozenset({"people.try_again", "people.next_drill"})  # a rehearsal each


class Allowance:
    """So many a minute for each key, with as many at once. O(1), safe from several threads."""

    def __init__(self, real: RealTime, a_minute: int) -> None:
        self._real = real
        self._most = a_minute
        self._left: OrderedDict[str, tuple[float, int]] = OrderedDict()
        self._lock = Lock()

    def takes(self, key: str) -> int:
        """Take one. Return 0, or in how many seconds the next one is there."""
        now_ms = self._real.monotonic_ms()
        with self._lock:
            left, at_ms = self._left.pop(key, (float(self._most), now_ms))
            left = min(float(self._most), left + (now_ms - at_ms) * self._most / MINUTE_MS)
            enough = left >= 1
            self._left[key] = (left - 1 if enough else left, now_ms)
            while len(self._left) > KEYS_MAX:
                self._left.popitem(last=False)
        return 0 if enough else max(1, round((1 - left) * MINUTE_MS / self._most / 1000))


class Gate:
    def __init__(self, real: RealTime) -> None:
        self._acts = Allowance(real, ACTS_A_MINUTE)
        self._made = Allowance(real, MADE_A_MINUTE)
        self._checks = Allowance(real, CHECKS_A_MINUTE)

    def add_to(self, blueprint: Blueprint) -> None:
        blueprint.before_request(self._check)
        blueprint.after_request(_closed)

    def _check(self) -> AnyResponse | None:
        """Return what to answer instead of the page, None to go on."""
        if request.endpoint == _CHECKS and request.args.get("kode"):
            return _wait(self._checks.takes(_address()))
        if request.method != "POST":
            return None
        if not is_own_form():
            return error_page(HTTPStatus.FORBIDDEN)
        if (request.content_length or 0) > BODY_BYTES_MAX:
            return error_page(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        given = request.view_args or {}
        worked_at = given.get("name") or given.get("cohort")
        if worked_at is None or request.endpoint in _MAKES:
            return _wait(self._made.takes(_address()))
        return _wait(self._acts.takes(worked_at))


def _address() -> str:
    return request.remote_addr or ""


def _wait(seconds: int) -> AnyResponse | None:
    if not seconds:
        return None
    response = error_page(HTTPStatus.TOO_MANY_REQUESTS)
    response.headers["Retry-After"] = str(seconds)
    return response


def _closed(response: AnyResponse) -> AnyResponse:
    """Give whatever leaves, redirects and files too, the headers that every page has."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
