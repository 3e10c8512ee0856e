"""From an untyped document to a typed model, telling everything that is wrong at once.

The model's own types say what is allowed: structs, tuples, literals, enums, bounds, and the
marks of ``keys.py``. What a kind of value looks like belongs here; which keys exist does not.
"""

import re
from collections.abc import Callable
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, TypeVar

import msgspec
from msgspec import NODEFAULT, inspect

from mock_server.domain.quantities import QuantityError
from mock_server.scenario.keys import Bounds, parse_quantity
from mock_server.scenario.yaml_files import KeyPath

Model = TypeVar("Model", bound=msgspec.Struct)
Report = Callable[[KeyPath, str, str], None]

_SHOWN_MAX = 60
_NOTHING_GOOD = object()  # what a value that is wrong is read as; its problem is reported
_KINDS: dict[type, str] = {
    str: "a text",
    int: "a whole number",
    float: "a number with a decimal point",
    bool: "true or false",
    list: "a list",
    dict: "a mapping of keys to values",
    type(None): "nothing",
}


# A model's description takes longer to make than a document to read.
_type_info = lru_cache(maxsize=None)(inspect.type_info)


def read(data: object, model: type[Model], report: Report) -> Model | None:
    """Build the model, or report every problem (key path, what is wrong, what is allowed).

    None if anything was reported.
    """
    value = _Reader(report).value(data, _type_info(model), ())
    return value if isinstance(value, model) else None


