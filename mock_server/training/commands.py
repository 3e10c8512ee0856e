"""What may be asked of a seat's training. Imperative names; frozen; already validated in shape."""

import msgspec

from mock_server.domain.happened import kebab
from mock_server.training.events import (
    GuardCode,
    How,
    InjectChoice,
    PauseCause,
    Percent,
    Ready,
    Rung,
)


class TrainingAct(msgspec.Struct, frozen=True, kw_only=True):
    """Base of the training's commands."""

    @property
    def name(self) -> str:
        """``open-hint`` for OpenHint."""
        return kebab(type(self).__name__)


class OpenHint(TrainingAct, frozen=True, kw_only=True):
    step: str
    rung: Rung


class AnswerQuestion(TrainingAct, frozen=True, kw_only=True):
    """``wrong`` is what ``coach.check`` found."""

    question: str
    answers: tuple[str, ...]
    wrong: tuple[str, ...] = ()


class RaiseGuard(TrainingAct, frozen=True, kw_only=True):
    code: GuardCode


class AnswerGuard(TrainingAct, frozen=True, kw_only=True):
    code: GuardCode
    choice: str
    right: bool
    went_on: bool = False


class RaiseHand(TrainingAct, frozen=True, kw_only=True):
    pass


class LowerHand(TrainingAct, frozen=True, kw_only=True):
    """By the trainee, or by the facilitator who has come."""


class KeepNote(TrainingAct, frozen=True, kw_only=True):
    text: str


class AnswerInject(TrainingAct, frozen=True, kw_only=True):
    index: int
    choice: InjectChoice


class Guess(TrainingAct, frozen=True, kw_only=True):
    ready: Ready
    certainty: Percent


class Reposition(TrainingAct, frozen=True, kw_only=True):
    """Given to the new run, right after it was made."""

    how: How
    parent_seq: int


class OpenDebrief(TrainingAct, frozen=True, kw_only=True):
    pass


class FreezeSeat(TrainingAct, frozen=True, kw_only=True):
    message: str = ""


class ThawSeat(TrainingAct, frozen=True, kw_only=True):
    pass


class Pause(TrainingAct, frozen=True, kw_only=True):
    """Let the clock of one who learns alone stand; ``cause`` as of SeatFrozen's ``own``."""

    cause: PauseCause = "asked"


class GoOn(TrainingAct, frozen=True, kw_only=True):
    """End a pause of one's own; a facilitator's freeze is not one's own."""


class SayToSeat(TrainingAct, frozen=True, kw_only=True):
    text: str


class GiveHint(TrainingAct, frozen=True, kw_only=True):
    """Open the next rung of a step for somebody who has not asked."""

    step: str


class AddTime(TrainingAct, frozen=True, kw_only=True):
    minutes: int


TrainingCommand = (
    OpenHint
    | AnswerQuestion
    | RaiseGuard
    | AnswerGuard
    | RaiseHand
    | LowerHand
    | KeepNote
    | AnswerInject
    | Guess
    | Reposition
    | OpenDebrief
    | FreezeSeat
    | ThawSeat
    | Pause
    | GoOn
    | SayToSeat
    | GiveHint
    | AddTime
)
WHILE_CLOSED = (RaiseHand, LowerHand, OpenDebrief, GoOn)
"""What a trainee may still do at a seat that stands still, or whose result was shown."""
MOVES_CLOCK = (FreezeSeat, ThawSeat, Pause, GoOn)
