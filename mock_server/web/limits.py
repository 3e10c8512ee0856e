"""Limits of this simulation: each rule and each value with how well it is known."""

from collections.abc import Iterator, Mapping

import msgspec

from mock_server.procedure.pack import ProcedurePack
from mock_server.procedure.texts import Basis, Language
from mock_server.scenario.rule_texts import Rule as Rule
from mock_server.scenario.rule_texts import load_rules as load_rules
from mock_server.scenario.rule_texts import spoken as spoken


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


def by_part(rules: tuple[Rule, ...], language: Language) -> Mapping[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for rule in rules:
        line = Line(said=rule.in_language(language), basis=rule.basis)
        found.setdefault(rule.part, []).append(line)
    return found


def values(pack: ProcedurePack, language: Language) -> Iterator[Value]:
    """Yield the pack's single values, in the order of its file."""
    for fact in pack.facts:
        yield Value(
            key=fact.key,
            value=spoken(fact.written(language), language),
            note="" if fact.note is None else fact.note.in_language(language),
            basis=fact.basis,
        )
