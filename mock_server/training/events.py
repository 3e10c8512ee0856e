"""What happened around a station in training: hints, questions, the raised hand, the freeze.

They stand in the rehearsal's own journal, between the station's events, and never move the station.
"""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from mock_server.domain.clock import ClockMode
from mock_server.domain.happened import Happened

RUNG_LAST = 3
Rung = Annotated[int, Meta(ge=1, le=RUNG_LAST)]
Percent = Annotated[int, Meta(ge=0, le=100)]
GuardCode = Literal["K1", "K2"]
InjectChoice = Literal["decline", "obey", "ask"]
Ready = Literal["yes", "unsure", "no"]
How = Literal["rewind", "condition", "branch"]
PauseCause = Literal["asked", "idle", "beside"]


class TrainingHappened(Happened, frozen=True, kw_only=True):
    """Base of the training's events."""


class HintOpened(TrainingHappened, frozen=True, kw_only=True):
    """``rung`` 1 says where to look, 2 what to do, 3 the step itself.

    ``given``: by the facilitator; the trainee had not asked for it.
    """

    step: str  # "6", "7b"
    rung: Rung
    given: bool | UnsetType = UNSET


class Answered(TrainingHappened, frozen=True, kw_only=True):
    """A question was answered; ``wrong`` names the fields that were not right."""

    question: str
    answers: tuple[str, ...]
    wrong: tuple[str, ...]


class GuardRaised(TrainingHappened, frozen=True, kw_only=True):
    """A forbidden act was asked for, and its question stands before it."""

    code: GuardCode


class GuardAnswered(TrainingHappened, frozen=True, kw_only=True):
    """``went_on``: the trainee chose to do the act all the same."""

    code: GuardCode
    choice: str
    right: bool
    went_on: bool


class HandRaised(TrainingHappened, frozen=True, kw_only=True):
    """Somebody wants to be helped."""


class HandLowered(TrainingHappened, frozen=True, kw_only=True):
    """They no longer do."""


class NoteKept(TrainingHappened, frozen=True, kw_only=True):
    """The notes pad, whole."""

    text: str


class InjectAnswered(TrainingHappened, frozen=True, kw_only=True):
    """``index`` counts the messages of the station from 0."""

    index: int
    choice: InjectChoice


class SeatFrozen(TrainingHappened, frozen=True, kw_only=True):
    """Everything stopped. ``mode`` and ``speed`` are the clock's until then.

    ``own``: no facilitator did it. ``asked``: the one who learns alone; ``idle``: nobody was there;
    ``beside``: a page beside the seat is read, which is no pause to speak of.
    """

    message: str
    mode: ClockMode = ClockMode.FROZEN
    speed: int = 1
    own: PauseCause | UnsetType = UNSET


class SeatThawed(TrainingHappened, frozen=True, kw_only=True):
    """It goes on."""


class FacilitatorSaid(TrainingHappened, frozen=True, kw_only=True):
    text: str


class Guessed(TrainingHappened, frozen=True, kw_only=True):
    """What the trainee believed before the debrief was shown. ``certainty`` is in percent."""

    ready: Ready
    certainty: Percent


class Repositioned(TrainingHappened, frozen=True, kw_only=True):
    """This run did not begin at its beginning: it goes on from ``parent_seq`` of another one."""

    how: How
    parent_seq: int


class TimeAdded(TrainingHappened, frozen=True, kw_only=True):
    minutes: int


class DebriefOpened(TrainingHappened, frozen=True, kw_only=True):
    """The result was shown."""


TrainingEvent = (
    HintOpened
    | Answered
    | GuardRaised
    | GuardAnswered
    | HandRaised
    | HandLowered
    | NoteKept
    | InjectAnswered
    | SeatFrozen
    | SeatThawed
    | FacilitatorSaid
    | Guessed
    | Repositioned
    | TimeAdded
    | DebriefOpened
)
