"""The book's second language: gettext catalogues, looked up by the Indonesian text.

Sentences of features carry values; their catalogue holds them once, with ``{1}``, ``{2}`` for the
quoted texts and the numbers, so that one entry serves all values. What is not translated is shown
in Indonesian and remembered: a missing translation is listed, not hidden.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from mock_server.handbook.model import Finding
from mock_server.procedure.texts import Language

CATALOGUES = Path(__file__).parent / "translations"
DOMAINS = ("features", "book")
_VALUE = re.compile(r'"[^"]*"|<[^<>]+>|(?<![\w.-])\d+(?:[.:]\d+)*(?![\w.])')
_WORDS = re.compile(r"[a-z]+(?: \w+)*")  # a label begins with a capital, an id has hyphens
_BLANK = re.compile(r"\{(\d+)\}")


class Translator:
    """Translates from Indonesian. ``screen`` is what the screens say, by the Indonesian text."""

    def __init__(
        self,
        language: Language,
        catalogue: Mapping[str, str] | None = None,
        screen: Mapping[str, str] | None = None,
    ) -> None:
        self.language = language
        self._catalogue = catalogue_of(language) if catalogue is None else catalogue
        self._screen = screen or {}
        self._missing: dict[str, tuple[str, int]] = {}

    def text(self, text: str, file: str, line: int) -> str:
        """Translate a text as it stands."""
        if self.language == "id" or not text.strip():
            return text
        found = self._catalogue.get(one_line(text))
        if not found:
            self._missing.setdefault(one_line(text), (file, line))
            return text
        return found

    def of_template(self, text: str, where: Callable[[str], tuple[str, int]]) -> str:
        """Translate a text of the templates; ``where`` tells its place, should it be missing."""
        if self.language != "id" and one_line(text) not in self._missing:
            return self.text(text, *(("", 0) if self._catalogue.get(text) else where(text)))
        return text

    def passage(self, text: str, file: str, line: int) -> str:
        """Translate Markdown paragraph by paragraph; lists item by item."""
        if self.language == "id":
            return text
        done = [self._block(block, file, line) for block in text.split("\n\n")]
        return "\n\n".join(done)

    def sentence(self, text: str, file: str, line: int) -> str:
        """Translate a sentence with values; the values that the catalogue knows, too."""
        if self.language == "id":
            return text
        pattern, values = blanked(text)
        if pattern == "{1}":  # nothing but a value: what a column of Contoh says
            return self.value(text, file, line)
        found = self._catalogue.get(pattern)
        if not found:
            self._missing.setdefault(pattern, (file, line))
            return text
        return _BLANK.sub(lambda blank: self.value(values[int(blank[1]) - 1], file, line), found)

    def value(self, text: str, file: str, line: int) -> str:
        """Translate a value, or each of several with commas between, if it is known: a column's
        name, what a screen says, what the catalogue has.

        What is not known stays as it is: an official label or a name, unless it is plain words.
        """
        if self.language == "id":
            return text
        bare = text.strip('"<>')
        if known := self._known(bare):
            return text.replace(bare, known)
        parts = bare.split(", ")
        for part in parts:
            if _WORDS.fullmatch(part) and not self._known(part):
                self._missing.setdefault(part, (file, line))
        return text.replace(bare, ", ".join(self._known(part) or part for part in parts))

    def _known(self, value: str) -> str:
        return self._catalogue.get(value) or self._screen.get(value, "")

    def findings(self) -> list[Finding]:
        return [
            Finding(
                file=file,
                line=line,
                problem=f"not translated into {self.language}: {text!r}; add it to the catalogue "
                f"{CATALOGUES.name}/{self.language}",
            )
            for text, (file, line) in self._missing.items()
        ]

    def _block(self, block: str, file: str, line: int) -> str:
        if not block.lstrip().startswith("- "):
            return self.text(one_line(block), file, line)
        items = re.split(r"\n(?=\s*- )", block)
        return "\n".join(f"- {self.text(one_line(item)[2:], file, line)}" for item in items)


def blanked(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the sentence with its values replaced by ``{1}``, ``{2}``, and the values."""
    values: list[str] = []

    def blank(found: re.Match[str]) -> str:
        values.append(found[0])
        return f"{{{len(values)}}}"

    return _VALUE.sub(blank, text), tuple(values)


def one_line(text: str) -> str:
    return " ".join(text.split())


@lru_cache(maxsize=4)
def catalogue_of(language: Language) -> Mapping[str, str]:
    """Read the catalogues of a language; Indonesian needs none."""
    if language == "id":
        return {}
    # Babel takes a twentieth of a second to load, and the Indonesian book does without.
    from babel.messages.pofile import read_po

    found: dict[str, str] = {}
    for domain in DOMAINS:
        path = CATALOGUES / language / "LC_MESSAGES" / f"{domain}.po"
        with path.open("rb") as file:
            read = read_po(file, locale=language)
        found |= {_first(one.id): _first(one.string) for one in read if one.id}
    return found


def _first(text: str | Iterable[str] | None) -> str:
    return text if isinstance(text, str) else next(iter(text or ()), "")
