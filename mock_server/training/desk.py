"""The training state of one seat: what may be done, and what follows from what happened.

Pure. ``decide`` refuses or returns events, ``evolve`` folds one and never refuses. An act that
would change nothing returns no event.
"""

from typing import assert_never

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from mock_server.domain.refusals import Refusal
from mock_server.training import commands as c
from mock_server.training import events as e


class Training(msgspec.Struct, frozen=True, kw_only=True):
    """``guard`` is the question that stands before a forbidden act, None when there is none.
    ``hand_since_ms`` is None while the hand is down. ``freeze`` is None while the seat works."""

    hints: tuple[e.HintOpened, ...] = ()
    answered: tuple[e.Answered, ...] = ()
    guard: e.GuardCode | None = None
    guards: tuple[e.GuardAnswered, ...] = ()
    hand_since_ms: int | None = None
    note: str = ""
    injects: tuple[e.InjectAnswered, ...] = ()
    freeze: e.SeatFrozen | None = None
    said: tuple[e.FacilitatorSaid, ...] = ()
    guessed: e.Guessed | None = None
    repositioned: tuple[e.Repositioned, ...] = ()
    minutes_added: int = 0
    debrief_ms: int | None = None

    @property
    def is_frozen(self) -> bool:
        return self.freeze is not None

    @property
    def is_paused(self) -> bool:
        """Whether the seat stands still by its own wish, or because nobody was there."""
        return self.freeze is not None and self.freeze.own is not UNSET

    @property
    def is_closed(self) -> bool:
        """Whether a trainee can do nothing here: frozen, or the result has been shown."""
        return self.is_frozen or self.debrief_ms is not None

    @property
    def is_practice(self) -> bool:
        """Whether this run did not begin at its beginning, and so can never be an exam."""
        return bool(self.repositioned)

    def rungs(self, step: str) -> int:
        """Return how many rungs of a step's hints are open, 0 to 3."""
        return max((one.rung for one in self.hints if one.step == step), default=0)

    def was_given(self, step: str, rung: int) -> bool:
        """Tell whether the facilitator opened this rung."""
        return any(one.given is True for one in self.hints if (one.step, one.rung) == (step, rung))

    def is_right(self, question: str) -> bool:
        """Tell whether a question has been answered rightly."""
        return any(one.question == question and not one.wrong for one in self.answered)

    def inject_choice(self, index: int) -> e.InjectChoice | None:
        return next((one.choice for one in self.injects if one.index == index), None)


Happening = tuple[e.TrainingEvent, ...]


def decide(training: Training, command: c.TrainingCommand, now_ms: int) -> Happening:
    """Return what a command makes happen; () if it changes nothing.

    Who may give it, and whether the seat is frozen, is the rehearsal's to know. Raises Refusal.
    """
    match command:
        case c.FreezeSeat() | c.ThawSeat() | c.Pause() | c.GoOn():
            return _decide_standing(training, command, now_ms)
        case c.SayToSeat() | c.GiveHint() | c.AddTime():
            return _decide_facilitator(training, command, now_ms)
        case c.OpenHint():
            return _decide_hint(training, command, now_ms)
        case c.AnswerQuestion():
            answered = e.Answered(
                at_ms=now_ms,
                question=command.question,
                answers=command.answers,
                wrong=command.wrong,
            )
            return () if training.is_right(command.question) else (answered,)
        case c.RaiseGuard():
            raised = training.guard == command.code
            return () if raised else (e.GuardRaised(at_ms=now_ms, code=command.code),)
        case c.AnswerGuard():
            return _decide_guard(training, command, now_ms)
        case c.RaiseHand():
            up = training.hand_since_ms is not None
            return () if up else (e.HandRaised(at_ms=now_ms),)
        case c.LowerHand():
            up = training.hand_since_ms is not None
            return (e.HandLowered(at_ms=now_ms),) if up else ()
        case c.KeepNote():
            same = training.note == command.text
            return () if same else (e.NoteKept(at_ms=now_ms, text=command.text),)
        case c.AnswerInject():
            return _decide_inject(training, command, now_ms)
        case c.Guess() | c.Reposition() | c.OpenDebrief():
            return _decide_run(training, command, now_ms)
        case _:
            assert_never(command)


