"""What to rehearse next: the block that failed, one level down, one more, or ahead.

Pure. Repeat the failed block from its own start; after two failures in a row go one level down and
let the facilitator know; after a clean first try skip what somebody can do already.
"""

from collections.abc import Mapping, Sequence

import msgspec

from mock_server.domain.setup import Condition
from mock_server.procedure.numbers import StepNumber, step_order
from mock_server.procedure.steps_observed import DONE_AT
from mock_server.scenario.model import Level
from mock_server.training.mastery import (
    WITH_CLASS,
    Attempt,
    consequences,
    done_stories,
    failures_in_a_row,
    is_mastered,
)
from mock_server.training.texts import DrillName

LADDER: tuple[Level, ...] = (
    Level.FIRST_TRY,
    Level.EXAMPLE,
    Level.GUIDED,
    Level.ALONE,
    Level.CONSEQUENCES,
    Level.ONE_TROUBLE,
    Level.TWO_TROUBLES,
    Level.EXAM,
)
FAILURES_MAX = 2
SKIPS: Mapping[Level, Level] = {
    Level.FIRST_TRY: Level.ALONE,  # neither example nor worksheet teach them anything
    Level.ALONE: Level.CONSEQUENCES,  # not a second time
    Level.ONE_TROUBLE: Level.TWO_TROUBLES,  # not all the others
    Level.TWO_TROUBLES: Level.EXAM,
}
"""Where a clean first try leads. The rungs that were skipped stay open."""
BLOCK_STARTS = (
    Condition.FRESH_BOOT,  # patching
    Condition.PATCHED,  # identity
    Condition.ACTIVE,  # backup, delete and sync
    Condition.SYNCED,  # verification and the two prohibitions
)


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """A story that can be begun."""

    id: str
    level: Level


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """``scenario`` is '' where there is no story to begin, or only a facilitator begins it.
    ``condition`` is None for the story's own start. ``alert``: somebody should look after them."""

    name: DrillName
    level: Level
    scenario: str = ""
    condition: Condition | None = None
    alert: bool = False


def next_drill(
    attempts: Sequence[Attempt],
    repeat: Sequence[StepNumber],
    starts_at: Condition,
    stories: Sequence[Story],
) -> Chosen:
    """Choose from what a seat has done; the last attempt is the one that is being looked at.

    ``repeat`` are the steps that its verdict wants again, ``starts_at`` is where its story began.
    """
    now = attempts[-1]
    if now.failed:
        return _after_failure(attempts, repeat, starts_at, stories)
    if not now.tried and now.level is not Level.CONSEQUENCES:
        return Chosen(name="same-again", level=now.level, scenario=_startable(now))
    if now.practice and now.level is not Level.CONSEQUENCES:
        return Chosen(name="whole-again", level=now.level, scenario=_startable(now))
    if now.level is Level.CONSEQUENCES and not consequences(attempts).done:
        return Chosen(name="consequences", level=now.level, scenario=now.scenario)
    return _after_success(attempts, stories)


def _after_failure(
    attempts: Sequence[Attempt],
    repeat: Sequence[StepNumber],
    starts_at: Condition,
    stories: Sequence[Story],
) -> Chosen:
    now = attempts[-1]
    if failures_in_a_row(attempts, now.level) >= FAILURES_MAX:
        level = _below(now.level)
        story = _story(level, attempts, stories)
        return Chosen(name="drop-level", level=level, scenario=story, alert=True)
    condition = block_start(repeat)
    if now.level in WITH_CLASS or DONE_AT[condition] <= DONE_AT[starts_at]:
        return Chosen(name="same-again", level=now.level, scenario=_startable(now))
    return Chosen(name="failed-block", level=now.level, scenario=now.scenario, condition=condition)


def _after_success(attempts: Sequence[Attempt], stories: Sequence[Story]) -> Chosen:
    now = attempts[-1]
    first = sum(one.level is now.level for one in attempts) == 1
    if first and now.spotless and now.level in SKIPS:
        level = SKIPS[now.level]
        return Chosen(name="skip-ahead", level=level, scenario=_story(level, attempts, stories))
    if not is_mastered(now.level, attempts, sum(of.level is now.level for of in stories)):
        name: DrillName = "once-more" if now.level is Level.ALONE else "another-story"
        return Chosen(name=name, level=now.level, scenario=_story(now.level, attempts, stories))
    above = _above(now.level)
    return Chosen(
        name="refresher" if above is Level.REFRESHER else "next-level",
        level=above,
        scenario=_story(above, attempts, stories),
    )


def block_start(repeat: Sequence[StepNumber]) -> Condition:
    """Return the start of the block in which the first of these steps lies."""
    first = step_order(min(repeat, key=step_order))[0] if repeat else 1
    return [one for one in BLOCK_STARTS if DONE_AT[one] < first][-1]


def _above(level: Level) -> Level:
    if level not in LADDER[:-1]:
        return Level.REFRESHER
    return LADDER[LADDER.index(level) + 1]


def _below(level: Level) -> Level:
    """A refresher that fails twice is followed by one trouble."""
    if level not in LADDER:
        return Level.ONE_TROUBLE
    return LADDER[max(0, LADDER.index(level) - 1)]


def _startable(now: Attempt) -> str:
    return "" if now.level in WITH_CLASS else now.scenario


def _story(level: Level, attempts: Sequence[Attempt], stories: Sequence[Story]) -> str:
    """Return the first story of a level that is not done yet, or the first of all."""
    own = [of.id for of in stories if of.level is level and level not in WITH_CLASS]
    done = done_stories(attempts)
    return next((one for one in own if one not in done), own[0] if own else "")
