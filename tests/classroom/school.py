"""A class over a real engine, with a clock that moves when told, and that can be restarted."""

from pathlib import Path
from typing import Any

from mock_server.adapters.clock import FixedTime
from mock_server.adapters.memory_store import MemoryEventStore
from mock_server.adapters.names import SecretTokens
from mock_server.adapters.stores import open_store
from mock_server.classroom import Classroom
from mock_server.cohort.commands import OpenPart
from mock_server.cohort.events import Part
from mock_server.domain.clock import ClockMode
from mock_server.engine import Engine
from mock_server.scenario.packs import load_pack
from tests.builders import setup
from tests.fakes import FakeNames

SECOND, MINUTE = 1_000, 60_000
DRILL = Part(kind="drill", minutes=20, scenario="test")


class School:
    def __init__(self, database: Path | None = None) -> None:
        self.time = FixedTime("2030-01-05T00:00:00Z")
        self.names = FakeNames()
        self.database = database
        self.store: Any = None
        self.start()

    def start(self) -> None:
        """Begin, or begin again after the power was cut: memory is empty, the store is not."""
        if self.database is not None:
            self.store = open_store(str(self.database))
        elif self.store is None:
            self.store = MemoryEventStore()
        self.engine = Engine(store=self.store, real=self.time, names=self.names)
        self.room = Classroom(self.store.cohorts, self.engine, self.time, SecretTokens(), load_pack)

    def restart(self) -> "School":
        if self.database is not None:
            self.store.close()
        self.start()
        return self

    def make(self, **keys: Any) -> str:
        return self.engine.create(setup=setup(**keys), faults=(), mode=ClockMode.RUNNING, speed=10)

    def a_class(self, *names: str, drill: bool = True) -> str:
        """A class in its first drill; every seat has begun."""
        cohort = self.room.open_class("Sabtu pagi", (DRILL, DRILL))
        keys = [self.room.join(cohort.code, n, name) for n, name in enumerate(names, 1)]
        if drill:
            self.next_drill(cohort.name, 0)
            for key in keys:
                self.room.begin(key, "test", self.make)
        return cohort.name

    def next_drill(self, name: str, part: int) -> None:
        self.room.do(name, OpenPart(part=part))

    def run(self, name: str, seat: int = 1) -> str:
        run = self.room.cohort(name).current(seat)
        assert run is not None
        return run.rehearsal
