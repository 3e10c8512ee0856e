"""English pages are English: every page, read as a person reads it; and it stays chosen."""

import ast
import re
from collections.abc import Iterable
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import msgspec
import pytest

from mock_server.procedure.texts import Text
from mock_server.scenario.library import Library
from mock_server.scenario.loader import load
from mock_server.scenario.packs import (
    load_coach,
    load_fault_texts,
    load_messages,
    load_pack,
    load_violations,
)
from mock_server.web import page_errors, translating
from tests.web.classes.classroom import POSTPONED, SERVER, Browser, Facilitator, House

WEB = Path(page_errors.__file__).parent
WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)?")
JINJA = re.compile(r"\{#.*?#\}|\{% trans.*?endtrans %\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
PAGES_MAX = 400

OFFICIAL = """
    Latihan bukan sistem ujian hapus pembaharuan klik disini unduhan berita acara daftar peserta
    status test sinkronisasi server pusat tutup sudah sesuai jadwal kelas tes alamat
"""
"""Words of official labels and of the banner, which no language translates."""
QUOTED = re.compile("lisensi tidak valid|Patching gagal", re.IGNORECASE)
"""What CBTSync itself says, word by word."""
NAMES = "contoh mata pelajaran pilihan juli sabtu"
"""Words of made-up schools, of their tests and pupils, and of the class."""


def words(text: str) -> set[str]:
    return {one.casefold() for one in WORD.findall(text)}


def texts_in(value: object) -> Iterable[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from texts_in(getattr(value, field))
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts_in(one)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from texts_in(one)


@cache
def indonesian() -> frozenset[str]:
    """Words that stand in the Indonesian of our texts and in no English one of them."""
    pack = load_pack("unbk-2017")
    found: list[Text] = []
    for book in (load_coach(pack), load_messages(pack), load_violations(pack), pack):
        found += texts_in(book)
        found += texts_in(tuple(getattr(book, "_entries", ())))
    found += texts_in(load_fault_texts(pack))
    for path in Library().paths().values():
        scenario = load(path)
        found += texts_in(scenario)
    catalogue = translating.catalogue("en")
    ours = set().union(*(words(one.id) for one in found), *(words(one) for one in catalogue))
    theirs = set().union(
        *(words(one.en) for one in found), *(words(one) for of in catalogue.values() for one in of)
    )
    return frozenset(one for one in ours - theirs - words(OFFICIAL + NAMES) if len(one) > 2)


class Reader(HTMLParser):
    """What is read on a page: text, and the words of attributes; what says that it is Indonesian
    by ``lang``, what somebody typed, and the code of a class are left out."""

    ATTRIBUTES = ("aria-label", "title", "alt", "placeholder", "data-nanti")
    EMPTY = frozenset({"meta", "link", "input", "br", "hr", "img", "path", "circle", "rect"})

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.links: list[str] = []
        self._hidden: list[bool] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        hidden = given.get("lang") == "id" or "code" in given.get("class", "").split()
        hidden = hidden or tag in ("script", "style", "textarea", "pre")
        hidden = hidden or (bool(self._hidden) and self._hidden[-1])
        if tag not in self.EMPTY:
            self._hidden.append(hidden)
        if not hidden:
            self.said += [given[name] for name in self.ATTRIBUTES if name in given]
        if tag == "a" and "href" in given and "hreflang" not in given:
            self.links.append(given["href"])

    def handle_endtag(self, tag: str) -> None:
        if self._hidden and tag not in self.EMPTY:
            self._hidden.pop()

    def handle_data(self, data: str) -> None:
        if not (self._hidden and self._hidden[-1]):
            self.said.append(data)


def crawl(browser: Browser, *starts: str) -> dict[str, Reader]:
    """Read every page that links lead to. Pages that differ in numbers only are read once."""
    waiting, read, seen = list(starts), {}, set()
    while waiting and len(read) < PAGES_MAX:
        path = waiting.pop(0)
        kind = re.sub(r"\d+|(?:b|panel)=[^&]*&?", "#", path)  # which other windows are open
        if kind in seen:
            continue
        seen.add(kind)
        answer = browser.follow(path)
        assert answer.status_code == 200, path
        if answer.mimetype != "text/html":
            continue
        read[path] = reader = Reader(answer.text)
        for link in reader.links:
            target = urlsplit(urljoin(f"http://localhost{answer.request.path}", link))
            if target.netloc == "localhost" and not target.path.startswith("/buku"):
                waiting.append(f"{target.path}?{target.query}" if target.query else target.path)
    return read


def not_english(pages: dict[str, Reader]) -> dict[str, list[str]]:
    return {
        path: found
        for path, reader in pages.items()
        if (found := sorted(words(QUOTED.sub(" ", " ".join(reader.said))) & indonesian()))
    }


def english(house: House, browser: Browser | None = None) -> Browser:
    found = browser or house.browser("192.168.10.3")
    found.get("/?lang=en")
    return found


# --- read as a person does -----------------------------------------------------------------------


@pytest.mark.slow
def test_the_words_that_give_indonesian_away_are_many():
    assert {"dan", "yang", "sebelum", "petunjuk"} <= indonesian()
    assert len(indonesian()) > 800


@pytest.mark.slow
@pytest.mark.parametrize("scenario", ["first-day", "worked-example", "normal", "what-hapus-costs",
                                      "partial-sync", "already-synced"])  # fmt: skip
def test_no_indonesian_is_left_on_an_english_seat(scenario):
    browser = english(House())
    begun = browser.post("/", {"scenario": scenario})
    base = "/".join(begun.headers["Location"].split("/")[:3]) + "/"
    desk = ("?j=ruang", "?j=portal", "?j=portal&t=jadwal", "?j=portal&t=peserta",
            "?j=portal&t=permintaan", "?j=unduhan", "?j=catatan", "?j=pesan", "?j=jam",
            "?j=exambro&t=service", "berita-acara", "klien")  # fmt: skip
    browser._http.post(f"{base}api/machine/use", json={"machine": SERVER})
    browser._http.post(f"{base}api/exambro/open", json={"version": "50.170406"})
    browser._http.post(f"{base}api/cbtsync/open", json={})

    pages = crawl(browser, begun.headers["Location"], base, *(base + of for of in desk))

    assert len(pages) > 8
    assert not_english(pages) == {}


@pytest.mark.slow
def test_no_indonesian_is_left_in_an_english_debrief():
    browser = english(House())
    begun = browser.post("/", {"scenario": "already-synced"}).headers["Location"]
    use = {"machine": SERVER}
    browser._http.post(f"{begun}api/machine/use", json=use)
    browser._http.post(f"{begun}api/exambro/open", json={"version": "50.170406"})
    browser._http.post(f"{begun}api/cbtsync/open", json={})
    browser._http.post(f"{begun}api/menu/open", json={"menu": "backup"})
    browser._http.post(f"{begun}api/delete/start", json={"answer": "yes"})
    browser._http.post(f"{begun}api/report", json=POSTPONED)

    guess = crawl(browser, f"{begun}tebak")
    browser.post(f"{begun}tebak", {"siap": "no", "yakin": "80"})
    pages = crawl(browser, f"{begun}bahas")

    assert len(pages) > 4
    assert not_english(guess | pages) == {}


@pytest.mark.slow
def test_no_indonesian_is_left_on_english_pages_of_a_class():
    house = House()
    room = Facilitator(house, "normal").opens()
    (ayu,) = room.seats("Ayu")
    base = ayu.enter()
    ayu.api("machine/use", machine=SERVER)
    ayu.browser.post(f"{base}lakukan", {"aksi": "hand.raise"})
    room.does("pesan", untuk="semua", teks="Hello")
    english(house, room.browser)
    english(house, ayu.browser)

    pages = crawl(room.browser, "/fasilitator/", f"{room.base}/")

    assert len(pages) > 6
    assert not_english(pages | crawl(ayu.browser, "/", base, "/batas", "/periksa")) == {}


@pytest.mark.parametrize("path", ["/nowhere", "/r/nobody/", "/kursi/nobody/"])
def test_an_error_is_told_in_english_too(path):
    answer = english(House()).get(path)

    assert answer.status_code == 404
    assert not_english({path: Reader(answer.text)}) == {}


# --- what is chosen stays chosen -----------------------------------------------------------------


def test_a_form_that_was_sent_from_an_english_page_leads_to_an_english_page():
    browser = House().browser()
    browser.get("/?lang=en")

    begun = browser.post("/", {"scenario": "normal"})
    page = browser.get(begun.headers["Location"])

    assert '<html lang="en">' in page.text


def test_a_language_asked_for_together_with_a_form_is_kept():
    browser = House().browser()

    begun = browser.post("/?lang=en", {"scenario": "normal"})
    page = browser.get(begun.headers["Location"])

    assert begun.status_code == 303
    assert '<html lang="en">' in page.text


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/gabung", {"kode": "ABCDEF", "kursi": "1", "nama": "Ayu"}),
        ("/", {"scenario": "nothing"}),
        ("/fasilitator/masuk", {"sandi": "wrong"}),
        ("/fasilitator/kelas", {"judul": ""}),
    ],
)
def test_the_answer_to_a_form_can_be_read_in_the_other_language(path, form):
    house = House()
    browser = house.facilitators_browser()
    answer = browser.post(path, form)

    switch = re.search(r'href="([^"]*)" lang="en"', answer.text)
    there = browser.get(urljoin(f"http://localhost{path}", switch[1]).replace("&amp;", "&"))

    assert answer.status_code >= 400
    assert there.status_code == 200
    assert '<html lang="en">' in there.text


def test_the_other_language_shows_the_same_place():
    browser = House().browser()

    page = browser.get("/gabung?kode=ABC234").text

    assert 'href="?lang=en&amp;kode=ABC234"' in page


# --- the catalogue -------------------------------------------------------------------------------


def test_every_text_that_python_translates_stands_in_the_catalogue():
    asked = {
        call.args[0].value
        for path in WEB.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in ("_", "gettext", "_gettext", "ngettext")
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }

    assert asked <= translating.catalogue("en").keys()


def test_no_template_holds_a_sentence_that_nobody_translates():
    """Text between tags is asked for by gettext, or is an official label."""
    left: dict[str, set[str]] = {}
    for path in (WEB / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        text = JINJA.sub(" ", text)
        text = re.sub(r"<[^>]*>", " ", text, flags=re.S)
        found = words(text) & indonesian()
        if found:
            left[path.name] = found
    assert left == {}
