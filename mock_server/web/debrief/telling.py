"""Makes the debrief of a rehearsal from its journal, and keeps what does not change.

A journal whose result was shown grows no more, and the reference depends on the setup alone.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from mock_server.answer import Answer
from mock_server.domain.setup import Setup
from mock_server.procedure.pack import ProcedurePack
from mock_server.procedure.texts import Text
from mock_server.scenario.model import Level
from mock_server.scenario.packs import load_coach, load_fault_texts, load_violations
from mock_server.training.coach import Books
from mock_server.training.debrief import Debrief, debrief
from mock_server.training.reference import Reference, reference
from mock_server.web.parts import Parts
from mock_server.web.stories import Story

KEPT_MAX = 256
Kept = TypeVar("Kept")


class Telling:
    """Safe to call from several threads."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._told: _Shelf[Debrief] = _Shelf()
        self._walked: _Shelf[Reference] = _Shelf()

    def debrief(self, name: str, answer: Answer, story: Story | None) -> Debrief:
        """Raises UnknownRehearsalError."""
        pack = self.pack(answer.station.setup)
        level = Level.PROGRAMS if story is None else story.scenario.level
        key = (name, answer.events, answer.mark)
        return self._told.get(key, lambda: self._made(name, answer, pack, level, story))

    def reference(self, setup: Setup) -> Reference:
        return self._walked.get(setup, lambda: reference(setup))

    def pack(self, setup: Setup) -> ProcedurePack:
        return self._parts.speeches.of(setup.procedure, "id").pack

    def _made(
        self, name: str, answer: Answer, pack: ProcedurePack, level: Level, story: Story | None
    ) -> Debrief:
        said = () if story is None else story.scenario.debrief
        return debrief(
            self._parts.engine.entries(name),
            pack,
            level,
            answer.training,
            Books(coach=load_coach(pack), violations=load_violations(pack)),
            load_fault_texts(pack),
            self.reference(answer.station.setup),
            questions=tuple(Text(id=one.id, en=one.en) for one in said or ()),
            switches=self._parts.classroom.switches(name, pack),
        )


class _Shelf(Generic[Kept]):
    """A bounded number of things; the one not asked for longest falls off."""

    def __init__(self) -> None:
        self._order: OrderedDict[Hashable, Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        with self._lock:
            if key in self._order:
                self._order.move_to_end(key)
                return self._order[key]
        made = make()
        with self._lock:
            self._order[key] = made
            while len(self._order) > KEPT_MAX:
                self._order.popitem(last=False)
        return made
