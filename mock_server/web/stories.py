"""Scenarios as the web needs them: found by id, prepared, begun, and looked up again later.

Files may be edited while the server runs; one that did not change is not read twice.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import msgspec

from mock_server.domain.clock import ClockMode
from mock_server.engine import Engine
from mock_server.ports import People, RehearsalRecord
from mock_server.procedure.pack import ProcedurePack
from mock_server.scenario import fault_lines
from mock_server.scenario.library import Entry, Library, UnknownScenarioError, entry
from mock_server.scenario.loader import FindPack, load_document
from mock_server.scenario.model import Scenario
from mock_server.scenario.prepare import Cast, Prepared, machine_ids, prepare
from mock_server.scenario.problems import ScenarioError

DOCUMENTS_KEPT = 256  # of those sent with a request, parsed
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
        self._read: dict[Path, tuple[_Stamp, Entry]] = {}
        self._resent = lru_cache(maxsize=DOCUMENTS_KEPT)(self._decoded)
        self._lock = Lock()

    def ids(self) -> tuple[str, ...]:
        return tuple(self._library.paths())

    def named(self, scenario_id: str) -> Story:
        """Raises UnknownScenarioError for what is no id of ours, ScenarioError for a bad file."""
        path = self._library.paths().get(scenario_id)
        if path is None:
            raise UnknownScenarioError(f"there is no scenario {scenario_id!r}")
        found = self._entry(path)
        return Story(scenario=found.scenario, pack=found.pack)

    def sent(self, document: Mapping[str, Any]) -> Story:
        """Take a scenario from a request. Raises ScenarioError with every problem."""
        scenario = load_document(document, self._find_pack)
        written = msgspec.json.encode(document).decode()
        return Story(scenario=scenario, pack=self._find_pack(scenario.procedure), document=written)

    def of(self, record: RehearsalRecord) -> Story | None:
        """Return what a rehearsal was begun from, or None if that is no longer there."""
        try:
            if record.document:
                return self._resent(record.document)
            return self.named(record.scenario)
        except (UnknownScenarioError, ScenarioError):
            return None

    def _decoded(self, document: str) -> Story:
        return self.sent(msgspec.json.decode(document))

    def all(self) -> tuple[list[Story], dict[str, str]]:
        """Return every sound scenario, and what is wrong with the others by their id."""
        sound: list[Story] = []
        broken: dict[str, str] = {}
        for scenario_id in self.ids():
            try:
                sound.append(self.named(scenario_id))
            except ScenarioError as error:
                broken[scenario_id] = str(error)
            except UnknownScenarioError:
                continue  # removed meanwhile
        return sound, broken

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
        scenario = story.scenario
        used = scenario.seed if seed is None else seed
        cast = Cast(
            school=self._people.school(scenario.id, used),
            server_ids=self._people.server_ids(scenario.id, used, scenario.school.servers),
            serial_numbers={
                machine: self._people.serial_number(scenario.id, used, machine)
                for machine in machine_ids(scenario)
            },
        )
        return prepare(scenario, story.pack, cast, used)

    def _entry(self, path: Path) -> Entry:
        """Read the file unless it is the one that was read before."""
        try:
            facts = path.stat()
        except OSError:
            raise UnknownScenarioError(f"there is no scenario {path.stem!r}") from None
        stamp = (facts.st_mtime_ns, facts.st_size)
        with self._lock:
            known = self._read.get(path)
        if known is not None and known[0] == stamp:
            return known[1]
        found = entry(path)
        with self._lock:
            self._read[path] = (stamp, found)
        return found
