"""A feature file as plain data, straight from the official parser: what its author wrote.

pytest-bdd's own reading forgets things (a second scenario of the same name, which step stood in a
Latar Belakang), so whoever checks the files or prints them reads them here.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from gherkin.parser import Parser

PLACEHOLDER = re.compile(r"<([^<>]+)>")
KINDS = {"Context": "given", "Action": "when", "Outcome": "then"}

Node = Mapping[str, Any]


class Step(NamedTuple):
    """``kind`` is given, when or then; Dan and Tetapi take that of the step before them."""

    line: int
    keyword: str
    kind: str
    text: str


class Row(NamedTuple):
    line: int
    cells: tuple[str, ...]


class Table(NamedTuple):
    """One Contoh. ``rows`` leaves out the header."""

    line: int
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    tags: tuple[str, ...]


class Scenario(NamedTuple):
    """``tags`` are its own and those of its rule and feature; ``before`` is the Latar Belakang."""

    line: int
    keyword: str
    name: str
    tags: tuple[str, ...]
    before: tuple[Step, ...]
    steps: tuple[Step, ...]
    tables: tuple[Table, ...]

    def runs(self) -> int:
        """How many tests it makes: one, or one a row of its Contoh."""
        return sum(len(table.rows) for table in self.tables) or 1

    def rendered(self) -> Iterator[Step]:
        """Yield each step that runs, with the values of its row in place."""
        for values in self._rows():
            for step in (*self.before, *self.steps):
                yield step._replace(text=_filled(step.text, values))

    def _rows(self) -> Iterator[Mapping[str, str]]:
        found = False
        for table in self.tables:
            for row in table.rows:
                found = True
                yield dict(zip(table.header, row.cells, strict=True))
        if not found:
            yield {}


class Word(NamedTuple):
    """A keyword as it stands in the file."""

    line: int
    keyword: str


class Feature(NamedTuple):
    path: Path
    name: str
    tags: tuple[str, ...]
    backgrounds: tuple[tuple[Step, ...], ...]
    scenarios: tuple[Scenario, ...]
    words: tuple[Word, ...]

    def tests(self) -> int:
        return sum(scenario.runs() for scenario in self.scenarios)


def read(path: Path) -> Feature:
    """Raises gherkin.errors.ParserError where the file is no Gherkin."""
    node = Parser().parse(path.read_text(encoding="utf-8"))["feature"]
    tags = _tags(node)
    before = _background(node)
    backgrounds = [before]
    scenarios = [_scenario(child, tags, before) for child in _children(node, "scenario")]
    for rule in _children(node, "rule"):
        own = _background(rule)
        backgrounds.append(own)
        inherited = (*tags, *_tags(rule))
        scenarios += [
            _scenario(child, inherited, (*before, *own)) for child in _children(rule, "scenario")
        ]
    return Feature(
        path=path,
        name=node["name"],
        tags=tags,
        backgrounds=tuple(backgrounds),
        scenarios=tuple(scenarios),
        words=tuple(sorted(_words(node), key=lambda word: word.line)),
    )


def _children(node: Node, kind: str) -> list[Node]:
    return [child[kind] for child in node["children"] if kind in child]


def _tags(node: Node) -> tuple[str, ...]:
    return tuple(tag["name"].removeprefix("@") for tag in node["tags"])


def _background(node: Node) -> tuple[Step, ...]:
    return tuple(step for one in _children(node, "background") for step in _steps(one))


def _scenario(node: Node, inherited: tuple[str, ...], before: tuple[Step, ...]) -> Scenario:
    return Scenario(
        line=node["location"]["line"],
        keyword=node["keyword"],
        name=node["name"],
        tags=(*inherited, *_tags(node)),
        before=before,
        steps=tuple(_steps(node)),
        tables=tuple(_table(table) for table in node["examples"]),
    )


def _steps(node: Node) -> Iterator[Step]:
    kind = ""
    for step in node["steps"]:
        kind = KINDS.get(step["keywordType"], kind)
        yield Step(step["location"]["line"], step["keyword"].strip(), kind, step["text"])


def _table(node: Node) -> Table:
    header = node.get("tableHeader", {"cells": []})
    return Table(
        line=node["location"]["line"],
        header=_cells(header),
        rows=tuple(Row(row["location"]["line"], _cells(row)) for row in node.get("tableBody", [])),
        tags=_tags(node),
    )


def _cells(row: Node) -> tuple[str, ...]:
    return tuple(cell["value"] for cell in row["cells"])


def _words(node: Node) -> Iterator[Word]:
    """Yield every keyword under ``node``, its own too."""
    yield Word(node["location"]["line"], node["keyword"].strip())
    for child in node.get("children", []):
        for part in child.values():
            yield from _words(part)
    for part in (*node.get("steps", []), *node.get("examples", [])):
        yield Word(part["location"]["line"], part["keyword"].strip())


def _filled(text: str, values: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)
