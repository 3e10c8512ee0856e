"""The coach's texts as typed data, in both languages. They stand in ``texts/coach.yaml``.

Pure. A lookup that finds nothing raises ``TextError``: a mistake of the program, never of its user.
"""

from collections.abc import Iterable
from typing import Annotated, Literal, TypeVar

import msgspec

from mock_server.procedure.numbers import StepNumber
from mock_server.procedure.pack import Name
from mock_server.procedure.texts import Data, Text, TextError, fill
from mock_server.scenario.model import Level
from mock_server.training.events import GuardCode, InjectChoice

FieldName = Literal[
    "machine-label",
    "version",
    "id-tail",
    "status-word",
    "data-age",
    "backup-safe",
    "data-complete",
    "participants",
    "tests-visible",
]
Reason = Literal[
    "ready",
    "postponed",
    "no-data",
    "deleted",
    "deleted-in-part",
    "elsewhere",
    "id-changed",
    "other-id",
    "version",
    "incomplete",
    "tests",
    "old-data",
    "missing",
    "doubled",
]
Praise = Literal[
    "backed-up-first",
    "recovered",
    "schedule",
    "read-first",
    "waited",
    "compared",
    "kept-id",
    "kept-data",
    "declined",
    "postponed",
    "reported",
    "began",
    "ended",
]
DrillName = Literal[
    "next-level",
    "skip-ahead",
    "once-more",
    "another-story",
    "same-again",
    "whole-again",
    "failed-block",
    "drop-level",
    "consequences",
    "refresher",
]
MONDAY_FIELDS = frozenset({"complete", "missing"})
"""The fields that the program fills; all others are the pack's."""

Entry = TypeVar("Entry")
Three = Annotated[tuple["Choice", ...], msgspec.Meta(min_length=3, max_length=3)]


class LevelText(Data, frozen=True, kw_only=True):
    level: Level
    goal: Text
    rule: Text  # what this level gives and takes away


class StepText(Data, frozen=True, kw_only=True):
    """The first two rungs of a step's hints, and how the example tells it."""

    step: StepNumber
    look: Text
    act: Text
    narration: Text


class AnswerChoice(Data, frozen=True, kw_only=True):
    value: Name
    text: Text


class QuestionField(Data, frozen=True, kw_only=True):
    """``choices`` is empty where one writes the answer."""

    field: FieldName
    label: Text
    choices: tuple[AnswerChoice, ...] = ()


class QuestionText(Data, frozen=True, kw_only=True):
    """A read-back question; it is asked at ``step``."""

    question: Name
    step: StepNumber
    title: Text
    lead: Text
    fields: tuple[QuestionField, ...]


class Choice(Data, frozen=True, kw_only=True):
    choice: Name
    text: Text
    right: bool = False


class GuardText(Data, frozen=True, kw_only=True):
    code: GuardCode
    title: Text
    truth: Text
    ask: Text
    choices: Three
    stop: Text


class PredictionText(Data, frozen=True, kw_only=True):
    """Asked before the example shows ``step``."""

    step: StepNumber
    ask: Text
    choices: Three
    because: Text


class MondayText(Data, frozen=True, kw_only=True):
    reason: Reason
    text: Text

    def filled(self, **fields: int) -> Text:
        values = {name: str(value) for name, value in fields.items()}
        return Text(id=fill(self.text.id, values), en=fill(self.text.en, values))


class RemarkText(Data, frozen=True, kw_only=True):
    """A point of the debrief that rests on no code: an act that is allowed and unwise."""

    remark: Literal["deleted-in-part"]
    step: StepNumber
    title: Text
    happened: Text
    follows: Text
    better: Text


class PraiseText(Data, frozen=True, kw_only=True):
    praise: Praise
    text: Text


class InjectText(Data, frozen=True, kw_only=True):
    choice: InjectChoice
    text: Text


class DrillText(Data, frozen=True, kw_only=True):
    drill: DrillName
    text: Text


class CoachTexts(Data, frozen=True, kw_only=True):
    """All that the coach says, for one pack."""

    schema: Literal["cbtsync-coach/1"]
    levels: tuple[LevelText, ...]
    steps: tuple[StepText, ...]
    questions: tuple[QuestionText, ...]
    guards: tuple[GuardText, ...]
    guard_go_on: Text
    guard_wrong: Text
    predictions: tuple[PredictionText, ...]
    monday: tuple[MondayText, ...]
    remarks: tuple[RemarkText, ...]
    nobody: Text  # can sign in on exam day
    praise: tuple[PraiseText, ...]
    injects: tuple[InjectText, ...]
    drills: tuple[DrillText, ...]

    def level(self, level: Level) -> LevelText:
        return _found((one for one in self.levels if one.level is level), f"level {level}")

    def step(self, number: StepNumber) -> StepText:
        return _found((one for one in self.steps if one.step == number), f"step {number}")

    def question(self, name: str) -> QuestionText:
        return _found((q for q in self.questions if q.question == name), f"question {name!r}")

    def question_at(self, step: StepNumber) -> QuestionText | None:
        return next((one for one in self.questions if one.step == step), None)

    def guard(self, code: GuardCode) -> GuardText:
        return _found((one for one in self.guards if one.code == code), f"guard {code}")

    def prediction_before(self, step: StepNumber) -> PredictionText | None:
        return next((one for one in self.predictions if one.step == step), None)

    def why(self, reason: Reason) -> MondayText:
        return _found((m for m in self.monday if m.reason == reason), f"monday {reason!r}")

    def remark(self, name: str) -> RemarkText:
        return _found((one for one in self.remarks if one.remark == name), f"remark {name!r}")

    def praised(self, name: Praise) -> Text:
        return _found((one for one in self.praise if one.praise == name), f"praise {name!r}").text

    def drill(self, name: DrillName) -> Text:
        return _found((one for one in self.drills if one.drill == name), f"drill {name!r}").text


def _found(entries: Iterable[Entry], what: str) -> Entry:
    for one in entries:
        return one
    raise TextError(f"the coach has no {what}; add it to texts/coach.yaml")
