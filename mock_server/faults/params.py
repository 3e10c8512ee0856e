"""The parameters of a fault: how they are declared, read from a file's ``with``, and written back.

A kind declares them as a frozen struct whose fields end in their unit and say by their type how
they are read. In a file the key lacks the unit: the field ``at_permille`` is ``at: 60%`` there.
"""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, inspect
from msgspec.structs import replace

from mock_server.domain.quantities import (
    DURATION_MAX_MS,
    QuantityError,
    format_duration,
    parse_duration_ms,
    parse_percent,
)
from mock_server.faults.errors import FaultError

UNITS = ("_permille", "_bytes", "_ms", "_s")
WIRE_DELAY_MAX_MS = 5_000  # real time: a client's own time-out must stay longer
DATA_SETS_MAX = 99
_DATA_SETS = ("data-set", "data-sets")  # read as one number, or as a list of them
_SHOWN_MAX = 60
_SILENT_STATUSES = (408, 425, 429)  # besides 5xx: they say nothing about what was asked

Part = Annotated[int, Meta(ge=0, le=999, extra={"reads": "part"})]
Factor = Annotated[int, Meta(ge=1_100, le=100_000, extra={"reads": "factor"})]
WireDelay = Annotated[int, Meta(ge=1, le=WIRE_DELAY_MAX_MS, extra={"reads": "duration"})]
Duration = Annotated[int, Meta(ge=1, le=DURATION_MAX_MS, extra={"reads": "duration"})]
Seconds = Annotated[int, Meta(ge=0, le=3_600, extra={"reads": "count"})]
Status = Annotated[int, Meta(ge=400, le=599, extra={"reads": "status"})]
DataSetNo = Annotated[int, Meta(ge=1, le=DATA_SETS_MAX, extra={"reads": "data-set"})]
DataSetNos = Annotated[
    tuple[int, ...],
    Meta(min_length=1, max_length=DATA_SETS_MAX, extra={"reads": "data-sets"}),
]


