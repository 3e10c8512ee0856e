"""Read-back questions: which one is due, and whether what was read is what stands there.

Pure. The right answer is always the station's own: what its screens show, not what should be.
"""

import re
from collections.abc import Mapping, Sequence

import msgspec

from mock_server.domain import exam_data, lists
from mock_server.domain.screens import here
from mock_server.domain.state import Machine, Station
from mock_server.procedure.numbers import StepNumber
from mock_server.procedure.texts import Text
from mock_server.training.desk import Training
from mock_server.training.position import Position
from mock_server.training.texts import CoachTexts, FieldName, QuestionField, QuestionText

_VERSION = re.compile(r"\d+(\.\d+)+")
_NUMBER = re.compile(r"\d+")
_LETTERS = re.compile(r"[^0-9A-Za-z]")
TAIL = 4  # characters of an ID that are asked for
ASKED_AT: Mapping[StepNumber, StepNumber] = {12: 11}
"""Where a step is over as soon as its screen was seen, its question is asked at the next one."""
STATUS_WORDS: Mapping[str, str] = {
    "active": "aktif",
    "closed": "standby",
    "mismatch": "standby",
    "no-line": "offline",
    "unknown-id": "offline",
    "licence": "offline",
}


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """``answers`` and ``wrong`` are of the last try, empty before the first."""

    id: str
    step: StepNumber
    title: Text
    lead: Text
    fields: tuple[QuestionField, ...]
    answers: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


def question_now(where: Position, training: Training, texts: CoachTexts) -> Question | None:
    """Return the question of the step where the trainee is, None once it was answered rightly."""
    step = ASKED_AT.get(where.step, where.step)
    asked = texts.question_at(step)
    if asked is None or where.finished or training.is_right(asked.question):
        return None
    tried = [one for one in training.answered if one.question == asked.question]
    return Question(
        id=asked.question,
        step=asked.step,
        title=asked.title,
        lead=asked.lead,
        fields=asked.fields,
        answers=tried[-1].answers if tried else (),
        wrong=tried[-1].wrong if tried else (),
    )


def check(
    question: QuestionText | Question, answers: Sequence[str], station: Station
) -> tuple[FieldName, ...]:
    """Return the fields that do not agree with the screens; what is left out does not agree.

    Raises Refusal while no machine was chosen.
    """
    machine = here(station)
    given = [*answers, *("" for _ in question.fields)]
    return tuple(
        asked.field
        for asked, answer in zip(question.fields, given, strict=False)
        if not (meant := _meant(asked.field, answer))
        or meant != _meant(asked.field, _right(asked.field, station, machine))
    )


def _meant(field: FieldName, answer: str) -> str:
    """Return what somebody means who writes "versi 5.1.0", "36 orang", or the whole ID."""
    match field:
        case "version":
            found = _VERSION.search(answer)
        case "data-complete" | "participants":
            found = _NUMBER.search(answer)
        case "id-tail":
            return _LETTERS.sub("", answer).casefold()[-TAIL:]
        case _:
            return _LETTERS.sub("", answer).casefold()
    return found[0] if found is not None else answer.strip()


def _right(field: FieldName, station: Station, machine: Machine) -> str:
    received = machine.data.received
    match field:
        case "machine-label":
            return machine.label
        case "version":
            return machine.version
        case "id-tail":
            return station.setup.servers[0].server_id[-TAIL:]
        case "status-word":
            return STATUS_WORDS.get(station.seen.get("dashboard", ("", -1, -1))[0], "-")
        case "data-age":
            return "new" if exam_data.before(machine) in ("partial", "complete") else "old"
        case "backup-safe":
            return "yes" if _backup_safe(machine) else "no"
        case "data-complete":
            sets = station.setup.data_sets
            return str(sum(exam_data.is_shown_complete(machine.data, of) for of in sets))
        case "participants":
            return str(len(lists.participants(station, machine, received)))
        case "tests-visible":
            return "yes" if lists.tests(station, machine, received) else "no"


def _backup_safe(machine: Machine) -> bool:
    whole = [one for one in machine.backup.landed if one.landed_bytes >= one.size_bytes]
    return machine.backup.covers_data and bool(whole) and not whole[-1].damaged_bytes
