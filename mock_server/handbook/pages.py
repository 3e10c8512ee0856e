"""Which pages the book has, in their order, and the addresses by which they link to each other.

A page has one template, used alone (multi-page HTML) and within the printed book.
"""

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from mock_server.handbook.model import Book, Chapter, Finding

Gettext = Callable[[str], str]


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """``part`` is a heading that the contents have before it. ``printed``: the PDF has it, too."""

    slug: str
    title: str
    template: str
    part: str = ""
    printed: bool = True
    values: dict[str, Any] = {}

    @property
    def file(self) -> str:
        return f"{self.slug}.html"


def pages_of(book: Book, findings: tuple[Finding, ...], _: Gettext) -> tuple[Page, ...]:
    """Return every page. ``findings`` get a page of their own: a draft has some."""
    return (
        *_opening(findings, _),
        *(_chapter(chapter, _) for chapter in book.chapters),
        *_closing(_),
        *(_proof(chapter, _) for chapter in book.chapters),
    )


def _opening(findings: tuple[Finding, ...], _: Gettext) -> Iterator[Page]:
    if findings:
        values = {"findings": findings}
        yield Page(slug="temuan", title=_("Temuan"), template="findings.html", values=values)
    how = _("Cara membaca buku ini")
    yield Page(slug="cara-baca", title=how, template="how.html", part=_("Sebelum mulai"))
    yield Page(slug="peta", title=_("Peta 21 langkah"), template="map.html")
    yield Page(slug="larangan", title=_("Dua larangan"), template="prohibitions.html")
    yield Page(slug="zona-waktu", title=_("WIB, WITA, dan WIT"), template="zones.html")


def _chapter(chapter: Chapter, _: Gettext) -> Page:
    return Page(
        slug=chapter.slug,
        title=chapter.name,
        template="chapter.html",
        part=_("Bab") if chapter.number == 1 else "",
        values={"chapter": chapter},
    )


def _closing(_: Gettext) -> Iterator[Page]:
    steps = _("Langkah demi langkah")
    yield Page(slug="langkah", title=steps, template="steps.html", part=_("Rujukan"))
    yield Page(slug="gejala", title=_("Gejala dan tindakan"), template="symptoms.html")
    sheets = _("Lembar latihan")
    yield Page(slug="lembar-latihan", title=sheets, template="sheets.html", part=_("Berlatih"))
    yield Page(slug="kunci", title=_("Kunci jawaban"), template="key.html")
    yield Page(slug="latihan", title=_("Isi setiap latihan"), template="drills.html")
    terms = _("Glosarium")
    yield Page(slug="glosarium", title=terms, template="glossary.html", part=_("Lampiran"))
    yield Page(slug="batas", title=_("Batas simulasi"), template="limits.html")
    yield Page(slug="keterlacakan", title=_("Dari langkah ke bukti"), template="trace.html")


def _proof(chapter: Chapter, _: Gettext) -> Page:
    return Page(
        slug=f"bukti-{chapter.number:02}",
        title=f"{_('Bukti')}: {chapter.name}",
        template="proof.html",
        printed=False,
        values={"chapter": chapter},
    )
