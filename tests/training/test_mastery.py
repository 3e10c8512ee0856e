"""When a rung is mastered: each level by its own rule, and never by a run that was moved."""

import pytest

from mock_server.domain.setup import Inject, Say
from mock_server.scenario.model import Level
from mock_server.training import events as e
from mock_server.training.desk import Training, evolve
from mock_server.training.mastery import (
    Attempt,
    attempt_of,
    climbed,
    consequences,
    done_stories,
    failures_in_a_row,
    guesses_asked,
    is_mastered,
    reached,
    shown_by,
)
from mock_server.training.reference import reference
from tests.procedure import traces
from tests.procedure.traces import MINUTE_MS, OTHER_ID, UNBK, Trainee, setup_for
from tests.training.support import BOOKS, reading_of

OPENED = e.DebriefOpened(at_ms=9)
MOVED = e.Repositioned(at_ms=9, how="branch", parent_seq=3)
DECLINED = e.InjectAnswered(at_ms=9, index=0, choice="decline")


def attempt(run, level: Level, *events: e.TrainingEvent, asked=(), scenario="story") -> Attempt:
    training = Training()
    for event in events:
        training = evolve(training, event)
    reading = reading_of(run)
    shown = shown_by(reading.course, reading.assessment, training)
    return attempt_of(level, scenario, shown, asked)


def pressed(tempts="K2") -> Trainee:
    """Somebody asks for a forbidden act a minute after the start."""
    at_ms = setup_for(UNBK).start_ms + MINUTE_MS
    inject = Inject(at_ms=at_ms, sender="Kepsek", say=Say(id="x", en="x"), tempts=tempts)
    return Trainee(injects=(inject,)).gets_synced().checks_lists()


# --- one run -------------------------------------------------------------------------------------


def test_the_first_try_is_done_once_however_it_went():
    bad = attempt(traces.hapus_after_green_then_declared(), Level.FIRST_TRY)

    assert is_mastered(Level.FIRST_TRY, [bad], 1)
    assert not is_mastered(Level.FIRST_TRY, [attempt(Trainee(), Level.FIRST_TRY)], 1)


def test_the_example_is_done_when_every_guess_was_made_rightly_or_not():
    asked = guesses_asked(reference(setup_for(UNBK)).frames, BOOKS.coach)
    guesses = [e.Answered(at_ms=1, question=one, answers=("a",), wrong=("g",)) for one in asked]
    most = attempt(Trainee(), Level.EXAMPLE, *guesses[:-1], asked=asked)
    all_ = attempt(Trainee(), Level.EXAMPLE, *guesses, asked=asked)

    assert len(asked) > 3
    assert not most.tried
    assert is_mastered(Level.EXAMPLE, [all_], 1)
    assert done_stories([most]) == set()
    assert done_stories([all_]) == {"story"}


@pytest.mark.parametrize("level", [Level.GUIDED, Level.EXAM, Level.REFRESHER])
def test_one_clean_run_is_enough_where_one_is_asked(level):
    assert is_mastered(level, [attempt(traces.nominal(), level)], 3)
    assert not is_mastered(level, [attempt(traces.participants_not_checked(), level)], 3)


def test_hints_never_lower_the_result_of_practice():
    hint = e.HintOpened(at_ms=1, step="6", rung=1)

    with_hint = attempt(traces.nominal(), Level.GUIDED, hint)

    assert with_hint.passed
    assert not with_hint.spotless


def test_alone_asks_for_two_clean_runs_in_a_row():
    good = attempt(traces.nominal(), Level.ALONE)
    bad = attempt(traces.participants_not_checked(), Level.ALONE)

    assert reached(Level.ALONE, [good, bad, good]) == 1
    assert is_mastered(Level.ALONE, [good, bad, good, good], 1)


def test_one_trouble_asks_for_different_stories_without_anything_grave():
    minor = attempt(traces.refresh_forgotten(), Level.ONE_TROUBLE, scenario="a")
    again = attempt(traces.nominal(), Level.ONE_TROUBLE, scenario="a")
    other = attempt(traces.nominal(), Level.ONE_TROUBLE, scenario="b")
    grave = attempt(traces.participants_not_checked(), Level.ONE_TROUBLE, scenario="c")

    assert reached(Level.ONE_TROUBLE, [minor, again, other, grave]) == 2


