"""The handbook at /buku: what was built is served, nothing else, and without a book one is told."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from flask import Blueprint, Flask, g
from flask.testing import FlaskClient

from mock_server.adapters.memory_store import MemoryEventStore
from mock_server.app import create_app
from mock_server.web import translating
from mock_server.web.book import STEP_PAGE, BookPages, step_address
from tests.web.debrief.support import finished
from tests.web.seat.clicking import Person
from tests.web.visitor import TOKEN, Simulator

PAGES = {"index.html": b"<h1>Buku</h1>", "en/index.html": b"Book", "kartu/a.pdf": b"%PDF-1.7"}
STEPS = {STEP_PAGE: b"Langkah", f"en/{STEP_PAGE}": b"Steps"}


def app_for(folder: Path) -> FlaskClient:
    app = Flask("mock_server.web")
    translating.register(app)
    blueprint = Blueprint("people", __name__)
    blueprint.before_request(lambda: setattr(g, "language", translating.choose()))
    BookPages(folder).add_to(blueprint)
    app.register_blueprint(blueprint)
    return app.test_client()


def build(folder: Path, pages: dict[str, bytes]) -> None:
    for name, data in pages.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    files = {name: hashlib.sha256(data).hexdigest() for name, data in pages.items()}
    marker = {"schema": "cbtsync-built-book/1", "dated": "2017-04-08", "files": files}
    (folder / "buku.json").write_text(json.dumps(marker))


def client_of(book: Path | None) -> FlaskClient:
    return create_app(store=MemoryEventStore(), token=TOKEN, book=book).test_client()


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    build(tmp_path / "book", PAGES)
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "book" / "notes.txt").write_text("not built")
    return app_for(tmp_path / "book")


@pytest.mark.parametrize(
    ("path", "kind", "data"),
    [
        ("/buku/", "text/html", PAGES["index.html"]),
        ("/buku/index.html", "text/html", PAGES["index.html"]),
        ("/buku/en/", "text/html", PAGES["en/index.html"]),
        ("/buku/kartu/a.pdf", "application/pdf", PAGES["kartu/a.pdf"]),
    ],
)
def test_what_was_built_is_served(client: FlaskClient, path: str, kind: str, data: bytes) -> None:
    answer = client.get(path)

    assert (answer.status_code, answer.mimetype, answer.data) == (200, kind, data)
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_the_bare_address_leads_to_the_first_page(client: FlaskClient) -> None:
    assert client.get("/buku").headers["Location"] == "/buku/"


@pytest.mark.parametrize(
    "path",
    [
        "/buku/../secret.txt",
        "/buku/..%2fsecret.txt",
        "/buku/%2e%2e/secret.txt",
        "/buku//etc/passwd",
        "/buku/notes.txt",
        "/buku/buku.json",
        "/buku/gone.html",
    ],
)
def test_nothing_else_is_served(client: FlaskClient, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code in (404, 308)
    assert b"secret" not in answer.data
    assert b"not built" not in answer.data


def test_a_page_that_did_not_change_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/buku/")

    assert client.get("/buku/", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_without_a_book_one_is_told_how_to_build_it(tmp_path: Path) -> None:
    client = app_for(tmp_path / "none")
    answer = client.get("/buku/")

    assert answer.status_code == 404
    assert "make handbook" in answer.text
    assert "has not been built" in client.get("/buku/?lang=en").text


def test_a_book_built_meanwhile_is_served_without_a_restart(tmp_path: Path) -> None:
    client = app_for(tmp_path / "book")
    assert client.get("/buku/").status_code == 404
    build(tmp_path / "book", PAGES)

    assert client.get("/buku/").data == PAGES["index.html"]


def test_a_step_has_an_address_in_the_book() -> None:
    assert step_address(18) == "/buku/langkah.html#langkah-18"
    assert step_address("NB") == "/buku/langkah.html#langkah-nb"


def test_the_simulator_serves_the_book_that_it_is_given(tmp_path: Path) -> None:
    build(tmp_path, PAGES)

    assert client_of(tmp_path).get("/buku/").data == PAGES["index.html"]
    assert "make handbook" in client_of(None).get("/buku/").text


def test_the_start_page_names_the_book_once_there_is_one(tmp_path: Path) -> None:
    client = client_of(tmp_path)
    assert 'href="/buku"' not in client.get("/").text
    build(tmp_path, PAGES)

    assert 'href="/buku"' in client.get("/").text


def test_the_open_last_rung_of_a_hint_leads_to_its_step_in_the_book(tmp_path: Path) -> None:
    person = Person(Simulator(book=tmp_path).begin("active", level="L3").sit_down())
    build(tmp_path, PAGES | STEPS)
    person.click("1. Lihat ke mana").click("2. Apa yang dilakukan")
    assert "/buku/" not in person.answer.text
    person.click("3. Langkahnya")

    assert f'href="{step_address(12)}"' in person.answer.text
    assert f'href="{step_address(12, "en/")}"' in person.go(f"{person.url}&lang=en").answer.text


def test_where_there_are_no_hints_the_procedure_itself_may_be_opened(tmp_path: Path) -> None:
    person = Person(Simulator(book=tmp_path).begin("active", level="L4").sit_down())
    assert "Buka prosedurnya" not in person.answer.text
    build(tmp_path, PAGES | STEPS)

    assert person.again().page.find("Buka prosedurnya").href == step_address(1)


def test_a_point_of_the_debrief_leads_to_its_step_in_the_book(tmp_path: Path) -> None:
    run = finished(well=False, simulator=Simulator(book=tmp_path)).guesses()
    assert "/buku/" not in run.page("bahas").text
    build(tmp_path, PAGES | STEPS)

    assert f'href="{step_address(21)}"' in run.page("bahas").text


def test_the_book_leads_to_a_story_and_the_start_page_shows_which(tmp_path: Path) -> None:
    client = client_of(tmp_path)
    page = client.get("/?latih=partial-sync").text

    assert page.count('id="latih"') == 1
    (asked,) = re.findall(r'<li class="story is-asked" id="latih">.*?</li>', page, re.DOTALL)
    assert '<button class="btn btn-small" name="scenario" value="partial-sync" autofocus>' in asked


def test_a_story_that_is_folded_away_is_unfolded_if_the_book_leads_to_it() -> None:
    client = client_of(None)
    folded = re.findall(
        r'<details class="more">.*?value="([^"]+)"', client.get("/").text, re.DOTALL
    )

    assert folded
    for scenario in folded:
        page = client.get(f"/?latih={scenario}").text
        assert re.search(
            rf'<details class="more" open>.*?value="{scenario}" autofocus', page, re.DOTALL
        )


@pytest.mark.parametrize("wanted", ["", "gone", "//example.test/", "<script>alert(1)</script>"])
def test_a_story_that_is_not_there_is_not_shown(wanted: str) -> None:
    page = client_of(None).get("/", query_string={"latih": wanted})

    assert page.status_code == 200
    assert 'id="latih"' not in page.text
    assert "<script>alert" not in page.text
