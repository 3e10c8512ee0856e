"""``/r/<name>/tebak`` and ``/r/<name>/bahas``: guess first, then the result, and try again.

The result is shown once a report was filed and a guess was made; at the level that lets one break
a rule on purpose, at any time. Showing it closes the run.
"""

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any

from flask import Blueprint, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from mock_server import rehearsal
from mock_server.answer import Answer, Refused
from mock_server.domain.events import ScreenSeen
from mock_server.journal import Entry
from mock_server.ports import RehearsalRecord, UnknownRehearsalError
from mock_server.scenario.model import Level
from mock_server.training import commands as c
from mock_server.training.debrief import CREATED_BY, Debrief
from mock_server.training.levels import scaffold
from mock_server.training.marks import step_at
from mock_server.web.debrief.chart import chart
from mock_server.web.debrief.drawn import LOOKS, drawn
from mock_server.web.debrief.fields import exam_moment, long_day
from mock_server.web.debrief.onward import Onward
from mock_server.web.debrief.pupils import crowd
from mock_server.web.debrief.table import table
from mock_server.web.debrief.telling import Telling
from mock_server.web.page_errors import error_page, live, page
from mock_server.web.pages import is_own_form
from mock_server.web.parts import Parts
from mock_server.web.seat.formats import Formats
from mock_server.web.seat.news import news
from mock_server.web.seat.window import Window
from mock_server.web.stories import Story

CERTAINTIES = (50, 65, 80, 95)
SEQ_DIGITS_MAX = 9


