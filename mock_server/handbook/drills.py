"""The scenarios as exercises: what a trainee may know of them, and which one trains a story.

Pure. Scenarios for programs only are left out.
"""

import re
from collections.abc import Iterable, Sequence

import msgspec

from mock_server.domain.clock import ClockMode
from mock_server.domain.quantities import MINUTE_MS
from mock_server.handbook.model import Drill, Story
from mock_server.journal import wib
from mock_server.procedure.numbers import StepNumber
from mock_server.procedure.pack import ProcedurePack
from mock_server.procedure.texts import Language
from mock_server.scenario.model import Level, Scenario

LEVELS = tuple(Level)
PLAIN = "normal"  # the scenario in which nothing goes wrong


# Not the first test, the exam or the refresher: those are not for practising one thing.
EXERCISES = (Level.ALONE, Level.CONSEQUENCES, Level.ONE_TROUBLE, Level.TWO_TROUBLES)
WORD_MIN = 4


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What a story tells about itself: what it ran and armed, its steps, its words."""

    rehearsals: tuple[str, ...]
    faults: tuple[str, ...]
    steps: tuple[StepNumber, ...]
    text: str
    is_exercise: bool


class Drills:
    """The scenarios for people, from the easiest level up."""

    def __init__(self, language: Language, scenarios: Iterable[Scenario]) -> None:
        self._language = language
        self.scenarios = sorted(
            (one for one in scenarios if one.level is not Level.PROGRAMS),
            key=lambda one: (LEVELS.index(one.level), one.id),
        )

    def title(self, one: Scenario) -> str:
        return str(getattr(one.title, self._language))

    def train(self, told: Told) -> tuple[str, str]:
        """Choose where a story is practised; returns id and title, ('', '') if there is nowhere.

        The scenario that it ran; else one in which the same thing goes wrong; else, for an
        exercise, one about the same steps in the same words; else the one where all goes well.
        """
        for one in self.scenarios:
            if one.id in told.rehearsals[:1]:
                return one.id, self.title(one)
        alike = [one for one in self.scenarios if faults_of(one) & set(told.faults)]
        if not alike and told.is_exercise:
            alike = [one for one in self.scenarios if one.level in EXERCISES]
        wanted = {number for number in told.steps if isinstance(number, int)}

        def fits(one: Scenario) -> tuple[int, int, int, int]:
            shared = len(wanted.intersection(one.teaches))
            words = len(_words(f"{one.title.id} {one.id}") & _words(told.text))
            return -shared, -words, len(one.teaches) - shared, LEVELS.index(one.level)

        best = min(alike, key=fits, default=None)
        if best is None or not wanted.intersection(best.teaches):
            best = next((one for one in self.scenarios if one.id == PLAIN), best)
        return ("", "") if best is None else (best.id, self.title(best))

    def as_known_to_trainees(
        self, pack: ProcedurePack, stories: Sequence[Story]
    ) -> tuple[Drill, ...]:
        zones = {zone.iana: zone.label for zone in pack.zones}
        return tuple(
            Drill(
                scenario=one.id,
                level=str(one.level),
                title=self.title(one),
                brief="" if one.brief is None else str(getattr(one.brief, self._language)),
                steps=one.teaches,
                begins=f"{wib(one.start.at_ms):%H:%M}",
                zone=zones.get(one.start.zone, pack.values.patching_zone),
                speed=one.clock.speed if one.clock.mode is ClockMode.RUNNING else 1,
                within_minutes=_minutes(one.expect.within_ms),
                stories=tuple(story for story in stories if one.id in story.rehearsals),
            )
            for one in self.scenarios
        )


def faults_of(scenario: Scenario) -> set[str]:
    """Return the kinds of fault that may strike in a scenario."""
    found = {one.fault for one in scenario.faults}
    return found | ({one.fault for one in scenario.storm.faults} if scenario.storm else set())


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.lower()) if len(word) >= WORD_MIN}


def _minutes(length_ms: int | None) -> int | None:
    return None if length_ms is None else length_ms // MINUTE_MS
