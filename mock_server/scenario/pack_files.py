"""The shape of a pack's file, brought to the shape of the model: single values, lengths, fields.

In the file a single value stands beside its basis (``{is: 90s, basis: assumed}``) and lengths are
written with their unit; the model has plain numbers, and the bases in ``facts``.
"""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from mock_server.domain.quantities import QuantityError, parse_duration_ms, parse_size_bytes
from mock_server.procedure.pack import Fact, ProcedurePack
from mock_server.procedure.pack_checks import language_problems, pack_problems
from mock_server.procedure.text_fields import label_fields, text_fields
from mock_server.procedure.texts import Basis, Data, Language, Text, field_names, fill
from mock_server.scenario.yaml_files import KeyPath, YamlDocument
from mock_server.scenario.yaml_models import to_model

Fields = Mapping[Language, Mapping[str, str]]

# Sections of single values, with what reads each value: as it stands, a duration or a size.
FACT_SECTIONS: Mapping[str, Callable[[object], object]] = {
    "values": lambda value: value,
    "durations": lambda value: parse_duration_ms(value, min_ms=1),
    "waits": lambda value: parse_duration_ms(value, min_ms=1),
    "sizes": lambda value: parse_size_bytes(value, min_bytes=1),
    "window": lambda value: value,
}
# Sections that an edition takes over key by key from the one it extends; the others go whole.
MERGED_SECTIONS = (*FACT_SECTIONS, "rubric_switches", "gates")


class StatedFact(Data, frozen=True, kw_only=True):
    """A single value as the file writes it."""

    value: Any = msgspec.field(name="is")
    basis: Basis
    note: Text | None = None


def extended(document: YamlDocument, base: YamlDocument) -> YamlDocument:
    """The document with all that it does not say itself taken from ``base``."""
    data = {**base.data, **document.data}
    for section in MERGED_SECTIONS:
        mine, theirs = document.data.get(section), base.data.get(section)
        if isinstance(mine, dict) and isinstance(theirs, dict):
            data[section] = {**theirs, **mine}
    data.pop("extends", None)
    return YamlDocument(file=document.file, data=data, lines=document.lines)


def pack_from(document: YamlDocument) -> ProcedurePack:
    """The model of a whole pack, its texts filled. Raises YamlFileError."""
    data: dict[str, Any] = dict(document.data)
    if "facts" in data:
        raise document.error(("facts",), "this key is not known", "a basis beside each value")
    facts: list[Fact] = []
    for section, read in FACT_SECTIONS.items():
        if isinstance(stated := data.get(section), dict):
            data[section] = _plain(document, section, stated, read, facts)
    draft = to_model(document, ProcedurePack, data)
    for problem in pack_problems(draft):
        raise document.error(problem.path, problem.said, problem.allowed)
    fields: Fields = {"id": text_fields(draft, "id"), "en": text_fields(draft, "en")}
    steps = _filled_labels(data["steps"], label_fields(draft))
    data["steps"] = filled(document, steps, fields, ("steps",))
    refuse_unknown_fields(document, data["steps"], fields, ("steps",))
    pack = to_model(document, ProcedurePack, data)
    return msgspec.structs.replace(pack, facts=tuple(facts))


def filled(document: YamlDocument, value: Any, fields: Fields, path: KeyPath) -> Any:
    """Fill the pack's fields in every text (a mapping with ``id`` and ``en``) below ``path``.

    Raises YamlFileError for a text that is empty, or that takes a field in one language only.
    """
    if isinstance(value, list):
        return [filled(document, item, fields, (*path, index)) for index, item in enumerate(value)]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("id"), str) and isinstance(value.get("en"), str):
        for problem in language_problems(Text(id=value["id"], en=value["en"]), path):
            raise document.error(problem.path, problem.said, problem.allowed)
        languages: tuple[Language, ...] = ("id", "en")
        value = value | {name: fill(value[name], fields[name]) for name in languages}
    return {key: filled(document, item, fields, (*path, key)) for key, item in value.items()}


def refuse_unknown_fields(
    document: YamlDocument, value: Any, fields: Fields, path: KeyPath
) -> None:
    """Refuse a field that is left after filling and that nobody will fill. Raises YamlFileError."""
    if isinstance(value, dict):
        for key, item in value.items():
            refuse_unknown_fields(document, item, fields, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            refuse_unknown_fields(document, item, fields, (*path, index))
    elif isinstance(value, str) and (unknown := field_names(value)):
        allowed = f"fields of this pack: {', '.join(sorted(fields['en']))}"
        raise document.error(path, f"the field {{{min(unknown)}}} is not known", allowed)


def _plain(
    document: YamlDocument,
    section: str,
    stated: Mapping[str, object],
    read: Callable[[object], object],
    facts: list[Fact],
) -> dict[str, object]:
    """The section's plain values; what was stated about them is appended to ``facts``."""
    plain: dict[str, object] = {}
    for key, entry in stated.items():
        path = (section, key)
        fact = to_model(document, StatedFact, entry, at=path)
        try:
            plain[key] = read(fact.value)
        except QuantityError as error:
            raise document.error((*path, "is"), error.problem, f"write {error.allowed}") from None
        both = fact.value if isinstance(fact.value, dict) else {}
        facts.append(
            Fact(
                key=f"{section}.{key}",
                value=str(both.get("id", fact.value)),
                value_en=str(both.get("en", "")),
                basis=fact.basis,
                note=fact.note,
            )
        )
    return plain


def _filled_labels(steps: list[dict[str, Any]], fields: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        step
        | {"labels": [fill(label, fields) for label in step["labels"]]}
        | ({"substeps": _filled_labels(step["substeps"], fields)} if "substeps" in step else {})
        for step in steps
    ]
