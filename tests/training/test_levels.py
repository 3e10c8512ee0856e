"""Every rung of the ladder has its scaffold, and the scaffolds fade."""

from mock_server.scenario.model import Level
from mock_server.training.levels import SCAFFOLDS, scaffold


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
