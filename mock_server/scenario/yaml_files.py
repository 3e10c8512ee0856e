"""The one reader of YAML files: a small, safe, unsurprising part of YAML, with good errors.

Only ``true`` and ``false`` are booleans and only decimal numbers are numbers, so ``on:`` is a key,
``no`` and ``10:30`` are texts, and an instant stays the text that was written (the caller can see
whether it names its zone). Keys are texts as written. There are no tags, merge keys or second
documents; size, depth and what aliases unfold to are bounded. Every error is a ``YamlFileError``.
"""

import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import msgspec
import yaml

SIZE_MAX_BYTES = 1024 * 1024
DEPTH_MAX = 40
NODES_MAX = 100_000  # counted as if every alias were written out
KEY_SHOWN_MAX = 60

YamlValue: TypeAlias = "str | int | float | bool | list[YamlValue] | dict[str, YamlValue] | None"
KeyPath = tuple[str | int, ...]

# libyaml's parser, where PyYAML was built with it, is ten times as fast; both give these events.
PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = frozenset({"", "~", "null"})
_BOOLEANS = {"true": True, "false": False}
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+(?:[eE][-+]?[0-9]{1,3})?")
_INTEGER_DIGITS_MAX = 18
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SYNTAX_HINTS = {
    r"'\t'": "indent with spaces, never with tabs",
    "tab character": "indent with spaces, never with tabs",
    "mapping values are not allowed": "put a text that holds a colon and a space in quotes",
    "could not find expected ':'": "write each entry as 'key: value'",
    "cannot start any token": "put a text that begins with a special character in quotes",
    "did not find expected key": "indent this line like its neighbours",
    "expected <block end>": "indent this line like its neighbours",
}


class YamlFileError(Exception):
    """A file that cannot be used as it is: where, what is wrong, and what is allowed instead."""

    def __init__(
        self, *, file: str, line: int | None, path: KeyPath, problem: str, allowed: str = ""
    ) -> None:
        self.file = file
        self.line = line
        self.key_path = show_path(path)
        self.problem = problem
        self.allowed = allowed
        place = file if line is None else f"{file}:{line}"
        said = f"{problem}; {allowed}" if allowed else problem
        super().__init__(": ".join(part for part in (place, self.key_path, said) if part))


