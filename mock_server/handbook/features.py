"""The feature files as their authors wrote them: text, structure, remarks and line numbers.

Read straight from the official parser's tree, which keeps what a test runner forgets: the remarks
(``# CATATAN:`` and its like) and which step stands in a Latar Belakang. Needs the extra
``handbook``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from textwrap import dedent
from typing import Any

import msgspec
from gherkin.errors import ParserError
from gherkin.parser import Parser

from mock_server.handbook.evidence import sha256_of

_REMARK = re.compile(r"\s*#\s*(CATATAN|TIP|PERINGATAN|DILARANG):\s*(.+)")
_PLACEHOLDER = re.compile(r"<([^<>]+)>")
KINDS = {"Context": "given", "Action": "when", "Outcome": "then"}

Node = Mapping[str, Any]


class RemarkKind(StrEnum):
    """What a remark is, by the word that opens it."""

    NOTE = "CATATAN"
    TIP = "TIP"
    WARNING = "PERINGATAN"
    FORBIDDEN = "DILARANG"


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Base of everything in a feature. ``line`` is 1-based."""

    line: int


class Remark(Part, frozen=True, kw_only=True):
    kind: RemarkKind
    text: str


class Step(Part, frozen=True, kw_only=True):
    """``kind`` is given, when or then; Dan and Tetapi take that of the step before them."""

    keyword: str
    kind: str
    text: str
    remarks: tuple[Remark, ...] = ()


class Row(Part, frozen=True, kw_only=True):
    cells: tuple[str, ...]


class Table(Part, frozen=True, kw_only=True):
    """One Contoh. ``rows`` leaves out the header."""

    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]


class Story(Part, frozen=True, kw_only=True):
    """A Skenario. ``tags`` are its own, without the @."""

    keyword: str
    name: str
    tags: tuple[str, ...]
    remarks: tuple[Remark, ...]
    steps: tuple[Step, ...]
    tables: tuple[Table, ...]


class Rule(Part, frozen=True, kw_only=True):
    """An Aturan. One without a name holds the stories that stand under none."""

    name: str
    description: str
    remarks: tuple[Remark, ...]
    background: tuple[Step, ...]
    stories: tuple[Story, ...]


class Feature(Part, frozen=True, kw_only=True):
    """A chapter. ``description`` is Markdown."""

    path: Path
    sha256: str
    name: str
    tags: tuple[str, ...]
    description: str
    remarks: tuple[Remark, ...]
    background: tuple[Step, ...]
    rules: tuple[Rule, ...]

    @property
    def stories(self) -> Iterator[Story]:
        for rule in self.rules:
            yield from rule.stories


class FeatureError(Exception):
    """A file that is no Gherkin; the message names it."""


def read_folder(folder: Path) -> tuple[Feature, ...]:
    """Read the chapters in the order of their files' names. Raises FeatureError."""
    return tuple(read(path) for path in sorted(folder.glob("*.feature")))


def read(path: Path) -> Feature:
    """Raises FeatureError."""
    try:
        tree = Parser().parse(path.read_text(encoding="utf-8"))
    except ParserError as error:
        raise FeatureError(f"{path}: not Gherkin in Indonesian: {error}") from None
    node = tree["feature"]
    remarks = _Remarks(node, tree["comments"])
    loose = tuple(_story(child, remarks) for child in _children(node, "scenario"))
    rules = [_rule(child, remarks) for child in _children(node, "rule")]
    if loose:
        rules.insert(0, _loose(node, loose))
    return Feature(
        path=path,
        sha256=sha256_of(path),
        line=node["location"]["line"],
        name=node["name"],
        tags=_tags(node),
        description=_described(node),
        # What stands before the Latar Belakang is said of the whole chapter.
        remarks=(*remarks.before(node), *remarks.before_all(_children(node, "background"))),
        background=_background(node, remarks),
        rules=tuple(rules),
    )


def filled(text: str, values: Mapping[str, str]) -> str:
    """Put the values of a row of Contoh in place of ``<name>``."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def columns(texts: Iterable[str]) -> set[str]:
    """Return the columns of Contoh that stand in the texts as ``<name>``."""
    return {name for text in texts for name in _PLACEHOLDER.findall(text)}


class _Remarks:
    """Finds the remarks that stand right before a node: after all that begins above it."""

    def __init__(self, feature: Node, comments: Iterable[Node]) -> None:
        self._places = sorted({_first_line(node) for node in _walk(feature)})
        self._by_place: dict[int, list[Remark]] = {}
        for comment in comments:
            found = _REMARK.fullmatch(comment["text"])
            line = comment["location"]["line"]
            place = next((at for at in self._places if at > line), None)
            if found and place is not None:
                remark = Remark(line=line, kind=RemarkKind(found[1]), text=found[2].strip())
                self._by_place.setdefault(place, []).append(remark)

    def before(self, node: Node) -> tuple[Remark, ...]:
        return tuple(self._by_place.get(_first_line(node), ()))

    def before_all(self, nodes: Iterable[Node]) -> tuple[Remark, ...]:
        return tuple(remark for node in nodes for remark in self.before(node))


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.get("children", []):
        for part in child.values():
            yield from _walk(part)
    yield from node.get("steps", [])
    yield from node.get("examples", [])


def _first_line(node: Node) -> int:
    """Return the line of its first tag, or its own."""
    own: int = node["location"]["line"]
    return int(min([own, *(tag["location"]["line"] for tag in node.get("tags", []))]))


def _children(node: Node, kind: str) -> list[Node]:
    return [child[kind] for child in node["children"] if kind in child]


def _tags(node: Node) -> tuple[str, ...]:
    return tuple(tag["name"].removeprefix("@") for tag in node["tags"])


def _described(node: Node) -> str:
    return dedent(node["description"]).strip()


def _background(node: Node, remarks: _Remarks) -> tuple[Step, ...]:
    return tuple(step for one in _children(node, "background") for step in _steps(one, remarks))


def _rule(node: Node, remarks: _Remarks) -> Rule:
    return Rule(
        line=node["location"]["line"],
        name=node["name"],
        description=_described(node),
        remarks=(*remarks.before(node), *remarks.before_all(_children(node, "background"))),
        background=_background(node, remarks),
        stories=tuple(_story(child, remarks) for child in _children(node, "scenario")),
    )


def _loose(node: Node, stories: tuple[Story, ...]) -> Rule:
    line = node["location"]["line"]
    return Rule(line=line, name="", description="", remarks=(), background=(), stories=stories)


def _story(node: Node, remarks: _Remarks) -> Story:
    return Story(
        line=node["location"]["line"],
        keyword=node["keyword"],
        name=node["name"],
        tags=_tags(node),
        remarks=remarks.before(node),
        steps=tuple(_steps(node, remarks)),
        tables=tuple(_table(table) for table in node["examples"]),
    )


def _steps(node: Node, remarks: _Remarks) -> Iterator[Step]:
    kind = ""
    for step in node["steps"]:
        kind = KINDS.get(step["keywordType"], kind)
        yield Step(
            line=step["location"]["line"],
            keyword=step["keyword"].strip(),
            kind=kind,
            text=step["text"],
            remarks=remarks.before(step),
        )


def _table(node: Node) -> Table:
    header = node.get("tableHeader", {"cells": []})
    return Table(
        line=node["location"]["line"],
        name=node["name"],
        header=_cells(header),
        rows=tuple(
            Row(line=row["location"]["line"], cells=_cells(row))
            for row in node.get("tableBody", [])
        ),
    )


def _cells(row: Node) -> tuple[str, ...]:
    return tuple(cell["value"] for cell in row["cells"])
