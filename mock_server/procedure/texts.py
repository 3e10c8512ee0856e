"""Typed models of the texts that people read: messages, faults, violations, glossary.

Pure. Every text is in Indonesian and English. A lookup that finds nothing raises ``TextError``:
an unknown key or a forgotten field is a mistake of the program, never of its user.
"""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from enum import StrEnum
from typing import Generic, Literal, TypeVar

import msgspec

from mock_server.procedure.numbers import StepNumber

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = ("id", "en")

FIELD = re.compile(r"\{([a-z][a-z0-9_]*)\}")

Entry = TypeVar("Entry")


class TextError(LookupError):
    """The program asked for a text that does not exist, or filled one wrongly."""


class Basis(StrEnum):
    """How well a fact about CBTSync is known."""

    DOCUMENTED = "documented"  # the announcement or other official material
    REPORTED = "reported"  # practitioners, press or look-alike applications
    ASSUMED = "assumed"  # ours: plain and plausible, not known


class Provenance(StrEnum):
    """Where a step, a rule or an advice comes from."""

    SOURCE = "source"  # the announcement says it
    DERIVED = "derived"  # it follows from the announcement or from other evidence
    AMBIGUOUS = "ambiguous"  # the announcement can be read in two ways
    REPORTED = "reported"  # other official or practitioners' texts
    OURS = "ours"


class Colour(StrEnum):
    """Colours of status words and rows; none ever stands without its word."""

    BLUE_GREEN = "blue-green"
    BLUE = "blue"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"
    GREEN = "green"


class Data(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of everything that is read from the project's data files."""


class Text(Data, frozen=True, kw_only=True):
    """One text in both languages."""

    id: str
    en: str

    def in_language(self, language: Language) -> str:
        return self.id if language == "id" else self.en


class MessageKind(StrEnum):
    LABEL = "label"  # menu, heading, column, field
    BUTTON = "button"
    WORD = "word"  # a status word
    SENTENCE = "sentence"  # stands under a status word
    STATE = "state"
    NOTICE = "notice"
    QUESTION = "question"
    REFUSAL = "refusal"
    ERROR = "error"


class Message(Data, frozen=True, kw_only=True):
    """Something a screen says. ``basis`` is that of the wording, not of the behaviour."""

    key: str
    kind: MessageKind
    basis: Basis
    evidence: tuple[str, ...]  # sections of docs/evidence.md
    id: str
    en: str
    colour: Colour | None = None
    note: str | None = None

    @property
    def fields(self) -> frozenset[str]:
        """The fields that the program has to fill; the same ones in both languages."""
        return field_names(self.id)


class FaultText(Data, frozen=True, kw_only=True):
    """What a fault looks like and what helps. The cue never names the cause."""

    fault: str  # layer.thing
    steps: tuple[StepNumber, ...]
    basis: Provenance  # of the recovery
    title: Text
    cue: Text  # the visible sign
    act: Text  # the expected act
    over: Text  # when the fault counts as dealt with
    worse: Text  # the recovery that makes it worse


class Severity(StrEnum):
    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"
    NEAR_MISS = "near-miss"


class GateRule(StrEnum):
    """Whether a violation alone keeps a run from passing."""

    ALWAYS = "always"
    SWITCHABLE = "switchable"  # a facilitator may switch it off
    NEVER = "never"
    COUNTS = "counts"  # alone it does not; enough of one kind are one major


class WhyViolation(Data, frozen=True, kw_only=True):
    """Where a violation's rule comes from, as a mark and in words."""

    basis: Provenance
    id: str
    en: str


class Violation(Data, frozen=True, kw_only=True):
    """A violation or near miss in words. Printed in this order: happened, steps, monday, better."""

    code: str  # K1, B10, R3, N2
    severity: Severity
    gate: GateRule
    steps: tuple[StepNumber, ...]  # to quote; empty where no step speaks of it
    title: Text
    happened: Text
    monday: Text  # what follows on exam day, whichever day that is
    better: Text
    provenance: WhyViolation


class TermKind(StrEnum):
    LABEL = "label"  # an official label: never translated, bold in print
    ROLE = "role"
    SYSTEM = "system"
    CONCEPT = "concept"
    SIMULATOR = "simulator"  # a word of this simulator


class Term(Data, frozen=True, kw_only=True):
    """One word for one thing, explained in one sentence."""

    key: str
    kind: TermKind
    term: Text
    definition: Text = msgspec.field(name="def")
    code: str | None = None  # the English word that the source code uses
    see: tuple[str, ...] = ()  # keys of other terms


class Texts(Generic[Entry]):
    """The entries of one text file by their key, in the file's order.

    ``kind`` names an entry in errors ("violation"), ``file`` the file where one would add it.
    """

    def __init__(self, kind: str, file: str, entries: Mapping[str, Entry]) -> None:
        self._kind = kind
        self._file = file
        self._entries = dict(entries)

    def __getitem__(self, key: str) -> Entry:
        try:
            return self._entries[key]
        except KeyError:
            near = get_close_matches(key, self._entries, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"they stand in {self._file}"
            raise TextError(f"there is no {self._kind} {key!r}; {hint}") from None

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self._entries)


class Messages(Texts[Message]):
    """What the screens say."""

    def text(self, key: str, language: Language, **fields: object) -> str:
        """Fill the message's fields. Raises TextError if one is missing, or one too many."""
        message = self[key]
        template = message.id if language == "id" else message.en
        if fields.keys() != (wanted := message.fields):
            raise TextError(_misfilled(key, wanted, fields))
        return template.format(**fields) if fields else template


class FaultTexts(Texts[FaultText]):
    """The faults in words, with the rules of thumb that help against all of them."""

    def __init__(
        self, file: str, entries: Mapping[str, FaultText], rules_of_thumb: tuple[Text, ...]
    ) -> None:
        super().__init__("fault text", file, entries)
        self.rules_of_thumb = rules_of_thumb


def field_names(template: str) -> frozenset[str]:
    """The fields ``{like_this}`` of a text."""
    return frozenset(FIELD.findall(template))


def fill(template: str, fields: Mapping[str, str]) -> str:
    """Fill those fields that are given and leave the others for the program.

    A field that opens a sentence is filled with a capital letter.
    """

    def value(found: re.Match[str]) -> str:
        filled = fields.get(found[1])
        if filled is None:
            return found[0]
        before = template[: found.start()]
        opens = not before or before.endswith((". ", "? ", "! "))
        return filled[:1].upper() + filled[1:] if opens else filled

    return FIELD.sub(value, template)


def _misfilled(key: str, wanted: frozenset[str], given: Mapping[str, object]) -> str:
    missing = ", ".join(sorted(wanted - given.keys()))
    extra = ", ".join(sorted(given.keys() - wanted))
    parts = [f"missing: {missing}" if missing else "", f"not known: {extra}" if extra else ""]
    needs = ", ".join(sorted(wanted)) or "nothing"
    return f"message {key!r} takes {needs} ({'; '.join(part for part in parts if part)})"
