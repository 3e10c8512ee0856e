"""The pages of one trainee's seat: ``/r/<name>/``, and the parts of it that change.

A page is rendered whole by the server and works without a script. Seeing a screen is a look of the
engine, as it is for a program; faults that strike are shown inside the window that asked.
"""

from collections.abc import Callable
from hashlib import blake2b
from http import HTTPStatus
from typing import Any, NamedTuple

from flask import Blueprint, g, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from mock_server.answer import Answer, Refused
from mock_server.classroom import SeatContext
from mock_server.domain.events import CbtsyncClosed, CbtsyncCrashed
from mock_server.ports import RehearsalRecord, UnknownRehearsalError
from mock_server.scenario.model import Level
from mock_server.scenario.packs import load_coach
from mock_server.training.mastery import Consequences, attempt_of, consequences
from mock_server.web.api import VendorPlane
from mock_server.web.classes.climbing import results
from mock_server.web.page_errors import HEADERS, error_page, live, page
from mock_server.web.parts import Parts
from mock_server.web.seat.coaching import Coach
from mock_server.web.seat.desk_view import Desk, beside, desk, settled
from mock_server.web.seat.formats import Formats
from mock_server.web.seat.looks import Sight, sights
from mock_server.web.seat.lost import Lost
from mock_server.web.seat.news import news
from mock_server.web.seat.trouble import Trouble
from mock_server.web.seat.window import Window, window_of
from mock_server.web.stories import Story
from mock_server.web.views import View

BUSY_REFRESH_S = 5  # a page without a script loads itself again while something moves


class Seen(NamedTuple):
    """A desk that somebody has before the eyes, and what its looks left behind."""

    answer: Answer
    view: View
    desk: Desk


