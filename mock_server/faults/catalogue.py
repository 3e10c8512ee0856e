"""The catalogue: every kind of fault there is, by name, and what it looks like from outside.

The loader, the linter, the list of faults, the control plane and the docs all read this and
nothing else. To add a fault: write its kind in the module of its subsystem under ``kinds/``.
"""

from collections.abc import Iterator
from difflib import get_close_matches
from itertools import product
from typing import Any, assert_never

import msgspec
from msgspec.structs import replace

from mock_server.domain.operations import Operation
from mock_server.faults.errors import FaultError
from mock_server.faults.kind import (
    AnyKind,
    PlansCentral,
    SpoilsAnswer,
    StrikesCommand,
    StrikesStation,
)
from mock_server.faults.kinds import (
    backup,
    cbtsync,
    central,
    delete,
    http,
    identity,
    lists,
    net,
    patching,
    service,
    sync,
)
from mock_server.faults.params import Params, default_written, fields, says, shown
from mock_server.faults.plan import Basis, Effect, FaultSpec, Layer, Trigger

_MODULES = (
    patching, service, identity, central, backup, delete, sync, lists, cbtsync, http, net,
)  # fmt: skip

KINDS: dict[str, AnyKind] = {kind.name: kind for module in _MODULES for kind in module.KINDS}
CARRIED_OUT = frozenset(name for name, kind in KINDS.items() if kind.carried_out)
"""The names of the faults that this build can make happen; the others can only be checked."""


class ParamReport(msgspec.Struct, frozen=True, kw_only=True):
    """One key of ``with``; ``default`` and ``allowed`` as a scenario file writes them."""

    key: str
    default: Any
    allowed: str


class KindReport(msgspec.Struct, frozen=True, kw_only=True):
    """One fault of the catalogue, for lists and docs. The default effect comes first.

    ``on`` are the operations it may strike; where ``needs_on`` is false it knows them itself.
    """

    name: str
    layer: Layer
    condition: bool
    needs_on: bool
    on: tuple[str, ...]
    params: tuple[ParamReport, ...]
    effects: tuple[Effect, ...]
    times: int | None
    basis: Basis
    carried_out: bool


def find(name: object) -> AnyKind:
    """Raises FaultError at ``fault``, naming the nearest kinds."""
    if isinstance(name, str) and name in KINDS:
        return KINDS[name]
    near = get_close_matches(name, KINDS, 3, 0.5) if isinstance(name, str) else []
    hint = f" (did you mean {' or '.join(near)}?)" if near else ""
    raise FaultError(("fault",), f"{shown(name)} is no known fault{hint}", ", ".join(KINDS))


def params_of(spec: FaultSpec) -> Params:
    """Return the values of an armed fault as its kind's own struct."""
    params: Params = msgspec.convert(spec.values, KINDS[spec.fault].params)
    return params


def operation_of(spec: FaultSpec) -> str:
    """Return the one operation that this fault strikes, '' for a condition."""
    act = KINDS[spec.fault].act
    if not isinstance(act, StrikesCommand):
        return spec.on
    struck: Operation = act.on(params_of(spec))
    return struck.value


def default_trigger(kind: AnyKind) -> Trigger:
    """Return what holds where a fault says no ``when``: once; for the centre, until disarmed."""
    return Trigger(times=None) if isinstance(kind.act, PlansCentral) else Trigger()


def effects(kind: AnyKind) -> tuple[Effect, ...]:
    """Return every effect that some choice of words among its parameters allows."""
    found: dict[Effect, None] = {}
    for params in variants(kind):
        found.update(dict.fromkeys(kind.effects(params)))
    return tuple(found)


def operations(kind: AnyKind) -> tuple[str, ...]:
    """Return the operations that the kind may strike, or that feel the condition."""
    match kind.act:
        case StrikesCommand(on=on):
            return tuple(dict.fromkeys(on(params).value for params in variants(kind)))
        case StrikesStation():
            return ()
        case PlansCentral(met_by=struck) | SpoilsAnswer(on=struck):
            return tuple(sorted(operation.value for operation in struck))
        case _:
            assert_never(kind.act)


def variants(kind: AnyKind) -> Iterator[Params]:
    """Yield the default parameters with every combination of their words, the default first."""
    worded = [field for field in fields(kind.params) if field.words]
    choices = [
        (field.default, *(word for word in field.words if word != field.default))
        for field in worded
    ]
    for words in product(*choices):
        named = {field.name: word for field, word in zip(worded, words, strict=True)}
        yield replace(kind.params(), **named)


def describe(kind: AnyKind) -> KindReport:
    return KindReport(
        name=kind.name,
        layer=kind.layer,
        condition=kind.is_condition,
        needs_on=isinstance(kind.act, SpoilsAnswer),
        on=operations(kind),
        params=tuple(
            ParamReport(key=field.key, default=default_written(field), allowed=says(field))
            for field in fields(kind.params)
        ),
        effects=effects(kind),
        times=default_trigger(kind).times,
        basis=kind.basis,
        carried_out=kind.carried_out,
    )
