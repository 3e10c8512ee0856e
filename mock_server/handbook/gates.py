"""Gates: what stops the build unless a draft is wanted. Each finding names a file and a line."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from mock_server.handbook.evidence import StoryEvidence, sha256_of
from mock_server.handbook.model import Book, Finding


def uncovered_steps(book: Book, file: Path) -> Iterator[Finding]:
    """Find the steps and prohibitions of the pack that no story shows."""
    lines = file.read_text(encoding="utf-8").splitlines()
    for trace in book.traces:
        if not trace.stories:
            label = trace.step.label
            tag = f"@langkah-{label.lower() if label == 'NB' else f'{int(label):02}'}"
            problem = f"step {label} has no scenario; give one the tag {tag}"
            yield Finding(file=_short(file), line=_line_of_step(lines, label), problem=problem)
    for ban in book.prohibitions:
        if not ban.stories:
            label = ban.step.label
            problem = f"prohibition {ban.code} has no scenario; give one the tag @larangan-{label}"
            yield Finding(file=_short(file), line=_line_of_step(lines, label), problem=problem)


def changed_definitions(stories: Collection[StoryEvidence], root: Path | None) -> Iterator[Finding]:
    """Find the step definitions that changed since the evidence; nothing without a checkout."""
    if root is None:
        return
    known: dict[str, str] = {}
    for story in stories:
        known |= story.definitions
    for name, digest in sorted(known.items()):
        path = root / name
        if not path.is_file():
            yield Finding(file=name, line=1, problem="the evidence ran steps of a file now gone")
        elif sha256_of(path) != digest:
            problem = "stale evidence: these steps have changed since; run the features"
            yield Finding(file=name, line=1, problem=problem)


def dead_links(pages: Mapping[str, str], files: Collection[str]) -> Iterator[Finding]:
    """Find links that lead nowhere, and those that lead out of the book.

    ``pages`` are HTML by name, ``files`` what else lies beside them. An address that begins with
    ``/`` is one of the training server's.
    """
    read = {name: _Links(html) for name, html in pages.items()}
    for name, links in read.items():
        for twice in links.repeated:
            yield Finding(file=name, line=1, problem=f"the anchor {twice!r} stands there twice")
        for address, line in links.found:
            if problem := _dead(address, name, read, files):
                yield Finding(file=name, line=line, problem=problem)
        for line in links.nameless:
            yield Finding(file=name, line=line, problem="a picture without alternative text")


def _dead(address: str, page: str, read: Mapping[str, "_Links"], files: Collection[str]) -> str:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return f"the link {address!r} leads out of the book; a book has to work without a network"
    if address.startswith("/"):
        return ""
    target = unquote(parts.path) or page
    if target in read:
        anchors = read[target].anchors
        if parts.fragment and unquote(parts.fragment) not in anchors:
            return f"the link {address!r} leads to no place in {target}"
        return ""
    return "" if target in files else f"the link {address!r} is dead: there is no {target}"


class _Links(HTMLParser):
    """The addresses and anchors of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, int]] = []
        self.anchors: set[str] = set()
        self.repeated: list[str] = []
        self.nameless: list[int] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        line = self.getpos()[0]
        if anchor := values.get("id"):
            if anchor in self.anchors:
                self.repeated.append(anchor)
            self.anchors.add(anchor)
        for name in ("href", "src"):
            if address := values.get(name):
                self.found.append((address, line))
        if tag == "img" and not values.get("alt"):
            self.nameless.append(line)


def _line_of_step(lines: Sequence[str], label: str) -> int:
    step = re.compile(rf'\s*-? ?step: "?{re.escape(label)}"?\s*')
    return next((at for at, line in enumerate(lines, start=1) if step.fullmatch(line)), 1)


def _short(path: Path) -> str:
    return "/".join(path.parts[-3:])
