"""The fault lines of a scenario file, brought to faults that can be armed by the catalogue's gate.

The gate says what a fault may be; here its words get their place in the file.
"""

from collections.abc import Iterator

from mock_server.faults.errors import FaultError
from mock_server.faults.parsing import parse
from mock_server.faults.plan import Draw, FaultSpec
from mock_server.faults.reach import check_reach
from mock_server.procedure.pack import ProcedurePack
from mock_server.scenario.model import FaultPart, Scenario, StormFault, StormPart
from mock_server.scenario.problems import Problems
from mock_server.scenario.yaml_files import KeyPath, YamlDocument

PPM = 1_000_000


def specs(scenario: Scenario, pack: ProcedurePack) -> tuple[FaultSpec, ...]:
    """All faults, those of a storm last. Raises FaultError for what a loader would refuse."""
    return tuple(_spec(scenario, pack, line) for _path, line in _lines(scenario))


def planned(scenario: Scenario, pack: ProcedurePack) -> tuple[FaultSpec, ...]:
    """The faults that the story plans, without those left to dice."""
    return tuple(spec for spec in specs(scenario, pack) if spec.when.draw is None)


def check(scenario: Scenario, pack: ProcedurePack, problems: Problems) -> None:
    """Report every fault that cannot be armed, and every name that stands twice."""
    seen: set[str] = set()
    for path, line in _lines(scenario):
        if line.id in seen:
            problems.add((*path, "id"), f"{line.id!r} stands here twice", "each one once")
        seen.add(line.id)
        try:
            _spec(scenario, pack, line)
        except FaultError as error:
            problems.add((*path, *error.path), error.problem, f"allowed: {error.allowed}")


def check_served(scenario: Scenario, *, has_socket: bool) -> None:
    """Raises ScenarioError if what serves the scenario cannot carry out each of its faults."""
    problems = Problems(YamlDocument(file="", data={}, lines={}))
    for path, line in _lines(scenario):
        try:
            check_reach(line.fault.fault, has_socket=has_socket)
        except FaultError as error:
            problems.add((*path, *error.path), error.problem, f"allowed: {error.allowed}")
    problems.raise_if_any()


class _Line:
    """A line of ``faults`` or of a storm, with the name and the dice that hold for it."""

    def __init__(self, fault: FaultPart | StormFault, name: str, storm: StormPart | None) -> None:
        self.id = name
        self.fault = fault
        self.when = fault.when if isinstance(fault, FaultPart) else None
        self.draw = None
        if storm is not None:
            self.draw = Draw(seed=storm.seed, p_ppm=max(1, round(storm.p * PPM)))


def _lines(scenario: Scenario) -> Iterator[tuple[KeyPath, _Line]]:
    for index, fault in enumerate(scenario.faults):
        yield ("faults", index), _Line(fault, fault.id or f"f{index + 1}", None)
    if scenario.storm is not None:
        for index, chance in enumerate(scenario.storm.faults):
            line = _Line(chance, f"storm-{index + 1}", scenario.storm)
            yield ("storm", "faults", index), line


def _spec(scenario: Scenario, pack: ProcedurePack, line: _Line) -> FaultSpec:
    return parse(
        line.fault.fault,
        line.fault.on,
        line.fault.values,
        line.when,
        line.fault.effect,
        line.id,
        start_ms=scenario.start.at_ms,
        data_sets=len(pack.data_sets),
        draw=line.draw,
    )
