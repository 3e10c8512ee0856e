"""Hearing all that a simulator answers, and finding the date at which the process is frozen."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from client.wsgi import WsgiApp

FROZEN = "2031-11-27T21:43:58+00:00"
# The same instant in every dress that we can think of; the rehearsals play in April 2017.
TRACES = re.compile(
    r"(?<![0-9A-Za-z])(?:2031|19535\d)"  # the year; how the epoch's seconds and milliseconds begin
    r"|27[./ -](?:11|Nov)|(?:11|Nov)[./ -]27"  # without its year, either way round
    r"|21[:.]43|04[:.]43"  # the time of day, UTC and WIB
    r"|\b28[./ -](?:11|Nov)|(?:11|Nov)[./ -]28"  # in WIB it is the next day already
)
IN_BYTES = re.compile(rb"2031-1[12]|19535822\d\d")  # a file may be any bytes: only what is plain
# Real time by design: when a record was made, and the journal's one real-time field.
DRAWN = re.compile(r' d="[^"]*"')  # numbers of a drawing tell no time
REAL_BY_DESIGN = frozenset({"created", "t_real"})
REAL_HEADERS = frozenset({"date"})


class Heard(NamedTuple):
    """One answer. ``path`` is what was asked for."""

    path: str
    content_type: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def leaks(self) -> list[str]:
        """Return each text in it that shows the frozen date."""
        head = [value for key, value in self.headers if key.lower() not in REAL_HEADERS]
        return [text for text in (*head, *self._texts()) if TRACES.search(text)]

    def _texts(self) -> Iterator[str]:
        kind = self.content_type.partition(";")[0]
        if kind == "application/x-ndjson":
            for line in self.body.splitlines():
                yield from texts_of(json.loads(line))
        elif kind.endswith("json"):
            yield from texts_of(json.loads(self.body))
        elif kind.startswith("text/") or kind == "application/javascript":
            yield from DRAWN.sub("", self.body.decode()).splitlines()
        else:
            yield from (found.decode() for found in IN_BYTES.findall(self.body))


def texts_of(value: Any) -> Iterator[str]:
    """Yield every text and number in a JSON value, but for what is real time by design."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key not in REAL_BY_DESIGN:
                yield from texts_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts_of(part)
    elif value is not None:
        yield str(value)


class Eavesdropper:
    """A WSGI application in front of another: hears every answer and changes none."""

    def __init__(self, app: WsgiApp) -> None:
        self._app = app
        self.heard: list[Heard] = []

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        head: list[tuple[str, str]] = []

        def noted(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> Any:
            head[:] = headers
            return start_response(status, headers, exc_info)

        answer = self._app(environ, noted)
        try:
            body = b"".join(answer)
        finally:
            close = getattr(answer, "close", None)
            if close is not None:
                close()
        kind = next((value for key, value in head if key.lower() == "content-type"), "")
        self.heard.append(Heard(environ["PATH_INFO"], kind, tuple(head), body))
        return [body]