class Seat:
    """Serves the replica of every rehearsal."""

    def __init__(self, parts: Parts, plane: VendorPlane, coach: Coach) -> None:
        self._parts = parts
        self._plane = plane
        self._coach = coach
        self._trouble = Trouble(parts, plane)

    def add_to(self, blueprint: Blueprint) -> None:
        rules: tuple[tuple[str, str, Callable[..., AnyResponse], str], ...] = (
            ("/r/<name>/", "seat", self._page, "GET"),
            ("/r/<name>/bagian", "seat_parts", self._parts_of, "GET"),
        )
        for path, name, view, method in rules:
            blueprint.add_url_rule(path, name, view, methods=[method])

    # --- looking ---------------------------------------------------------------------------------

    def _page(self, name: str) -> AnyResponse:
        try:
            self._parts.classroom.attend(name)
            self._parts.classroom.tick(name)
            record = self._parts.engine.record(name)
            seen = self._see(name, window_of(request.args))
        except UnknownRehearsalError:
            return error_page(HTTPStatus.NOT_FOUND)
        values = self._values(record, seen)
        if values["moved_to"]:
            return redirect(values["moved_to"], HTTPStatus.SEE_OTHER)
        if self._begins_with_the_example(values["level"], seen):
            return redirect(f"/r/{name}/contoh/", HTTPStatus.SEE_OTHER)
        values["title"] = self._title(record)
        return live(page("seat/page.html", **values))

    def _begins_with_the_example(self, level: str, seen: Seen) -> bool:
        """Tell whether the example has yet to be watched: nobody has guessed or sat down."""
        untouched = not seen.answer.training.answered and not seen.answer.station.here
        return level == Level.EXAMPLE and untouched

    def _parts_of(self, name: str) -> AnyResponse:
        """Return what may have changed on the page; 304 if none of it has."""
        try:
            self._parts.classroom.tick(name)
            record = self._parts.engine.record(name)
            seen = self._see(name, window_of(request.args))
        except UnknownRehearsalError:
            return error_page(HTTPStatus.NOT_FOUND)
        text = render_template("seat/parts.html", language=g.language, **self._values(record, seen))
        etag = blake2b(text.encode(), digest_size=16).hexdigest()
        response = make_response(text)
        response.headers.update(HEADERS)
        response.set_etag(etag)
        return response.make_conditional(request)

    def _see(self, name: str, given: Window) -> Seen:
        """Look at every screen that stands before the eyes. Raises UnknownRehearsalError."""
        engine = self._parts.engine
        answer = engine.peek(name)
        view = self._view(answer)
        window = settled(given, answer.station)
        if given.front == "cbtsync" != window.front and self._crashed(name, answer, view):
            window = window.saying("crash.closed")
        lost: dict[str, Lost] = {} if window.lost is None else {window.front: window.lost}
        visible = {window.front, beside(view, window)} - {*lost, ""}
        for sight in sights(answer.station, answer.now_ms, window, visible):
            if sight.window in lost or request.method == "HEAD":
                continue
            answer, broken = self._look(name, sight, answer)
            if broken is not None:
                lost[sight.window] = broken
        view = self._view(answer)
        return Seen(answer, view, desk(view, window, lost))

    def _crashed(self, name: str, answer: Answer, view: View) -> bool:
        """Tell whether CBTSync Web was last closed by itself on the machine in use."""
        course = self._coach.reading(name, answer, view.speech.pack).course
        closed = [
            moment.event
            for moment in course.moments
            if isinstance(moment.event, CbtsyncClosed | CbtsyncCrashed)
            and moment.event.machine == answer.station.here
        ]
        return bool(closed) and isinstance(closed[-1], CbtsyncCrashed)

    def _look(self, name: str, sight: Sight, before: Answer) -> tuple[Answer, Lost | None]:
        try:
            answer = self._parts.engine.look(name, sight.op, sight.screen)
        except Refused:  # it cannot be seen any more: something fell due meanwhile
            return before, None
        broken = self._trouble.felt(answer)
        if sight.op is not None:
            self._trouble.heard(name, str(sight.op), answer, broken)
        return answer, broken

    def _view(self, answer: Answer) -> View:
        return self._plane.view(answer, g.language)

    def _values(self, record: RehearsalRecord, seen: Seen) -> dict[str, Any]:
        story: Story | None = self._parts.stories.of(record)
        speech = seen.view.speech
        level = Level.PROGRAMS if story is None else story.scenario.level
        return {
            "base": f"/r/{record.name}/",
            "desk": seen.desk,
            "window": seen.desk.window,
            "say": speech.text,
            "fmt": Formats(g.language),
            "here_query": f"&{query}" if (query := seen.desk.window.quiet().query()) else "",
            "story": story,
            "record": record,
            "level": str(level),
            "panel": self._coach.panel(record.name, seen.answer, level, speech.pack),
            "clock": seen.answer.clock,
            "filed": seen.answer.station.report is not None,
            "exam_day": seen.view.speech.pack.values.exam_day.in_language(g.language),
            "refresh_s": BUSY_REFRESH_S if seen.desk.busy else 0,
            "replies": {
                one.choice: one.text.in_language(g.language)
                for one in load_coach(speech.pack).injects
            },
            "inert": seen.answer.training.is_frozen,
            "training": seen.answer.training,
            "marks": self._marks(record.name, level),
            **around(self._parts.classroom.seat_of(record.name), seen.answer),
        }

    def _marks(self, name: str, level: Level) -> Consequences | None:
        """Return how far the level has come that lets one break the rules on purpose."""
        if level is not Level.CONSEQUENCES:
            return None
        runs = self._parts.classroom.runs_to(name)
        if runs:
            own = {one.scenario: level for one in runs if one.scenario == runs[-1].scenario}
            return consequences(results(runs, own, self._parts))
        shown = self._parts.classroom.reading(name).shown
        return consequences([attempt_of(level, "", shown)])

    def _title(self, record: RehearsalRecord) -> str:
        story = self._parts.stories.of(record)
        return "" if story is None else self._parts.stories.public_name(story, g.language)


def around(seat: SeatContext | None, answer: Answer) -> dict[str, Any]:
    """Return what the class around a seat puts on its page; without a class, nothing."""
    told = news(seat, answer)
    if seat is None:
        return {"seat": None, "moved_to": "", "thaw_ms": None, "news": told}
    until = seat.frozen_until_ms
    return {
        "seat": seat,
        "news": told,
        "moved_to": f"/r/{seat.moved_to}/" if seat.moved_to else "",
        "thaw_ms": None if until is None else max(0, until - seat.now_ms),
    }
