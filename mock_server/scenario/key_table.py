"""The table of keys in ``docs/scenarios.md``, made from the model so that it cannot go stale."""

import re
from collections.abc import Iterator
from enum import Enum
from typing import Any

import msgspec
from msgspec import NODEFAULT, inspect

from mock_server.domain.operations import Operation
from mock_server.scenario.keys import describe_bounds
from mock_server.scenario.model import Scenario

BEGIN = "<!-- keys: made by python -m mock_server.scenario.schema -->"
END = "<!-- end of keys -->"
_HEAD = "| key | what it says | allowed | default |\n|---|---|---|---|\n"


class Row(msgspec.Struct, frozen=True, kw_only=True):
    key: str  # start.at, injects[].from
    says: str
    allowed: str
    default: str  # as one writes it, or 'required'


def key_table() -> str:
    """The whole table in Markdown, and the operations that ``on`` may name."""
    lines = [
        f"| `{row.key}` | {row.says} | {_cell(row.allowed)} | {_cell(row.default)} |\n"
        for row in rows()
    ]
    operations = " ".join(f"`{operation.value}`" for operation in Operation)
    return f"{_HEAD}{''.join(lines)}\nThe operations are {operations}.\n"


def refreshed(text: str) -> str:
    """The page with its table made anew. Raises ValueError if it marks no place for it."""
    pattern = re.compile(rf"(?<={re.escape(BEGIN)}\n).*?(?={re.escape(END)})", re.DOTALL)
    if pattern.search(text) is None:
        raise ValueError(f"the page has no place for the table: add {BEGIN} and {END}")
    return pattern.sub(lambda _found: key_table(), text)


def rows() -> Iterator[Row]:
    """Every key of a scenario file, in the model's order."""
    yield from _struct_rows(inspect.type_info(Scenario), "")


def _struct_rows(kind: inspect.Type, prefix: str) -> Iterator[Row]:
    if not isinstance(kind, inspect.StructType):
        return
    for field in kind.fields:
        key = f"{prefix}{field.encode_name}"
        bare, many = _bare(field.type)
        schema, extra = _marks(field.type)
        yield Row(
            key=key,
            says=str(schema.get("description", "")),
            allowed=("list: " if many else "") + _allowed(bare, extra),
            default=_default(field, str(extra.get("absent", ""))),
        )
        if isinstance(bare, inspect.StructType):
            yield from _struct_rows(bare, f"{key}{'[]' if many else ''}.")


def _marks(kind: inspect.Type) -> tuple[dict[str, Any], dict[str, Any]]:
    """What ``Annotated`` says about a type, on either side of an ``| None``."""
    schema: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    while True:
        if isinstance(kind, inspect.Metadata):
            schema = (kind.extra_json_schema or {}) | schema
            extra = (kind.extra or {}) | extra
            kind = kind.type
        elif isinstance(kind, inspect.UnionType):
            kind = next(one for one in kind.types if not isinstance(one, inspect.NoneType))
        else:
            return schema, extra


def _bare(kind: inspect.Type) -> tuple[inspect.Type, bool]:
    """The type without marks, and whether it stands in a list."""
    while True:
        match kind:
            case inspect.Metadata(type=inner):
                kind = inner
            case inspect.UnionType(types=types):
                kind = next(one for one in types if not isinstance(one, inspect.NoneType))
            case inspect.VarTupleType(item_type=item):
                return _bare(item)[0], True
            case _:
                return kind, False


def _allowed(kind: inspect.Type, extra: dict[str, Any]) -> str:
    if "bounds" in extra:
        return describe_bounds(extra["bounds"])
    match kind:
        case inspect.EnumType(cls=enum) if enum is Operation:
            return "an operation, see below"
        case inspect.EnumType(cls=enum):
            return " ".join(f"`{member.value}`" for member in enum)
        case inspect.LiteralType(values=values):
            return " ".join(f"`{value}`" for value in values)
        case inspect.IntType(ge=low, le=high):
            return f"whole number, {low} to {high}"
        case inspect.FloatType(gt=low, le=high):
            return f"number above {low}, at most {high}"
        case inspect.BoolType():
            return "`true` `false`"
        case inspect.StrType(max_length=length):
            return f"text, at most {length}" if length else "text"
        case _:
            return "keys below" if isinstance(kind, inspect.StructType) else "keys and values"


def _default(field: inspect.Field, absent: str) -> str:
    if absent:
        return absent
    if field.default is NODEFAULT:
        return "required" if field.default_factory is NODEFAULT else "none"
    if isinstance(field.default, msgspec.Struct):
        return "as below"
    return "none" if field.default in (None, ()) else _written(field.default)


def _written(value: Any) -> str:
    if isinstance(value, Enum):
        return f"`{value.value}`"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, tuple):
        return f"`[{', '.join(map(str, value))}]`"
    return f"`{value}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
