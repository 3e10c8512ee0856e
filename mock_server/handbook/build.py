"""Building the book: make it, look at it, and write the files, or say what is in the way.

A book is built beside its folder and then put in place, so that nobody ever reads half of one.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from mock_server.handbook import cards
from mock_server.handbook.evidence import PICTURES
from mock_server.handbook.gates import dead_links
from mock_server.handbook.html import IMAGES, Typesetter
from mock_server.handbook.model import Book, Finding
from mock_server.handbook.pages import pages_of
from mock_server.handbook.pdf import Job, write_pdfs
from mock_server.handbook.sources import Sources, assemble, read_sources, said_on_screen
from mock_server.handbook.translation import Translator
from mock_server.procedure.texts import Language

STYLES = Path(__file__).parent / "styles"
PDF = "buku-latihan.pdf"
CARDS = "kartu"
MARKER = "buku.json"  # tells a folder that we built from one that we must not touch
Tell = Callable[[str], None]


class BuildError(Exception):
    """The book cannot be written where it was wanted; the message says what to do."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be built; the first language stands at the top, others in folders of their own."""

    out: Path
    evidence: Path
    procedure: str
    languages: tuple[Language, ...] = ("id", "en")
    draft: bool = False
    pdf: bool = True
    book: bool = True  # false: the cards only


class Volume(msgspec.Struct, frozen=True, kw_only=True):
    """The book in one language, rendered but not written."""

    book: Book
    folder: str  # below the built folder; '' is the top
    pages: dict[str, str]
    printed: str
    cards: dict[str, str]


def build(order: Order, tell: Tell) -> list[Finding]:
    """Build what is ordered and return what is wrong; nothing is written then, but for a draft.

    Raises BuildError, PdfError, or what reading the sources raises.
    """
    _check_place(order.out)
    sources = read_sources(evidence_folder=order.evidence, procedure=order.procedure)
    found: list[Finding] = []
    volumes = []
    for language in order.languages:
        volume, wrong = _rendered(order, sources, language)
        volumes.append(volume)
        found += [one for one in wrong if one not in found]
    if found and not order.draft:
        return found
    fresh = order.out.with_name(f".{order.out.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    write_pdfs([job for volume in volumes for job in _write(volume, fresh, order)])
    _mark(fresh, sources.dated)
    shutil.rmtree(order.out, ignore_errors=True)
    fresh.rename(order.out)
    for path in (*order.out.rglob("index.html"), *sorted(order.out.rglob("*.pdf"))):
        tell(str(path))
    return found


def _rendered(order: Order, sources: Sources, language: Language) -> tuple[Volume, list[Finding]]:
    translator = Translator(language, screen=said_on_screen(sources.pack, language))
    book, found = assemble(sources, language, translator)
    top = language == order.languages[0]
    drafts = tuple(found) if order.draft else ()
    # Titles are translated by the same catalogue as the templates.
    pages = pages_of(book, drafts, lambda text: translator.text(text, "pages.py", 1))
    setter = Typesetter(book, pages, translator, order.evidence / PICTURES)
    several = len(order.languages) > 1

    def twin(name: str) -> str:
        if not several:
            return ""
        other = next(one for one in order.languages if one != language)
        return f"{other}/{name}" if top else f"../{name}"

    draft = order.draft and bool(found)
    rendered = {page.file: setter.page(page, twin(page.file)) for page in pages}
    rendered["index.html"] = setter.index(twin("index.html"), draft=draft)
    volume = Volume(
        book=book,
        folder="" if top else language,
        pages=rendered if order.book else {},
        printed=setter.printed(_style("shared", "print"), draft=draft) if order.book else "",
        cards=cards.rendered(book, sources.pack, sources.texts, setter, _style("shared", "cards")),
    )
    found += translator.findings()
    if order.book:
        found += _links(volume, several=several, order=order)
    return volume, found


def _links(volume: Volume, *, several: bool, order: Order) -> Iterator[Finding]:
    beside = {"book.css", PDF, *(f"{CARDS}/{name}.pdf" for name in volume.cards)}
    beside |= {f"{IMAGES}/{picture}" for picture in _pictures(volume.book)}
    if several:
        other = [one for one in order.languages if one != (volume.folder or order.languages[0])]
        ahead = "../" if volume.folder else f"{other[0]}/"
        beside |= {f"{ahead}{name}" for name in volume.pages}
    for one in dead_links(volume.pages, beside):
        yield msgspec.structs.replace(one, file=str(Path(volume.folder) / one.file))


def _write(volume: Volume, fresh: Path, order: Order) -> list[Job]:
    """Write the pages, and return what is to be set as PDF."""
    folder = fresh / volume.folder
    folder.mkdir(parents=True, exist_ok=True)
    jobs = [
        Job(html=html, path=folder / CARDS / f"{name}.pdf") for name, html in volume.cards.items()
    ]
    if order.book:
        for name, html in volume.pages.items():
            (folder / name).write_text(html, encoding="utf-8")
        (folder / "book.css").write_text(_style("shared", "screen"), encoding="utf-8")
        for picture in _pictures(volume.book):
            (folder / IMAGES).mkdir(exist_ok=True)
            shutil.copyfile(order.evidence / PICTURES / picture, folder / IMAGES / picture)
        jobs.insert(0, Job(html=volume.printed, path=folder / PDF))
    return jobs if order.pdf else []


def _pictures(book: Book) -> Sequence[str]:
    return [
        picture.file
        for story in book.stories
        for step in story.steps
        for picture in step.pictures
        if picture.file
    ]


def _style(*names: str) -> str:
    return "\n".join((STYLES / f"{name}.css").read_text(encoding="utf-8") for name in names)


def _check_place(out: Path) -> None:
    """Refuse a folder that holds something else: it will be replaced as a whole."""
    if out.exists() and not (out.is_dir() and ((out / MARKER).is_file() or not any(out.iterdir()))):
        raise BuildError(
            f"--out {out} holds something that is no book of ours. Name a new or an empty folder; "
            "it is replaced as a whole at every build."
        )


def _mark(folder: Path, dated: str) -> None:
    """Write what was built: every file with its digest."""
    files = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    content = {"schema": "cbtsync-built-book/1", "dated": dated, "files": files}
    data = msgspec.json.format(msgspec.json.encode(content), indent=1)
    (folder / MARKER).write_bytes(data + b"\n")
