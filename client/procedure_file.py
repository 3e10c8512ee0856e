"""Reading the facts of a procedure from its pack, a YAML file: the few keys that the client needs.

A value stands alone or as ``is`` beside remarks; a pack that ``extends`` another lies beside it.
"""

from pathlib import Path
from typing import Any

import msgspec

from client.problems import UsageProblem
from client.procedure import UNBK_2017, Procedure
from client.texts import Reason
from client.yaml_files import read_mapping

WORDS = ("exambro_version", "cbtsync_version", "patching_opens")
DEPTH_MAX = 4  # packs that extend packs


def read(path: Path) -> Procedure:
    """Return the facts in ``path``. Raises UsageProblem, naming file and key."""
    return _read(path, DEPTH_MAX)


def _read(path: Path, depth: int) -> Procedure:
    pack = _mapping(path)
    base = UNBK_2017
    if "extends" in pack:
        base = _base(path, str(pack["extends"]), depth)
    values = pack.get("values", {})
    if not isinstance(values, dict):
        raise _bad(path, "values", values)
    changes: dict[str, Any] = {"pack": str(pack.get("pack", path.stem))}
    for key in WORDS:
        if key in values:
            changes[key] = _word(path, f"values.{key}", values[key])
    sets = pack.get("data_sets", values.get("data_sets"))
    if sets is not None:
        changes["data_sets"] = _count(path, sets)
    return msgspec.structs.replace(base, **changes)


def _base(path: Path, name: str, depth: int) -> Procedure:
    if name == UNBK_2017.pack:
        return UNBK_2017
    beside = path.with_name(f"{name}.yaml")
    if depth == 0 or not beside.is_file():
        raise _bad(path, "extends", name)
    return _read(beside, depth - 1)


def _mapping(path: Path) -> dict[str, Any]:
    try:
        return read_mapping(path)
    except (OSError, ValueError) as error:
        raise UsageProblem(
            Reason.of("usage.procedure_unreadable", path=str(path), error=str(error))
        ) from error


def _word(path: Path, key: str, value: object) -> str:
    if isinstance(value, dict):
        value = value.get("is")
    if not isinstance(value, str) or not value:
        # An unquoted 5.10 would arrive as the number 5.1: another version.
        raise _bad(path, key, value)
    return value


def _count(path: Path, value: object) -> int:
    if isinstance(value, list):
        return len(value)
    if isinstance(value, dict):
        value = value.get("is")
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise _bad(path, "data_sets", value)
    return value


def _bad(path: Path, key: str, value: object) -> UsageProblem:
    return UsageProblem(
        Reason.of("usage.procedure_value", path=str(path), key=key, value=repr(value))
    )
