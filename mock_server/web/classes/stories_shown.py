"""Stories as a trainee may see them before they begin: level, steps, time; never the trouble."""

import re
from collections.abc import Iterable, Mapping

import msgspec

from mock_server.procedure.steps_observed import DONE_AT
from mock_server.procedure.texts import Language
from mock_server.scenario.model import Level, Scenario
from mock_server.web.stories import Story, public_names, ranges

GIST_MAX = 150
WITHIN_MS = 60 * 60_000  # of a scenario that does not say how long it may take
STEP_MS = 36_000  # real time that a person needs to read and act, a step
MINUTE_MS = 60_000
ROUND_MIN = 5
STEPS = 21
_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ\"“])")


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """``steps`` as in 1–3, 7; '' where the story teaches none in particular."""

    id: str
    level: Level
    name: str
    gist: str
    steps: str
    minutes: int


def shown(stories: Iterable[Story], language: Language) -> tuple[Shown, ...]:
    """Return the stories in the order in which people read them."""
    listed = list(stories)
    names: Mapping[str, str] = public_names(listed, language)
    return tuple(
        Shown(
            id=story.scenario.id,
            level=story.scenario.level,
            name=names[story.scenario.id].partition(" · ")[0],
            gist=gist(story.scenario, language),
            steps=ranges(story.scenario.teaches),
            minutes=minutes(story.scenario),
        )
        for story in in_order(listed)
    )


def in_order(stories: Iterable[Story]) -> list[Story]:
    """Return the stories up the ladder, and on each rung along the procedure."""
    rungs = list(Level)
    return sorted(
        stories,
        key=lambda of: (
            rungs.index(of.scenario.level),
            min(of.scenario.teaches, default=0),
            of.scenario.title.id,
        ),
    )


def gist(scenario: Scenario, language: Language) -> str:
    """Return how the brief begins: one sentence, or two short ones."""
    if scenario.brief is None:
        return ""
    told = scenario.brief.id if language == "id" else scenario.brief.en
    first, *more = _END.split(told.strip())
    both = f"{first} {more[0]}" if more else first
    return both if len(both) <= GIST_MAX else first


def minutes(scenario: Scenario) -> int:
    """Return how long a person needs, in real minutes, rounded to fives."""
    steps = STEPS - DONE_AT[scenario.start.condition]
    waiting_ms = (scenario.expect.within_ms or WITHIN_MS) // scenario.clock.speed
    needed = (steps * STEP_MS + waiting_ms) / MINUTE_MS
    return max(ROUND_MIN, round(needed / ROUND_MIN) * ROUND_MIN)
