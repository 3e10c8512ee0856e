"""The JSON Schema of scenario files, for editors: made from the model and the fault catalogue.

It stands in ``scenarios/schema.json``; ``python -m mock_server.scenario.schema`` makes it anew,
with the table of keys in the docs. What holds between keys (an order, a pack) no schema says: the
loader does.
"""

import json
from pathlib import Path
from typing import Any

import msgspec

from mock_server.faults.catalogue import KINDS, KindReport, describe
from mock_server.scenario.key_table import refreshed
from mock_server.scenario.keys import PATTERNS, Quantity
from mock_server.scenario.locations import scenarios_folder
from mock_server.scenario.model import Scenario

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_FAULT_PARTS = ("FaultPart", "StormFault")


def json_schema() -> dict[str, Any]:
    """The schema as plain data."""
    schema: dict[str, Any] = msgspec.json.schema(Scenario)
    _adjusted(schema)
    for part in _FAULT_PARTS:
        _with_kinds(schema["$defs"][part], is_planned=part == "FaultPart")
    title = "A scenario of the synchronisation rehearsal"
    return {"$schema": DIALECT, "title": title} | schema


def schema_text() -> str:
    """The schema as its file holds it."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def _adjusted(schema: object) -> None:
    """Quantities are texts in a file, and a default that is an object or null tells nobody."""
    if isinstance(schema, list):
        for item in schema:
            _adjusted(item)
    if not isinstance(schema, dict):
        return
    if schema.get("type") == "integer" and "pattern" in schema:
        schema["type"] = "string"
    if schema.get("default", 0) in (None, {}, []) or isinstance(schema.get("default"), dict):
        del schema["default"]
    for item in schema.values():
        _adjusted(item)


def _with_kinds(part: dict[str, Any], *, is_planned: bool) -> None:
    """Name the kinds of fault, and for each its values, its operations and its effects."""
    kinds = [describe(kind) for kind in KINDS.values() if kind.carried_out]
    if not is_planned:
        kinds = [kind for kind in kinds if not kind.condition]
    properties = part["properties"]
    properties["fault"]["enum"] = [kind.name for kind in kinds]
    if is_planned:
        properties["when"] |= {"properties": _when(), "additionalProperties": False}
    part["allOf"] = [
        {"if": {"properties": {"fault": {"const": kind.name}}}, "then": _of_kind(kind)}
        for kind in kinds
    ]


def _of_kind(kind: KindReport) -> dict[str, Any]:
    values = {
        param.key: {"description": param.allowed, "default": param.default} for param in kind.params
    }
    then: dict[str, Any] = {
        "properties": {
            "with": {"properties": values, "additionalProperties": False},
            "effect": {"enum": list(kind.effects)},
            "on": {"enum": list(kind.on)} if kind.needs_on else False,
        }
    }
    return then | ({"required": ["on"]} if kind.needs_on else {})


def _when() -> dict[str, Any]:
    count = {"type": "integer", "minimum": 0, "maximum": 1000}
    instant = {
        "type": "string",
        "anyOf": [{"pattern": PATTERNS[one]} for one in (Quantity.OFFSET, Quantity.INSTANT)],
    }
    return {
        "skip": count | {"description": "So many requests pass unharmed first."},
        "times": count | {"minimum": 1, "description": "So many requests are struck."},
        "from": instant | {"description": "From here on, `+12m` after the start."},
        "until": instant | {"description": "Until here, which is already safe."},
        "sticky": {"type": "boolean", "description": "No limit of count."},
        "ttl": {
            "type": "string",
            "pattern": PATTERNS[Quantity.DURATION],
            "description": "So long after it was armed.",
        },
    }


def write() -> list[Path]:
    """Make the generated files of this checkout anew; return those that exist now."""
    folder = scenarios_folder()
    schema = folder / "schema.json"
    schema.write_text(schema_text(), encoding="utf-8")
    docs = folder.parent / "docs" / "scenarios.md"
    if not docs.is_file():
        return [schema]
    docs.write_text(refreshed(docs.read_text(encoding="utf-8")), encoding="utf-8")
    return [schema, docs]


if __name__ == "__main__":
    write()
