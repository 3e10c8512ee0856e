"""Carry out the faults that struck on an answer that is ready: its status, pace and shape.

What breaks the connection under it is in ``breaking.py``.

Which of them struck, and whether the command was obeyed, the engine has decided. Real time passes
only here, bounded, and scaled down where nobody needs to feel it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from http import HTTPStatus
from typing import Any

import msgspec
from flask import Response

from mock_server.faults.kinds.http import HttpDribble, HttpSlow, HttpStatus, HttpTruncate
from mock_server.faults.kinds.net import NetHang
from mock_server.faults.plan import FaultSpec
from mock_server.web import breaking
from mock_server.web.speech import BANNER, Speech
from mock_server.web.wire_answers import Refused

REAL_MS_MAX = 5_000  # below every client's read timeout
PERMILLE = 1000
Pause = Callable[[int], None]  # milliseconds of real time
Refuse = Callable[[Refused, int], Response]


class FaultHooks:
    """``scale_permille`` shortens real waits: 1000 as written, 1 for sweeps."""

    def __init__(self, pause: Pause, *, scale_permille: int = PERMILLE) -> None:
        self._pause_ms = pause
        self._scale_permille = scale_permille

    def spoil(
        self,
        response: Response,
        struck: Sequence[FaultSpec],
        speech: Speech,
        refuse: Refuse,
        wire: breaking.Connection | None = None,
    ) -> Response:
        """Return the answer as it leaves after the faults; ``refuse`` makes one of the plane.

        ``wire`` is the connection that the net layer breaks.
        """
        delay_ms = 0
        pieces: HttpDribble | None = None
        for spec in struck:
            match spec.fault:
                case "http.status":
                    response = _status(msgspec.convert(spec.values, HttpStatus), speech, refuse)
                case "http.slow":
                    delay_ms += msgspec.convert(spec.values, HttpSlow).delay_ms
                case "http.dribble":
                    pieces = msgspec.convert(spec.values, HttpDribble)
                case "http.truncate":
                    _truncate(response, msgspec.convert(spec.values, HttpTruncate).at_permille)
                case "http.malformed":
                    _replace(response, _broken(response))
                case "http.html-for-json":
                    _replace(response, _html(speech).encode(), "text/html; charset=utf-8")
                case "http.empty":
                    _replace(response, b"")
                case _:
                    pass  # of another layer
        self._pause(min(delay_ms, REAL_MS_MAX))
        left_ms = REAL_MS_MAX - min(delay_ms, REAL_MS_MAX)
        if (broken := breaking.breaking(struck)) is not None:
            return self._break_off(response, broken, wire, left_ms)
        if pieces is not None:
            self._dribble(response, pieces, left_ms)
        return response

    def feel(self, struck: Sequence[FaultSpec], body_bytes: int) -> None:
        """Let the real time pass that the faults take, for a page that only shows what they did.

        ``body_bytes`` is the size of what would have come in drops.
        """
        left_ms = REAL_MS_MAX
        for spec in struck:
            match spec.fault:
                case "http.slow":
                    wanted_ms = msgspec.convert(spec.values, HttpSlow).delay_ms
                case "net.hang":
                    wanted_ms = msgspec.convert(spec.values, NetHang).for_ms
                case "http.dribble":
                    drops = msgspec.convert(spec.values, HttpDribble)
                    wanted_ms = body_bytes // drops.chunk_bytes * drops.delay_ms
                case _:
                    wanted_ms = 0
            self._pause(min(wanted_ms, left_ms))
            left_ms -= min(wanted_ms, left_ms)

    def _break_off(
        self,
        response: Response,
        spec: FaultSpec,
        wire: breaking.Connection | None,
        left_ms: int,
    ) -> Response:
        def pause(real_ms: int) -> None:
            self._pause(min(real_ms, left_ms))

        return breaking.break_off(wire, spec, response, pause)

    def _pause(self, real_ms: int) -> None:
        if real_ms:
            self._pause_ms(-(-real_ms * self._scale_permille // PERMILLE))

    def _dribble(self, response: Response, values: HttpDribble, left_ms: int) -> None:
        body: Any = response.response
        response.headers.setdefault("Content-Length", str(response.content_length or 0))
        response.response = self._drops(body, values, left_ms)

    def _drops(self, body: Iterable[bytes], values: HttpDribble, left_ms: int) -> Iterator[bytes]:
        """Yield the body in small pieces; once the pauses are spent, the rest as it comes."""
        for whole in body:
            start = 0
            while start < len(whole):
                if left_ms <= 0:
                    yield whole[start:]
                    break
                yield whole[start : start + values.chunk_bytes]
                start += values.chunk_bytes
                self._pause(min(values.delay_ms, left_ms))
                left_ms -= values.delay_ms


def _status(values: HttpStatus, speech: Speech, refuse: Refuse) -> Response:
    seconds = values.retry_after_s
    code = "error.busy" if seconds is None else "error.busy_seconds"
    message = speech.text(code) if seconds is None else speech.text(code, seconds=seconds)
    response = refuse(Refused(code=code, message=message), values.status)
    if seconds is not None:
        response.headers["Retry-After"] = str(seconds)
    return response


def _truncate(response: Response, at_permille: int) -> None:
    """Promise the whole body and send a part of it; the server then closes the connection.

    A stream was cut where it is made.
    """
    if response.is_streamed:
        return
    whole = response.get_data()
    response.response = [whole[: len(whole) * at_permille // PERMILLE]]
    response.headers["Content-Length"] = str(len(whole))


def _replace(response: Response, body: bytes, content_type: str | None = None) -> None:
    response.status_code = HTTPStatus.OK
    response.set_data(body)
    if content_type is not None:
        response.content_type = content_type


def _broken(response: Response) -> bytes:
    """Return a body that is whole by its length and is no JSON: a quote is missing."""
    body = b'"' if response.is_streamed else response.get_data()
    return body.replace(b'"', b"", 1) or b"{"


def _html(speech: Speech) -> str:
    said = speech.text("error.busy")
    return (
        f"<!DOCTYPE html><html lang={speech.language}><title>{BANNER}</title>"
        f"<p>{BANNER}</p><p>{said}</p></html>"
    )
