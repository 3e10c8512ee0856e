"""Whether a rehearsal did what was expected: how often, in which order, how soon.

Pure. Events come from the journal, operations from the request log, which is not for ever. A
verdict that depends on what is missing from either is INCONCLUSIVE.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec

from mock_server.domain.operations import Operation
from mock_server.journal import AnyEvent, Entry
from mock_server.web.control_v1 import asks, wire
from mock_server.web.control_v1.problems import invalid
from mock_server.web.request_log import Heard

NEAREST_MAX = 3
OPERATIONS = frozenset(op.value for op in Operation)
EVENT_TYPES = frozenset(str(kind.__struct_config__.tag) for kind in AnyEvent.__args__)


class Lost(msgspec.Struct, frozen=True, kw_only=True):
    """How many are known to have been, and can no longer be read."""

    requests: int = 0
    entries: int = 0


class _Found(msgspec.Struct, frozen=True, kw_only=True):
    seq: int
    at_ms: int
    what: str


def verdict(
    asked: asks.VerifyAsked,
    entries: Sequence[Entry],
    heard: Sequence[Heard],
    lost: Lost,
    *,
    start_ms: int,
) -> wire.Verdict:
    """Raises ControlProblem for an operation or a type of event that does not exist."""
    matches = [asked.match, *asked.order]
    for place, match in enumerate(matches):
        _check(match, f"/order/{place - 1}" if place else "/match")
    kinds = {_kind(match) for match in matches}
    if len(kinds) > 1:
        raise invalid(
            "/order", "operations and events are counted apart", f"all by {_kind(asked.match)}"
        )
    by_op = kinds == {"op"}
    happened = _heard(heard) if by_op else _journaled(entries)
    until_ms = None if asked.within_ms is None else start_ms + asked.within_ms
    timely = [one for one in happened if until_ms is None or one.at_ms <= until_ms]
    wanted = [match.op if by_op else match.type for match in matches]
    found = sum(one.what == wanted[0] for one in timely)
    why = _why(found, asked.times, timely, wanted)
    said: Literal["PASS", "FAIL", "INCONCLUSIVE"]
    missing = lost.requests if by_op else lost.entries
    if missing and (why or _is_at_most(asked.times)):
        what = "older requests are no longer kept" if by_op else "entries of the journal are lost"
        why = f"{missing} {what}"
        said = "INCONCLUSIVE"
    else:
        said = "FAIL" if why else "PASS"
    return wire.Verdict(
        verdict=said,
        found=found,
        why=why or f"found {found}",
        nearest=[] if said == "PASS" else _nearest(happened, wanted),
    )


def _check(match: asks.Match, pointer: str) -> None:
    if (match.op is None) == (match.type is None):
        raise invalid(pointer, "give either op or type", "exactly one of the two")
    if match.op is not None and match.op not in OPERATIONS:
        allowed = ", ".join(sorted(OPERATIONS))
        raise invalid(f"{pointer}/op", f"there is no operation {match.op!r}", allowed)
    if match.type is not None and match.type not in EVENT_TYPES:
        allowed = ", ".join(sorted(EVENT_TYPES))
        raise invalid(f"{pointer}/type", f"there is no event {match.type!r}", allowed)


def _kind(match: asks.Match) -> str:
    return "op" if match.op is not None else "type"


def _heard(heard: Sequence[Heard]) -> list[_Found]:
    return [_Found(seq=one.seq, at_ms=one.at_ms or 0, what=one.op) for one in heard]


def _journaled(entries: Sequence[Entry]) -> list[_Found]:
    return [
        _Found(
            seq=entry.seq,
            at_ms=entry.event.at_ms,
            what=str(entry.event.__struct_config__.tag),
        )
        for entry in entries
    ]


def _why(
    found: int,
    times: int | asks.Times | None,
    happened: Sequence[_Found],
    wanted: Sequence[str | None],
) -> str:
    """Say what does not hold; '' if all does."""
    least, most = _bounds(times)
    if found < least:
        return f"found {found}, expected at least {least}"
    if most is not None and found > most:
        return f"found {found}, expected at most {most}"
    left = list(wanted)
    for one in happened:
        if left and one.what == left[0]:
            left.pop(0)
    if len(wanted) > 1 and left:
        return f"{left[0]} does not follow in the expected order"
    return ""


def _bounds(times: int | asks.Times | None) -> tuple[int, int | None]:
    match times:
        case None:
            return 1, None
        case int():
            return times, times
        case asks.Times():
            return times.min, times.max


def _is_at_most(times: int | asks.Times | None) -> bool:
    return _bounds(times)[1] is not None


def _nearest(happened: Sequence[_Found], wanted: Sequence[str | None]) -> list[wire.Near]:
    """Return what comes nearest: the same thing at the wrong time, else things of its subsystem."""
    alike = [one for one in happened if one.what in wanted]
    stems = {str(name).replace("-", ".").partition(".")[0] for name in wanted}
    akin = [one for one in happened if one.what.replace("-", ".").partition(".")[0] in stems]
    nearest = (alike or akin)[-NEAREST_MAX:]
    return [wire.Near(seq=one.seq, at_ms=one.at_ms, what=one.what) for one in nearest]
