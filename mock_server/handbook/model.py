"""The book as data: chapters, numbered stories, and the pages made of the procedure. No I/O.

All texts are in the book's language already. Texts of features, steps and remarks are Markdown.
"""

from collections.abc import Iterable
from typing import Literal

from mock_server.handbook.evidence import Exchange, Seen
from mock_server.handbook.features import RemarkKind, columns, filled
from mock_server.handbook.tables import Answer as Answer
from mock_server.handbook.tables import Limit as Limit
from mock_server.handbook.tables import LimitGroup as LimitGroup
from mock_server.handbook.tables import Part as Part
from mock_server.handbook.tables import Term as Term
from mock_server.handbook.tables import ZoneRow as ZoneRow
from mock_server.procedure.numbers import StepNumber
from mock_server.procedure.texts import Language, Provenance

Standing = Literal["passed", "failed", "skipped", "stale", "missing"]


class Finding(Part, frozen=True, kw_only=True):
    """What stops the build: where, what is wrong, and what to do about it."""

    file: str
    line: int
    problem: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.problem}"


class Callout(Part, frozen=True, kw_only=True):
    kind: RemarkKind
    text: str


class Picture(Part, frozen=True, kw_only=True):
    """``file`` is '' if it was not taken. Pixels of the picture as it is stored."""

    name: str
    file: str
    alt: str
    width_px: int = 0
    height_px: int = 0


class Proof(Part, frozen=True, kw_only=True):
    """What one step did and saw in one run."""

    text: str
    standing: Standing
    exchanges: tuple[Exchange, ...]
    seen: tuple[Seen, ...]
    error: str
    definition: str


class Run(Part, frozen=True, kw_only=True):
    """One run of a story; ``row`` names its row of Contoh."""

    anchor: str
    row: str
    standing: Standing
    test: str
    proofs: tuple[Proof, ...]


class Step(Part, frozen=True, kw_only=True):
    keyword: str
    kind: str  # given, when or then
    text: str
    on_screen: str  # the click path; '' if unknown
    callouts: tuple[Callout, ...]
    pictures: tuple[Picture, ...]
    standing: Standing
    error: str = ""


class Row(Part, frozen=True, kw_only=True):
    cells: tuple[str, ...]
    standing: Standing
    anchor: str


class Table(Part, frozen=True, kw_only=True):
    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]


class Case(Part, frozen=True, kw_only=True):
    """A row of Contoh as an exercise: what is given, and what it comes to."""

    given: tuple[str, ...]
    comes_to: tuple[str, ...]


class Story(Part, frozen=True, kw_only=True):
    """One scenario. ``number`` is short enough to be called out in a classroom: S-03.2."""

    number: str
    name: str
    chapter: int
    file: str
    line: int
    steps_of_procedure: tuple[StepNumber, ...]
    prohibition: StepNumber | None
    is_exercise: bool
    is_journey: bool
    callouts: tuple[Callout, ...]
    steps: tuple[Step, ...]
    tables: tuple[Table, ...]
    runs: tuple[Run, ...]
    standing: Standing
    train: str  # id of the scenario in which one practises it
    train_title: str
    rehearsals: tuple[str, ...]  # ids of the scenarios that it ran
    faults: tuple[str, ...]  # kinds that struck in it

    @property
    def cases(self) -> tuple[Case, ...]:
        """Return each row of Contoh; nothing that its Maka tells is given away."""
        told = [step.text for step in self.steps if step.kind == "then"]
        asked = columns(step.text for step in self.steps if step.kind != "then")
        return tuple(
            Case(
                given=tuple(cell for name, cell in row if name in asked),
                comes_to=tuple(filled(text, dict(row)) for text in told if columns([text])),
            )
            for table in self.tables
            for row in (list(zip(table.header, one.cells, strict=True)) for one in table.rows)
        )


class Rule(Part, frozen=True, kw_only=True):
    anchor: str
    name: str
    description: str
    callouts: tuple[Callout, ...]
    background: tuple[Step, ...]
    stories: tuple[Story, ...]