class Params(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all parameters; a kind without any uses it as it is. Every field has a default."""


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One parameter as its struct declares it. ``words`` are all that it may be, or empty."""

    name: str
    key: str
    reads: str
    default: Any
    optional: bool = False
    least: int = 0
    most: int = 0
    words: tuple[str, ...] = ()


P = TypeVar("P", bound=Params)


def fields(params: type[Params]) -> tuple[Field, ...]:
    """Return what ``params`` declares, in its order. Raises TypeError for what no file can say."""
    return _fields(params)


@cache
def _fields(params: type[Params]) -> tuple[Field, ...]:
    described = inspect.type_info(params)
    if not isinstance(described, inspect.StructType):
        raise TypeError(f"{params} is no struct")
    return tuple(_field(one) for one in described.fields)


def _field(of: inspect.Field) -> Field:
    kind, optional = of.type, False
    if isinstance(kind, inspect.UnionType):
        (kind,) = (one for one in kind.types if not isinstance(one, inspect.NoneType))
        optional = True
    key = next((of.name.removesuffix(unit) for unit in UNITS if of.name.endswith(unit)), of.name)
    made = Field(name=of.name, key=key, reads="word", default=of.default, optional=optional)
    match kind:
        case inspect.LiteralType(values=words):
            return replace(made, words=tuple(str(word) for word in words))
        case inspect.Metadata(type=inspect.IntType(ge=int(least), le=int(most)), extra=dict(extra)):
            return replace(made, reads=extra["reads"], least=least, most=most)
        case inspect.Metadata(type=inspect.VarTupleType(), extra=dict(extra)):
            return replace(made, reads=extra["reads"], least=1, most=DATA_SETS_MAX)
        case _:
            raise TypeError(f"{of.name} is neither words nor a bounded number that says its reader")


def read(params: type[P], raw: object, *, data_sets: int) -> P:
    """Build the struct from a file's ``with``. Raises FaultError with ``("with", key)``."""
    if not isinstance(raw, Mapping):
        raise FaultError(("with",), f"{shown(raw)} is not a mapping", _keys(params))
    known = {field.key: field for field in fields(params)}
    values = {}
    for key, value in raw.items():
        if key not in known:
            near = get_close_matches(str(key), known, 1)
            hint = f" (did you mean {near[0]!r}?)" if near else ""
            raise FaultError(
                ("with", str(key)[:_SHOWN_MAX]), f"this key is not known{hint}", _keys(params)
            )
        field = known[key]
        values[field.name] = _read_field(field, value, data_sets)
    for field in known.values():
        if field.reads in _DATA_SETS and field.name not in values:
            _read_field(field, field.default, data_sets)  # a default may lie beyond a small pack
    return msgspec.convert(values, params)


def _keys(params: type[Params]) -> str:
    return ", ".join(field.key for field in fields(params)) or "no keys: this fault has no values"


def _read_field(field: Field, value: object, data_sets: int) -> Any:
    if value is None and field.optional:
        return None
    if field.reads in _DATA_SETS:
        field = replace(field, most=data_sets)
    try:
        return _READ[field.reads](field, value)
    except QuantityError as error:
        raise FaultError(("with", field.key), error.problem, says(field)) from None


def says(field: Field) -> str:
    """Say what the parameter may be, as one writes it."""
    low, high = _write_plain(field, field.least), _write_plain(field, field.most)
    match field.reads:
        case "word":
            return " or ".join(field.words)
        case "part":
            text = f"a part from {low} to {high}"
        case "duration":
            text = f"a duration from {low} to {high}"
        case "factor":
            text = f"a number from {low} to {high}, with one decimal at most"
        case "status":
            text = f"500 to {high}, or " + ", ".join(str(one) for one in _SILENT_STATUSES)
        case "data-sets":
            text = f"a list of data sets from {low} to {high}"
        case _:
            text = f"a whole number from {low} to {high}"
    return f"{text}, or null" if field.optional else text


def written(params: Params) -> dict[str, Any]:
    """Return the parameters as a file would give them."""
    return {
        field.key: _write_plain(field, getattr(params, field.name))
        for field in fields(type(params))
    }


def default_written(field: Field) -> Any:
    return _write_plain(field, field.default)


def _write_plain(field: Field, value: Any) -> Any:
    match field.reads:
        case "part":
            return f"{value / 10:g}%"
        case "duration":
            return format_duration(value)
        case "factor":
            return value // 1000 if value % 1000 == 0 else value / 1000
        case "data-sets" if isinstance(value, tuple):
            return list(value)
        case _:
            return value


# --- one reader a way of reading; each raises QuantityError ---------------------------------------


def _count(field: Field, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise QuantityError(f"{shown(value)} is not a whole number", says(field))
    return _bounded(field, value, value)


def _bounded(field: Field, plain: int, value: object) -> int:
    if not field.least <= plain <= field.most:
        raise QuantityError(f"{shown(value)} is out of bounds", says(field))
    return plain


def _part(field: Field, value: object) -> int:
    return _bounded(field, parse_percent(value), value)


def _duration(field: Field, value: object) -> int:
    return _bounded(field, parse_duration_ms(value), value)


def _factor(field: Field, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise QuantityError(f"{shown(value)} is not a number", says(field))
    if not field.least <= value * 1000 <= field.most:  # NaN is not within either
        raise QuantityError(f"{shown(value)} is out of bounds", says(field))
    if abs(value * 10 - round(value * 10)) > 1e-9:
        raise QuantityError(f"{shown(value)} has too many decimals", says(field))
    return round(value * 10) * 100


def _status(field: Field, value: object) -> int:
    status = _count(field, value)
    if status < 500 and status not in _SILENT_STATUSES:
        raise QuantityError(f"{status} would be an answer to what was asked", says(field))
    return status


def _data_sets(field: Field, value: object) -> tuple[int, ...]:
    listed = value if isinstance(value, list | tuple) else [value]
    if not listed:
        raise QuantityError("the list is empty", says(field))
    return tuple(sorted({_count(field, one) for one in listed}))


def _word(field: Field, value: object) -> str:
    if isinstance(value, str) and value in field.words:
        return value
    near = get_close_matches(value, field.words, 1) if isinstance(value, str) else []
    hint = f" (did you mean {near[0]!r}?)" if near else ""
    raise QuantityError(f"{shown(value)} is not known{hint}", says(field))


_READ: dict[str, Callable[[Field, object], Any]] = {
    "word": _word,
    "part": _part,
    "duration": _duration,
    "factor": _factor,
    "status": _status,
    "count": _count,
    "data-set": _count,
    "data-sets": _data_sets,
}


def shown(value: object) -> str:
    """Return the value for a message: never longer than a line."""
    text = repr(value)
    return text if len(text) <= _SHOWN_MAX else f"{text[: _SHOWN_MAX - 3]}..."
