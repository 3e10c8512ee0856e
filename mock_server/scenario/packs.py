"""Load procedure packs and the texts that go with them; each file is read once in a process.

The texts are the same for all packs but take the pack's values, so they are loaded for a pack.
Whatever is wrong with a file is a ``YamlFileError``: file, line, key path, what, what is allowed.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from mock_server.procedure.numbers import StepNumber
from mock_server.procedure.pack import ProcedurePack
from mock_server.procedure.pack_checks import unknown_steps
from mock_server.procedure.text_fields import text_fields
from mock_server.procedure.texts import (
    Data,
    FaultText,
    FaultTexts,
    Message,
    Messages,
    Term,
    Text,
    Texts,
    Violation,
)
from mock_server.scenario.locations import procedures_folder
from mock_server.scenario.pack_files import (
    Fields,
    extended,
    filled,
    pack_from,
    refuse_unknown_fields,
)
from mock_server.scenario.yaml_files import YamlDocument, YamlFileError, read_yaml
from mock_server.scenario.yaml_models import to_model
from mock_server.training.texts import CoachTexts

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


class MessagesFile(Data, frozen=True, kw_only=True):
    schema: Literal["cbtsync-messages/1"]
    messages: tuple[Message, ...]


class FaultsFile(Data, frozen=True, kw_only=True):
    schema: Literal["cbtsync-faults/1"]
    rules_of_thumb: tuple[Text, ...]
    faults: tuple[FaultText, ...]


class ViolationsFile(Data, frozen=True, kw_only=True):
    schema: Literal["cbtsync-violations/1"]
    violations: tuple[Violation, ...]


class GlossaryFile(Data, frozen=True, kw_only=True):
    schema: Literal["cbtsync-glossary/1"]
    terms: tuple[Term, ...]


def pack_names(folder: Path | None = None) -> tuple[str, ...]:
    """The packs of a folder (by default the project's own), in alphabetical order."""
    return tuple(sorted(path.stem for path in (folder or procedures_folder()).glob("*.yaml")))


def load_pack(name: str | Path, folder: Path | None = None) -> ProcedurePack:
    """Load a pack by its name from a folder (by default the project's own), or from a file's path.

    A name never leaves the folder. Raises YamlFileError.
    """
    if isinstance(name, Path):
        return _load_pack(name.resolve())
    path = (folder or procedures_folder()) / f"{name}.yaml"
    if _NAME.fullmatch(name) is None or not path.is_file():
        raise YamlFileError(
            file=str(path.parent),
            line=None,
            path=(),
            problem=f"there is no procedure pack {name!r}",
            allowed=f"allowed: {', '.join(pack_names(folder)) or 'none is there'}",
        )
    return _load_pack(path.resolve())


def load_messages(pack: ProcedurePack, folder: Path | None = None) -> Messages:
    """What the screens say. ``folder`` holds the text files (by default the project's own)."""
    return _load_messages(pack, _texts_folder(folder))


def load_fault_texts(pack: ProcedurePack, folder: Path | None = None) -> FaultTexts:
    """The faults in words, by their name."""
    return _load_fault_texts(pack, _texts_folder(folder))


def load_violations(pack: ProcedurePack, folder: Path | None = None) -> Texts[Violation]:
    """The violations and near misses in words, by their code."""
    return _load_violations(pack, _texts_folder(folder))


def load_glossary(pack: ProcedurePack, folder: Path | None = None) -> Texts[Term]:
    """The glossary's terms, by their key."""
    return _load_glossary(pack, _texts_folder(folder))


def load_coach(pack: ProcedurePack, folder: Path | None = None) -> CoachTexts:
    """What the coach says."""
    return _load_coach(pack, _texts_folder(folder))


@lru_cache(maxsize=32)
def _load_pack(path: Path) -> ProcedurePack:
    document = read_yaml(path)
    if "extends" in document.data:
        document = extended(document, _base(document, path))
    pack = pack_from(document)
    if pack.id != path.stem:
        said = f"the pack calls itself {pack.id!r}, its file {path.stem!r}"
        raise document.error(("pack",), said, "the file's name without its ending")
    return pack


def _base(document: YamlDocument, path: Path) -> YamlDocument:
    """The pack that this one extends: beside it, or among the project's own."""
    name = document.data["extends"]
    if not isinstance(name, str) or _NAME.fullmatch(name) is None:
        raise document.error(("extends",), f"{name!r} is no pack's name", "such as unbk-2017")
    places = (path.parent, procedures_folder())
    found = next((file for place in places if (file := place / f"{name}.yaml").is_file()), None)
    if found is None or found.resolve() == path:
        allowed = f"allowed: {', '.join(pack_names())}"
        raise document.error(("extends",), f"there is no other pack {name!r}", allowed)
    base = read_yaml(found)
    if "extends" in base.data:
        said = f"{name} itself extends another pack"
        raise document.error(("extends",), said, "a pack that says everything itself")
    _load_pack(found.resolve())  # what is wrong with the base is said of the base's own file
    return base


@lru_cache(maxsize=32)
def _load_messages(pack: ProcedurePack, folder: Path) -> Messages:
    document = read_yaml(folder / "messages.yaml")
    # Fields that are left are the program's: it names them when it asks for the text.
    data = filled(document, document.data, _fields(pack), ())
    messages = to_model(document, MessagesFile, data).messages
    _refuse_repeated(document, [message.key for message in messages], "messages", "key")
    return Messages("message", document.file, {message.key: message for message in messages})


@lru_cache(maxsize=32)
def _load_fault_texts(pack: ProcedurePack, folder: Path) -> FaultTexts:
    document = read_yaml(folder / "faults.yaml")
    content = to_model(document, FaultsFile, _all_filled(document, pack))
    _refuse_repeated(document, [text.fault for text in content.faults], "faults", "fault")
    _refuse_unknown_steps(document, pack, "faults", [text.steps for text in content.faults])
    entries = {text.fault: text for text in content.faults}
    return FaultTexts(document.file, entries, content.rules_of_thumb)


@lru_cache(maxsize=32)
def _load_violations(pack: ProcedurePack, folder: Path) -> Texts[Violation]:
    document = read_yaml(folder / "violations.yaml")
    found = to_model(document, ViolationsFile, _all_filled(document, pack)).violations
    _refuse_repeated(document, [violation.code for violation in found], "violations", "code")
    _refuse_unknown_steps(document, pack, "violations", [violation.steps for violation in found])
    return Texts("violation", document.file, {violation.code: violation for violation in found})


@lru_cache(maxsize=32)
def _load_glossary(pack: ProcedurePack, folder: Path) -> Texts[Term]:
    document = read_yaml(folder / "glossary.yaml")
    terms = to_model(document, GlossaryFile, _all_filled(document, pack)).terms
    keys = [term.key for term in terms]
    _refuse_repeated(document, keys, "terms", "key")
    for index, term in enumerate(terms):
        for see, key in enumerate(term.see):
            if key not in keys:
                path = ("terms", index, "see", see)
                raise document.error(path, f"there is no term {key!r}", "the key of another term")
    return Texts("term", document.file, {term.key: term for term in terms})


@lru_cache(maxsize=32)
def _load_coach(pack: ProcedurePack, folder: Path) -> CoachTexts:
    document = read_yaml(folder / "coach.yaml")
    # The texts about exam day keep the fields that are counted only then.
    data = filled(document, document.data, _fields(pack), ())
    coach = to_model(document, CoachTexts, data)
    for section in ("steps", "questions", "predictions"):
        steps = [(one.step,) for one in getattr(coach, section)]
        _refuse_repeated(document, [str(one) for (one,) in steps], section, "step")
        _refuse_unknown_steps(document, pack, section, steps)
    rest = {key: value for key, value in data.items() if key != "monday"}
    refuse_unknown_fields(document, rest, _fields(pack), ())
    return coach


def _texts_folder(folder: Path | None) -> Path:
    return folder or procedures_folder() / "texts"


def _fields(pack: ProcedurePack) -> Fields:
    return {"id": text_fields(pack, "id"), "en": text_fields(pack, "en")}


def _all_filled(document: YamlDocument, pack: ProcedurePack) -> Any:
    fields = _fields(pack)
    data = filled(document, document.data, fields, ())
    refuse_unknown_fields(document, data, fields, ())
    return data


def _refuse_repeated(document: YamlDocument, keys: Sequence[str], section: str, name: str) -> None:
    for index, key in enumerate(keys):
        if key in keys[:index]:
            raise document.error((section, index, name), f"{key!r} stands here twice", "each once")


def _refuse_unknown_steps(
    document: YamlDocument,
    pack: ProcedurePack,
    section: str,
    steps: Iterable[tuple[StepNumber, ...]],
) -> None:
    groups = [((section, index, "steps"), numbers) for index, numbers in enumerate(steps)]
    for problem in unknown_steps(pack, groups):
        raise document.error(problem.path, problem.said, problem.allowed)
