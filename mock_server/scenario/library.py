"""The scenarios that can be named: the shipped ones, and those of a folder of one's own."""

import os
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

import msgspec

from mock_server.procedure.pack import ProcedurePack
from mock_server.scenario.loader import load, pack_beside
from mock_server.scenario.locations import scenarios_folder
from mock_server.scenario.model import Scenario

ENDINGS = (".yaml", ".yml")
_NEAR_MAX = 3


class UnknownScenarioError(LookupError):
    """No scenario has this id, and no file this path; the message names the nearest ids."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A sound scenario with its pack and the file it came from."""

    scenario: Scenario
    pack: ProcedurePack
    path: Path


class Library:
    """Scenarios by id. A later folder's file replaces an earlier one's of the same name.

    Files are read anew at each call, so that one may edit a scenario while a server runs.
    """

    def __init__(self, *folders: Path) -> None:
        """``folders`` come after the project's own; files directly in them count."""
        self._folders = (scenarios_folder(), *folders)

    def paths(self) -> dict[str, Path]:
        """Every scenario file by id, in alphabetical order. Nothing is read."""
        found = {path.stem: path for folder in self._folders for path in _files(folder)}
        return dict(sorted(found.items()))

    def find(self, id_or_path: str) -> Entry:
        """Load by id, or by the path of any YAML file.

        What looks like a path (it has an ending or a separator) is one. Raises
        UnknownScenarioError, or ScenarioError if the file is not sound.
        """
        named = Path(id_or_path)
        if named.suffix in ENDINGS or len(named.parts) > 1:
            if not named.is_file():
                raise UnknownScenarioError(
                    f"there is no scenario file {id_or_path!r}; {self._known(named.stem)}"
                )
            return entry(named)
        path = self.paths().get(id_or_path)
        if path is None:
            raise UnknownScenarioError(
                f"there is no scenario {id_or_path!r}; {self._known(id_or_path)}"
            )
        return entry(path)

    def all(self) -> tuple[Entry, ...]:
        """Load every scenario. Raises ScenarioError at the first file that is not sound."""
        return tuple(entry(path) for path in self.paths().values())

    def _known(self, wanted: str) -> str:
        ids = self.paths()
        near = get_close_matches(wanted, ids, _NEAR_MAX, 0.5)
        if near:
            return f"did you mean {_either(near)}?"
        return f"known are {', '.join(ids)}" if ids else "the folders hold no scenario"


def entry(path: Path) -> Entry:
    """Load one file with its pack. Raises ScenarioError."""
    find_pack = pack_beside(path.parent)
    scenario = load(path, find_pack)
    return Entry(scenario=scenario, pack=find_pack(scenario.procedure), path=path)


def _files(folder: Path) -> Iterable[Path]:
    if not folder.is_dir():
        raise UnknownScenarioError(f"there is no folder of scenarios {str(folder)!r}")
    with os.scandir(folder) as found:  # knows what is a file without asking for each
        paths = [folder / one.name for one in found if one.is_file()]
    return sorted(path for path in paths if path.suffix in ENDINGS)


def _either(names: list[str]) -> str:
    quoted = [repr(name) for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
