"""The linter: scenarios that would load, but teach badly or expect what cannot be.

``docs/scenarios.md`` explains each rule. A scenario of level CI is for programs: what is asked of
texts for people is not asked of it.
"""

from pathlib import Path

from mock_server.procedure.pack import ProcedurePack
from mock_server.procedure.texts import FaultTexts, Texts, Violation
from mock_server.scenario import fault_lines
from mock_server.scenario.findings import Finding, Found, Subject
from mock_server.scenario.library import entry
from mock_server.scenario.lint_ending import lint_ending
from mock_server.scenario.lint_story import lint_story
from mock_server.scenario.lint_texts import lint_texts
from mock_server.scenario.model import Scenario
from mock_server.scenario.packs import load_fault_texts, load_violations
from mock_server.scenario.problems import Problem, ScenarioError
from mock_server.scenario.yaml_files import read_yaml

RULES = {
    "avoided-word": "an Indonesian text uses a word that has a better one",
    "both-languages": "a text is missing in one language, or written in the wrong one",
    "cannot-end-so": "the expected ending, truth or violation cannot come about",
    "cannot-strike": "a fault can never strike in this story",
    "fault-not-told": "a fault has no visible sign, expected act and end in the texts",
    "gives-away": "the alias, the brief, or a message, says what the screen ought to show",
    "inflected-label": "an official label bears a prefix",
    "long-sentence": "a sentence holds more than one idea",
    "no-time-set": "`expect.within` does not say how long it may take",
    "not-told": "a scenario for people lacks its brief, its steps or its debrief",
    "teaches-other-steps": "`teaches` names no step that a fault or a temptation is about",
    "unknown-code": "there is no such violation",
    "within-too-short": "waiting and jobs alone take longer than `expect.within`",
    "wrong-level": "the level asks for another number of troubles",
}
"""Every rule, in one line."""


def lint(
    scenario: Scenario,
    pack: ProcedurePack,
    fault_texts: FaultTexts,
    violations: Texts[Violation],
) -> tuple[Found, ...]:
    """Find what is unwise in a sound scenario, in the order of the file's keys."""
    subject = Subject(
        scenario=scenario,
        pack=pack,
        faults=fault_lines.planned(scenario, pack),
        fault_texts=fault_texts,
        violations=violations,
    )
    return (*lint_texts(subject), *lint_story(subject), *lint_ending(subject))


def examine(path: Path) -> tuple[Problem | Finding, ...]:
    """Say all that is wrong or unwise about one file. Empty if it is fine."""
    try:
        one = entry(path)
    except ScenarioError as error:
        return error.problems
    found = lint(one.scenario, one.pack, load_fault_texts(one.pack), load_violations(one.pack))
    document = read_yaml(path)
    findings = [
        Finding(
            file=str(path),
            line=document.line_of(of.path),
            path=of.path,
            rule=of.rule,
            message=of.message,
            mend=of.mend,
        )
        for of in found
    ]
    return tuple(sorted(findings, key=lambda finding: finding.line or 0))
