"""From features and evidence to chapters: stories get their numbers, steps proof and pictures.

Pure: everything arrives as an argument. What is wrong is remembered in ``Assembly.findings``.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from mock_server.handbook import features as source
from mock_server.handbook.drills import Told
from mock_server.handbook.evidence import Key, StepEvidence, StoryEvidence
from mock_server.handbook.model import (
    Callout,
    Chapter,
    Finding,
    Picture,
    Row,
    Rule,
    Standing,
    Step,
    Story,
    Table,
    worst,
)
from mock_server.handbook.pictures import Pictures
from mock_server.handbook.traits import (
    ban_of,
    by_line,
    order,
    rows_of,
    run_of,
    sentences_of,
    told_briefly,
    told_by,
)
from mock_server.handbook.translation import Translator


class Assembly:
    """Makes chapters. ``train`` chooses the scenario in which a story can be practised."""

    def __init__(
        self,
        *,
        evidence: Mapping[Key, StoryEvidence],
        pictures: Pictures,
        translator: Translator,
        train: Callable[[Told], tuple[str, str]],
    ) -> None:
        self._evidence = evidence
        self._pictures = pictures
        self._translator = translator
        self._train = train
        self._placed: set[str] = set()
        self.findings: list[Finding] = []

    def chapters(self, features: Sequence[source.Feature]) -> tuple[Chapter, ...]:
        made = tuple(self._chapter(number, of) for number, of in enumerate(features, start=1))
        for wanted in self._pictures.wanted:
            if wanted.name not in self._placed:
                line = self._pictures.lines[wanted.name]
                self._find(
                    self._pictures.file,
                    line,
                    f"picture {wanted.name!r} stands at no step: no feature has {wanted.at.step!r} "
                    f"in the scenario {wanted.at.scenario!r} of {wanted.at.feature}",
                )
        return made

    def _chapter(self, number: int, feature: source.Feature) -> Chapter:
        stories = list(feature.stories)
        numbers = {id(story): f"S-{number:02}.{at}" for at, story in enumerate(stories, start=1)}
        rules = []
        for at, rule in enumerate(feature.rules, start=1):
            rules.append(
                Rule(
                    anchor=f"A-{number:02}.{at}",
                    name=self._text(rule.name, feature, rule.line),
                    description=self._passage(rule.description, feature, rule.line),
                    callouts=self._callouts(rule.remarks, feature),
                    background=self._steps(rule.background, feature, "", {}),
                    stories=tuple(
                        self._story(numbers[id(story)], number, story, feature)
                        for story in rule.stories
                    ),
                )
            )
        found = {step for rule in rules for story in rule.stories if not story.is_journey
                 for step in story.steps_of_procedure}  # fmt: skip
        return Chapter(
            number=number,
            name=self._text(feature.name, feature, feature.line),
            file=feature.path.name,
            description=self._passage(feature.description, feature, feature.line),
            callouts=self._callouts(feature.remarks, feature),
            background=self._steps(feature.background, feature, "", self._clicks(feature)),
            rules=tuple(rules),
            steps_of_procedure=tuple(sorted(found, key=order)),
        )

    def _story(
        self,
        number: str,
        chapter: int,
        story: source.Story,
        feature: source.Feature,
    ) -> Story:
        found = self._found(story, feature)
        standings = {row: self._standing(story, feature, row, of) for row, of in found.items()}
        present = [of for of in found.values() if of is not None]
        numbers = {row: f"{number}-{at}" for at, row in enumerate(found, start=1)}
        told = told_by(story, present)
        train, train_title = self._train(told)
        return Story(
            number=number,
            name=self._sentence(story.name, feature, story.line),
            chapter=chapter,
            file=feature.path.name,
            line=story.line,
            steps_of_procedure=told.steps,
            prohibition=ban_of(story.tags),
            is_exercise=told.is_exercise,
            is_journey="perjalanan" in story.tags,
            callouts=self._callouts(story.remarks, feature),
            steps=self._steps(story.steps, feature, story.name, by_line(present)),
            tables=tuple(
                self._table(table, feature, standings, numbers, sentences_of(story))
                for table in story.tables
            ),
            runs=tuple(
                run_of(numbers[row], row, standings[row], of)
                for row, of in found.items()
                if of is not None
            ),
            standing=worst(standings.values()),
            train=train,
            train_title=train_title,
            rehearsals=told.rehearsals,
            faults=told.faults,
        )

    def _found(
        self, story: source.Story, feature: source.Feature
    ) -> dict[tuple[str, ...], StoryEvidence | None]:
        """Return what was left behind by each row of a story; without a table it has one, ()."""
        rows = (tuple(row) for row in rows_of(story))
        return {row: self._evidence.get((feature.path.name, story.name, row)) for row in rows}

    def _standing(
        self,
        story: source.Story,
        feature: source.Feature,
        row: tuple[str, ...],
        of: StoryEvidence | None,
    ) -> Standing:
        named_row = f" ({row[0]})" if row else ""
        file, line = f"features/{feature.path.name}", story.line
        if of is None:
            self._find(file, line, f"no evidence of {story.name!r}{named_row}: run the features")
            return "missing"
        if of.feature_sha256 != feature.sha256:
            problem = f"stale evidence of {story.name!r}{named_row}: the feature has changed since"
            self._find(file, line, f"{problem}; run the features")
            return "stale"
        if of.result != "passed":
            step = next((one for one in of.steps if one.result != "passed"), None)
            at = line if step is None else step.line
            said = "" if step is None else f" at {step.text!r}: {told_briefly(step)}"
            self._find(file, at, f"{story.name!r}{named_row} {of.result}{said}")
        return of.result

    def _steps(
        self,
        steps: Sequence[source.Step],
        feature: source.Feature,
        story: str,
        proofs: Mapping[int, StepEvidence],
    ) -> tuple[Step, ...]:
        return tuple(self._step(step, feature, story, proofs.get(step.line)) for step in steps)

    def _step(
        self, step: source.Step, feature: source.Feature, story: str, proof: StepEvidence | None
    ) -> Step:
        on_screen = "" if proof is None else proof.on_screen
        place = (f"features/{feature.path.name}", step.line)
        if proof is not None and on_screen:
            file, _, line = proof.definition.rpartition(":")
            on_screen = self._translator.text(on_screen, file, int(line or 1))
        return Step(
            keyword=self._translator.text(step.keyword, *place),
            kind=step.kind,
            text=self._sentence(step.text, feature, step.line),
            on_screen=on_screen,
            callouts=self._callouts(step.remarks, feature),
            pictures=tuple(self._shown(step, feature, story)),
            standing="missing" if proof is None else proof.result,
            error="" if proof is None else proof.error,
        )

    def _shown(self, step: source.Step, feature: source.Feature, story: str) -> Iterator[Picture]:
        language = self._translator.language
        for wanted in self._pictures.at(feature.path.name, story, step.text):
            self._placed.add(wanted.name)
            line = self._pictures.lines[wanted.name]
            alt = wanted.alt.in_language(language).strip()
            if not alt:
                said = f"picture {wanted.name!r} has no alternative text in {language}"
                self._find(self._pictures.file, line, said)
            taken = self._pictures.fresh(wanted, language)
            if taken is None:
                said = f"picture {wanted.name!r} was not taken, or for another entry; take it again"
                self._find(self._pictures.file, line, said)
                yield Picture(name=wanted.name, file="", alt=alt)
            else:
                yield Picture(
                    name=wanted.name,
                    file=taken.file,
                    alt=alt,
                    width_px=taken.width_px,
                    height_px=taken.height_px,
                )

    def _table(
        self,
        table: source.Table,
        feature: source.Feature,
        standings: Mapping[tuple[str, ...], Standing],
        numbers: Mapping[tuple[str, ...], str],
        sentences: Collection[str],
    ) -> Table:
        return Table(
            name=self._text(table.name, feature, table.line),
            header=tuple(self._text(name, feature, table.line) for name in table.header),
            rows=tuple(
                Row(
                    cells=tuple(
                        self._sentence(cell, feature, row.line)
                        if name in sentences
                        else self._value(cell, feature, row.line)
                        for name, cell in zip(table.header, row.cells, strict=True)
                    ),
                    standing=standings[row.cells],
                    anchor=numbers[row.cells],
                )
                for row in table.rows
            ),
        )

    def _callouts(
        self, remarks: Sequence[source.Remark], feature: source.Feature
    ) -> tuple[Callout, ...]:
        return tuple(
            Callout(kind=one.kind, text=self._text(one.text, feature, one.line)) for one in remarks
        )

    def _clicks(self, feature: source.Feature) -> Mapping[int, StepEvidence]:
        """Return what some run of this very text knows about its Latar Belakang, by line."""
        runs = [of for of in self._evidence.values() if of.feature_sha256 == feature.sha256]
        return by_line(runs)

    def _text(self, text: str, feature: source.Feature, line: int) -> str:
        return self._translator.text(text, f"features/{feature.path.name}", line)

    def _sentence(self, text: str, feature: source.Feature, line: int) -> str:
        return self._translator.sentence(text, f"features/{feature.path.name}", line)

    def _value(self, text: str, feature: source.Feature, line: int) -> str:
        return self._translator.value(text, f"features/{feature.path.name}", line)

    def _passage(self, text: str, feature: source.Feature, line: int) -> str:
        return self._translator.passage(text, f"features/{feature.path.name}", line)

    def _find(self, file: str, line: int, problem: str) -> None:
        self.findings.append(Finding(file=file, line=line, problem=problem))
