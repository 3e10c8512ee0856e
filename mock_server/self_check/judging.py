"""The verdicts: whether a fault bites, is silent when silent, and has the effect it declares. Pure.

Each verdict that fails says why, in words for whoever wrote the fault.
"""

from collections.abc import Callable
from typing import Any, assert_never

import msgspec
from msgspec.structs import asdict, replace

from mock_server.domain.state import Station
from mock_server.faults.plan import Effect
from mock_server.self_check.observed import Facts, Observed, Reply, whole, without_plans


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """``why`` is '' where it holds."""

    holds: bool
    why: str = ""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """What was found about one form of a fault on one server.

    Either ``refused`` is judged (the server cannot carry it out), or the three others are.
    """

    server: str
    fault: str
    values: tuple[tuple[str, Any], ...] = ()
    on: str = ""
    effect: Effect = "none"
    bites: Verdict | None = None
    silent: Verdict | None = None
    true: Verdict | None = None
    refused: Verdict | None = None

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        every = (self.bites, self.silent, self.true, self.refused)
        return tuple(verdict for verdict in every if verdict is not None)

    @property
    def holds(self) -> bool:
        return bool(self.verdicts) and all(verdict.holds for verdict in self.verdicts)


class Silence(msgspec.Struct, frozen=True, kw_only=True):
    """A walk on which the fault was there and must not be felt, and the walk that it must equal.

    ``compared`` picks what of the stations must be equal.
    """

    how: str
    seen: Observed
    like: Observed
    compared: Callable[[Station], object] = whole


class Obedience(msgspec.Struct, frozen=True, kw_only=True):
    """What tells whether a request was obeyed: under the fault, if it had never been sent, and if
    nothing had struck it. ``obeyed`` is None where the fault strikes no request."""

    struck: object
    never: object
    obeyed: object = None


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """All that the verdicts about one form of a fault are made from."""

    armed: Observed
    plain: Observed
    silences: tuple[Silence, ...]
    obedience: Obedience
    declared: Effect


def judged(row: Row, proof: Proof) -> Row:
    return replace(
        row,
        bites=bites(proof.armed, proof.plain),
        silent=is_silent(proof.silences),
        true=is_true(proof.declared, proof.obedience),
    )


def bites(armed: Observed, plain: Observed) -> Verdict:
    """A fault bites if it says that it struck, and anything was different that can be felt."""
    if not armed.hits:
        return _no("armed, it never struck on its course")
    if difference(armed, plain, without_plans):
        return Verdict(holds=True)
    return _no("it struck, and nothing was different")


def is_silent(silences: tuple[Silence, ...]) -> Verdict:
    for one in silences:
        if one.seen.hits:
            return _no(f"{one.how}, it struck all the same")
        if differs := difference(one.seen, one.like, one.compared):
            return _no(f"{one.how}, {differs}")
    return Verdict(holds=True) if silences else _no("no silence was tried")


def is_true(declared: Effect, found: Obedience) -> Verdict:
    """Compare the declared effect with the truth that the struck request left."""
    if found.never == found.obeyed:
        return _no("the course cannot tell an obeyed request from one that was never sent")
    match declared:
        case "none":
            holds, meant = found.struck == found.never, "as if it had never been sent"
        case "applied":
            holds, meant = found.struck == found.obeyed, "as if it had been obeyed"
        case "partial":
            holds, meant = _lies_between(found), "between never sent and obeyed"
        case _:
            assert_never(declared)
    return Verdict(holds=True) if holds else _no(f"the truth is not {meant}")


def _lies_between(found: Obedience) -> bool:
    """Tell whether something was done and not all: no number lies outside, some between."""
    ends = (found.never, found.obeyed)
    if found.struck in ends or not isinstance(found.struck, Facts):
        return False
    struck = asdict(found.struck)
    first, last = (asdict(end) for end in ends if isinstance(end, Facts))
    return all(
        min(first[name], last[name]) <= value <= max(first[name], last[name])
        for name, value in struck.items()
    )


def difference(seen: Observed, like: Observed, compared: Callable[[Station], object]) -> str:
    """Name the first thing in which two walks of one course differ, or return ''."""
    if len(seen.replies) != len(like.replies):
        return f"{len(seen.replies)} answers came instead of {len(like.replies)}"
    for number, (one, other) in enumerate(zip(seen.replies, like.replies, strict=True), 1):
        if one != other:
            return f"answer {number} ({one.asked}) differs in its {_part(one, other)}"
    if seen.waited_ms != like.waited_ms:
        return f"{seen.waited_ms} ms of real time were spent instead of {like.waited_ms}"
    if seen.copies != like.copies:
        return f"copies brought about {seen.copies or 'nothing'}, not {like.copies or 'nothing'}"
    if compared(seen.station) != compared(like.station):
        return "the station differs, though no answer does"
    return ""


def _part(one: Reply, other: Reply) -> str:
    parts = (name for name in Reply.__struct_fields__ if getattr(one, name) != getattr(other, name))
    return next(parts)


def _no(why: str) -> Verdict:
    return Verdict(holds=False, why=why)
