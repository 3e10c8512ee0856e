"""When a rung of the ladder is mastered, judged from all that somebody has done at their seat.

Pure. A run that was rewound, moved or branched is practice: it never passes anything but the level
that lets one break a rule on purpose, whose way leads through branches.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from mock_server.domain.events import InjectShown
from mock_server.domain.truth import truth
from mock_server.procedure.assessment import Assessment
from mock_server.procedure.course import Course
from mock_server.procedure.texts import Severity
from mock_server.scenario.model import Level
from mock_server.training.desk import Training
from mock_server.training.events import GuardCode
from mock_server.training.reference import Frame
from mock_server.training.texts import CoachTexts, PredictionText

Standing = Literal["done", "now", "todo"]
GUESS = "tebak-{step}"  # the question's name in the journal
FORBIDDEN: tuple[GuardCode, ...] = ("K2", "K1")
RUNGS: tuple[Level, ...] = tuple(level for level in Level if level is not Level.PROGRAMS)
WITH_CLASS = frozenset({Level.EXAM})
"""Rungs that only a facilitator opens."""
IN_A_ROW = 2  # clean runs of L2a, one after the other
DIFFERENT: Mapping[Level, int] = {Level.ONE_TROUBLE: 7, Level.TWO_TROUBLES: 2}
"""How many different stories have to be passed; of all there are, if there are fewer."""


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What one run shows, read from its journal.

    ``clean``: every gate held. ``sound``: nothing critical or major, and the outcome was reached.
    ``spotless``: clean, without as much as a minor slip or a hint. ``ready``: filed with a server
    that truly is, nothing forbidden done. ``seen``: forbidden acts that were done, and then exam
    day was looked at. ``declined``: a request to do one was turned down and not obeyed either.
    ``answered`` names the questions that were answered, rightly or not.
    """

    filed: bool = False
    practice: bool = False
    clean: bool = False
    sound: bool = False
    spotless: bool = False
    ready: bool = False
    seen: frozenset[GuardCode] = frozenset()
    declined: bool = False
    answered: frozenset[str] = frozenset()


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """One run as the ladder sees it; ``guesses``: how many of the example's ``asked`` were made."""

    level: Level
    scenario: str
    filed: bool = False
    practice: bool = False
    clean: bool = False
    sound: bool = False
    spotless: bool = False
    ready: bool = False
    seen: frozenset[GuardCode] = frozenset()
    declined: bool = False
    guesses: int = 0
    asked: int = 0

    @property
    def tried(self) -> bool:
        """Whether it was worked through, well or not."""
        guessed = self.asked > 0 and self.guesses == self.asked
        return guessed if self.level is Level.EXAMPLE else self.filed

    @property
    def held(self) -> bool:
        """Whether it did what its level asks of one run, practice or not."""
        return self.filed and (self.sound if self.level is Level.ONE_TROUBLE else self.clean)

    @property
    def passed(self) -> bool:
        return self.held and not self.practice

    @property
    def failed(self) -> bool:
        """Whether it was brought to its end and did not hold, where that counts at all."""
        free = (Level.FIRST_TRY, Level.EXAMPLE, Level.CONSEQUENCES, Level.PROGRAMS)
        return self.filed and not self.held and self.level not in free


class Consequences(msgspec.Struct, frozen=True, kw_only=True):
    """What L2b asks for, and how much of it was shown."""

    seen: frozenset[GuardCode] = frozenset()
    refused: bool = False
    ready: bool = False

    @property
    def points(self) -> tuple[bool, ...]:
        return (*(code in self.seen for code in FORBIDDEN), self.refused, self.ready)

    @property
    def done(self) -> bool:
        return all(self.points)


class Rung(msgspec.Struct, frozen=True, kw_only=True):
    """``done`` of ``of`` is what was reached of what the rung asks for."""

    level: Level
    standing: Standing
    done: int
    of: int


def shown_by(course: Course, assessment: Assessment, training: Training) -> Shown:
    """Return what a run shows, whatever its level."""
    filed = course.end.report is not None
    findings = assessment.findings
    grave = any(of.gates and of.severity is not Severity.MINOR for of in findings)
    slips = any(of.severity is not Severity.NEAR_MISS for of in findings)
    broken = frozenset(code for code in FORBIDDEN if code in assessment.codes)
    return Shown(
        filed=filed,
        practice=training.is_practice,
        clean=filed and assessment.passed,
        sound=filed and not grave and not assessment.raised and assessment.outcome_reached,
        spotless=filed and assessment.passed and not slips and not training.hints,
        ready=filed and not broken and truth(course.end).ready,
        seen=broken if training.debrief_ms is not None else frozenset(),
        declined=_declined(course, training, broken),
        answered=frozenset(one.question for one in training.answered),
    )


