"""The training state: what is noted once, what is refused, and that a journal brings it back."""

from functools import reduce
from typing import get_args

import pytest

from mock_server.domain.refusals import Refusal
from mock_server.training import commands as c
from mock_server.training import events as e
from mock_server.training.desk import Training, decide, evolve


def after(*commands: c.TrainingCommand) -> Training:
    training = Training()
    for at_ms, command in enumerate(commands, 1):
        training = reduce(evolve, decide(training, command, at_ms), training)
    return training


def test_hints_open_from_the_first_rung_up():
    training = after(c.OpenHint(step="6", rung=1), c.OpenHint(step="6", rung=2))

    assert training.rungs("6") == 2
    assert training.rungs("7b") == 0
    with pytest.raises(Refusal, match="hint_order"):
        decide(training, c.OpenHint(step="7b", rung=2), 9)


def test_a_facilitator_gives_the_next_rung_and_after_the_last_there_is_none():
    training = after(c.OpenHint(step="6", rung=1), *[c.GiveHint(step="6")] * 3)

    assert [(one.rung, one.given is True) for one in training.hints] == [
        (1, False),
        (2, True),
        (3, True),
    ]
    assert training.was_given("6", 2)
    assert not training.was_given("6", 1)


@pytest.mark.parametrize(
    "command",
    [
        c.OpenHint(step="6", rung=1),
        c.RaiseGuard(code="K2"),
        c.RaiseHand(),
        c.KeepNote(text="5.1.0"),
        c.AnswerInject(index=0, choice="decline"),
        c.FreezeSeat(message="Lihat ke depan"),
        c.Pause(),
        c.Guess(ready="yes", certainty=80),
        c.OpenDebrief(),
        c.AnswerQuestion(question="q", answers=("5.1.0",)),
    ],
)
def test_what_changes_nothing_leaves_no_trace(command):
    assert decide(after(command), command, 9) == ()


@pytest.mark.parametrize("command", [c.LowerHand(), c.ThawSeat(), c.GoOn(), c.AddTime(minutes=0)])
def test_nothing_is_undone_that_was_not_done(command):
    assert decide(Training(), command, 9) == ()


def test_every_wrong_answer_is_noted_and_the_right_one_ends_the_question():
    wrong = c.AnswerQuestion(question="q", answers=("5.0.4",), wrong=("version",))
    right = c.AnswerQuestion(question="q", answers=("5.1.0",))
    training = after(wrong, wrong, right, wrong)

    assert [one.wrong for one in training.answered] == [("version",), ("version",), ()]
    assert training.is_right("q")


def test_a_guard_is_answered_only_while_it_stands():
    answer = c.AnswerGuard(code="K2", choice="b", right=True)

    assert decide(Training(), answer, 1) == ()
    training = after(c.RaiseGuard(code="K2"), answer)
    assert training.guard is None
    assert [one.code for one in training.guards] == ["K2"]


def test_the_first_guess_stands():
    training = after(c.Guess(ready="yes", certainty=90), c.Guess(ready="no", certainty=10))

    assert training.guessed is not None
    assert training.guessed.ready == "yes"


def test_a_run_that_did_not_begin_at_its_beginning_is_practice():
    assert not after().is_practice
    assert after(c.Reposition(how="branch", parent_seq=12)).is_practice


def test_every_event_has_a_command_that_brings_it_about():
    commands = (
        c.OpenHint(step="6", rung=1),
        c.GiveHint(step="6"),
        c.AnswerQuestion(question="q", answers=()),
        c.RaiseGuard(code="K1"),
        c.AnswerGuard(code="K1", choice="a", right=False, went_on=True),
        c.RaiseHand(),
        c.LowerHand(),
        c.KeepNote(text="x"),
        c.AnswerInject(index=1, choice="ask"),
        c.FreezeSeat(message="x"),
        c.ThawSeat(),
        c.Pause(),
        c.GoOn(),
        c.SayToSeat(text="x"),
        c.Guess(ready="no", certainty=0),
        c.Reposition(how="rewind", parent_seq=3),
        c.AddTime(minutes=5),
        c.OpenDebrief(),
    )
    training, seen = Training(), set()
    for command in commands:
        happened = decide(training, command, 1)
        seen |= {type(event) for event in happened}
        training = reduce(evolve, happened, training)

    assert seen == set(get_args(e.TrainingEvent))
    assert {type(command) for command in commands} == set(get_args(c.TrainingCommand))
