"""Reading YAML as scenario files and packs are written: only true and false are booleans, only
decimals are numbers, instants and clock times stay texts, and no key stands twice.

Loaded late: only rehearsals of a file, or of another edition of the procedure, need YAML at all.
"""

import re
from pathlib import Path
from typing import Any

import yaml

BYTES_MAX = 1024 * 1024
DEPTH_MAX = 30
VALUES_MAX = 20_000


class _Loader(yaml.SafeLoader):
    """A safe loader with its own, smaller idea of what is not a text."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 -- yaml's own signature
        seen: set[object] = set()
        for key_node, _ in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(
                    None, None, "a key must be plain text", key_node.start_mark
                )
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} stands twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


_Loader.yaml_implicit_resolvers = {}


def _resolve(tag: str, pattern: str, first: str) -> None:
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))


_resolve("bool", r"^(?:true|false)$", "tf")
_resolve("int", r"^-?(?:0|[1-9][0-9]{0,17})$", "-0123456789")
_resolve("float", r"^-?(?:0|[1-9][0-9]*)\.[0-9]+(?:[eE][-+]?[0-9]{1,3})?$", "-0123456789")
_resolve("null", r"^(?:~|null)$", "~n")
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^$"), [""])


def read_mapping(path: Path) -> dict[str, Any]:
    """Return the one mapping in ``path``. Raises OSError, or ValueError that names the line."""
    if path.stat().st_size > BYTES_MAX:
        raise ValueError(f"it has {path.stat().st_size} bytes; {BYTES_MAX} at most are read")
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 -- safe
    except yaml.YAMLError as error:
        raise ValueError(" ".join(str(error).split())) from error
    except RecursionError:
        raise ValueError(f"it is nested deeper than {DEPTH_MAX} levels") from None
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8: {error}") from error
    if not isinstance(found, dict) or not all(isinstance(key, str) for key in found):
        raise ValueError("the top of the file must be a mapping (key: value)")
    _check_size(found)
    return found


def _check_size(found: object) -> None:
    """Raise ValueError for what aliases blow up: written out, it must stay small and shallow."""
    values = 0
    waiting: list[tuple[object, int]] = [(found, 1)]
    while waiting:
        value, depth = waiting.pop()
        values += 1
        if depth > DEPTH_MAX:
            raise ValueError(f"it is nested deeper than {DEPTH_MAX} levels")
        if values > VALUES_MAX:
            raise ValueError(f"written out, it has more than {VALUES_MAX} values")
        if isinstance(value, dict):
            waiting.extend((part, depth + 1) for part in value.values())
        elif isinstance(value, list):
            waiting.extend((part, depth + 1) for part in value)
