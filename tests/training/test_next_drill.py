"""What comes next: the failed block, a level down after two failures, ahead when it is clean."""

import pytest

from mock_server.domain.setup import Condition
from mock_server.scenario.model import Level
from mock_server.training.mastery import Attempt
from mock_server.training.next_drill import Story, block_start, next_drill

STORIES = [
    Story(id=f"{level.value.lower()}-{n}", level=level)
    for level in Level
    for n in ("a", "b")
    if level is not Level.PROGRAMS
]


def run(level: Level, result: str, story: str = "a", **given) -> Attempt:
    held = result in ("clean", "spotless")
    return Attempt(
        level=level,
        scenario=f"{level.value.lower()}-{story}",
        filed=result != "open",
        clean=held,
        sound=held,
        spotless=result == "spotless",
        **given,
    )


def chosen(*attempts: Attempt, repeat=(), starts_at=Condition.FRESH_BOOT):
    return next_drill(attempts, repeat, starts_at, STORIES)


@pytest.mark.parametrize(
    ("repeat", "condition"),
    [
        ((), Condition.FRESH_BOOT),
        ((2, 9), Condition.FRESH_BOOT),
        (("7c", 18), Condition.FRESH_BOOT),
        ((8,), Condition.PATCHED),
        ((10, 11), Condition.PATCHED),
        ((13, 14), Condition.ACTIVE),
        ((18, 19), Condition.ACTIVE),
        ((19, 20), Condition.SYNCED),
        ((21,), Condition.SYNCED),
    ],
)
def test_a_block_begins_where_its_first_step_has_its_start(repeat, condition):
    assert block_start(repeat) is condition


def test_after_a_failure_the_failed_block_is_repeated_from_its_start():
    found = chosen(run(Level.ONE_TROUBLE, "failed"), repeat=(19,))

    assert (found.name, found.scenario, found.condition) == (
        "failed-block",
        "l3-a",
        Condition.SYNCED,
    )
    assert not found.alert


def test_a_block_that_is_the_whole_story_is_the_story_again():
    failed = run(Level.REFRESHER, "failed")

    assert chosen(failed, repeat=(21,), starts_at=Condition.SYNCED).name == "same-again"
    assert chosen(failed, repeat=(2,)).name == "same-again"


def test_after_two_failures_one_goes_down_a_level_and_somebody_is_told():
    first = run(Level.TWO_TROUBLES, "failed")
    second = run(Level.TWO_TROUBLES, "failed", practice=True)

    found = chosen(first, second, repeat=(21,))

    assert (found.name, found.level, found.alert) == ("drop-level", Level.ONE_TROUBLE, True)
    assert found.scenario == "l3-a"


def test_a_success_between_two_failures_begins_the_count_anew():
    runs = [run(Level.GUIDED, of) for of in ("failed", "clean", "failed")]

    assert chosen(*runs, repeat=(19,)).name == "failed-block"


def test_a_block_that_was_done_leads_back_to_the_whole():
    failed = run(Level.GUIDED, "failed")

    found = chosen(failed, run(Level.GUIDED, "clean", practice=True))

    assert (found.name, found.scenario, found.condition) == ("whole-again", "l1-a", None)


@pytest.mark.parametrize(
    ("level", "ahead", "scenario"),
    [
        (Level.FIRST_TRY, Level.ALONE, "l2a-a"),
        (Level.ALONE, Level.CONSEQUENCES, "l2b-a"),
        (Level.ONE_TROUBLE, Level.TWO_TROUBLES, "l4-a"),
        (Level.TWO_TROUBLES, Level.EXAM, ""),
    ],
)
def test_a_clean_first_try_leads_ahead(level, ahead, scenario):
    found = chosen(run(level, "spotless"))

    assert (found.name, found.level, found.scenario) == ("skip-ahead", ahead, scenario)


def test_a_later_clean_try_does_not_lead_ahead():
    runs = [run(Level.ALONE, "failed"), run(Level.ALONE, "spotless")]

    assert chosen(*runs).name == "once-more"
    assert chosen(*runs, run(Level.ALONE, "clean", "b")).name == "next-level"


def test_another_story_is_one_that_was_not_done_yet():
    found = chosen(run(Level.ONE_TROUBLE, "clean"))

    assert (found.name, found.scenario) == ("another-story", "l3-b")


def test_the_first_try_and_the_example_lead_up_however_they_went():
    assert chosen(run(Level.FIRST_TRY, "failed")).level is Level.EXAMPLE
    assert chosen(run(Level.EXAMPLE, "open", asked=3, guesses=3)).level is Level.GUIDED
    assert chosen(run(Level.EXAMPLE, "open", asked=3, guesses=2)).name == "same-again"


def test_the_level_of_consequences_goes_on_until_it_is_whole():
    seen = run(Level.CONSEQUENCES, "open", seen=frozenset({"K1", "K2"}))
    right = run(Level.CONSEQUENCES, "clean", declined=True, ready=True, practice=True)

    assert chosen(seen).name == "consequences"
    assert chosen(seen, right).level is Level.ONE_TROUBLE


def test_an_exam_is_opened_by_the_facilitator_alone():
    assert chosen(run(Level.EXAM, "failed"), repeat=(19,)).scenario == ""
    done = [run(Level.TWO_TROUBLES, "clean", of) for of in "ab"]
    assert (chosen(*done).level, chosen(*done).scenario) == (Level.EXAM, "")
    assert chosen(run(Level.EXAM, "clean")).name == "refresher"


def test_an_unfinished_run_is_to_be_finished():
    assert chosen(run(Level.GUIDED, "open")).name == "same-again"
