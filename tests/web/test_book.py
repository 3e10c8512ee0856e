"""The handbook at /buku: what was built is served, nothing else, and without a book one is told."""

import hashlib
import json
from pathlib import Path

import pytest
from flask import Blueprint, Flask, g
from flask.testing import FlaskClient

from mock_server.web import translating
from mock_server.web.book import BookPages, step_address

PAGES = {"index.html": b"<h1>Buku</h1>", "en/index.html": b"Book", "kartu/a.pdf": b"%PDF-1.7"}


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
