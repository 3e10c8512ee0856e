"""The tape: which requests a step made and what came back, noted on the way to the application.

A thin WSGI layer around the simulator. It changes nothing of what passes through, keeps no secret,
and forgets the names of rehearsals, which differ from run to run.
"""

import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from client.wsgi import WsgiApp
from mock_server.handbook.evidence import Exchange, Plane, Seen, redacted

REHEARSAL = "<latihan>"
BODY_MAX = 256 * 1024  # larger answers pass unread: they are downloads
SENT_MAX, VALUE_MAX, SEEN_MAX = 120, 90, 14
NOT_SHOWN = frozenset({"banner", "now_ms", "data_version", "machine"})
_NAMED = re.compile(
    r"(?<=/r/)[^/?]+|(?<=/rehearsals/)[^/?]+|(?<=/kursi/)[^/?]+|(?<=/fasilitator/)[^/?]{20,}"
)


class Heard:
    """One exchange while it passes."""

    def __init__(self, method: str, path: str, sent: bytes) -> None:
        self.method, self.path, self.sent = method, path, sent
        self.status = 0
        self.is_json = False
        self.body = b""

    @property
    def plane(self) -> Plane:
        return "control" if self.path.startswith("/control/") else "screen"

    def answer(self) -> Any:
        """Return the JSON of the answer, None if it had none."""
        if not self.is_json or not self.body or len(self.body) > BODY_MAX:
            return None
        try:
            return json.loads(self.body)
        except ValueError:
            return None  # an answer that was damaged on purpose

    def asked(self) -> Any:
        try:
            return json.loads(self.sent) if self.sent else None
        except ValueError:
            return None


class Tape:
    """Wraps an application. ``take`` hands out what passed since it was last asked."""

    def __init__(self, app: WsgiApp, secrets: dict[str, str]) -> None:
        self._app = app
        self._secrets = secrets
        self._heard: list[Heard] = []

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        length = int(environ.get("CONTENT_LENGTH") or 0)
        sent = environ["wsgi.input"].read(length) if length else b""
        environ["wsgi.input"] = io.BytesIO(sent)
        query = f"?{environ['QUERY_STRING']}" if environ.get("QUERY_STRING") else ""
        path = environ.get("SCRIPT_NAME", "") + environ["PATH_INFO"] + query
        heard = Heard(environ["REQUEST_METHOD"], path, sent)
        self._heard.append(heard)

        def noted(
            status: str, headers: list[tuple[str, str]], exc_info: object = None
        ) -> Callable[[bytes], None]:
            heard.status = int(status.split()[0])
            kinds = [value for name, value in headers if name.lower() == "content-type"]
            heard.is_json = any("json" in kind for kind in kinds)
            answer: Callable[[bytes], None] = start_response(status, headers, exc_info)
            return answer

        return Passing(self._app(environ, noted), heard)

    def take(self) -> list[Heard]:
        taken, self._heard = self._heard, []
        return taken

    def exchanges(self, taken: Iterable[Heard]) -> tuple[Exchange, ...]:
        """Return them as evidence; equal ones in a row are counted, not repeated."""
        found: list[Exchange] = []
        for heard in taken:
            asked = redacted(heard.asked(), self._secrets)
            sent = "" if asked in (None, {}) else json.dumps(asked, ensure_ascii=False)
            one = Exchange(
                plane=heard.plane,
                method=heard.method,
                path=str(redacted(_NAMED.sub(REHEARSAL, heard.path), self._secrets)),
                status=heard.status,
                sent=_clipped(sent, SENT_MAX),
            )
            if found and _same(found[-1], one):
                one = _again(found.pop())
            found.append(one)
        return tuple(found)

    def seen(self, taken: Iterable[Heard]) -> tuple[Seen, ...]:
        """Return what the last screen said, and what the last look at the truth did."""
        last: dict[str, Any] = {}
        for heard in taken:
            answer = heard.answer()
            if isinstance(answer, dict):
                last[_kind(heard)] = redacted(answer, self._secrets)
        fields: list[Seen] = []
        for kind in ("screen", "truth", "findings"):
            fields += [
                Seen(field=field, value=_clipped(value, VALUE_MAX))
                for field, value in _flat(last.get(kind), kind)
            ]
        return tuple(fields[:SEEN_MAX])


class Passing:
    """The body on its way out: small JSON is kept, all is handed on as it comes."""

    def __init__(self, chunks: Iterable[bytes], heard: Heard) -> None:
        self._chunks = chunks
        self._heard = heard

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            if self._heard.is_json and len(self._heard.body) <= BODY_MAX:
                self._heard.body += chunk
            yield chunk

    def close(self) -> None:
        if close := getattr(self._chunks, "close", None):
            close()


def _kind(heard: Heard) -> str:
    if heard.plane == "screen":
        return "screen"
    if "view=truth" in heard.path:
        return "truth"
    return "findings" if heard.path.endswith("/assessment") else "other"


def _flat(answer: Any, kind: str) -> Iterator[tuple[str, str]]:
    """Yield the fields that say something on their own: texts, numbers, truths, one level deep."""
    if not isinstance(answer, dict):
        return
    if kind == "findings":
        codes = [one["code"] for one in answer["assessment"]["findings"]]
        yield "findings", ", ".join(codes) or "–"
        return
    for name, value in (answer["truth"] if kind == "truth" else answer).items():
        if name in NOT_SHOWN or value is None:
            continue
        if isinstance(value, dict):
            inner = {key: item for key, item in value.items() if _plain(item)}
            yield from ((f"{name}.{key}", _text(item)) for key, item in inner.items())
        elif isinstance(value, list):
            yield name, str(len(value))
        else:
            yield name, _text(value)


def _plain(value: object) -> bool:
    return isinstance(value, str | int | float)


def _text(value: object) -> str:
    return json.dumps(value) if isinstance(value, bool) else str(value)


def _clipped(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _same(one: Exchange, other: Exchange) -> bool:
    return _again(one, one.times) == _again(other, one.times)


def _again(one: Exchange, times: int | None = None) -> Exchange:
    return Exchange(
        plane=one.plane,
        method=one.method,
        path=one.path,
        status=one.status,
        sent=one.sent,
        times=one.times + 1 if times is None else times,
    )