class _Reader:
    def __init__(self, report: Report) -> None:
        self._report = report

    def value(self, data: object, kind: inspect.Type, path: KeyPath) -> Any:
        match kind:
            case inspect.Metadata(type=inner, extra=extra):
                bounds = (extra or {}).get("bounds")
                if bounds is None:
                    return self.value(data, inner, path)
                return self._quantity(data, bounds, path)
            case inspect.UnionType(types=types):
                return self._optional(data, types, path)
            case inspect.StructType():
                return self._struct(data, kind, path)
            case inspect.VarTupleType():
                return self._tuple(data, kind, path)
            case inspect.DictType():
                return data if isinstance(data, dict) else self._wrong_kind(data, dict, path)
            case inspect.EnumType(cls=enum):
                named = {str(member.value): member for member in enum}
                return named.get(self._word(data, tuple(named), path), _NOTHING_GOOD)
            case inspect.LiteralType(values=values):
                return self._word(data, tuple(str(value) for value in values), path)
            case inspect.BoolType():
                return data if isinstance(data, bool) else self._wrong_kind(data, bool, path)
            case inspect.IntType() | inspect.FloatType():
                return self._number(data, kind, path)
            case inspect.StrType():
                return self._text(data, kind, path)
            case _:
                raise TypeError(f"the model uses {kind}, which this reader does not know")

    def _optional(self, data: object, types: tuple[inspect.Type, ...], path: KeyPath) -> Any:
        if data is None:
            return None
        (inner,) = [kind for kind in types if not isinstance(kind, inspect.NoneType)]
        return self.value(data, inner, path)

    def _quantity(self, data: object, bounds: Bounds, path: KeyPath) -> Any:
        try:
            return parse_quantity(data, bounds)
        except QuantityError as error:
            return self._wrong(path, error.problem, f"write {error.allowed}")

    def _struct(self, data: object, kind: inspect.StructType, path: KeyPath) -> Any:
        if not isinstance(data, dict):
            return self._wrong_kind(data, dict, path)
        known = {field.encode_name: field for field in kind.fields}
        strange = [key for key in data if not self._known(key, tuple(known), path)]
        sound = not strange
        values = {}
        for key, field in known.items():
            if key in data:
                values[field.name] = self.value(data[key], field.type, (*path, key))
            elif field.default is NODEFAULT and field.default_factory is NODEFAULT:
                self._report((*path, key), "this key is missing", f"add it: {_described(field)}")
                sound = False
        if not sound or any(value is _NOTHING_GOOD for value in values.values()):
            return _NOTHING_GOOD
        return kind.cls(**values)

    def _known(self, key: object, known: tuple[str, ...], path: KeyPath) -> bool:
        if key in known:
            return True
        near = get_close_matches(str(key), known, 1)
        problem = "this key is not known" + (f" (did you mean {near[0]!r}?)" if near else "")
        self._report((*path, str(key)), problem, f"allowed: {', '.join(known)}")
        return False

    def _tuple(self, data: object, kind: inspect.VarTupleType, path: KeyPath) -> Any:
        if not isinstance(data, list | tuple):
            return self._wrong_kind(data, list, path)
        least, most = kind.min_length or 0, kind.max_length
        if len(data) < least or (most is not None and len(data) > most):
            allowed = f"at least {least}" if most is None else f"{least} to {most}"
            return self._wrong(path, f"the list holds {len(data)}", f"allowed: {allowed}")
        items = [
            self.value(item, kind.item_type, (*path, index)) for index, item in enumerate(data)
        ]
        return _NOTHING_GOOD if any(item is _NOTHING_GOOD for item in items) else tuple(items)

    def _word(self, data: object, words: tuple[str, ...], path: KeyPath) -> Any:
        if isinstance(data, str) and data in words:
            return data
        near = get_close_matches(data, words, 1) if isinstance(data, str) else []
        problem = f"{_shown(data)} is not known" + (f" (did you mean {near[0]!r}?)" if near else "")
        return self._wrong(path, problem, f"allowed: {', '.join(words)}")

    def _number(
        self, data: object, kind: inspect.IntType | inspect.FloatType, path: KeyPath
    ) -> Any:
        wanted = int if isinstance(kind, inspect.IntType) else float
        if isinstance(data, bool) or not isinstance(data, int | wanted):
            return self._wrong_kind(data, wanted, path)
        least = (kind.gt is None or data > kind.gt) and (kind.ge is None or data >= kind.ge)
        if not (least and (kind.le is None or data <= kind.le)):
            low = kind.ge if kind.gt is None else f"above {kind.gt}"
            allowed = f"allowed: {low} to {kind.le}"
            return self._wrong(path, f"{_shown(data)} is out of bounds", allowed)
        return wanted(data)

    def _text(self, data: object, kind: inspect.StrType, path: KeyPath) -> Any:
        if not isinstance(data, str):
            return self._wrong_kind(data, str, path)
        if kind.max_length is not None and len(data) > kind.max_length:
            problem = f"the text has {len(data)} characters"
            return self._wrong(path, problem, f"allowed: at most {kind.max_length}")
        if kind.pattern is not None and not _matches(kind.pattern, data):
            if not data.strip():
                return self._wrong(path, "the text is empty", "write it, or leave the key away")
            allowed = f"allowed: what matches {kind.pattern}"
            return self._wrong(path, f"{_shown(data)} has the wrong form", allowed)
        return data

    def _wrong_kind(self, data: object, wanted: type, path: KeyPath) -> object:
        allowed = f"allowed: {_KINDS[wanted]}"
        if wanted is str and isinstance(data, bool | int | float):
            allowed += "; quotes make a text of it"
        return self._wrong(path, f"this is {_KINDS.get(type(data), 'something else')}", allowed)

    def _wrong(self, path: KeyPath, problem: str, allowed: str) -> object:
        self._report(path, problem, allowed)
        return _NOTHING_GOOD


def _matches(pattern: str, text: str) -> bool:
    """As JSON Schema reads it, but that no line end is forgiven after a ``$``."""
    return bool((re.fullmatch if pattern.endswith("$") else re.search)(pattern, text))


def _described(field: inspect.Field) -> str:
    schema = field.type.extra_json_schema if isinstance(field.type, inspect.Metadata) else None
    return str((schema or {}).get("description", "a value"))


def _shown(data: object) -> str:
    text = repr(data)
    return text if len(text) <= _SHOWN_MAX else f"{text[: _SHOWN_MAX - 3]}..."
