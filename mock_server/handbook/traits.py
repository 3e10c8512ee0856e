"""What can be told of a scenario by its tags, its sentences and its runs. Pure functions."""

import re
from collections.abc import Iterable, Iterator, Sequence

from mock_server.handbook import features as source
from mock_server.handbook.drills import Told
from mock_server.handbook.evidence import StepEvidence, StoryEvidence
from mock_server.handbook.model import Proof, Run, Standing
from mock_server.procedure.numbers import StepNumber

_STEP_TAG = re.compile(r"langkah-(nb|\d\d)")
_BAN_TAG = re.compile(r"larangan-(\d+)")
_REHEARSAL = re.compile(r'latihan "([^"]+)" sudah disiapkan')


def order(number: StepNumber) -> tuple[int, str]:
    """Sort NB where the day has it: before step 4."""
    return (3, "nb") if number == "NB" else (int(str(number).rstrip("abcdef")), str(number))


def steps_of(tags: Sequence[str]) -> tuple[StepNumber, ...]:
    """Return the steps of the procedure that a story is about, by its tags."""
    found = [tag[1] for tag in map(_STEP_TAG.fullmatch, tags) if tag]
    numbers: list[StepNumber] = ["NB" if one == "nb" else int(one) for one in found]
    return tuple(sorted(numbers, key=order))


def ban_of(tags: Sequence[str]) -> int | None:
    """Return the step whose prohibition a story is about, None if it is about neither."""
    return next((int(tag[1]) for tag in map(_BAN_TAG.fullmatch, tags) if tag), None)


def named(story: source.Story) -> list[str]:
    """Return the scenario files that a story names."""
    values = [dict(zip(table.header, row.cells, strict=True))
              for table in story.tables for row in table.rows] or [{}]  # fmt: skip
    texts = [source.filled(step.text, row) for step in story.steps for row in values]
    return [found[1] for found in map(_REHEARSAL.fullmatch, texts) if found]


def told_by(story: source.Story, runs: Sequence[StoryEvidence]) -> Told:
    """Return what a story and its runs tell about where it is practised."""
    ran = [*named(story), *all_of(of.rehearsals for of in runs)]
    return Told(
        rehearsals=tuple(dict.fromkeys(ran)),
        faults=tuple(dict.fromkeys(all_of(of.faults for of in runs))),
        steps=steps_of(story.tags),
        text=" ".join((story.name, *(step.text for step in story.steps))),
        is_exercise="latihan" in story.tags,
    )


def rows_of(story: source.Story) -> Iterator[tuple[str, ...]]:
    rows = [row.cells for table in story.tables for row in table.rows]
    yield from rows or [()]


def sentences_of(story: source.Story) -> set[str]:
    """Return the columns of its Contoh that hold a whole step each."""
    names = {name for table in story.tables for name in table.header}
    return names & {step.text[1:-1] for step in story.steps if step.text[:1] == "<"}


def told_briefly(step: StepEvidence) -> str:
    """Return what went wrong at a step, on one line, and where the step is defined."""
    if not step.error:
        return "not reached"
    return f"{step.error.splitlines()[0]} ({step.definition})"


def all_of(groups: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for group in groups:
        yield from group


def by_line(runs: Sequence[StoryEvidence]) -> dict[int, StepEvidence]:
    """Return what is known of the step at each line, of the worst run that reached it."""
    found: dict[int, StepEvidence] = {}
    for of in runs:
        for step in of.steps:
            if step.line not in found or step.result == "failed":
                found[step.line] = step
    return found


def run_of(anchor: str, row: tuple[str, ...], standing: Standing, of: StoryEvidence) -> Run:
    return Run(
        anchor=anchor,
        row=", ".join(row),
        standing=standing,
        test=of.test,
        proofs=tuple(
            Proof(
                text=f"{step.keyword} {step.text}",
                standing=step.result,
                exchanges=step.exchanges,
                seen=step.seen,
                error=step.error,
                definition=step.definition,
            )
            for step in of.steps
        ),
    )
