"""From what a YAML file said to a typed model, with errors that a person can act on.

msgspec does the checking; this module turns its words into the file's: key path, line, what is
wrong, and which keys or values would have been right.
"""

import re
from difflib import get_close_matches
from threading import Lock
from typing import TypeVar

import msgspec
from msgspec import inspect

from mock_server.scenario.yaml_files import KeyPath, YamlDocument, YamlFileError

Model = TypeVar("Model")

_PLACED = re.compile(r"(?P<said>.*?)(?: - at `(?:key in )?\$(?P<path>.*)`)?", re.DOTALL)
_PART = re.compile(r"\.(?P<key>[^.\[\]]+)|\[(?P<index>[0-9]+)\]")
_UNKNOWN_KEY = re.compile(r"Object contains unknown field `(?P<key>.*)`", re.DOTALL)
_MISSING_KEY = re.compile(r"Object missing required field `(?P<key>.*)`")
_WRONG_VALUE = re.compile(r"Invalid enum value (?P<value>.*)", re.DOTALL)
_WRONG_TYPE = re.compile(r"Expected `(?P<wanted>[^`]+)`, got `(?P<got>[^`]+)`")
_KINDS = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a mapping of keys to values",
    "null": "nothing",
}

# Two threads that convert to a struct for its first time at once end the process (msgspec 0.22),
# and texts are read when a first request asks for them.
_ONE_AT_A_TIME = Lock()


def to_model(
    document: YamlDocument, model: type[Model], data: object, *, at: KeyPath = ()
) -> Model:
    """Check ``data``, which stands at key path ``at`` of the document. Raises YamlFileError."""
    try:
        with _ONE_AT_A_TIME:
            return msgspec.convert(data, model)
    except msgspec.ValidationError as error:
        raise _explained(document, model, str(error), at) from None


def _explained(
    document: YamlDocument, model: type[object], message: str, at: KeyPath
) -> YamlFileError:
    placed = _PLACED.fullmatch(message)
    said = placed["said"] if placed else message
    inner = _parsed((placed["path"] if placed else None) or "")
    path = (*at, *inner)
    if found := _UNKNOWN_KEY.fullmatch(said):
        keys = _keys_at(model, inner)
        near = get_close_matches(found["key"], keys, 1)
        problem = "this key is not known" + (f" (did you mean {near[0]!r}?)" if near else "")
        return document.error((*path, found["key"]), problem, f"allowed: {', '.join(keys)}")
    if found := _MISSING_KEY.fullmatch(said):
        return document.error(path, f"the key {found['key']!r} is missing", "add it")
    if found := _WRONG_VALUE.fullmatch(said):
        values = ", ".join(_values_at(model, inner))
        return document.error(path, f"{found['value']} is not known", f"allowed: {values}")
    if found := _WRONG_TYPE.fullmatch(said):
        return document.error(path, *_wrong_type(found["wanted"], found["got"]))
    return document.error(path, said)


def _wrong_type(wanted: str, got: str) -> tuple[str, str]:
    kinds = " or ".join(_KINDS.get(kind, kind) for kind in wanted.split(" | "))
    problem = f"this is {_KINDS.get(got, got)}"
    if "str" in wanted and got in {"int", "float", "bool"}:
        return problem, f"allowed: {kinds}; quotes make a text of it"
    return problem, f"allowed: {kinds}"


def _parsed(path: str) -> KeyPath:
    """``.steps[0].title`` as a key path; what lies inside ``[...]`` msgspec does not tell."""
    return tuple(
        found["key"] if found["index"] is None else int(found["index"])
        for found in _PART.finditer(path.partition("[...]")[0])
    )


def _keys_at(model: type[object], path: KeyPath) -> list[str]:
    return [
        field.encode_name
        for found in _types_at(inspect.type_info(model), path)
        if isinstance(found, inspect.StructType)
        for field in found.fields
    ]


def _values_at(model: type[object], path: KeyPath) -> list[str]:
    values: list[str] = []
    for found in _types_at(inspect.type_info(model), path):
        if isinstance(found, inspect.EnumType):
            values += [str(member.value) for member in found.cls]
        elif isinstance(found, inspect.LiteralType):
            values += [str(value) for value in found.values]
    return values


def _types_at(found: inspect.Type, path: KeyPath) -> list[inspect.Type]:
    """The types that a model has at a path: several where it is a union."""
    if isinstance(found, inspect.Metadata):
        return _types_at(found.type, path)
    if isinstance(found, inspect.UnionType):
        return [inner for member in found.types for inner in _types_at(member, path)]
    if not path:
        return [found]
    head, rest = path[0], path[1:]
    if isinstance(found, inspect.StructType):
        return [
            inner
            for field in found.fields
            if field.encode_name == head
            for inner in _types_at(field.type, rest)
        ]
    if isinstance(found, inspect.ListType | inspect.VarTupleType):
        return _types_at(found.item_type, rest)
    return []
