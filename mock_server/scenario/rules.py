"""What must hold between the keys of one scenario: order, uniqueness, and what its pack allows.

Each rule reports what breaks it; what makes a scenario unwise rather than unusable is a lint.
"""

from collections.abc import Hashable, Sequence

from mock_server.procedure.pack import ProcedurePack
from mock_server.scenario.model import Scenario
from mock_server.scenario.problems import Problems
from mock_server.scenario.yaml_files import KeyPath


def check(scenario: Scenario, pack: ProcedurePack, problems: Problems) -> None:
    """Report every rule that the scenario breaks. Its faults are the catalogue's matter."""
    _zone(scenario, pack, problems)
    _window(scenario, problems)
    _room(scenario, problems)
    _steps(scenario, pack, problems)
    _injects(scenario, problems)
    _expected(scenario, pack, problems)


def _zone(scenario: Scenario, pack: ProcedurePack, problems: Problems) -> None:
    zone = scenario.start.zone
    if pack.zone_at(zone) is None:
        known = ", ".join(name for of in pack.zones for name in (of.iana, *of.also))
        problem = f"the procedure {pack.id} knows no zone {zone}"
        problems.add(("start", "zone"), problem, f"allowed: {known}")


def _window(scenario: Scenario, problems: Problems) -> None:
    window = scenario.window
    if window is not None and window.closes_ms <= window.opens_ms:
        problems.add(("window", "closes"), "it closes before it opens", "an instant after `opens`")


def _room(scenario: Scenario, problems: Problems) -> None:
    room = scenario.room
    if "exam-server" not in room.machines:
        problems.add(("room", "machines"), "no exam server stands in the room", "add exam-server")
    _unique(room.machines, ("room", "machines"), None, problems)
    _unique(room.exambro, ("room", "exambro"), None, problems)
    if room.id_slips > scenario.school.servers:
        problem = f"{room.id_slips} slips, but the school has {scenario.school.servers} server(s)"
        problems.add(("room", "id_slips"), problem, "at most `school.servers`")


def _steps(scenario: Scenario, pack: ProcedurePack, problems: Problems) -> None:
    numbers = [step.number for step in pack.steps if isinstance(step.number, int)]
    for index, step in enumerate(scenario.teaches):
        if step not in numbers:
            problem = f"the procedure {pack.id} has no step {step}"
            problems.add(("teaches", index), problem, f"allowed: {min(numbers)} to {max(numbers)}")
    _unique(scenario.teaches, ("teaches",), None, problems)


def _injects(scenario: Scenario, problems: Problems) -> None:
    last_ms = 0
    for index, inject in enumerate(scenario.injects):
        if inject.at_ms < last_ms:
            problem = "it comes before the inject above it"
            problems.add(("injects", index, "at"), problem, "injects in the order of their times")
        last_ms = max(last_ms, inject.at_ms)


def _expected(scenario: Scenario, pack: ProcedurePack, problems: Problems) -> None:
    sets = len(pack.data_sets)
    complete = scenario.expect.truth.datasets_complete
    if complete is not None and complete > sets:
        problem = f"the procedure {pack.id} has only {sets} data sets"
        problems.add(("expect", "truth", "datasets_complete"), problem, f"allowed: 0 to {sets}")
    _unique(scenario.expect.violations, ("expect", "violations"), None, problems)


def _unique(names: Sequence[Hashable], path: KeyPath, key: str | None, problems: Problems) -> None:
    for index, name in enumerate(names):
        if name in names[:index]:
            place = (*path, index) if key is None else (*path, index, key)
            problems.add(place, f"{name!r} stands here twice", "each one once")