def attempt_of(level: Level, scenario: str, shown: Shown, asked: Sequence[str] = ()) -> Attempt:
    """Judge one run. ``asked`` names the questions of the example, () for all other levels."""
    return Attempt(
        level=level,
        scenario=scenario,
        filed=shown.filed,
        practice=shown.practice,
        clean=shown.clean,
        sound=shown.sound,
        spotless=shown.spotless,
        ready=shown.ready,
        seen=shown.seen,
        declined=shown.declined,
        guesses=len(shown.answered & set(asked)),
        asked=len(asked),
    )


def _declined(course: Course, training: Training, broken: frozenset[GuardCode]) -> bool:
    """Whether somebody asked for a forbidden act, was told no, and it was not done either."""
    return any(
        shown.tempts in FORBIDDEN
        and shown.tempts not in broken
        and training.inject_choice(index) == "decline"
        for index, (_, shown) in enumerate(course.each(InjectShown))
    )


def prediction_of(frames: Sequence[Frame], n: int, texts: CoachTexts) -> PredictionText | None:
    """Return what is guessed before frame ``n``: at the first frame of its step, but not of all."""
    step = frames[n - 1].step
    if n == 1 or frames[n - 2].step == step:
        return None
    return texts.prediction_before(step)


def guesses_asked(frames: Sequence[Frame], texts: CoachTexts) -> tuple[str, ...]:
    """Return the names of all questions that the example asks, each once."""
    asked = (prediction_of(frames, n, texts) for n in range(1, len(frames) + 1))
    return tuple(dict.fromkeys(GUESS.format(step=one.step) for one in asked if one is not None))


def consequences(attempts: Iterable[Attempt]) -> Consequences:
    """Both consequences may have been seen in different branches; refusing and leaving a server
    that is ready belong together, in one run that broke nothing."""
    own = [one for one in attempts if one.level is Level.CONSEQUENCES]
    right = [one for one in own if one.ready]
    return Consequences(
        seen=frozenset(code for one in own for code in one.seen),
        refused=any(one.declined for one in (right or own)),
        ready=bool(right),
    )


def climbed(attempts: Sequence[Attempt], stories: Mapping[Level, int]) -> tuple[Rung, ...]:
    """Return every rung that has stories, from the lowest; the first that is open is now.

    ``attempts`` in the order in which they began; ``stories`` counts those of each level.
    """
    rungs: list[Rung] = []
    now_found = False
    for level in RUNGS:
        if not stories.get(level):
            continue
        of = asked_of(level, stories[level])
        done = min(reached(level, attempts), of)
        standing: Standing = "done" if done >= of else "todo"
        if standing == "todo" and not now_found:
            standing, now_found = "now", True
        rungs.append(Rung(level=level, standing=standing, done=done, of=of))
    return tuple(rungs)


def is_mastered(level: Level, attempts: Sequence[Attempt], stories: int) -> bool:
    return reached(level, attempts) >= asked_of(level, stories)


def asked_of(level: Level, stories: int) -> int:
    """Return how much a rung asks for, in the units of ``reached``."""
    match level:
        case Level.ALONE:
            return IN_A_ROW
        case Level.CONSEQUENCES:
            return len(Consequences().points)
        case Level.ONE_TROUBLE | Level.TWO_TROUBLES:
            return min(DIFFERENT[level], stories)
        case _:
            return 1


def reached(level: Level, attempts: Sequence[Attempt]) -> int:
    own = [one for one in attempts if one.level is level]
    match level:
        case Level.FIRST_TRY | Level.EXAMPLE:
            return len({one.scenario for one in own if one.tried})
        case Level.CONSEQUENCES:
            return sum(consequences(own).points)
        case Level.ALONE:
            return _longest_row(one.passed for one in own if one.filed and not one.practice)
        case _:
            return len({one.scenario for one in own if one.passed})


def done_stories(attempts: Sequence[Attempt]) -> frozenset[str]:
    """Return the stories that need not be done again."""
    found = {one.scenario for one in attempts if one.passed}
    found |= {one.scenario for one in attempts if one.tried and one.level is Level.EXAMPLE}
    sandbox = {one.scenario for one in attempts if one.level is Level.CONSEQUENCES}
    for scenario in sandbox:
        own = [one for one in attempts if one.scenario == scenario]
        (found.add if consequences(own).done else found.discard)(scenario)
    return frozenset(found)


def failures_in_a_row(attempts: Sequence[Attempt], level: Level) -> int:
    """Return how many of the last finished runs of this level failed, one after the other."""
    count = 0
    for one in reversed([of for of in attempts if of.level is level and of.filed]):
        if not one.failed:
            break
        count += 1
    return count


def _longest_row(passed: Iterable[bool]) -> int:
    longest = row = 0
    for one in passed:
        row = row + 1 if one else 0
        longest = max(longest, row)
    return longest
