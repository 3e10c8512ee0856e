"""Buttons of the seat that concern the training, not the machine: hints, hand, notes, replies."""

import re
from collections.abc import Callable, Mapping
from typing import get_args

from mock_server.training import commands as c
from mock_server.training.events import InjectChoice
from mock_server.web.seat.acts import UnknownActError

NOTE_MAX = 4_000
RUNGS = {"1": 1, "2": 2, "3": 3}
_STEP = re.compile(r"\d{1,2}|7[a-f]|NB")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_CHOICES: Mapping[str, InjectChoice] = {choice: choice for choice in get_args(InjectChoice)}


def _hint(form: Mapping[str, str]) -> c.TrainingCommand:
    step, rung = form.get("step", ""), RUNGS.get(form.get("rung", ""))
    if rung is None or _STEP.fullmatch(step) is None:
        raise UnknownActError("a hint is a step with rung 1, 2 or 3")
    return c.OpenHint(step=step, rung=rung)


def _note(form: Mapping[str, str]) -> c.TrainingCommand:
    text = form.get("text", "").replace("\r\n", "\n")
    return c.KeepNote(text=_CONTROL.sub("", text)[:NOTE_MAX])


def _reply(form: Mapping[str, str]) -> c.TrainingCommand:
    index, choice = form.get("index", ""), _CHOICES.get(form.get("choice", ""))
    if choice is None or not (index.isascii() and index.isdecimal()) or len(index) > 4:
        raise UnknownActError("a reply is a message's number with decline, obey or ask")
    return c.AnswerInject(index=int(index), choice=choice)


ALONE_ONLY = frozenset({"pause"})
"""A class stands still when its facilitator says so."""
TRAINING_ACTS: Mapping[str, Callable[[Mapping[str, str]], c.TrainingCommand]] = {
    "hint": _hint,
    "note": _note,
    "reply": _reply,
    "hand.raise": lambda _form: c.RaiseHand(),
    "hand.lower": lambda _form: c.LowerHand(),
    "pause": lambda _form: c.Pause(),
    "go-on": lambda _form: c.GoOn(),
}
