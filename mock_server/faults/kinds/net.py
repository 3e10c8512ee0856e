"""Faults of the connection, on the socket, and of deliveries that come late or two times.

``point`` says on which side of the work the connection breaks, and with it the effect: ``before``
means ``none``, ``after`` means ``applied``.
"""

from typing import Literal

from mock_server.domain.operations import CHANGING, Operation
from mock_server.faults.kind import AnyKind, FaultKind, SpoilsAnswer, always
from mock_server.faults.params import Duration, Params, WireDelay
from mock_server.faults.plan import Effect

_ALL = frozenset(Operation)
_NO_PORT = (
    "no rehearsal has a port of its own that could refuse; what was never obeyed is also told by "
    "net.hangup with point: before, or by http.status with effect: none"
)


class NetBreaks(Params, frozen=True, kw_only=True):
    point: Literal["before", "after"] = "after"


class NetHang(NetBreaks, frozen=True, kw_only=True):
    for_ms: WireDelay = 5000


class NetRefused(Params, frozen=True, kw_only=True):
    """Nothing can be refused after the work."""

    point: Literal["before"] = "before"


class NetLate(Params, frozen=True, kw_only=True):
    """Virtual time. The sender hears nothing: the connection closes without an answer."""

    by_ms: Duration = 10 * 60_000


def _effects(params: NetBreaks) -> tuple[Effect, ...]:
    return ("none",) if params.point == "before" else ("applied",)


def _breaks(name: str, params: type[NetBreaks] = NetBreaks) -> AnyKind:
    return FaultKind(
        name=name,
        params=params,
        act=SpoilsAnswer(on=_ALL),
        effects=_effects,
        basis="assumed",
        needs_socket=True,
    )


KINDS: tuple[AnyKind, ...] = (
    FaultKind(
        name="net.late",
        params=NetLate,
        act=SpoilsAnswer(on=CHANGING, postpones=True),
        effects=always("applied"),
        basis="assumed",
    ),
    FaultKind(
        name="net.twice",
        params=Params,
        act=SpoilsAnswer(on=CHANGING, doubles=True),
        effects=always("applied"),
        basis="assumed",
    ),
    _breaks("net.reset"),
    _breaks("net.hangup"),
    _breaks("net.garbage"),
    _breaks("net.bad-chunk"),
    _breaks("net.half-header"),
    _breaks("net.hang", NetHang),
    FaultKind(
        name="net.refused",
        params=NetRefused,
        act=SpoilsAnswer(on=_ALL),
        effects=always("none"),
        basis="assumed",
        carried_out=False,
        lacks=_NO_PORT,
    ),
)
