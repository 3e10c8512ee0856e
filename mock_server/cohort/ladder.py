"""The drill ladder: what each rung asks for, and how far somebody has come. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from mock_server.scenario.model import Level

Standing = Literal["done", "now", "todo"]

RUNGS: tuple[Level, ...] = tuple(level for level in Level if level is not Level.PROGRAMS)
WITH_CLASS = frozenset({Level.EXAM})
"""Rungs that only a facilitator opens."""
IN_A_ROW = 2  # clean runs of L2a, one after the other
DIFFERENT: Mapping[Level, int] = {Level.ONE_TROUBLE: 7, Level.TWO_TROUBLES: 2}
"""How many different stories have to be passed; of all there are, if there are fewer."""


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """One run, in the order in which they began.

    ``tried``: it was worked through, well or not. ``passed`` is never true for a run that was
    rewound or that began in the middle.
    """

    level: Level
    scenario: str
    tried: bool
    passed: bool


class Rung(msgspec.Struct, frozen=True, kw_only=True):
    """``done`` of ``of`` is what was reached of what the rung asks for."""

    level: Level
    standing: Standing
    done: int
    of: int


def climbed(results: Sequence[Result], stories: Mapping[Level, int]) -> tuple[Rung, ...]:
    """Return every rung that has stories, from the lowest; the first that is open is now."""
    rungs: list[Rung] = []
    now_found = False
    for level in RUNGS:
        if not stories.get(level):
            continue
        own = [one for one in results if one.level is level]
        of = _asked(level, stories[level])
        done = min(_reached(level, own), of)
        standing: Standing = "done" if done >= of else "todo"
        if standing == "todo" and not now_found:
            standing, now_found = "now", True
        rungs.append(Rung(level=level, standing=standing, done=done, of=of))
    return tuple(rungs)


def _asked(level: Level, stories: int) -> int:
    match level:
        case Level.ALONE:
            return IN_A_ROW
        case Level.CONSEQUENCES:
            return stories
        case Level.ONE_TROUBLE | Level.TWO_TROUBLES:
            return min(DIFFERENT[level], stories)
        case _:
            return 1


def _reached(level: Level, own: Sequence[Result]) -> int:
    match level:
        case Level.FIRST_TRY | Level.EXAMPLE | Level.CONSEQUENCES:
            return len({one.scenario for one in own if one.tried})
        case Level.ALONE:
            return _longest_row(one.passed for one in own if one.tried)
        case _:
            return len({one.scenario for one in own if one.passed})


def _longest_row(passed: Iterable[bool]) -> int:
    longest = row = 0
    for one in passed:
        row = row + 1 if one else 0
        longest = max(longest, row)
    return longest
