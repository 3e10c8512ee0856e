"""The rules for a feature file, and what one of ours breaks: traps that pytest-bdd walks into
silently, and the way our chapters are written.

Each rule is a function from a feature to its findings. ``guard.py`` applies them all.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.bdd.feature_files import PLACEHOLDER, Feature, Scenario

KEYWORDS = frozenset(
    {
        "Fitur",
        "Aturan",
        "Latar Belakang",
        "Skenario",
        "Garis-Besar Skenario",
        "Contoh",
        "Diketahui",
        "Ketika",
        "Maka",
        "Dan",
        "Tetapi",
    }
)
OUTLINE = "Garis-Besar Skenario"
FILE_NAME = re.compile(r"(\d\d)_[a-z0-9_]+\.feature")
BACKGROUND_STEPS_MAX = 3
OWN_STEPS_MAX = 7
JOURNEY = "perjalanan"  # a scenario with this tag walks far and may be long


class Finding(NamedTuple):
    """What is wrong, where, and what to do about it."""

    path: Path | str
    line: int
    problem: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.problem}"


def broken_rules(feature: Feature, tags: Collection[str]) -> list[Finding]:
    """Return every finding in ``feature``; ``tags`` are the registered ones."""
    found = [
        Finding(feature.path, line, problem) for rule in RULES for line, problem in rule(feature)
    ]
    found += [Finding(feature.path, line, problem) for line, problem in _tags(feature, tags)]
    return sorted(found, key=lambda finding: finding.line)


Found = Iterator[tuple[int, str]]


def _names(feature: Feature) -> Found:
    times = Counter(scenario.name for scenario in feature.scenarios)
    for scenario in feature.scenarios:
        if times[scenario.name] > 1:
            problem = (
                f"another scenario is called {scenario.name!r}, and only one of them would run; "
                "give each its own name, also under different rules"
            )
            yield scenario.line, problem


def _keywords(feature: Feature) -> Found:
    for word in feature.words:
        if word.keyword not in KEYWORDS:
            allowed = ", ".join(sorted(KEYWORDS))
            yield word.line, f"keyword {word.keyword!r}: allowed are {allowed}"


def _chapter(feature: Feature) -> Found:
    name = FILE_NAME.fullmatch(feature.path.name)
    if name is None:
        yield 1, f"a chapter's file is called NN_name.feature, not {feature.path.name!r}"
    elif f"bab-{name[1]}" not in feature.tags:
        yield 1, f"the feature lacks the tag @bab-{name[1]} that its file name asks for"


def _backgrounds(feature: Feature) -> Found:
    for steps in feature.backgrounds:
        for step in steps:
            if PLACEHOLDER.search(step.text):
                yield step.line, "<...> in a Latar Belakang: write the value, or move the step"
        if len(steps) > BACKGROUND_STEPS_MAX:
            problem = (
                f"{len(steps)} steps in a Latar Belakang: at most {BACKGROUND_STEPS_MAX}, "
                "or the reader has forgotten them at the scenario"
            )
            yield steps[0].line, problem


def _each(rule: Callable[[Scenario], Found]) -> Callable[[Feature], Found]:
    def over_all(feature: Feature) -> Found:
        for scenario in feature.scenarios:
            yield from rule(scenario)

    return over_all


def _shape(scenario: Scenario) -> Found:
    if not scenario.steps:
        yield scenario.line, f"{scenario.name!r} has no steps and would pass"
        return
    if not scenario.steps[0].kind:
        first = scenario.steps[0]
        problem = f"{scenario.name!r} begins with {first.keyword!r}, not Diketahui or Ketika"
        yield first.line, problem
    whens = sum(step.kind == "when" for step in scenario.steps)
    if whens != 1:
        yield scenario.line, f"{scenario.name!r} has {whens} steps of Ketika; one act a scenario"
    if not any(step.kind == "then" for step in scenario.steps):
        yield scenario.line, f"{scenario.name!r} has no Maka, so it proves nothing"
    if len(scenario.steps) > OWN_STEPS_MAX and JOURNEY not in scenario.tags:
        problem = (
            f"{scenario.name!r} has {len(scenario.steps)} steps; at most {OWN_STEPS_MAX}, or it "
            f"is a journey and says so with @{JOURNEY}"
        )
        yield scenario.line, problem


def _outline(scenario: Scenario) -> Found:
    rows = sum(len(table.rows) for table in scenario.tables)
    if scenario.keyword == OUTLINE and not rows:
        yield scenario.line, f"{scenario.name!r} is an outline without rows of Contoh"
    if scenario.keyword != OUTLINE and scenario.tables:
        yield scenario.line, f"{scenario.name!r} has Contoh, so it is a {OUTLINE}"
    used = {
        name
        for text in (scenario.name, *(step.text for step in scenario.steps))
        for name in PLACEHOLDER.findall(text)
    }
    for table in scenario.tables:
        yield from _table(table.line, table.header, [row.cells for row in table.rows], used)
    if used and not scenario.tables:
        yield scenario.line, f"{scenario.name!r} uses {_listed(used)} and has no Contoh"


def _table(
    line: int, header: Sequence[str], rows: Sequence[Sequence[str]], used: Collection[str]
) -> Found:
    if missing := set(used) - set(header):
        yield line, f"this Contoh lacks a column for {_listed(missing)}"
    if idle := set(header) - set(used):
        yield line, f"no step uses the column {_listed(idle)} of this Contoh"
    again = [value for value, times in Counter(row[0] for row in rows).items() if times > 1]
    if again:
        problem = (
            f"the first column of this Contoh repeats {', '.join(again)}; "
            "let it name the row, since the test is called by it"
        )
        yield line, problem


def _listed(names: Collection[str]) -> str:
    return ", ".join(f"<{name}>" for name in sorted(names))


def _tags(feature: Feature, registered: Collection[str]) -> Found:
    for scenario in feature.scenarios:
        own = {*scenario.tags, *(tag for table in scenario.tables for tag in table.tags)}
        for tag in sorted(own - set(registered)):
            problem = (
                f"tag @{tag} is not registered; correct it, or add it to feature_tags() in "
                "tests/conftest.py"
            )
            yield scenario.line, problem


RULES: tuple[Callable[[Feature], Found], ...] = (
    _names,
    _keywords,
    _chapter,
    _backgrounds,
    _each(_shape),
    _each(_outline),
)
