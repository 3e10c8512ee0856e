"""Load a scenario from a file, or from the same document as JSON; all that is wrong comes at once.

The file's keys are checked first, then what must hold between them, so that a rule is never
judged on a value that is wrong itself.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from mock_server.procedure.pack import ProcedurePack
from mock_server.scenario import fault_lines, rules
from mock_server.scenario.model import Scenario
from mock_server.scenario.packs import load_pack
from mock_server.scenario.problems import Problems, ScenarioError, from_yaml
from mock_server.scenario.reading import read
from mock_server.scenario.yaml_files import YamlDocument, YamlFileError, read_yaml

FindPack = Callable[[str], ProcedurePack]

__all__ = ["FindPack", "ScenarioError", "load", "load_document", "pack_beside"]


def load(path: Path, find_pack: FindPack | None = None) -> Scenario:
    """Load one file. Its packs stand in ``procedures/`` beside it, or are the project's own.

    Raises ScenarioError with every problem, in the order of the file.
    """
    try:
        document = read_yaml(path)
    except YamlFileError as error:
        raise from_yaml(error) from None
    return _checked(document, find_pack or pack_beside(path.parent), path.stem)


def load_document(
    data: Mapping[str, Any], find_pack: FindPack | None = None, *, name: str = ""
) -> Scenario:
    """Load what a request brought: the same keys as JSON. ``name`` stands for it in errors.

    Raises ScenarioError; its problems have no line, their ``pointer`` says where.
    """
    document = YamlDocument(file=name, data=dict(data), lines={})
    return _checked(document, find_pack or load_pack, None)


def pack_beside(folder: Path) -> FindPack:
    """Find packs in the folder's own ``procedures/`` first, then among the project's own."""

    def find(name: str) -> ProcedurePack:
        own = folder / "procedures"
        return load_pack(name, own if (own / f"{name}.yaml").is_file() else None)

    return find


def _checked(document: YamlDocument, find_pack: FindPack, stem: str | None) -> Scenario:
    problems = Problems(document)
    scenario = read(document.data, Scenario, problems.add)
    if scenario is None:
        raise problems.error()
    if stem is not None and scenario.id != stem:
        problem = f"the scenario calls itself {scenario.id!r}, its file {stem!r}"
        problems.add(("id",), problem, "the file's name without its ending")
    try:
        pack = find_pack(scenario.procedure)
    except YamlFileError as error:
        problems.add(("procedure",), *_of_pack(scenario.procedure, error))
    else:
        rules.check(scenario, pack, problems)
        fault_lines.check(scenario, pack, problems)
    problems.raise_if_any()
    return scenario


def _of_pack(name: str, error: YamlFileError) -> tuple[str, str]:
    """A pack that is not there is this file's mistake; one that is broken tells its own."""
    if error.line is None:
        return error.problem, error.allowed
    return f"the procedure pack {name!r} cannot be used", str(error)
