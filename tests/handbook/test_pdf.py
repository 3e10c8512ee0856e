"""The PDF: pages, outline, tags, fonts, no blank page, and the same bytes again."""

import os
from pathlib import Path

import pytest

try:
    import weasyprint  # noqa: F401 -- whether it loads
except (ImportError, OSError) as error:  # no Pango is an OSError
    if os.environ.get("CI") == "true":
        raise
    pytest.skip(f"the PDF needs WeasyPrint and Pango: {error}", allow_module_level=True)
from pypdf import PdfReader

from mock_server.handbook.build import Order, build
from mock_server.handbook.pdf import Job, write_pdf

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]  # it sets a whole book

# A4 and A6 in points; WeasyPrint rounds.
SIZES = {
    "kartu-tiga-jeda": (298, 420, 2),
    "daftar-periksa": (595, 842, 1),
    "lembar-pengamat": (595, 842, 2),
    "berita-acara": (595, 842, 1),
}


def drafted(folder: Path, *, book: bool) -> Path:
    """Build a draft without evidence: its pages are those of a book, its results are missing."""
    order = Order(
        out=folder / "handbook",
        evidence=folder / "none",
        procedure="unbk-2017",
        languages=("id",),
        draft=True,
        book=book,
    )
    build(order, lambda _line: None)
    return order.out


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> PdfReader:
    return PdfReader(drafted(tmp_path_factory.mktemp("book"), book=True) / "buku-latihan.pdf")


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cards without the book: it takes half a minute, and another worker may be at it."""
    return drafted(tmp_path_factory.mktemp("cards"), book=False) / "kartu"


def test_the_book_is_tagged_titled_and_in_its_language(book: PdfReader) -> None:
    root = book.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "id"
    assert book.metadata is not None
    assert book.metadata.title == "Buku latihan sinkronisasi CBTSync"


def test_the_outline_has_every_chapter(book: PdfReader) -> None:
    tops = [item["/Title"] for item in book.outline if not isinstance(item, list)]

    assert "Peta 21 langkah" in tops
    assert "Sinkronisasi sampai sembilan data lengkap" in tops


@pytest.mark.parametrize("title", ["Peta 21 langkah", "Dua larangan"])
def test_what_is_hung_on_the_wall_is_one_page(book: PdfReader, title: str) -> None:
    tops = [item for item in book.outline if not isinstance(item, list)]
    begins = {str(item["/Title"]): book.get_destination_page_number(item) for item in tops}
    following = next(page for page in sorted(begins.values()) if page > begins[title])

    assert following == begins[title] + 1


def test_no_page_is_blank_and_each_says_that_this_is_a_rehearsal(book: PdfReader) -> None:
    assert len(book.pages) > 50
    for number, page in enumerate(book.pages, start=1):
        text = page.extract_text()
        assert len(text) > 120, number
        assert "LATIHAN" in text, number


def test_the_contents_give_the_pages_on_which_chapters_begin(book: PdfReader) -> None:
    title = "Dari langkah ke bukti"
    contents = " ".join(book.pages[at].extract_text() for at in (1, 2))
    line = next(line for line in contents.splitlines() if line.startswith(title))
    begins = int("".join(char for char in line.split(".")[-1] if char.isdigit()))

    assert title in book.pages[begins - 1].extract_text()


def test_every_font_is_embedded(book: PdfReader) -> None:
    fonts = {
        str(font["/BaseFont"]): font
        for page in book.pages
        for font in (each.get_object() for each in page["/Resources"]["/Font"].values())
    }

    assert fonts
    for name, font in fonts.items():
        (descendant,) = font["/DescendantFonts"]
        described = descendant.get_object()["/FontDescriptor"]
        assert any(key.startswith("/FontFile") for key in described), name


@pytest.mark.parametrize("name", SIZES)
def test_cards_have_the_size_and_the_pages_that_they_are_for(cards: Path, name: str) -> None:
    card = PdfReader(cards / f"{name}.pdf")
    box = card.pages[0].mediabox

    assert (round(box.width), round(box.height), len(card.pages)) == SIZES[name]


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    html = "<html lang=id><title>Sama</title><h1>Satu</h1><p>Isi</p>"
    for name in ("one.pdf", "two.pdf"):
        write_pdf(Job(html=html, path=tmp_path / name))

    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