class YamlDocument(msgspec.Struct, frozen=True, kw_only=True):
    """What a file said, and on which line each key stands. Aliased values are shared: only read."""

    file: str
    data: dict[str, YamlValue]
    lines: Mapping[KeyPath, int]

    def line_of(self, path: KeyPath) -> int | None:
        """The line of this key path, or of the nearest one above it that the file knows."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return None

    def error(self, path: KeyPath, problem: str, allowed: str = "") -> YamlFileError:
        """Make the error for this key path; the caller raises it."""
        return YamlFileError(
            file=self.file, line=self.line_of(path), path=path, problem=problem, allowed=allowed
        )


def read_yaml(path: Path) -> YamlDocument:
    """Read one file of at most ``SIZE_MAX_BYTES``, UTF-8. Raises YamlFileError."""
    file = str(path)
    try:
        if not path.is_file():
            raise YamlFileError(file=file, line=None, path=(), problem="there is no such file")
        with path.open("rb") as stream:
            source = stream.read(SIZE_MAX_BYTES + 1)
    except OSError as error:
        problem = f"cannot be opened: {error.strerror}"
        raise YamlFileError(file=file, line=None, path=(), problem=problem) from error
    return parse_yaml(source, file=file)


def parse_yaml(source: bytes, *, file: str, parser: Any = PARSER) -> YamlDocument:
    """Parse one document whose top is a mapping; ``file`` is its name in errors."""
    text = _decoded(source, file)
    reader = _Reader(file)
    try:
        data = reader.document(iter(yaml.parse(text, Loader=parser)))
    except yaml.YAMLError as error:
        raise _syntax_error(error, file) from error
    return YamlDocument(file=file, data=data, lines=reader.lines)


def show_path(path: KeyPath) -> str:
    """Write a key path as ``faults[0].with.at``; the top of the file is the empty text."""
    shown = ""
    for part in path:
        if isinstance(part, int):
            shown += f"[{part}]"
        else:
            key = part if part.isprintable() else repr(part)
            shown += ("." if shown else "") + key[:KEY_SHOWN_MAX]
    return shown


class _Built(msgspec.Struct, frozen=True):
    """A finished value with what it weighs against the bounds."""

    value: YamlValue
    nodes: int
    height: int


class _Reader:
    """Builds values from the parser's events, so that every bound is kept while reading."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[KeyPath, int] = {}
        self._nodes = 0
        self._anchors: dict[str, _Built] = {}
        self._events: Iterator[Any] = iter(())

    def document(self, events: Iterator[Any]) -> dict[str, YamlValue]:
        self._events = events
        next(events)  # the stream begins
        if isinstance(next(events), yaml.StreamEndEvent):
            raise self._error((), 1, "the file is empty", "a mapping of keys to values")
        top = next(events)
        data = self._node(top, (), 1).value
        if not isinstance(data, dict):
            problem = "the top of the file is no mapping"
            raise self._error((), _line(top), problem, "keys with values, such as 'id: normal'")
        next(events)  # the document ends
        if not isinstance(after := next(events), yaml.StreamEndEvent):
            problem = "a second document begins"
            raise self._error((), _line(after), problem, "one document a file: no '---' inside")
        return data

    def _node(self, event: Any, path: KeyPath, depth: int) -> _Built:
        line = _line(event)
        self.lines[path] = line
        if isinstance(event, yaml.AliasEvent):
            built = self._aliased(event.anchor, path, line)
            self._weigh(built.nodes, depth - 1 + built.height, path, line)
            return built
        if event.tag is not None:
            problem = f"the tag {event.tag!r} is not allowed"
            raise self._error(path, line, problem, "plain values; quotes make a text")
        self._weigh(1, depth, path, line)
        if isinstance(event, yaml.ScalarEvent):
            built = _Built(self._scalar(event, path, line), 1, 1)
        elif isinstance(event, yaml.SequenceStartEvent):
            built = self._sequence(path, depth)
        else:
            built = self._mapping(path, depth)
        if event.anchor is not None:
            self._anchors[event.anchor] = built
        return built

    def _aliased(self, anchor: str | None, path: KeyPath, line: int) -> _Built:
        if (built := self._anchors.get(anchor or "")) is None:
            problem = f"the alias *{anchor} stands for nothing"
            raise self._error(path, line, problem, f"a value marked &{anchor} that ends before it")
        return built

    def _weigh(self, nodes: int, depth: int, path: KeyPath, line: int) -> None:
        self._nodes += nodes
        if self._nodes > NODES_MAX:
            problem = "the file holds too many values, or its aliases unfold to too many"
            raise self._error(path, line, problem, f"at most {NODES_MAX} values")
        if depth > DEPTH_MAX:
            raise self._error(path[:3], line, "nested too deep", f"at most {DEPTH_MAX} levels")

    def _sequence(self, path: KeyPath, depth: int) -> _Built:
        items: list[YamlValue] = []
        nodes = height = 1
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            item = self._node(event, (*path, len(items)), depth + 1)
            items.append(item.value)
            nodes += item.nodes
            height = max(height, item.height + 1)
        return _Built(items, nodes, height)

    def _mapping(self, path: KeyPath, depth: int) -> _Built:
        entries: dict[str, YamlValue] = {}
        nodes = height = 1
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._key(event, path)
            if key in entries:
                problem = f"the key stands here twice (first on line {self.lines[*path, key]})"
                raise self._error((*path, key), _line(event), problem, "each key once")
            value = self._node(next(self._events), (*path, key), depth + 1)
            self.lines[*path, key] = _line(event)
            entries[key] = value.value
            nodes += value.nodes
            height = max(height, value.height + 1)
        return _Built(entries, nodes, height)

    def _key(self, event: Any, path: KeyPath) -> str:
        line = _line(event)
        if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag is not None:
            raise self._error(path, line, "a key is not a plain text", "keys such as 'title'")
        key: str = event.value
        if not key:
            raise self._error(path, line, "a key is empty", "a key before each colon")
        if key == "<<":
            raise self._error(path, line, "merge keys are not allowed", "the keys written out")
        return key

    def _scalar(self, event: Any, path: KeyPath, line: int) -> YamlValue:
        text: str = event.value
        if not event.implicit[0]:  # in quotes, or a block: always a text
            return text
        if text in _NULLS:
            return None
        if text in _BOOLEANS:
            return _BOOLEANS[text]
        if _INTEGER.fullmatch(text):
            if len(text.removeprefix("-")) > _INTEGER_DIGITS_MAX:
                allowed = f"at most {_INTEGER_DIGITS_MAX} digits; quotes make it a text"
                raise self._error(path, line, "the number is too large", allowed)
            return int(text)
        if _FLOAT.fullmatch(text):
            number = float(text)
            if not math.isfinite(number):
                raise self._error(path, line, "the number is too large", "quotes make it a text")
            return number
        return text

    def _error(self, path: KeyPath, line: int, problem: str, allowed: str) -> YamlFileError:
        return YamlFileError(file=self.file, line=line, path=path, problem=problem, allowed=allowed)


def _line(event: Any) -> int:
    line: int = event.start_mark.line
    return line + 1


def _decoded(source: bytes, file: str) -> str:
    line: int | None = None
    if len(source) > SIZE_MAX_BYTES:
        problem = "the file is too large"
        allowed = f"at most {SIZE_MAX_BYTES // 1024} KiB"
        raise YamlFileError(file=file, line=line, path=(), problem=problem, allowed=allowed)
    try:
        text = source.decode("utf-8-sig")  # Windows' editors put a mark before the text
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        problem = f"byte 0x{source[error.start]:02x} is not UTF-8"
        allowed = "save the file with the encoding UTF-8"
        why = YamlFileError(file=file, line=line, path=(), problem=problem, allowed=allowed)
        raise why from None
    if found := _UNPRINTABLE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        problem = f"it holds the unprintable character U+{ord(found[0]):04X}"
        raise YamlFileError(file=file, line=line, path=(), problem=problem, allowed="remove it")
    return text


def _syntax_error(error: yaml.YAMLError, file: str) -> YamlFileError:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    said = getattr(error, "problem", None) or str(error).partition("\n")[0]
    allowed = next((hint for part, hint in _SYNTAX_HINTS.items() if part in said), "")
    line = None if mark is None else mark.line + 1
    problem = f"cannot be read as YAML: {said}"
    if "nesting depth" in said:  # libyaml has a bound of its own
        problem, allowed = "nested too deep", f"at most {DEPTH_MAX} levels"
    return YamlFileError(file=file, line=line, path=(), problem=problem, allowed=allowed)
