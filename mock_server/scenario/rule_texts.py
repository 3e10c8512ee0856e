"""The rules of the simulation in words, each with how well it is known; values as one says them.

The page "Batas simulasi" and the handbook are both made of these.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

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

    def in_language(self, language: Language) -> str:
        return self.id if language == "id" else self.en


class RulesFile(Data, frozen=True, kw_only=True):
    schema: Literal["cbtsync-rules/1"]
    rules: tuple[Rule, ...]


def load_rules(folder: Path | None = None) -> tuple[Rule, ...]:
    """Read the rules. Raises YamlFileError."""
    document = read_yaml((folder or procedures_folder() / "texts") / FILE)
    return to_model(document, RulesFile, document.data).rules


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
