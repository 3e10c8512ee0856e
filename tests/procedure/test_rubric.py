"""The rubric as data: complete, in agreement with its texts, and written down for people."""

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from mock_server.procedure.codes import PREDICATES
from mock_server.procedure.rubric import RUBRIC_VERSION, RULES, Rule, gates
from mock_server.procedure.texts import GateRule, Provenance, Severity
from mock_server.scenario.packs import load_violations
from tests.procedure.traces import TINY, UNBK

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| \*\*([A-Z]\d+)\*\* \|(.+)\|$", re.MULTILINE)

each_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])


def documented() -> dict[str, str]:
    """The rows of docs/rubric.md by their code."""
    return dict(ROW.findall((ROOT / "docs" / "rubric.md").read_text(encoding="utf-8")))


def test_the_rubric_has_every_code_once() -> None:
    wanted = [*(f"K{n}" for n in range(1, 5)), *(f"B{n}" for n in range(1, 11))]
    wanted += [*(f"R{n}" for n in range(1, 9)), "N1", "N2"]

    assert [rule.code for rule in RULES] == wanted


def test_every_code_has_a_predicate_and_every_predicate_a_code() -> None:
    assert list(PREDICATES) == [rule.code for rule in RULES]


@pytest.mark.parametrize("pack", [UNBK, TINY], ids=["unbk-2017", "tiny-7"])
def test_rules_and_the_texts_of_violations_say_the_same(pack) -> None:
    texts = load_violations(pack)

    assert texts.keys == tuple(rule.code for rule in RULES)
    for rule in RULES:
        text = texts[rule.code]
        assert (text.severity, text.gate, text.steps, text.provenance.basis) == (
            rule.severity, rule.gate, rule.steps, rule.provenance,
        ), rule.code  # fmt: skip


@each_rule
def test_the_steps_that_a_code_quotes_are_steps_of_the_procedure(rule: Rule) -> None:
    assert set(rule.steps) <= {step.number for step in UNBK.all_steps}


@each_rule
def test_the_page_for_people_lists_the_code_with_its_gravity_and_its_origin(rule: Rule) -> None:
    severity, _predicate, provenance, gate = (
        cell.strip() for cell in documented()[rule.code].split("|")
    )

    assert severity == rule.severity.value
    assert provenance == rule.provenance.value
    assert gate.startswith(rule.gate.value)


def test_the_page_for_people_lists_no_code_that_is_not_there() -> None:
    assert list(documented()) == [rule.code for rule in RULES]


def test_the_page_for_people_names_the_rubrics_version() -> None:
    page = (ROOT / "docs" / "rubric.md").read_text(encoding="utf-8")

    assert f"Version {RUBRIC_VERSION}" in page


def test_only_what_the_announcement_forbids_in_capitals_is_always_critical() -> None:
    always = [
        rule
        for rule in RULES
        if rule.severity is Severity.CRITICAL and rule.gate is GateRule.ALWAYS
    ]

    assert [rule.code for rule in always] == ["K1", "K2"]
    assert {rule.provenance for rule in always} == {Provenance.SOURCE}


def test_a_prohibition_of_the_pack_is_judged_by_a_code_that_always_gates() -> None:
    rules = {rule.code: rule for rule in RULES}

    for prohibition in UNBK.prohibitions:
        assert rules[prohibition.code].gate is GateRule.ALWAYS
        assert prohibition.step in rules[prohibition.code].steps


@pytest.mark.parametrize(
    ("code", "switch"), [("K3", "k3_gates"), ("K4", "k4_gates"), ("B1", "b1_gates")]
)
def test_a_switch_decides_whether_its_code_gates(code: str, switch: str) -> None:
    rule = next(rule for rule in RULES if rule.code == code)

    assert gates(rule, replace(UNBK.rubric_switches, **{switch: True}))
    assert not gates(rule, replace(UNBK.rubric_switches, **{switch: False}))


@each_rule
def test_no_switch_touches_any_other_code(rule: Rule) -> None:
    if rule.code in ("K3", "K4", "B1"):
        return
    on = replace(UNBK.rubric_switches, k3_gates=True, k4_gates=True, b1_gates=True)
    off = replace(UNBK.rubric_switches, k3_gates=False, k4_gates=False, b1_gates=False)

    assert gates(rule, on) == gates(rule, off) == (rule.gate is GateRule.ALWAYS)
