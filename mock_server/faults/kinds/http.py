"""Faults of the answer: its status, its pace, its shape. The web layer carries them out.

With effect ``none`` the command was not obeyed, with ``applied`` it was and the answer does not say
so. An answer that is only late or comes in pieces is the true one: the command was obeyed.
"""

from typing import Annotated

from msgspec import Meta

from mock_server.domain.operations import Operation
from mock_server.faults.kind import AnyKind, FaultKind, SpoilsAnswer, always
from mock_server.faults.params import Params, Part, Seconds, Status, WireDelay

_ALL = frozenset(Operation)


class HttpStatus(Params, frozen=True, kw_only=True):
    status: Status = 503
    retry_after_s: Seconds | None = None


class HttpSlow(Params, frozen=True, kw_only=True):
    """Real milliseconds, before the answer."""

    delay_ms: WireDelay = 2000


class HttpDribble(Params, frozen=True, kw_only=True):
    """So many bytes, then a pause of real milliseconds; all pauses together end at the cap."""

    chunk_bytes: Annotated[int, Meta(ge=1, le=65_536, extra={"reads": "count"})] = 64
    delay_ms: WireDelay = 50


class HttpTruncate(Params, frozen=True, kw_only=True):
    at_permille: Part = 500


KINDS: tuple[AnyKind, ...] = (
    FaultKind(
        name="http.status",
        params=HttpStatus,
        act=SpoilsAnswer(on=_ALL),
        effects=always("none", "applied"),
        basis="assumed",
    ),
    FaultKind(
        name="http.slow",
        params=HttpSlow,
        act=SpoilsAnswer(on=_ALL, role="slows"),
        effects=always("applied"),
        basis="assumed",
    ),
    FaultKind(
        name="http.dribble",
        params=HttpDribble,
        act=SpoilsAnswer(on=_ALL, role="dribbles"),
        effects=always("applied"),
        basis="assumed",
    ),
    FaultKind(
        name="http.truncate",
        params=HttpTruncate,
        act=SpoilsAnswer(on=_ALL),
        effects=always("applied", "none"),
        basis="assumed",
    ),
    FaultKind(
        name="http.malformed",
        params=Params,
        act=SpoilsAnswer(on=_ALL),
        effects=always("applied", "none"),
        basis="assumed",
    ),
    FaultKind(
        name="http.html-for-json",
        params=Params,
        act=SpoilsAnswer(on=_ALL),
        effects=always("none", "applied"),
        basis="assumed",
    ),
    FaultKind(
        name="http.empty",
        params=Params,
        act=SpoilsAnswer(on=_ALL, bodiless=True),
        effects=always("applied", "none"),
        basis="assumed",
    ),
)
