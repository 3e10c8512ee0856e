"""Scenarios as the web needs them: found by id, prepared, begun, and looked up again later.

Files may be edited while the server runs; one that did not change is not read twice.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import msgspec

from mock_server.domain.clock import ClockMode
from mock_server.domain.setup import Condition
from mock_server.engine import Engine
from mock_server.ports import People, RehearsalRecord
from mock_server.procedure.pack import ProcedurePack
from mock_server.procedure.texts import Language
from mock_server.scenario import fault_lines
from mock_server.scenario.library import Entry, Library, UnknownScenarioError, entry
from mock_server.scenario.loader import FindPack, load_document
from mock_server.scenario.model import Scenario
from mock_server.scenario.prepare import Cast, Prepared, machine_ids, prepare
from mock_server.scenario.problems import ScenarioError
from mock_server.scenario.yaml_files import read_yaml

DOCUMENTS_KEPT = 256  # of those sent with a request, parsed
FILES_KEPT = 512
PREPARED_KEPT = 512  # by scenario and seed
_Stamp = tuple[int, int]


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """A sound scenario with its pack. ``document`` is what it was sent as, or ''."""

    scenario: Scenario
    pack: ProcedurePack
    document: str = ""


class Stories:
    """Finds scenarios and begins rehearsals of them."""

    def __init__(
        self, library: Library, find_pack: FindPack, people: People, engine: Engine
    ) -> None:
        self._library = library
        self._find_pack = find_pack
        self._people = people
        self._engine = engine
        self._resent = lru_cache(maxsize=DOCUMENTS_KEPT)(self._decoded)
        self._ready: dict[tuple[int, int], tuple[Scenario, Prepared]] = {}
        self._lock = Lock()

    def ids(self) -> tuple[str, ...]:
        return tuple(self._library.paths())

    def named(self, scenario_id: str) -> Story:
        """Raises UnknownScenarioError for what is no id of ours, ScenarioError for a bad file."""
        path = self._library.paths().get(scenario_id)
        if path is None:
            raise UnknownScenarioError(f"there is no scenario {scenario_id!r}")
        found = _entry(path)
        return Story(scenario=found.scenario, pack=found.pack)

    def sent(self, document: Mapping[str, Any]) -> Story:
        """Take a scenario from a request. Raises ScenarioError with every problem."""
        return self._resent(msgspec.json.encode(document).decode())

    def from_condition(self, scenario_id: str, condition: Condition) -> Story:
        """Return a story of ours begun where more, or less, has been done already.

        Raises as ``named``, and ScenarioError if the story cannot begin there.
        """
        path = self._library.paths().get(scenario_id)
        if path is None:
            raise UnknownScenarioError(f"there is no scenario {scenario_id!r}")
        data = dict(read_yaml(path).data)
        start = data["start"]
        if isinstance(start, dict):
            data["start"] = start | {"condition": condition.value}
        return self.sent(data)

    def of(self, record: RehearsalRecord) -> Story | None:
        """Return what a rehearsal was begun from, or None if that is no longer there."""
        try:
            if record.document:
                return self._resent(record.document)
            return self.named(record.scenario)
        except (UnknownScenarioError, ScenarioError):
            return None

    def _decoded(self, document: str) -> Story:
        scenario = load_document(msgspec.json.decode(document), self._find_pack)
        return Story(scenario=scenario, pack=self._find_pack(scenario.procedure), document=document)

    def all(self) -> tuple[list[Story], dict[str, str]]:
        """Return every sound scenario, and what is wrong with the others by their id."""
        sound: list[Story] = []
        broken: dict[str, str] = {}
        for scenario_id, path in self._library.paths().items():
            try:
                found = _entry(path)
                sound.append(Story(scenario=found.scenario, pack=found.pack))
            except ScenarioError as error:
                broken[scenario_id] = str(error)
            except UnknownScenarioError:
                continue  # removed meanwhile
        return sound, broken

    def public_name(self, story: Story, language: Language) -> str:
        """Call one story as ``public_names`` does; one that was sent has no number."""
        numbered = story.scenario.alias is None and not story.document
        if numbered:
            names = public_names(self.all()[0], language)
            if story.scenario.id in names:
                return names[story.scenario.id]
        return _public_name(story.scenario, 0, language)

    def begin(
        self,
        story: Story,
        *,
        has_socket: bool,
        seed: int | None = None,
        mode: ClockMode | None = None,
        speed: int | None = None,
        label: str = "",
    ) -> str:
        """Create a rehearsal and return its name; by default its clock is the scenario's.

        Raises ScenarioError if it has a fault of the connection and ``has_socket`` is false.
        """
        fault_lines.check_served(story.scenario, has_socket=has_socket)
        ready = self.prepared(story, seed)
        return self._engine.create(
            setup=ready.setup,
            faults=ready.faults,
            mode=ready.clock if mode is None else mode,
            speed=(ready.speed if mode is None else 1) if speed is None else speed,
            label=label,
            document=story.document,
        )

    def prepared(self, story: Story, seed: int | None = None) -> Prepared:
        """Prepare a story; rehearsals of the same one share what does not change in them."""
        scenario = story.scenario
        used = scenario.seed if seed is None else seed
        key = (id(scenario), used)
        with self._lock:
            kept = self._ready.get(key)
        if kept is not None and kept[0] is scenario:
            return kept[1]
        ready = self._prepare(story, used)
        with self._lock:
            self._ready[key] = (scenario, ready)
            while len(self._ready) > PREPARED_KEPT:
                del self._ready[next(iter(self._ready))]
        return ready

    def _prepare(self, story: Story, used: int) -> Prepared:
        scenario = story.scenario
        cast = Cast(
            school=self._people.school(scenario.id, used),
            server_ids=self._people.server_ids(scenario.id, used, scenario.school.servers),
            serial_numbers={
                machine: self._people.serial_number(scenario.id, used, machine)
                for machine in machine_ids(scenario)
            },
        )
        return prepare(scenario, story.pack, cast, used)


def _entry(path: Path) -> Entry:
    """Read the file unless it is the one that was read before."""
    try:
        facts = path.stat()
    except OSError:
        raise UnknownScenarioError(f"there is no scenario {path.stem!r}") from None
    return _read(path, (facts.st_mtime_ns, facts.st_size))


@lru_cache(maxsize=FILES_KEPT)
def _read(path: Path, _stamp: _Stamp) -> Entry:
    """Read a file as it was at this stamp; what it says is frozen, so whoever asks may share it."""
    return entry(path)


def public_names(stories: Iterable[Story], language: Language) -> dict[str, str]:
    """What stories are called wherever a trainee may read it, by id.

    Their alias, else level, number and steps: ``L3-4 · langkah 5, 7``.

    Title, id and faults of a story give away what is going to happen; they belong to the debrief,
    the facilitator and the control plane.
    """
    numbers = Counter[str]()
    names = {}
    for story in stories:
        level = story.scenario.level
        numbers[level] += 1
        names[story.scenario.id] = _public_name(story.scenario, numbers[level], language)
    return names


def _public_name(scenario: Scenario, number: int, language: Language) -> str:
    if scenario.alias is not None:
        return scenario.alias.id if language == "id" else scenario.alias.en
    name = f"{scenario.level}-{number}" if number else str(scenario.level)
    if not scenario.teaches:
        return name
    several = "steps" if len(scenario.teaches) > 1 else "step"
    word = "langkah" if language == "id" else several
    return f"{name} · {word} {ranges(scenario.teaches)}"


def ranges(numbers: Sequence[int]) -> str:
    """Write 1, 2, 3, 7 as 1–3, 7."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if run[1:] else f"{run[0]}" for run in runs)
