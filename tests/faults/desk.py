"""An engine with one rehearsal on it, its clock moved by hand."""

from collections.abc import Sequence

from mock_server.adapters.memory_store import MemoryEventStore
from mock_server.answer import Answer
from mock_server.domain.clock import ClockMode
from mock_server.domain.commands import Trainee
from mock_server.domain.operations import Operation
from mock_server.domain.setup import Setup
from mock_server.engine import Engine
from mock_server.faults.plan import FaultSpec
from mock_server.journal import AnyEvent
from tests.fakes import FakeNames, FakeTime


class Desk:
    """``on`` sits down at a store that another one has filled."""

    def __init__(self, *, setup: Setup, faults: Sequence[FaultSpec] = ()) -> None:
        self.store, self.real = MemoryEventStore(), FakeTime()
        self.engine = Engine(store=self.store, real=self.real, names=FakeNames())
        self.name = self.engine.create(setup=setup, faults=faults, mode=ClockMode.MANUAL)

    @classmethod
    def on(cls, other: "Desk", name: str = "") -> "Desk":
        """Read a rehearsal again as another process would, with nothing in memory."""
        desk = cls.__new__(cls)
        desk.store, desk.real = other.store, other.real
        desk.engine = Engine(store=other.store, real=other.real, names=FakeNames())
        desk.name = name or other.name
        return desk

    def act(self, op: Operation, command: Trainee) -> Answer:
        return self.engine.act(self.name, op, command)

    def advance(self, ms: int) -> Answer:
        return self.engine.advance(self.name, by_ms=ms)

    def events(self) -> list[AnyEvent]:
        return [entry.event for entry in self.engine.entries(self.name)]