class Debriefing:
    def __init__(self, parts: Parts, telling: Telling) -> None:
        self._parts = parts
        self._telling = telling
        self._onward = Onward(parts, telling)

    def add_to(self, blueprint: Blueprint) -> None:
        rules: tuple[tuple[str, str, Callable[..., AnyResponse], str], ...] = (
            ("/r/<name>/tebak", "guess", self._guess, "GET"),
            ("/r/<name>/tebak", "guessed", self._guessed, "POST"),
            ("/r/<name>/bahas", "debrief", self._debrief, "GET"),
            ("/r/<name>/layar/<int:seq>", "scrub", self._scrub, "GET"),
            ("/r/<name>/coba-lagi", "try_again", self._try_again, "POST"),
        )
        for path, name, view, method in rules:
            blueprint.add_url_rule(path, name, view, methods=[method])
        self._onward.add_to(blueprint)

    # --- guess first -----------------------------------------------------------------------------

    def _guess(self, name: str) -> AnyResponse:
        try:
            answer = self._parts.engine.peek(name)
            record = self._parts.engine.record(name)
        except UnknownRehearsalError:
            return error_page(HTTPStatus.NOT_FOUND)
        if answer.training.guessed is not None:
            return redirect(f"/r/{name}/bahas", HTTPStatus.SEE_OTHER)
        if answer.station.report is None:
            return redirect(f"/r/{name}/berita-acara", HTTPStatus.SEE_OTHER)
        return page("debrief/guess.html", certainties=CERTAINTIES, **self._about(record, answer))

    def _guessed(self, name: str) -> AnyResponse:
        if not is_own_form():
            return error_page(HTTPStatus.FORBIDDEN)
        self._parts.classroom.attend(name)
        ready, certainty = request.form.get("siap", ""), request.form.get("yakin", "")
        try:
            answer = self._parts.engine.peek(name)
            if answer.station.report is None:
                return redirect(f"/r/{name}/berita-acara", HTTPStatus.SEE_OTHER)
            if ready not in ("yes", "unsure", "no") or certainty not in map(str, CERTAINTIES):
                record = self._parts.engine.record(name)
                about = self._about(record, answer)
                return page(
                    "debrief/guess.html",
                    HTTPStatus.BAD_REQUEST,
                    certainties=CERTAINTIES,
                    chosen=(ready, certainty),
                    **about,
                )
            guess = c.Guess(ready=ready, certainty=int(certainty))  # type: ignore[arg-type] # checked
            self._parts.engine.train(name, guess)
        except Refused:  # frozen just now, or guessed in another tab
            pass
        except UnknownRehearsalError:
            return error_page(HTTPStatus.NOT_FOUND)
        return redirect(f"/r/{name}/bahas", HTTPStatus.SEE_OTHER)

    # --- the result ------------------------------------------------------------------------------

    def _debrief(self, name: str) -> AnyResponse:
        try:
            record = self._parts.engine.record(name)
            answer = self._parts.engine.peek(name)
            story = self._parts.stories.of(record)
            level = _level(story)
            if (first := _first(answer, level)) is not None:
                return redirect(f"/r/{name}/{first}", HTTPStatus.SEE_OTHER)
            answer = self._opened(name, answer)
            told = self._telling.debrief(name, answer, story)
            following = self._onward.next(name, answer, story)
        except UnknownRehearsalError:
            return error_page(HTTPStatus.NOT_FOUND)
        values = self._told(record, answer, told) | {"following": following}
        return live(page("debrief/debrief.html", **values))

    def _opened(self, name: str, answer: Answer) -> Answer:
        """Close the run: from now on it shows what it was."""
        if answer.training.debrief_ms is not None:
            return answer
        return self._parts.engine.train(name, c.OpenDebrief())

    def _told(self, record: RehearsalRecord, answer: Answer, told: Debrief) -> dict[str, Any]:
        titles = [mark.text.in_language(g.language) for mark in told.marks]
        monday = exam_moment(told.monday)
        return {
            **self._about(record, answer),
            "told": told,
            "chart": chart(told, titles),
            "rows": table(told, self._telling.pack(answer.station.setup)),
            "crowd": crowd(told.monday.can, told.monday.total),
            "monday_day": long_day(monday, g.language),
            "monday_time": f"{monday:%H:%M}",
            "pack": self._telling.pack(answer.station.setup),
            "setup": answer.station.setup,
        }

    def _about(self, record: RehearsalRecord, answer: Answer) -> dict[str, Any]:
        """Return what every page of a debrief says about its run."""
        story = self._parts.stories.of(record)
        pack = self._telling.pack(answer.station.setup)
        seat = self._parts.classroom.seat_of(record.name)
        return {
            "base": f"/r/{record.name}/",
            "title": "" if story is None else self._parts.stories.public_name(story, g.language),
            "story_title": "" if story is None else getattr(story.scenario.title, g.language),
            "level": _level(story),
            "fmt": Formats(g.language),
            "seat": seat if seat is not None and seat.kind == "class" else None,
            "home": "/" if seat is None or seat.kind == "solo" else f"/kursi/{seat.token}/",
            "news": news(seat, answer),
            "exam_day": pack.values.exam_day.in_language(g.language),
        }

    # --- one moment of it, and another try -------------------------------------------------------

    def _scrub(self, name: str, seq: int) -> AnyResponse:
        """Show the desk just after an event, once the result was shown."""
        try:
            record = self._parts.engine.record(name)
            answer = self._parts.engine.peek(name)
            entries = self._parts.engine.entries(name)
        except UnknownRehearsalError:
            return error_page(HTTPStatus.NOT_FOUND)
        first = _begins_at(entries)
        if answer.training.debrief_ms is None or not first <= seq <= len(entries):
            return error_page(HTTPStatus.NOT_FOUND)
        told = self._telling.debrief(name, answer, self._parts.stories.of(record))
        state = rehearsal.replay(entry.event for entry in entries[:seq])
        at_ms = max(state.station.at_ms, entries[seq - 1].event.at_ms)
        step = step_at(told.mine, seq + 1)
        event = entries[seq - 1].event
        window = LOOKS.get(event.screen) if isinstance(event, ScreenSeen) else None
        shown = drawn(self._parts, state.station, at_ms, window or Window(), state.training)
        about = self._about(record, answer)
        return page(
            "debrief/moment.html",
            **about | shown,
            seq=seq,
            first=first,
            last=len(entries),
            step=step,
            pack=self._telling.pack(answer.station.setup),
            marks=[mark for mark in told.marks if mark.seq == seq],
        )

    def _try_again(self, name: str) -> AnyResponse:
        """Go on from just after an event, in a run of its own; the original stays."""
        if not is_own_form():
            return error_page(HTTPStatus.FORBIDDEN)
        written = request.form.get("seq", "")
        if not (written.isascii() and written.isdecimal()) or len(written) > SEQ_DIGITS_MAX:
            return error_page(HTTPStatus.BAD_REQUEST)
        try:
            answer = self._parts.engine.peek(name)
            level = _level(self._parts.stories.of(self._parts.engine.record(name)))
            if not _may_try_again(answer, level):
                return error_page(HTTPStatus.CONFLICT)
            child = self._branched(name, int(written))
        except UnknownRehearsalError:
            return error_page(HTTPStatus.NOT_FOUND)
        except ValueError:
            return error_page(HTTPStatus.BAD_REQUEST)
        return redirect(f"/r/{child}/", HTTPStatus.SEE_OTHER)

    def _branched(self, name: str, seq: int) -> str:
        """From the very beginning it is a run like any other; from later on it is practice.

        Raises ValueError for an event that is not there.
        """
        engine = self._parts.engine
        entries = engine.entries(name)
        first = _begins_at(entries)
        if not first <= seq <= len(entries):
            raise ValueError(f"event {seq}: {first} to {len(entries)} are allowed")
        child = engine.fork(name, seq)
        if seq > first:
            engine.train(child, c.Reposition(how="branch", parent_seq=seq), actor="simulator")
        self._parts.classroom.adopt(name, child, "branch" if seq > first else "retry")
        return child


def _level(story: Story | None) -> Level:
    return Level.PROGRAMS if story is None else story.scenario.level


def _begins_at(entries: Sequence[Entry]) -> int:
    """Return the last event of those that made the rehearsal."""
    return max(entry.seq for entry in entries if entry.op == CREATED_BY)


def _first(answer: Answer, level: Level) -> str | None:
    """Return the page that must come before the result, None if it may be shown."""
    if answer.training.debrief_ms is not None or level is Level.CONSEQUENCES:
        return None
    if answer.station.report is None:
        return "berita-acara"
    return "tebak" if answer.training.guessed is None else None


def _may_try_again(answer: Answer, level: Level) -> bool:
    """During a run only where feedback is immediate; a frozen seat tries nothing."""
    if answer.training.is_frozen:
        return False
    return answer.training.debrief_ms is not None or scaffold(level).feedback == "immediate"