def test_two_troubles_ask_for_two_different_pairs():
    one = attempt(traces.nominal(), Level.TWO_TROUBLES, scenario="a")
    other = attempt(traces.nominal(), Level.TWO_TROUBLES, scenario="b")

    assert not is_mastered(Level.TWO_TROUBLES, [one, one], 5)
    assert is_mastered(Level.TWO_TROUBLES, [one, other], 5)


@pytest.mark.parametrize("level", [Level.GUIDED, Level.ALONE, Level.ONE_TROUBLE, Level.EXAM])
def test_a_run_that_was_moved_is_practice_and_passes_nothing(level):
    moved = attempt(traces.nominal(), level, MOVED)

    assert reached(level, [moved, moved]) == 0
    assert done_stories([moved]) == set()
    assert not moved.failed


# --- see what follows ----------------------------------------------------------------------------


def test_a_consequence_counts_as_seen_only_when_exam_day_was_looked_at():
    run = traces.hapus_after_green()

    assert attempt(run, Level.CONSEQUENCES).seen == set()
    assert attempt(run, Level.CONSEQUENCES, OPENED).seen == {"K2"}


def test_both_consequences_a_refusal_and_a_server_that_is_ready_make_it_whole():
    level = Level.CONSEQUENCES
    deleted = attempt(traces.hapus_after_green(), level, OPENED)
    changed = attempt(Trainee().gets_synced().submits(OTHER_ID), level, OPENED, MOVED)
    right = attempt(pressed().reports(), level, DECLINED, MOVED)
    runs = [deleted, changed, right]

    assert consequences(runs).done
    assert is_mastered(level, runs, 1)
    assert done_stories(runs) == {"story"}
    for left in range(3):
        rest = [one for at, one in enumerate(runs) if at != left]
        assert not consequences(rest).done
        assert done_stories(rest) == set()


@pytest.mark.parametrize("choice", ["obey", "ask", None])
def test_only_declining_is_a_refusal(choice):
    answered = [] if choice is None else [e.InjectAnswered(at_ms=1, index=0, choice=choice)]

    assert not attempt(pressed().reports(), Level.CONSEQUENCES, *answered).declined


def test_to_decline_and_to_do_it_all_the_same_is_no_refusal():
    run = pressed().deletes()

    assert not attempt(run, Level.CONSEQUENCES, DECLINED).declined


def test_an_ordinary_request_turned_down_is_no_refusal():
    assert not attempt(pressed(tempts="B6").reports(), Level.CONSEQUENCES, DECLINED).declined


def test_refusing_and_being_ready_belong_to_the_same_run():
    level = Level.CONSEQUENCES
    refused = attempt(pressed(), level, DECLINED, OPENED)
    ready = attempt(Trainee().gets_synced().checks_lists().reports(), level, MOVED)

    assert consequences([refused]).refused
    assert not consequences([refused, ready]).refused


# --- the ladder ----------------------------------------------------------------------------------


def test_the_lowest_rung_that_is_open_is_now_and_those_without_stories_are_left_out():
    tried = attempt(traces.nominal(), Level.FIRST_TRY)

    rungs = climbed([tried], {Level.FIRST_TRY: 1, Level.GUIDED: 1, Level.ONE_TROUBLE: 3})

    assert [(one.level, one.standing, one.of) for one in rungs] == [
        (Level.FIRST_TRY, "done", 1),
        (Level.GUIDED, "now", 1),
        (Level.ONE_TROUBLE, "todo", 3),
    ]


def test_failures_are_counted_from_the_last_finished_run_of_the_level():
    bad = attempt(traces.participants_not_checked(), Level.GUIDED)
    good = attempt(traces.nominal(), Level.GUIDED)
    open_ = attempt(Trainee(), Level.GUIDED)
    other = attempt(traces.nominal(), Level.ALONE)

    assert failures_in_a_row([bad, good, bad, other, bad, open_], Level.GUIDED) == 2
    assert failures_in_a_row([bad, good], Level.GUIDED) == 0
