"""The rules for step definitions, and how they meet the features: each step has exactly one
definition, each definition a step, and each tells a reader where to click.
"""

import inspect
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from pytest_bdd.steps import StepFunctionContext, step_function_context_registry

from tests.bdd.feature_files import Feature, Step
from tests.bdd.feature_rules import Finding

ON_SCREEN = "Cara di layar:"
DEFINITIONS_MAX = 190
"""Ten chapters on the procedure need 120, the two on rubric and coach 65. Each one is tried for
each step of a run: a hundred more are felt, and the catalogue can no longer be read."""


PROGRAM, EXERCISE = "program", "latihan"
_Step = TypeVar("_Step", bound=Callable[..., object])


def for_programs(function: _Step) -> _Step:
    """Mark a step that no person at a page can do: what uses it bears the tag @program."""
    setattr(function, "is_for_programs", True)  # noqa: B010 -- functions have no such field
    return function


class Definition(NamedTuple):
    """``kind`` is given, when or then, or None where any of them will do."""

    kind: str | None
    sentence: str
    matches: Callable[[str], bool]
    function: Callable[..., object]

    @property
    def place(self) -> tuple[str, int]:
        code = inspect.unwrap(self.function).__code__
        return code.co_filename, code.co_firstlineno

    @property
    def is_for_programs(self) -> bool:
        return bool(getattr(inspect.unwrap(self.function), "is_for_programs", False))

    def fits(self, step: Step) -> bool:
        return self.kind in (None, step.kind) and self.matches(step.text)


def registered() -> list[Definition]:
    """Every definition that has been imported, but for those that pytest-bdd brings along."""
    found = [_definition(context) for context in step_function_context_registry.values()]
    ours = [one for one in found if not one.function.__module__.startswith("pytest_bdd.")]
    return sorted(ours, key=lambda one: (*one.place, one.kind or "", one.sentence))


def _definition(context: StepFunctionContext) -> Definition:
    return Definition(
        kind=context.type,
        sentence=context.parser.name,
        matches=context.parser.is_matching,
        function=context.step_func,
    )


def broken_rules(definitions: Sequence[Definition]) -> list[Finding]:
    """Return what is wrong with the definitions by themselves."""
    found = [Finding(*one.place, problem) for one in definitions for problem in _problems(one)]
    if len(definitions) > DEFINITIONS_MAX:
        problem = f"{len(definitions)} step definitions; at most {DEFINITIONS_MAX}: join like ones"
        found.append(Finding(*definitions[0].place, problem))
    return found


def _problems(one: Definition) -> Iterator[str]:
    if inspect.iscoroutinefunction(one.function) or inspect.isasyncgenfunction(one.function):
        yield f"step {one.sentence!r} is a coroutine: nobody awaits it, so it would always pass"
    text = inspect.getdoc(one.function) or ""
    if not text.startswith(ON_SCREEN):
        yield f"step {one.sentence!r} needs a docstring that begins with {ON_SCREEN!r}"
    elif not text.removeprefix(ON_SCREEN).strip():
        yield f"step {one.sentence!r} says {ON_SCREEN!r} and then nothing"


def unmatched(features: Iterable[Feature], definitions: Sequence[Definition]) -> list[Finding]:
    """Return missing, ambiguous and unused steps, judged on the text with its values in place."""
    found: list[Finding] = []
    fitting: dict[tuple[str, str], list[Definition]] = {}
    used: set[Callable[..., object]] = set()
    for path, step in _each_step(features):
        key = (step.kind, step.text)
        if key not in fitting:
            fitting[key] = [one for one in definitions if one.fits(step)]
        matching = fitting[key]
        used.update(one.function for one in matching)
        if not matching:
            found.append(Finding(path, step.line, f"no definition for {step.kind} {step.text!r}"))
        if len(matching) > 1:
            found.append(Finding(path, step.line, _ambiguous(step, matching)))
    idle = [one for one in definitions if one.function not in used]
    found += [
        Finding(*one.place, f"no feature uses the step {one.sentence!r}; use it or remove it")
        for one in idle
    ]
    return list(dict.fromkeys(found))


def programs(features: Iterable[Feature], definitions: Sequence[Definition]) -> list[Finding]:
    """Return the scenarios whose tag @program and whose steps do not say the same."""
    found: list[Finding] = []
    special = [one for one in definitions if one.is_for_programs]
    for feature in features:
        for scenario in feature.scenarios:
            is_tagged = PROGRAM in scenario.tags
            needs = any(one.fits(step) for step in scenario.rendered() for one in special)
            if needs and not is_tagged:
                problem = f"{scenario.name!r} has a step for programs and lacks @{PROGRAM}"
                found.append(Finding(feature.path, scenario.line, problem))
            if is_tagged and not needs:
                problem = (
                    f"{scenario.name!r} bears @{PROGRAM}, but a person could do each of its steps; "
                    "remove the tag, or mark the step with for_programs"
                )
                found.append(Finding(feature.path, scenario.line, problem))
            if is_tagged and EXERCISE in scenario.tags:
                problem = f"{scenario.name!r} is for programs, so it is no exercise (@{EXERCISE})"
                found.append(Finding(feature.path, scenario.line, problem))
    return found


def _each_step(features: Iterable[Feature]) -> Iterator[tuple[Path, Step]]:
    for feature in features:
        for scenario in feature.scenarios:
            for step in scenario.rendered():
                yield feature.path, step


def _ambiguous(step: Step, matching: Sequence[Definition]) -> str:
    by_place = defaultdict(list)
    for one in matching:
        by_place[one.place].append(one.sentence)
    sentences = "; ".join(f"{Path(place[0]).name}:{place[1]}" for place in by_place)
    return f"{step.text!r} fits {len(matching)} definitions ({sentences}); make them differ"
