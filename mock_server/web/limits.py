"""Limits of this simulation: each rule and each value with how well it is known."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from mock_server.procedure.pack import ProcedurePack
from mock_server.procedure.texts import Basis, Data, Language, Text
from mock_server.scenario.locations import procedures_folder
from mock_server.scenario.yaml_files import read_yaml
from mock_server.scenario.yaml_models import to_model

FILE = "rules.yaml"


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
    """One line of the page; ``value`` is '' for a rule."""

    said: str
    value: str
    basis: Basis


def load_rules(folder: Path | None = None) -> tuple[Rule, ...]:
    """Read the rules. Raises YamlFileError."""
    document = read_yaml((folder or procedures_folder() / "texts") / FILE)
    return to_model(document, RulesFile, document.data).rules


def by_part(rules: tuple[Rule, ...], language: Language) -> Mapping[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for rule in rules:
        said = rule.id if language == "id" else rule.en
        found.setdefault(rule.part, []).append(Line(said=said, value="", basis=rule.basis))
    return found


def values(pack: ProcedurePack, language: Language) -> Iterator[Line]:
    """Yield the pack's single values, by their key in its file."""
    for fact in pack.facts:
        note = "" if fact.note is None else _said(fact.note, language)
        yield Line(
            said=f"{fact.key} – {note}" if note else fact.key, value=fact.value, basis=fact.basis
        )


def _said(text: Text, language: Language) -> str:
    return text.in_language(language)
