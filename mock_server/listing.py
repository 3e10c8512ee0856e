"""The lists and checks that ``cbtsync-mock`` prints: lines, and whether all is well."""

from collections.abc import Iterable
from pathlib import Path

from mock_server.faults.catalogue import KINDS, describe
from mock_server.procedure.texts import Language
from mock_server.scenario.library import Library
from mock_server.scenario.lint import examine
from mock_server.scenario.packs import load_fault_texts, load_pack
from mock_server.scenario.problems import ScenarioError
from mock_server.settings import default_procedure

Printed = tuple[list[str], bool]
ENDINGS = (".yaml", ".yml")


def scenario_lines(folder: Path | None, lang: Language) -> Printed:
    """One line a scenario: id, level, ending, title. A file that cannot be read says why."""
    library = Library() if folder is None else Library(folder)
    lines: list[str] = []
    fine = True
    width = max((len(name) for name in library.paths()), default=0)
    for name in library.paths():
        try:
            scenario = library.find(name).scenario
        except ScenarioError as error:
            lines.append(str(error))
            fine = False
            continue
        title = getattr(scenario.title, lang)
        ending = scenario.expect.ending
        lines.append(f"{name:{width}}  {scenario.level!s:4} {ending!s:10} {title}")
    return lines, fine


def scenario_findings(paths: Iterable[Path]) -> Printed:
    """Every problem and finding of the files, or of all files in the folders, named."""
    files = [file for path in paths for file in _files(path)] or list(Library().paths().values())
    found = [str(finding) for file in files for finding in examine(file)]
    if found:
        return [*found, f"{len(found)} temuan / findings, {len(files)} berkas / files"], False
    return [f"{len(files)} skenario baik. / {len(files)} scenarios are sound."], True


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.iterdir() if file.suffix in ENDINGS)


def fault_lines(lang: Language) -> Printed:
    """Two lines a fault: its name, layer and parameters; and what is seen of it."""
    texts = load_fault_texts(load_pack(default_procedure()))
    lines = []
    for name, kind in sorted(KINDS.items()):
        report = describe(kind)
        values = ", ".join(f"{one.key}: {one.default}" for one in report.params)
        effects = "|".join(report.effects)
        later = "" if report.carried_out else "  (belum dijalankan / not carried out yet)"
        lines.append(f"{name}  [{effects}]{f'  {{{values}}}' if values else ''}{later}")
        lines.append(f"    {texts[name].cue.in_language(lang)}")
    return lines, True
