"""The facilitator's guide names what stands on the pages, keeps the lesson's hours, and says the
same in both languages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from mock_server.cohort.lesson import LESSON
from mock_server.procedure.texts import Language
from mock_server.scenario.packs import load_messages, load_pack
from mock_server.web import translating
from mock_server.web.classes.watch import LETTERS

ROOT = Path(__file__).parents[3]
GUIDES: dict[Language, Path] = {
    "id": ROOT / "docs" / "panduan-fasilitator.md",
    "en": ROOT / "docs" / "facilitator-guide.md",
}
TEMPLATES = ROOT / "mock_server" / "web" / "templates"
CLASS_MINUTES = 180
BOLD = re.compile(r"\*\*([^*]+)\*\*")
FIELD = re.compile(r"%\\\((?:\w+)\\\)s")  # %(n)s, escaped
ROW = re.compile(r"^\| (\d)[.:](\d\d) \| (\d+) \| \*\*([^*]+)\*\* \|", re.MULTILINE)
languages = pytest.mark.parametrize("language", sorted(GUIDES))


def guide(language: Language) -> str:
    return GUIDES[language].read_text(encoding="utf-8")


def on_the_pages(language: Language) -> Iterator[str]:
    """Yield the texts that the pages show in a language, with their fields."""
    for indonesian, forms in translating.catalogue("en").items():
        yield from (indonesian,) if language == "id" else forms
    for part in LESSON:
        yield part.title.in_language(language)
    for message in load_messages(load_pack("unbk-2017")):
        yield message.id if language == "id" else message.en
    for path in TEMPLATES.rglob("*.html"):  # what is the same in every language
        yield from re.findall(r">([^<>{}]+)<", path.read_text(encoding="utf-8"))


def shown(language: Language) -> re.Pattern[str]:
    """Return what matches any of those texts as a whole, whatever stands in its fields; a text
    of nothing but fields would match anything and is left out."""
    texts = {" ".join(text.split()) for text in on_the_pages(language)}
    said = [text for text in sorted(texts) if re.search(r"\w{3}", re.sub(r"%\(\w+\)s", "", text))]
    return re.compile("|".join(FIELD.sub(".+", re.escape(text)) for text in said))


@pytest.mark.slow
@languages
def test_whatever_is_bold_stands_on_a_page_exactly_so(language: Language) -> None:
    pages, named = shown(language), set(BOLD.findall(guide(language)))

    assert len(named) > 60
    assert [name for name in sorted(named) if pages.fullmatch(name) is None] == []


@languages
def test_the_hours_of_the_guide_are_those_of_the_lesson_plan(language: Language) -> None:
    told = [
        (int(hour) * 60 + int(minute), int(lasts), title)
        for hour, minute, lasts, title in ROW.findall(guide(language))
    ]
    planned, at = [], 0
    for part in LESSON:
        planned.append((at, part.minutes, part.title.in_language(language)))
        at += part.minutes

    assert told == planned
    assert at == CLASS_MINUTES


@languages
def test_every_letter_of_the_console_is_explained(language: Language) -> None:
    explained = re.findall(r"^\| ([A-Z]) \|", guide(language), re.MULTILINE)

    assert sorted(explained) == sorted(LETTERS)


def test_both_guides_have_the_same_parts_lists_and_tables() -> None:
    def shape(text: str) -> list[str]:
        return re.findall(r"^(#+|\||- |\d+\.(?= [A-Z*])|```)", text, re.MULTILINE)

    assert shape(guide("id")) == shape(guide("en"))


@languages
def test_links_of_the_guide_lead_somewhere(language: Language) -> None:
    links = re.findall(r"\]\(([^)#]+)", guide(language))

    assert links
    assert [link for link in links if not (GUIDES[language].parent / link).exists()] == []
