"""The parts of the book that come from the procedure and its texts, not from features.

Pure: the pack, the texts and the library's entries arrive as arguments.
"""

import re
from collections.abc import Iterable, Sequence

from mock_server.handbook.book_texts import BookTexts, Moment
from mock_server.handbook.drills import Drills, faults_of
from mock_server.handbook.model import (
    Answer,
    Block,
    Limit,
    LimitGroup,
    ProcedureStep,
    Prohibition,
    Standing,
    Story,
    Symptom,
    Term,
    Trace,
    ZoneRow,
)
from mock_server.handbook.traits import order
from mock_server.procedure import pack as of_pack
from mock_server.procedure.numbers import StepNumber
from mock_server.procedure.pack import ProcedurePack, clock_time, minute_of_day
from mock_server.procedure.texts import (
    FaultTexts,
    Language,
    Text,
    Texts,
    Violation,
)
from mock_server.procedure.texts import Term as TermText
from mock_server.scenario.rule_texts import Rule, spoken


class Reference:
    """Makes these parts in one language, from stories that are made already."""

    def __init__(
        self,
        language: Language,
        pack: ProcedurePack,
        stories: Sequence[Story],
        drills: Drills,
    ) -> None:
        self._language = language
        self._pack = pack
        self._stories = tuple(story for story in stories if not story.is_journey)
        self._drills = drills
        self._steps = {step.number: self._step(step) for step in pack.all_steps}

    def blocks(self) -> tuple[Block, ...]:
        return tuple(
            Block(
                title=self._said(block.title),
                steps=tuple(self._steps[number] for number in block.steps),
            )
            for block in self._pack.blocks
        )

    def prohibitions(
        self, violations: Texts[Violation], texts: BookTexts
    ) -> tuple[Prohibition, ...]:
        return tuple(
            Prohibition(
                code=ban.code,
                step=self._steps[ban.step],
                wording=ban.wording.id,
                gloss="" if self._language == "id" else ban.wording.en,
                why=self._said(self._pack.step(ban.step).why),
                monday=self._said(violations[ban.code].monday),
                better=self._said(violations[ban.code].better),
                answers=tuple(
                    Answer(pressure=self._said(one.pressure), answer=self._said(one.answer))
                    for one in texts.answers_to(ban.code)
                ),
                stories=tuple(one for one in self._stories if one.prohibition == ban.step),
            )
            for ban in self._pack.prohibitions
        )

    def symptoms(self, texts: FaultTexts) -> tuple[Symptom, ...]:
        """Return the faults that some scenario or story shows, by the step where they are met."""
        found = []
        for text in texts:
            drills = [one for one in self._drills.scenarios if text.fault in faults_of(one)]
            ids = {one.id for one in drills}
            stories = [
                one
                for one in self._stories
                if text.fault in one.faults or ids.intersection(one.rehearsals)
            ]
            if drills or stories:
                found.append(
                    Symptom(
                        fault=text.fault,
                        title=self._said(text.title),
                        cue=self._said(text.cue),
                        act=self._said(text.act),
                        over=self._said(text.over),
                        worse=self._said(text.worse),
                        steps=text.steps,
                        basis=text.basis,
                        drills=tuple((one.id, self._drills.title(one)) for one in drills),
                        stories=tuple(stories),
                    )
                )
        return tuple(sorted(found, key=lambda one: min(map(order, one.steps), default=(99, ""))))

    def zone_rows(self, texts: BookTexts) -> tuple[ZoneRow, ...]:
        return tuple(
            ZoneRow(moment=self._said(one.says), clocks=self._clocks(one), strong=one.strong)
            for one in texts.moments
        )

    def terms(self, glossary: Texts[TermText]) -> tuple[Term, ...]:
        names = {term.key: self._said(term.term) for term in glossary}
        made = [
            Term(
                anchor=f"istilah-{term.key}",
                term=names[term.key],
                definition=self._said(term.definition),
                is_label=term.kind == "label",
                see=tuple((f"istilah-{key}", names[key]) for key in term.see),
                story=self._first_use(term.term.id if term.kind == "label" else names[term.key]),
            )
            for term in glossary
        ]
        return tuple(sorted(made, key=lambda term: term.term.casefold()))

    def limits(self, rules: Iterable[Rule]) -> tuple[LimitGroup, ...]:
        groups: dict[str, list[Limit]] = {}
        for rule in rules:
            limit = Limit(
                said=rule.in_language(self._language), basis=rule.basis, evidence=rule.evidence
            )
            groups.setdefault(rule.part, []).append(limit)
        return tuple(LimitGroup(key=key, limits=tuple(found)) for key, found in groups.items())

    def values(self) -> tuple[Limit, ...]:
        return tuple(
            Limit(
                said=fact.key,
                value=spoken(fact.written(self._language), self._language),
                basis=fact.basis,
                evidence=(self._said(fact.note),) if fact.note else (),
            )
            for fact in self._pack.facts
        )

    def traces(self) -> tuple[Trace, ...]:
        return tuple(
            self._trace(step)
            for number, step in sorted(self._steps.items(), key=lambda one: order(one[0]))
            if isinstance(number, int) or number == "NB"
        )

    def _step(self, step: of_pack.Step) -> ProcedureStep:
        label = str(step.number)
        return ProcedureStep(
            anchor=f"langkah-{label.lower()}",
            label=label,
            title=self._said(step.title),
            do=self._said(step.do),
            see=self._said(step.see),
            why=self._said(step.why),
            slip=self._said(step.slip),
            note=self._said(step.note),
            basis=step.basis,
            basis_note=self._said(step.basis_note),
            official_wording=step.official_wording or "",
            labels=step.labels,
            in_order=step.sequential,
            critical=step.critical != "none",
            critical_by_us=step.critical == "switchable",
            forbids="J" in step.type,
            substeps=tuple(self._step(one) for one in step.substeps),
            stories=tuple(one for one in self._stories if step.number in one.steps_of_procedure),
        )

    def _trace(self, step: ProcedureStep) -> Trace:
        number: StepNumber = "NB" if step.label == "NB" else int(step.label)
        menus = [menu for menu in self._pack.menus if number in menu.steps]
        screens = [menu.label.in_language(self._language) for menu in menus]
        return Trace(
            step=step,
            stories=step.stories,
            screens=tuple(dict.fromkeys([*screens, *step.labels])),
            scenarios=tuple(one.id for one in self._drills.scenarios if number in one.teaches),
            tests=_tests(step),
        )

    def _clocks(self, moment: Moment) -> tuple[str, ...]:
        if not moment.at:
            return ("",) * len(self._pack.zones)
        opens = minute_of_day(self._pack.values.patching_opens)
        home = self._pack.zone(self._pack.values.patching_zone).utc_offset_minutes
        minute = {"before-patching": opens - 1, "patching": opens}.get(moment.at)
        if minute is None:
            minute = minute_of_day(moment.at)
        clocks = [clock_time(minute - home + zone.utc_offset_minutes) for zone in self._pack.zones]
        return tuple(clock.replace(":", ".") if self._language == "id" else clock
                     for clock in clocks)  # fmt: skip

    def _first_use(self, term: str) -> str:
        words = re.compile(rf"(?<!\w){re.escape(term)}(?!\w)")
        for story in self._stories:
            texts = [story.name, *(step.text for step in story.steps)]
            if any(words.search(text) for text in texts):
                return story.number
        return ""

    def _said(self, text: Text | None) -> str:
        return "" if text is None else text.in_language(self._language)


def _tests(step: ProcedureStep) -> tuple[tuple[str, Standing], ...]:
    runs = [(run.test, run.standing) for story in step.stories for run in story.runs]
    return tuple(dict.fromkeys(runs))