class Chapter(Part, frozen=True, kw_only=True):
    number: int
    name: str
    file: str
    description: str
    callouts: tuple[Callout, ...]
    background: tuple[Step, ...]
    rules: tuple[Rule, ...]
    steps_of_procedure: tuple[StepNumber, ...]

    @property
    def slug(self) -> str:
        return f"bab-{self.number:02}"

    @property
    def stories(self) -> tuple[Story, ...]:
        return tuple(story for rule in self.rules for story in rule.stories)


class ProcedureStep(Part, frozen=True, kw_only=True):
    """A step of the procedure. ``anchor`` is what other pages link to: langkah-18."""

    anchor: str
    label: str  # 7a
    title: str
    do: str
    see: str
    why: str
    slip: str
    note: str
    basis: Provenance
    basis_note: str
    official_wording: str
    labels: tuple[str, ...]
    in_order: bool
    critical: bool
    critical_by_us: bool
    forbids: bool
    substeps: tuple["ProcedureStep", ...]
    stories: tuple[Story, ...]


class Block(Part, frozen=True, kw_only=True):
    title: str
    steps: tuple[ProcedureStep, ...]


class Drill(Part, frozen=True, kw_only=True):
    """A scenario file as a trainee may know it: nothing about its faults."""

    scenario: str
    level: str
    title: str
    brief: str
    steps: tuple[StepNumber, ...]
    begins: str  # HH:MM WIB
    zone: str
    speed: int
    within_minutes: int | None
    stories: tuple[Story, ...]


class Symptom(Part, frozen=True, kw_only=True):
    fault: str
    title: str
    cue: str
    act: str
    over: str
    worse: str
    steps: tuple[StepNumber, ...]
    basis: Provenance
    drills: tuple[tuple[str, str], ...]  # id and title of scenarios in which it strikes
    stories: tuple[Story, ...]


class Prohibition(Part, frozen=True, kw_only=True):
    code: str
    step: ProcedureStep
    wording: str  # official, Indonesian
    gloss: str  # '' in Indonesian
    why: str
    monday: str
    better: str
    answers: tuple[Answer, ...]
    stories: tuple[Story, ...]


class Trace(Part, frozen=True, kw_only=True):
    """From a step to all that shows and tests it."""

    step: ProcedureStep
    stories: tuple[Story, ...]
    screens: tuple[str, ...]
    scenarios: tuple[str, ...]
    tests: tuple[tuple[str, Standing], ...]

    @property
    def standing(self) -> Standing:
        return worst(standing for _, standing in self.tests)


class Book(Part, frozen=True, kw_only=True):
    """All of it. ``dated`` is the day printed on it, ISO 8601."""

    language: Language
    procedure: str  # id of the pack
    procedure_title: str
    version: str
    dated: str
    chapters: tuple[Chapter, ...]
    blocks: tuple[Block, ...]
    symptoms: tuple[Symptom, ...]
    prohibitions: tuple[Prohibition, ...]
    zones: tuple[str, ...]
    zone_rows: tuple[ZoneRow, ...]
    terms: tuple[Term, ...]
    rules_of_thumb: tuple[str, ...]
    limits: tuple[LimitGroup, ...]
    values: tuple[Limit, ...]
    drills: tuple[Drill, ...]
    traces: tuple[Trace, ...]

    @property
    def stories(self) -> tuple[Story, ...]:
        return tuple(story for chapter in self.chapters for story in chapter.stories)

    @property
    def steps(self) -> tuple[ProcedureStep, ...]:
        return tuple(step for block in self.blocks for step in block.steps)

    @property
    def exercises(self) -> tuple[Story, ...]:
        return tuple(story for story in self.stories if story.is_exercise)


ORDER: tuple[Standing, ...] = ("failed", "stale", "missing", "skipped", "passed")


def worst(standings: Iterable[Standing]) -> Standing:
    """Return the gravest of them; missing if there is none."""
    found = set(standings)
    return next((one for one in ORDER if one in found), "missing")
