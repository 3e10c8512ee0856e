"""What a linter finds: a scenario that works, but teaches badly or expects what cannot be."""

import msgspec

from mock_server.domain.setup import Condition
from mock_server.faults.plan import FaultSpec
from mock_server.procedure.pack import ProcedurePack
from mock_server.procedure.texts import FaultTexts, Texts, Violation
from mock_server.scenario.model import Level, Scenario
from mock_server.scenario.yaml_files import KeyPath, show_path

_ORDER = tuple(Condition)


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """``rule`` is the name under which ``docs/scenarios.md`` explains it."""

    file: str
    line: int | None
    path: KeyPath
    rule: str
    message: str
    mend: str  # what to do about it

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        said = f"{self.message}; {self.mend} [{self.rule}]"
        return ": ".join(part for part in (place, show_path(self.path), said) if part)


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A finding before it is known in which file it stands."""

    path: KeyPath
    rule: str
    message: str
    mend: str


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """A sound scenario with all that it is measured against."""

    scenario: Scenario
    pack: ProcedurePack
    faults: tuple[FaultSpec, ...]  # those of a storm left out
    fault_texts: FaultTexts
    violations: Texts[Violation]

    @property
    def for_people(self) -> bool:
        return self.scenario.level is not Level.PROGRAMS

    def begins_before(self, condition: Condition) -> bool:
        """Whether what this condition stands for is still to be done at the start."""
        return _ORDER.index(self.scenario.start.condition) < _ORDER.index(condition)
