"""What the handlers of the control plane share: their parts, and rehearsals as they are told."""

from flask import request

from mock_server.answer import Answer
from mock_server.engine import Engine
from mock_server.journal import iso_wib
from mock_server.ports import RehearsalRecord, UnknownRehearsalError
from mock_server.scenario.model import Expect
from mock_server.web import breaking
from mock_server.web.control_v1 import wire
from mock_server.web.control_v1.problems import ControlProblem, not_found
from mock_server.web.parts import Parts
from mock_server.web.stories import Stories, Story


class Desk:
    """Given to every handler."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.engine: Engine = parts.engine
        self.stories: Stories = parts.stories

    @property
    def has_socket(self) -> bool:
        """Whether the faults of the connection can be carried out here."""
        return breaking.has_socket(request)

    def peek(self, name: str) -> Answer:
        """Raises ControlProblem if there is no such rehearsal."""
        try:
            return self.engine.peek(name)
        except UnknownRehearsalError:
            raise unknown_rehearsal(name) from None

    def told(self, name: str) -> wire.RehearsalTold:
        """Raises ControlProblem if there is no such rehearsal."""
        try:
            record = self.engine.record(name)
            return self._told(record, self.stories.of(record))
        except UnknownRehearsalError:
            raise unknown_rehearsal(name) from None

    def all_told(self) -> list[wire.RehearsalTold]:
        found = []
        stories: dict[tuple[str, str], Story | None] = {}  # many rehearsals are of one scenario
        for record in self.engine.records():
            key = (record.scenario, record.document)
            if key not in stories:
                stories[key] = self.stories.of(record)
            try:
                found.append(self._told(record, stories[key]))
            except UnknownRehearsalError:
                continue  # deleted meanwhile
        return found

    def _told(self, record: RehearsalRecord, story: Story | None) -> wire.RehearsalTold:
        answer = self.engine.peek(record.name)
        setup = answer.station.setup
        return wire.RehearsalTold(
            name=record.name,
            url=f"/r/{record.name}/",
            scenario=record.scenario,
            procedure=setup.procedure,
            seed=setup.seed,
            label=record.label,
            parent=record.parent,
            created=record.created,
            events=answer.events,
            clock=clock_told(answer),
            expect=None if story is None else expectation(story.scenario.expect),
        )


def unknown_rehearsal(name: str) -> ControlProblem:
    return not_found(f"there is no rehearsal {name[:80]!r}")


def clock_told(answer: Answer) -> wire.ClockTold:
    return wire.ClockTold(
        mode=answer.clock.mode.value,
        speed=answer.clock.speed,
        now=iso_wib(answer.now_ms),
        now_ms=answer.now_ms,
    )


def expectation(expect: Expect) -> wire.Expectation:
    return wire.Expectation(
        ending=expect.ending,
        truth=wire.ExpectedTruth(
            datasets_complete=expect.truth.datasets_complete,
            participants=expect.truth.participants,
            tests_visible=expect.truth.tests_visible,
        ),
        violations=list(expect.violations),
        within_ms=expect.within_ms,
    )
