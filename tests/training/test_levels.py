"""Every rung of the ladder has its scaffold, and the scaffolds fade."""

from pathlib import Path

import pytest

import mock_server
from mock_server.scenario.model import Level
from mock_server.training.levels import LEVEL_NAMES, SCAFFOLDS, scaffold

TEMPLATES = [
    path
    for folder in ("web", "handbook")
    for path in (Path(mock_server.__file__).parent / folder / "templates").rglob("*.html")
]


def test_every_level_has_a_scaffold_of_its_own():
    assert set(SCAFFOLDS) == set(Level)
    assert all(scaffold(level).level is level for level in Level)


def test_guards_stand_only_where_one_is_guided():
    guarded = {level for level in Level if scaffold(level).guard}

    assert guarded == {Level.EXAMPLE, Level.GUIDED}


def test_an_exam_gives_nothing_to_lean_on():
    exam = scaffold(Level.EXAM)

    given = (exam.worksheet, exam.hints, exam.read_back, exam.guard, exam.predictions)
    assert not any(given)
    assert exam.feedback == "terminal"


def test_the_first_try_is_not_marked():
    assert not scaffold(Level.FIRST_TRY).marked


def test_where_one_breaks_the_rules_on_purpose_no_gate_passes_anybody():
    assert not scaffold(Level.CONSEQUENCES).marked


def test_every_level_has_a_name_in_both_languages_that_no_other_has():
    assert set(LEVEL_NAMES) == set(Level)
    for language in ("id", "en"):
        names = [of.name.in_language(language) for of in LEVEL_NAMES.values()]
        assert len(set(names)) == len(names)
        assert all(names)


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_no_page_has_a_table_of_levels_of_its_own(path):
    text = path.read_text(encoding="utf-8")

    assert text.count('"L2a":') == text.count('"L2b":') == 0
