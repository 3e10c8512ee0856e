"""Serves the built handbook at ``/buku``, or says how to build one.

Only what the builder listed in ``buku.json`` is served, by its exact name: a path that was not
built, leaves the folder or names another file of the machine is not found.
"""

import mimetypes
from http import HTTPStatus
from pathlib import Path

import msgspec
from flask import Blueprint, Response, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from mock_server.web import translating
from mock_server.web.page_errors import HEADERS, error_page, page

MARKER = "buku.json"
FIRST = "index.html"
STEP_PAGE = "langkah.html"
COMMAND = "make handbook"
CACHE = {"Cache-Control": "no-cache"}  # asked again each time, sent again only if built anew


class BuiltBook(msgspec.Struct, frozen=True, kw_only=True):
    """What the builder wrote about its folder: the digest of every file by its path."""

    schema: str
    dated: str
    files: dict[str, str]


class BookPages:
    """The book below ``folder``; it may be built while the server runs. None: there never is one.

    Templates ask ``book_step`` for the place of a step, '' as long as no book is there.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._read: tuple[int, BuiltBook] | None = None

    def add_to(self, blueprint: Blueprint) -> None:
        blueprint.add_app_template_global(self._step, "book_step")
        blueprint.add_app_template_global(lambda: self._built() is not None, "book_is_built")
        blueprint.add_url_rule("/buku", "book", self._first, methods=["GET"])
        blueprint.add_url_rule("/buku/", "book_index", self._page, methods=["GET"])
        blueprint.add_url_rule("/buku/<path:name>", "book_page", self._page, methods=["GET"])

    def _first(self) -> AnyResponse:
        return redirect("/buku/", HTTPStatus.PERMANENT_REDIRECT)

    def _page(self, name: str = FIRST) -> Response:
        book = self._built()
        if book is None:
            g.language = translating.choose()
            return page("no_book.html", HTTPStatus.NOT_FOUND, command=COMMAND)
        name = f"{name}{FIRST}" if name.endswith("/") else name
        if self._folder is None or name not in book.files:
            return error_page(HTTPStatus.NOT_FOUND)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        try:
            data = (self._folder / name).read_bytes()
        except OSError:  # being built anew at this very moment
            return error_page(HTTPStatus.NOT_FOUND)
        response = Response(data, mimetype=kind)
        response.set_etag(book.files[name])
        response.headers.update(HEADERS | CACHE)
        response.make_conditional(request, accept_ranges=True, complete_length=len(data))
        return response

    def _step(self, step: int | str | None) -> str:
        book = self._built()
        if book is None or step is None:
            return ""
        translated = f"{g.language}/{STEP_PAGE}"
        if translated in book.files:
            return step_address(step, f"{g.language}/")
        return step_address(step) if STEP_PAGE in book.files else ""

    def _built(self) -> BuiltBook | None:
        """Return what is built, None if nothing is; the list is read again once it changed."""
        if self._folder is None:
            return None
        path = self._folder / MARKER
        try:
            changed_ns = path.stat().st_mtime_ns
            if self._read is None or self._read[0] != changed_ns:
                book = msgspec.json.decode(path.read_bytes(), type=BuiltBook)
                self._read = (changed_ns, book)
        except (OSError, msgspec.DecodeError):
            return None
        return self._read[1]


def step_address(step: int | str, folder: str = "") -> str:
    """Return the place of the book that explains a step: 18, "7a" or "NB".

    ``folder`` is that of a second language, with its stroke.
    """
    return f"/buku/{folder}{STEP_PAGE}#langkah-{str(step).lower()}"