def _decide_standing(
    training: Training, command: c.FreezeSeat | c.ThawSeat | c.Pause | c.GoOn, now_ms: int
) -> Happening:
    """Decide whether the seat stands still, by the facilitator's word or its own."""
    match command:
        case c.FreezeSeat():
            if training.freeze is not None and training.freeze.message == command.message:
                return ()
            return (e.SeatFrozen(at_ms=now_ms, message=command.message),)
        case c.ThawSeat():
            return (e.SeatThawed(at_ms=now_ms),) if training.is_frozen else ()
        case c.Pause(cause=cause):
            paused = e.SeatFrozen(at_ms=now_ms, message="", own=cause)
            return () if training.is_closed else (paused,)
        case c.GoOn():
            return (e.SeatThawed(at_ms=now_ms),) if training.is_paused else ()
        case _:
            assert_never(command)


def _decide_facilitator(
    training: Training, command: c.SayToSeat | c.GiveHint | c.AddTime, now_ms: int
) -> Happening:
    match command:
        case c.SayToSeat():
            return (e.FacilitatorSaid(at_ms=now_ms, text=command.text),)
        case c.GiveHint(step=step):
            rung = training.rungs(step) + 1
            given = e.HintOpened(at_ms=now_ms, step=step, rung=rung, given=True)
            return (given,) if rung <= e.RUNG_LAST else ()
        case c.AddTime():
            added = e.TimeAdded(at_ms=now_ms, minutes=command.minutes)
            return (added,) if command.minutes else ()
        case _:
            assert_never(command)


def _decide_run(
    training: Training, command: c.Guess | c.Reposition | c.OpenDebrief, now_ms: int
) -> Happening:
    """Decide what concerns the whole run: how it came to be, and how it ended."""
    match command:
        case c.Guess():
            guessed = e.Guessed(at_ms=now_ms, ready=command.ready, certainty=command.certainty)
            return (guessed,) if training.guessed is None else ()
        case c.Reposition():
            return (e.Repositioned(at_ms=now_ms, how=command.how, parent_seq=command.parent_seq),)
        case c.OpenDebrief():
            opened = training.debrief_ms is not None
            return () if opened else (e.DebriefOpened(at_ms=now_ms),)
        case _:
            assert_never(command)


def _decide_hint(training: Training, command: c.OpenHint, now_ms: int) -> Happening:
    rungs = training.rungs(command.step)
    if command.rung <= rungs:
        return ()
    if command.rung > rungs + 1:
        raise Refusal("training.hint_order")
    return (e.HintOpened(at_ms=now_ms, step=command.step, rung=command.rung),)


def _decide_guard(training: Training, command: c.AnswerGuard, now_ms: int) -> Happening:
    if training.guard != command.code:
        return ()
    answered = e.GuardAnswered(
        at_ms=now_ms,
        code=command.code,
        choice=command.choice,
        right=command.right,
        went_on=command.went_on,
    )
    return (answered,)


def _decide_inject(training: Training, command: c.AnswerInject, now_ms: int) -> Happening:
    if training.inject_choice(command.index) is not None:
        return ()
    return (e.InjectAnswered(at_ms=now_ms, index=command.index, choice=command.choice),)


def evolve(training: Training, event: e.TrainingEvent) -> Training:
    """Fold one event. Total."""
    match event:
        case e.HintOpened():
            return replace(training, hints=(*training.hints, event))
        case e.Answered():
            return replace(training, answered=(*training.answered, event))
        case e.GuardRaised():
            return replace(training, guard=event.code)
        case e.GuardAnswered():
            return replace(training, guard=None, guards=(*training.guards, event))
        case e.HandRaised():
            return replace(training, hand_since_ms=event.at_ms)
        case e.HandLowered():
            return replace(training, hand_since_ms=None)
        case e.NoteKept():
            return replace(training, note=event.text)
        case e.InjectAnswered():
            return replace(training, injects=(*training.injects, event))
        case _:
            return _evolve_run(training, event)


def _evolve_run(
    training: Training,
    event: e.SeatFrozen
    | e.SeatThawed
    | e.FacilitatorSaid
    | e.TimeAdded
    | e.Guessed
    | e.Repositioned
    | e.DebriefOpened,
) -> Training:
    match event:
        case e.SeatFrozen():
            return replace(training, freeze=event)
        case e.SeatThawed():
            return replace(training, freeze=None)
        case e.FacilitatorSaid():
            return replace(training, said=(*training.said, event))
        case e.TimeAdded():
            return replace(training, minutes_added=training.minutes_added + event.minutes)
        case e.Guessed():
            return replace(training, guessed=event)
        case e.Repositioned():
            return replace(training, repositioned=(*training.repositioned, event))
        case e.DebriefOpened():
            return replace(training, debrief_ms=event.at_ms)
        case _:
            assert_never(event)
