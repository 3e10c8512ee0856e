"""The coach's texts: every step and level has what it needs, in both languages, in plain words."""

import re
from typing import get_args

import msgspec
import pytest

from mock_server.procedure.texts import Text, TextError, field_names
from mock_server.scenario.model import Level
from mock_server.training.levels import scaffold
from mock_server.training.texts import (
    MONDAY_FIELDS,
    DrillName,
    FieldName,
    Praise,
    Reason,
)
from tests.procedure.traces import UNBK
from tests.training.support import BOOKS

COACH = BOOKS.coach
WORDS_MAX = 16
AVOIDED = ("download", "link", "login", "disini", "silahkan", "ijin", "resiko", "bila ", "gagal!")


def texts_of(value) -> list[Text]:
    if isinstance(value, Text):
        return [value]
    if isinstance(value, msgspec.Struct):
        return [t for field in value.__struct_fields__ for t in texts_of(getattr(value, field))]
    return [t for item in value for t in texts_of(item)] if isinstance(value, tuple) else []


def test_every_step_of_the_procedure_has_its_hints_and_its_narration():
    assert [one.step for one in COACH.steps if one.step != "NB"] == [
        step.number for step in UNBK.all_steps if step.number != "NB"
    ]


@pytest.mark.parametrize("level", Level)
def test_every_level_has_its_goal_and_says_what_it_gives(level):
    said = COACH.level(level)

    no_hints = ("tidak ada petunjuk", "belum ada petunjuk")
    if not scaffold(level).hints:
        assert said.rule.id.casefold().startswith(no_hints)
    else:
        assert not said.rule.id.casefold().startswith(no_hints)


@pytest.mark.parametrize(
    ("have", "wanted"),
    [
        ({one.reason for one in COACH.monday}, set(get_args(Reason))),
        ({one.praise for one in COACH.praise}, set(get_args(Praise))),
        ({one.drill for one in COACH.drills}, set(get_args(DrillName))),
        ({of.field for q in COACH.questions for of in q.fields}, set(get_args(FieldName))),
        ({one.choice for one in COACH.injects}, {"decline", "obey", "ask"}),
        ({one.code for one in COACH.guards}, {"K1", "K2"}),
    ],
)
def test_nothing_that_the_program_may_say_is_missing(have, wanted):
    assert have == wanted


def test_one_choice_of_every_question_about_a_consequence_is_right():
    for asked in (*COACH.guards, *COACH.predictions):
        assert sum(one.right for one in asked.choices) == 1
        assert len({one.choice for one in asked.choices}) == 3


def test_the_right_choice_does_not_always_stand_in_the_same_place():
    places = {[one.right for one in asked.choices].index(True) for asked in COACH.predictions}

    assert places == {0, 1, 2}


def test_every_sentence_is_short():
    for text in texts_of(COACH):
        for sentence in re.split(r"(?<=[.?!:]) ", text.id):
            assert len(sentence.split()) <= WORDS_MAX, sentence


def test_words_that_the_style_avoids_are_avoided():
    for text in texts_of(COACH):
        words = re.sub(r"klik disini|REFRESH STATUS|Status Download", "", text.id).casefold()
        assert not [word for word in AVOIDED if word in words], text.id


def test_the_two_languages_are_not_the_same_text():
    same = [text.id for text in texts_of(COACH) if text.id == text.en]

    assert set(same) <= {"START SYNC", "HAPUS", "BACKUP"}


def test_only_monday_leaves_fields_for_the_program():
    for text in texts_of(COACH):
        assert field_names(text.id) <= MONDAY_FIELDS
    filled = COACH.why("missing").filled(missing=3)
    assert filled.id.startswith("3 peserta")


def test_a_hint_does_not_tell_what_went_wrong():
    """Of the steps that everybody passes: those of step 7 come once a failure was seen."""
    for step in COACH.steps:
        if isinstance(step.step, int) and step.step not in (7, 10):
            said = f"{step.look.id} {step.act.id}".casefold()
            assert not [w for w in ("gagal", "rusak", "service", "macet") if w in said], said


def test_what_is_not_there_is_named():
    with pytest.raises(TextError, match=r"coach\.yaml"):
        COACH.step(99)
