"""``/r/<name>/berikutnya``: what to rehearse next, from all that the seat has done, and its start.

What is begun is chosen here and now, never by the form.
"""

from http import HTTPStatus

import msgspec
from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from mock_server.answer import Answer
from mock_server.cohort.events import How
from mock_server.ports import RehearsalRecord, UnknownRehearsalError
from mock_server.procedure.texts import Text
from mock_server.scenario.library import UnknownScenarioError
from mock_server.scenario.model import Level
from mock_server.scenario.packs import load_coach
from mock_server.scenario.problems import ScenarioError
from mock_server.training import commands as c
from mock_server.training import next_drill
from mock_server.training.mastery import Attempt, Consequences, attempt_of, consequences
from mock_server.training.next_drill import Chosen
from mock_server.web.breaking import has_socket
from mock_server.web.classes.climbing import asked, results
from mock_server.web.classes.start import place
from mock_server.web.debrief.telling import Telling
from mock_server.web.page_errors import error_page
from mock_server.web.pages import is_own_form
from mock_server.web.parts import Parts
from mock_server.web.stories import Story


class Next(msgspec.Struct, frozen=True, kw_only=True):
    """``startable``: whoever sits there may begin it by themselves. ``marks`` is None but where one
    breaks the rules on purpose."""

    chosen: Chosen
    text: Text
    startable: bool
    marks: Consequences | None


class Onward:
    def __init__(self, parts: Parts, telling: Telling) -> None:
        self._parts = parts
        self._telling = telling

    def add_to(self, blueprint: Blueprint) -> None:
        blueprint.add_url_rule("/r/<name>/berikutnya", "next_drill", self._begin, methods=["POST"])

    def next(self, name: str, answer: Answer, story: Story | None) -> Next | None:
        """Return what comes next, None for a rehearsal that is no drill. Expects its result to have
        been shown. Raises UnknownRehearsalError."""
        if story is None or story.scenario.level is Level.PROGRAMS:
            return None
        sound = self._parts.stories.all()[0]
        attempts = self.attempts(name, answer, story)
        told = self._telling.debrief(name, answer, story)
        chosen = next_drill.next_drill(
            attempts,
            told.verdict.repeat,
            answer.station.setup.condition,
            [next_drill.Story(id=of.scenario.id, level=of.scenario.level) for of in sound],
        )
        sandbox = story.scenario.level is Level.CONSEQUENCES
        return Next(
            chosen=chosen,
            text=load_coach(self._telling.pack(answer.station.setup)).drill(chosen.name),
            startable=self._startable(name, chosen, story),
            marks=consequences(attempts) if sandbox else None,
        )

    def attempts(self, name: str, answer: Answer, story: Story) -> list[Attempt]:
        """Return what the seat has done up to this run, it last. Raises UnknownRehearsalError."""
        levels = {of.scenario.id: of.scenario.level for of in self._parts.stories.all()[0]}
        levels[story.scenario.id] = story.scenario.level
        found = list(results(self._parts.classroom.runs_to(name), levels, self._parts))
        if found:
            return found
        level, setup = story.scenario.level, answer.station.setup
        shown = self._parts.classroom.reading(name).shown
        questions = asked(level, setup, self._telling.pack(setup))
        return [attempt_of(level, story.scenario.id, shown, questions)]

    def _startable(self, name: str, chosen: Chosen, story: Story) -> bool:
        """In a class the facilitator says which story is next; to do one's own again is free."""
        if not chosen.scenario:
            return False
        seat = self._parts.classroom.seat_of(name)
        return seat is None or seat.kind == "solo" or chosen.scenario == story.scenario.id

    def _begin(self, name: str) -> AnyResponse:
        if not is_own_form():
            return error_page(HTTPStatus.FORBIDDEN)
        try:
            record = self._parts.engine.record(name)
            answer = self._parts.engine.peek(name)
            if answer.training.debrief_ms is None or answer.training.is_frozen:
                return error_page(HTTPStatus.CONFLICT)
            following = self.next(name, answer, self._parts.stories.of(record))
            if following is None or not following.startable:
                return error_page(HTTPStatus.CONFLICT)
            child = self._begun(record, following.chosen)
        except (UnknownRehearsalError, UnknownScenarioError, ScenarioError):
            return error_page(HTTPStatus.NOT_FOUND)
        return redirect(place(child, following.chosen.level), HTTPStatus.SEE_OTHER)

    def _begun(self, record: RehearsalRecord, chosen: Chosen) -> str:
        """A block that is begun in the middle of its day is practice, and marked so."""
        story, moved = self._parts.stories.named(chosen.scenario), False
        if chosen.condition is not None:
            try:
                story = self._parts.stories.from_condition(chosen.scenario, chosen.condition)
                moved = True
            except ScenarioError:  # this story cannot begin there: from its own start, then
                pass

        def make() -> str:
            begun = self._parts.stories.begin(
                story, has_socket=has_socket(request), label=record.label
            )
            if moved:
                command = c.Reposition(how="condition", parent_seq=0)
                self._parts.engine.train(begun, command, actor="simulator")
            return begun

        seat = self._parts.classroom.seat_of(record.name)
        if seat is None:
            return make()
        how: How = "retry" if chosen.scenario == record.scenario else "begin"
        return self._parts.classroom.begin(seat.token, chosen.scenario, make, how=how, afresh=True)
