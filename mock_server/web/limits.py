"""Limits of this simulation: each rule and each value with how well it is known."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from mock_server.procedure.pack import ProcedurePack
from mock_server.procedure.texts import Basis, Data, Language
from mock_server.scenario.locations import procedures_folder
from mock_server.scenario.yaml_files import read_yaml
from mock_server.scenario.yaml_models import to_model

FILE = "rules.yaml"
_QUANTITY = re.compile(r"(\d+)(s|m|h|KiB|MiB)")
_UNITS: Mapping[Language, Mapping[str, str]] = {
    "id": {"s": "detik", "m": "menit", "h": "jam"},
    "en": {"s": "seconds", "m": "minutes", "h": "hours"},
}


class Rule(Data, frozen=True, kw_only=True):
    """How the simulated system behaves, in a sentence or two."""

    key: str
    basis: Basis
    evidence: tuple[str, ...]  # sections of docs/evidence.md
    id: str
    en: str

    @property
    def part(self) -> str:
        return self.key.partition(".")[0]


class RulesFile(Data, frozen=True, kw_only=True):
    schema: Literal["cbtsync-rules/1"]
    rules: tuple[Rule, ...]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One rule as the page shows it."""

    said: str
    basis: Basis


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """One value of the pack as the page shows it. ``key`` is its key in the pack's file."""

    key: str
    value: str
    note: str
    basis: Basis


def load_rules(folder: Path | None = None) -> tuple[Rule, ...]:
    """Read the rules. Raises YamlFileError."""
    document = read_yaml((folder or procedures_folder() / "texts") / FILE)
    return to_model(document, RulesFile, document.data).rules


def by_part(rules: tuple[Rule, ...], language: Language) -> Mapping[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for rule in rules:
        said = rule.id if language == "id" else rule.en
        found.setdefault(rule.part, []).append(Line(said=said, basis=rule.basis))
    return found


def values(pack: ProcedurePack, language: Language) -> Iterator[Value]:
    """Yield the pack's single values, in the order of its file."""
    for fact in pack.facts:
        yield Value(
            key=fact.key,
            value=spoken(fact.value, language),
            note="" if fact.note is None else fact.note.in_language(language),
            basis=fact.basis,
        )


def spoken(value: str, language: Language) -> str:
    """Write 90s as 90 detik and 5MiB as 5 MiB; other values stay as they are."""
    found = _QUANTITY.fullmatch(value)
    if found is None:
        return value
    number, unit = found.groups()
    said = _UNITS[language].get(unit, unit)
    if language == "en" and number == "1":
        said = said.removesuffix("s")
    return f"{number} {said}"
