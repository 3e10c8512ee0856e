"""From what somebody wrote to a fault that can be armed: the one gate for files and requests."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import assert_never

from msgspec.structs import asdict

from mock_server.domain.operations import Operation
from mock_server.faults import catalogue, params, triggers
from mock_server.faults.errors import FaultError
from mock_server.faults.kind import (
    AnyKind,
    PlansCentral,
    SpoilsAnswer,
    StrikesCommand,
    StrikesStation,
)
from mock_server.faults.params import Params, shown
from mock_server.faults.plan import Draw, Effect, FaultSpec

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")


def parse(
    fault: str,
    on: str | None,
    with_: Mapping[str, object] | None,
    when: Mapping[str, object] | None,
    effect: str | None,
    id: str,
    *,
    start_ms: int,
    data_sets: int,
    able: frozenset[str] = catalogue.CARRIED_OUT,
    draw: Draw | None = None,
) -> FaultSpec:
    """Return the fault with every value filled in. Raises FaultError.

    Values come as they were written: ``90s``, ``60%``, ``+12m``, numbers, lists, booleans.
    ``data_sets`` is how many the procedure has, ``able`` what the running build can make happen.
    ``draw`` makes it a fault of a storm.
    """
    kind = catalogue.find(fault)
    if fault not in able:
        why = f": {kind.lacks}" if kind.lacks else ""
        problem = f"this build cannot make {fault} happen{why}"
        raise FaultError(("fault",), problem, ", ".join(sorted(able)))
    if draw is not None and kind.is_condition:
        raise FaultError(("fault",), f"{fault} cannot be left to dice", "a fault of a command")
    if not isinstance(id, str) or _ID.fullmatch(id) is None:
        allowed = "letters, digits, dots, hyphens and underscores, at most 60"
        raise FaultError(("id",), f"{shown(id)} cannot be an id", allowed)
    values = params.read(kind.params, {} if with_ is None else with_, data_sets=data_sets)
    return FaultSpec(
        id=id,
        fault=fault,
        on=_operation(kind, on, values),
        values=asdict(values),
        when=triggers.read(kind, when, start_ms=start_ms, draw=draw),
        effect=_effect(kind, effect, values),
    )


def _operation(kind: AnyKind, on: str | None, values: Params) -> str:
    match kind.act:
        case SpoilsAnswer(on=allowed):
            return _named_operation(kind, on, allowed)
        case StrikesCommand() | StrikesStation() | PlansCentral():
            if on is None:
                return ""
            knows = _own(kind, values)
            raise FaultError(("on",), f"{kind.name} knows what it strikes{knows}", "no on")
        case _:
            assert_never(kind.act)


def _own(kind: AnyKind, values: Params) -> str:
    if isinstance(kind.act, StrikesCommand):
        return f" ({kind.act.on(values).value})"
    return ""


def _named_operation(kind: AnyKind, on: str | None, allowed: frozenset[Operation]) -> str:
    names = sorted(operation.value for operation in allowed)
    if on is None:
        raise FaultError(("on",), f"{kind.name} needs an operation", ", ".join(names))
    if isinstance(on, str) and on in names:
        return str(on)  # an Operation is a str too
    near = get_close_matches(on, names, 3, 0.5) if isinstance(on, str) else []
    hint = f" (did you mean {' or '.join(near)}?)" if near else ""
    raise FaultError(("on",), f"{kind.name} cannot strike {shown(on)}{hint}", ", ".join(names))


def _effect(kind: AnyKind, effect: str | None, values: Params) -> Effect:
    allowed = kind.effects(values)
    if effect is None:
        return allowed[0]
    for one in allowed:
        if one == effect:
            return one
    said = params.written(values)
    point = f" at point {said['point']}" if "point" in said else ""
    problem = f"{kind.name}{point} cannot have the effect {shown(effect)}"
    raise FaultError(("effect",), problem, " or ".join(allowed))
