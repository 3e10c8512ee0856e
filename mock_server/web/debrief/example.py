"""``/r/<name>/contoh/<n>``: the worked example, step by step, each one guessed before it is shown.

The frames are the reference proctor's; the seat's templates draw them.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, NamedTuple

from flask import Blueprint, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from mock_server.answer import Answer, Refused
from mock_server.ports import RehearsalRecord, UnknownRehearsalError
from mock_server.procedure.pack import ProcedurePack
from mock_server.scenario.packs import load_coach
from mock_server.training import commands as c
from mock_server.training.desk import Training
from mock_server.training.levels import scaffold
from mock_server.training.mastery import GUESS, prediction_of
from mock_server.training.reference import Frame
from mock_server.training.texts import CoachTexts, PredictionText
from mock_server.web.debrief.drawn import PRESSED, WINDOWS, drawn
from mock_server.web.debrief.telling import Telling
from mock_server.web.page_errors import error_page, page
from mock_server.web.pages import is_own_form
from mock_server.web.parts import Parts
from mock_server.web.seat.news import news
from mock_server.web.seat.window import Window


class Shown(NamedTuple):
    """``asked`` is the guess that is due before this frame, ``tried`` what was guessed."""

    frames: tuple[Frame, ...]
    pack: ProcedurePack
    texts: CoachTexts
    asked: PredictionText | None
    tried: str


class Example:
    def __init__(self, parts: Parts, telling: Telling) -> None:
        self._parts = parts
        self._telling = telling

    def add_to(self, blueprint: Blueprint) -> None:
        rules: tuple[tuple[str, str, Callable[..., AnyResponse], str], ...] = (
            ("/r/<name>/contoh/", "example_start", self._start, "GET"),
            ("/r/<name>/contoh/<int:n>", "example", self._frame, "GET"),
            ("/r/<name>/contoh/<int:n>", "example_guess", self._guess, "POST"),
        )
        for path, name, view, method in rules:
            blueprint.add_url_rule(path, name, view, methods=[method])

    def _start(self, name: str) -> AnyResponse:
        try:
            self._parts.engine.record(name)
        except UnknownRehearsalError:
            return error_page(HTTPStatus.NOT_FOUND)
        return redirect(f"/r/{name}/contoh/1", HTTPStatus.SEE_OTHER)

    def _frame(self, name: str, n: int) -> AnyResponse:
        try:
            record = self._parts.engine.record(name)
            answer = self._parts.engine.peek(name)
        except UnknownRehearsalError:
            return error_page(HTTPStatus.NOT_FOUND)
        self._parts.classroom.rest(name)
        shown = self._shown(record, answer, n)
        if shown is None:
            return error_page(HTTPStatus.NOT_FOUND)
        unseen = self._not_yet_guessed(shown, answer.training, n)
        if unseen is not None:
            return redirect(f"/r/{name}/contoh/{unseen}", HTTPStatus.SEE_OTHER)
        return page("debrief/example.html", **self._values(record, answer, shown, n))

    def _guess(self, name: str, n: int) -> AnyResponse:
        if not is_own_form():
            return error_page(HTTPStatus.FORBIDDEN)
        try:
            self._parts.classroom.attend(name)
            record = self._parts.engine.record(name)
            answer = self._parts.engine.peek(name)
            shown = self._shown(record, answer, n)
            if shown is None or shown.asked is None:
                return error_page(HTTPStatus.NOT_FOUND)
            choice = request.form.get("g", "")
            chosen = next((one for one in shown.asked.choices if one.choice == choice), None)
            if chosen is not None and not shown.tried:
                guess = c.AnswerQuestion(
                    question=GUESS.format(step=shown.asked.step),
                    answers=(choice,),
                    wrong=() if chosen.right else ("g",),
                )
                self._parts.engine.train(name, guess)
        except Refused:  # frozen just now
            pass
        except UnknownRehearsalError:
            return error_page(HTTPStatus.NOT_FOUND)
        return redirect(f"/r/{name}/contoh/{n}", HTTPStatus.SEE_OTHER)

    # --- what is shown ---------------------------------------------------------------------------

    def _shown(self, record: RehearsalRecord, answer: Answer, n: int) -> Shown | None:
        """Return what belongs to frame ``n``, counted from 1; None if there is no such example."""
        story = self._parts.stories.of(record)
        if story is None or not scaffold(story.scenario.level).predictions:
            return None
        frames = self._telling.reference(answer.station.setup).frames
        if not 1 <= n <= len(frames):
            return None
        pack = self._telling.pack(answer.station.setup)
        texts = load_coach(pack)
        asked = prediction_of(frames, n, texts)
        tried = "" if asked is None else tried_at(answer.training, asked)
        return Shown(frames=frames, pack=pack, texts=texts, asked=asked, tried=tried)

    def _not_yet_guessed(self, shown: Shown, training: Training, n: int) -> int | None:
        """Return an earlier frame whose guess is still due, None if this one may be seen."""
        for earlier in range(1, n):
            asked = prediction_of(shown.frames, earlier, shown.texts)
            if asked is not None and not tried_at(training, asked):
                return earlier
        return None

    def _values(
        self, record: RehearsalRecord, answer: Answer, shown: Shown, n: int
    ) -> dict[str, Any]:
        waiting = shown.asked is not None and not shown.tried
        frame = shown.frames[max(0, n - 2) if waiting else n - 1]
        story = self._parts.stories.of(record)
        return {
            **drawn(self._parts, frame.station, frame.at_ms, WINDOWS.get(frame.step, Window())),
            "base": f"/r/{record.name}/",
            "title": "" if story is None else self._parts.stories.public_name(story, g.language),
            "n": n,
            "frames": shown.frames,
            "waiting": waiting,
            "asked": shown.asked,
            "tried": shown.tried,
            "step": shown.pack.step(shown.frames[n - 1].step),
            "pressed": "" if waiting else self._pressed(shown.frames[n - 1]),
            "narration": shown.texts.step(shown.frames[n - 1].narration).narration,
            "seat": None,
            "news": news(self._parts.classroom.seat_of(record.name), answer),
        }

    def _pressed(self, frame: Frame) -> str:
        key = PRESSED.get(frame.step, "")
        return key.format(exambro=frame.station.setup.exambro_version)


def tried_at(training: Training, asked: PredictionText) -> str:
    """Return the first guess that was made, '' for none yet."""
    name = GUESS.format(step=asked.step)
    return next((one.answers[0] for one in training.answered if one.question == name), "")
