"""Building blocks of the OpenAPI document: schemas of our types, parameters, answers, examples."""

import re
from pathlib import Path
from typing import Any

import msgspec
from msgspec import inspect

from mock_server.web.api import UNPROCESSABLE

__all__ = ["UNPROCESSABLE"]

Doc = dict[str, Any]
REF = "#/components/schemas/{name}"
_JSON = "application/json"
EXAMPLES = Path(__file__).parent / "examples.json"  # replies of a small school's day
_PLACE = re.compile(r"<(\w+)>")

NAME: Doc = {
    "name": "name",
    "in": "path",
    "required": True,
    "description": "The rehearsal; unguessable.",
    "schema": {"type": "string", "minLength": 1},
}
LANGUAGE: Doc = {
    "name": "Accept-Language",
    "in": "header",
    "required": False,
    "description": "`en` for English texts; Indonesian otherwise.",
    "schema": {"type": "string"},
}
RANGE: Doc = {
    "name": "Range",
    "in": "header",
    "required": False,
    "description": "`bytes=first-last`, one range.",
    "schema": {"type": "string"},
}
IF_RANGE: Doc = {
    "name": "If-Range",
    "in": "header",
    "required": False,
    "description": "The ETag of the file that was begun.",
    "schema": {"type": "string"},
}


class Schemas:
    """Collects the types that the document speaks of."""

    def __init__(self) -> None:
        self._types: dict[type, None] = {}
        self._replies: Doc = msgspec.json.decode(EXAMPLES.read_bytes())

    def json(self, kind: type) -> Doc:
        """Return the content of a body of this type."""
        self._types[kind] = None
        return {_JSON: {"schema": {"$ref": REF.format(name=kind.__name__)}}}

    def reply(self, operation: str, kind: type) -> Doc:
        """Return the content of an operation's answer, with an example where there is one."""
        content = self.json(kind)
        if operation in self._replies:
            content[_JSON]["example"] = self._replies[operation]
        return content

    def components(self) -> Doc:
        _, found = msgspec.json.schema_components(tuple(self._types), ref_template=REF)
        return dict(sorted(found.items()))

    def required(self, kind: type[msgspec.Struct]) -> list[str]:
        return [of.encode_name for of in msgspec.structs.fields(kind) if of.required]

    def query(self, kind: type[msgspec.Struct]) -> list[Doc]:
        """Return the fields of a query as parameters."""
        (_, found) = msgspec.json.schema_components((kind,), ref_template=REF)
        properties = found[kind.__name__]["properties"]
        required = self.required(kind)
        return [
            {
                "name": name,
                "in": "query",
                "required": name in required,
                "schema": {key: value for key, value in schema.items() if key != "description"},
                **({"description": schema["description"]} if "description" in schema else {}),
            }
            for name, schema in properties.items()
        ]


def answer(description: str, content: Doc) -> Doc:
    return {"description": description, "content": content}


def braced(path: str) -> str:
    """``rehearsals/<name>`` is ``rehearsals/{name}``."""
    return _PLACE.sub(r"{\1}", path)


def path_parameters(path: str) -> list[Doc]:
    return [
        NAME
        if name == "name"
        else {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string", "minLength": 1},
        }
        for name in _PLACE.findall(path)
    ]


def example(kind: type[msgspec.Struct]) -> Doc:
    """Return an example request, made of the examples of its fields."""
    found: Doc = {}
    for of in msgspec.structs.fields(kind):
        given = _examples(inspect.type_info(of.type))
        if given:
            found[of.encode_name] = given[0]
    return found


def _examples(kind: inspect.Type) -> list[Any]:
    match kind:
        case inspect.Metadata(extra_json_schema=extra, type=inner):
            return list((extra or {}).get("examples", ())) or _examples(inner)
        case inspect.UnionType(types=types):
            return next((found for one in types if (found := _examples(one))), [])
        case _:
            return []
