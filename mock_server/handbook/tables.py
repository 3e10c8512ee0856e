"""The parts of the book that refer to no story: answers, zones, terms and limits. No I/O."""

import msgspec

from mock_server.procedure.texts import Basis


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all parts of the book."""


class Answer(Part, frozen=True, kw_only=True):
    pressure: str
    answer: str


class ZoneRow(Part, frozen=True, kw_only=True):
    moment: str
    clocks: tuple[str, ...]  # '' is left to be filled in
    strong: bool


class Term(Part, frozen=True, kw_only=True):
    anchor: str
    term: str
    definition: str
    is_label: bool
    see: tuple[tuple[str, str], ...]  # anchors and terms
    story: str  # number of the story that uses it first, or ''


class Limit(Part, frozen=True, kw_only=True):
    said: str
    basis: Basis
    evidence: tuple[str, ...]
    value: str = ""


class LimitGroup(Part, frozen=True, kw_only=True):
    key: str
    limits: tuple[Limit, ...]
