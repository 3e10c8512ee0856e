"""What has to be proved: each kind of the catalogue, in each form that makes a difference.

Made from the catalogue alone: a new kind on a known operation is checked without a line here.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias, assert_never

import msgspec
from msgspec.structs import replace

from mock_server.domain.operations import CHANGING, Operation
from mock_server.domain.state import Station
from mock_server.faults import catalogue, params
from mock_server.faults.kind import (
    AnyKind,
    PlansCentral,
    SpoilsAnswer,
    StrikesCommand,
    StrikesStation,
)
from mock_server.faults.params import Params
from mock_server.faults.plan import Effect
from mock_server.self_check import observed
from mock_server.self_check.courses import ANSWERS, COMMANDS, PROCEDURE, Course

Json: TypeAlias = dict[str, Any]
Lens: TypeAlias = Callable[[Station], object]
Struck: TypeAlias = tuple[Operation | None, Course, Lens]


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One form of one fault. ``op`` is the request that it strikes, None for a condition.

    ``lens`` picks from a station what tells whether that request was obeyed.
    """

    kind: AnyKind
    values: Json  # as ``with`` writes them; those that stand for themselves are left out
    effect: Effect
    course: Course
    op: Operation | None
    lens: Lens

    @property
    def written(self) -> Json:
        """The fault as a scenario file has it."""
        fault: Json = {"fault": self.kind.name, "with": self.values}
        if isinstance(self.kind.act, SpoilsAnswer) and self.op is not None:
            fault |= {"on": self.op.value, "effect": self.effect}
        return fault


def cases(kinds: Iterable[AnyKind] | None = None) -> Iterator[Case]:
    """Yield what is to be proved of ``kinds``, or of the whole catalogue.

    Raises ValueError for a kind that strikes an operation on no course.
    """
    for kind in catalogue.KINDS.values() if kinds is None else kinds:
        for form in _forms(kind):
            yield from _of(kind, form)


def _of(kind: AnyKind, form: Params) -> Iterator[Case]:
    act = kind.act
    match act:
        case StrikesCommand():
            op: Operation = act.on(form)
            struck: Iterable[Struck] = ((op, _course(kind, op), _aim(op)),)
        case SpoilsAnswer():
            struck = (
                (op, course, _lens(kind, op)) for op, course in ANSWERS.items() if op in act.on
            )
        case StrikesStation() | PlansCentral():
            struck = ((None, PROCEDURE, observed.facts),)
        case _:
            assert_never(act)
    values = _written(form)
    for at, course, lens in struck:
        for effect in kind.effects(form):
            yield Case(kind=kind, values=values, effect=effect, course=course, op=at, lens=lens)


def _course(kind: AnyKind, op: Operation) -> Course:
    if op not in COMMANDS:
        raise ValueError(f"{kind.name} strikes {op.value}, for which no course is laid out yet")
    return COMMANDS[op]


def _aim(op: Operation) -> Lens:
    """Say where it shows that a command has brought about what it is for."""
    return observed.service_runs if op is Operation.SERVICE_START else observed.facts


def _lens(kind: AnyKind, op: Operation) -> Lens:
    """Say where it shows that a request whose answer was spoilt was obeyed.

    A file counts as far as it left, which is not what its request asked for; and a request that
    comes late or two times leaves other instants behind.
    """
    if op is Operation.BACKUP_DOWNLOAD:
        return observed.looks
    return observed.facts if kind.layer == "net" and op in CHANGING else observed.whole


def _forms(kind: AnyKind) -> Iterator[Params]:
    """Yield every choice of words, and each at the very start where that has another effect."""
    for form in catalogue.variants(kind):
        yield form
        at_once = _at_the_start(form)
        if kind.effects(at_once) != kind.effects(form):
            yield at_once


def _at_the_start(form: Params) -> Params:
    names = {field.name for field in params.fields(type(form))}
    first = {"at_permille": 0, "data": 1}
    changes = {name: value for name, value in first.items() if name in names}
    return replace(form, **changes) if "at_permille" in changes else form


def _written(form: Params) -> Json:
    usual = params.written(type(form)())
    return {key: value for key, value in params.written(form).items() if value != usual[key]}
