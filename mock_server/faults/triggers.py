"""Triggers: how ``when`` is read, and whether an armed fault's window is open at an instant."""

from collections.abc import Mapping
from difflib import get_close_matches

from mock_server.domain.quantities import (
    QuantityError,
    parse_duration_ms,
    parse_instant_ms,
    parse_offset_ms,
)
from mock_server.faults.armed import Armed
from mock_server.faults.catalogue import default_trigger
from mock_server.faults.errors import FaultError
from mock_server.faults.kind import AnyKind, PlansCentral, StrikesStation
from mock_server.faults.params import shown
from mock_server.faults.plan import Draw, Trigger, WhyNot

COUNT_MAX = 1_000
_WINDOW = ("from", "until")
_ALL = ("skip", "times", "from", "until", "sticky", "ttl")


def window_why(armed: Armed, now_ms: int) -> WhyNot | None:
    """Say why the fault's stretch of time does not hold ``now_ms``, or None if it does."""
    when = armed.spec.when
    if when.from_ms is not None and now_ms < when.from_ms:
        return WhyNot(reason="WINDOW_NOT_OPEN", detail="not-yet")
    if when.until_ms is not None and now_ms >= when.until_ms:
        return WhyNot(reason="WINDOW_NOT_OPEN", detail="over")
    if when.ttl_ms is not None and now_ms >= armed.armed_ms + when.ttl_ms:
        return WhyNot(reason="WINDOW_NOT_OPEN", detail="ttl")
    return None


def is_spent(armed: Armed) -> bool:
    times = armed.spec.when.times
    return times is not None and armed.hits >= times


def read(
    kind: AnyKind, raw: Mapping[str, object] | None, *, start_ms: int, draw: Draw | None
) -> Trigger:
    """Build the trigger from a file's ``when``. Raises FaultError with ``("when", key)``.

    No ``when`` means once. A stretch of time without a count means every time within it; a count
    is ``skip`` or ``times``. Under a storm only a stretch of time may be said.
    """
    raw = {} if raw is None else raw
    if not isinstance(raw, Mapping):
        raise FaultError(("when",), f"{shown(raw)} is not a mapping", ", ".join(_ALL))
    allowed = _allowed(kind, draw)
    for key in raw:
        _check_key(kind, str(key), allowed)
    sticky = raw.get("sticky", False)
    if not isinstance(sticky, bool):
        raise FaultError(("when", "sticky"), f"{shown(sticky)} is neither", "true or false")
    if sticky and "times" in raw:
        raise FaultError(("when", "times"), "sticky means no limit of count", "one of the two")
    from_ms, until_ms = _instant(raw, "from", start_ms), _instant(raw, "until", start_ms)
    if until_ms is not None and until_ms <= max(start_ms, from_ms or 0):
        raise FaultError(("when", "until"), "it is over before it begins", "later than from")
    timed = any(key in raw for key in ("from", "until", "ttl"))
    counted = "skip" in raw or "times" in raw
    no_limit = sticky or draw is not None or (timed and not counted)
    times = _count(raw, "times", least=1) if "times" in raw else default_trigger(kind).times
    return Trigger(
        skip=_count(raw, "skip", least=0) if "skip" in raw else 0,
        times=None if no_limit else times,
        from_ms=from_ms,
        until_ms=until_ms,
        ttl_ms=_duration(raw, "ttl"),
        draw=draw,
    )


def _allowed(kind: AnyKind, draw: Draw | None) -> tuple[str, ...]:
    if isinstance(kind.act, StrikesStation):
        return ()
    if draw is not None:
        return _WINDOW
    if isinstance(kind.act, PlansCentral):
        return (*_WINDOW, "sticky", "ttl")
    return _ALL


def _check_key(kind: AnyKind, key: str, allowed: tuple[str, ...]) -> None:
    if key in allowed:
        return
    if not allowed:
        problem, instead = f"{kind.name} strikes when it is armed, once", "no when"
    elif key in _ALL:
        problem, instead = f"{kind.name} does not take it here", ", ".join(allowed)
    else:
        near = get_close_matches(key, allowed, 1)
        hint = f" (did you mean {near[0]!r}?)" if near else ""
        problem, instead = f"this key is not known{hint}", ", ".join(allowed)
    raise FaultError(("when", key), problem, instead)


def _count(raw: Mapping[str, object], key: str, *, least: int) -> int:
    value = raw[key]
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= COUNT_MAX:
        allowed = f"a whole number from {least} to {COUNT_MAX}"
        raise FaultError(("when", key), f"{shown(value)} cannot be a count", allowed)
    return value


def _instant(raw: Mapping[str, object], key: str, start_ms: int) -> int | None:
    """Read an offset from the start of the scenario, or an instant with its zone."""
    value = raw.get(key)
    if value is None:
        return None
    try:
        if isinstance(value, str) and value.startswith("+"):
            return start_ms + parse_offset_ms(value)
        return parse_instant_ms(value)
    except QuantityError as error:
        allowed = "an offset such as +12m, or an instant such as 2017-04-08T08:00:00+07:00"
        raise FaultError(("when", key), error.problem, allowed) from None


def _duration(raw: Mapping[str, object], key: str) -> int | None:
    value = raw.get(key)
    if value is None:
        return None
    try:
        return parse_duration_ms(value, min_ms=1)
    except QuantityError as error:
        raise FaultError(("when", key), error.problem, error.allowed) from None
