"""Pages about the simulator: the limits of the simulation, and a rehearsal's facts for programs.

No script is needed. A page only shows; what it changes it changes by the same ways as the API.
"""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Blueprint, Response, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from mock_server.answer import Answer
from mock_server.domain import screens
from mock_server.domain.refusals import Refusal
from mock_server.journal import wib
from mock_server.ports import UnknownRehearsalError
from mock_server.procedure.texts import Language
from mock_server.web import limits, translating
from mock_server.web.page_errors import error_page, page
from mock_server.web.parts import Parts
from mock_server.web.speech import Speech

COOKIE_AGE_S = 180 * 24 * 3600


class Pages:
    """Serves ``/batas``, ``/r/<name>/klien`` and the icon."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def add_to(self, blueprint: Blueprint) -> None:
        rules: tuple[tuple[str, str, Callable[..., AnyResponse], str], ...] = (
            ("/batas", "limits", self._limits, "GET"),
            ("/r/<name>/klien", "rehearsal", self._rehearsal, "GET"),
            ("/favicon.ico", "icon", _icon, "GET"),
        )
        for path, name, view, method in rules:
            blueprint.add_url_rule(path, name, view, methods=[method])
        blueprint.before_request(self._choose_language)
        blueprint.after_request(self._remember_language)

    def _choose_language(self) -> None:
        g.language = translating.choose()

    def _remember_language(self, response: AnyResponse) -> AnyResponse:
        if "lang" in request.args:
            response.set_cookie(
                translating.COOKIE, g.language, max_age=COOKIE_AGE_S, samesite="Lax", httponly=True
            )
        return response

    def _limits(self) -> Response:
        language: Language = g.language
        pack = self._parts.speeches.of(None, language).pack
        return page(
            "limits.html",
            parts=limits.by_part(limits.load_rules(), language),
            values=list(limits.values(pack, language)),
            pack=pack,
        )

    def _rehearsal(self, name: str) -> Response:
        try:
            answer = self._parts.engine.peek(name)
            record = self._parts.engine.record(name)
        except UnknownRehearsalError:
            return error_page(HTTPStatus.NOT_FOUND)
        story = self._parts.stories.of(record)
        public_name = "" if story is None else self._parts.stories.public_name(story, g.language)
        speech = self._parts.speeches.of(answer.station.setup.procedure, g.language)
        return page(
            "rehearsal.html",
            answer=answer,
            record=record,
            story=story,
            public_name=public_name,
            facts=facts(answer, speech),
            now=wib(answer.now_ms),
            base_url=f"{request.host_url}r/{name}/",
        )


def facts(answer: Answer, speech: Speech) -> list[tuple[str, str]]:
    """Return what the screens show now, by a key that the page names. Never the truth behind."""
    station, now_ms = answer.station, answer.now_ms
    machine = station.machines.get(station.here)
    if machine is None:
        return [("machine", "–")]
    condition = screens.condition(station, now_ms)
    status = None if condition is None else speech.status(condition)
    found = [
        ("machine", machine.label),
        ("exambro", machine.exambro or "–"),
        ("cbtsync", machine.version if machine.cbtsync_open else "–"),
        ("dashboard", "–" if status is None else f"{status.word} – {status.sentence}"),
    ]
    try:
        sync = screens.sync(station, now_ms)
    except Refusal:
        sync = None
    if sync is not None:
        found.append(("sync", f"{sync.done}/{sync.total}"))
    filed = station.report
    found.append(("report", "–" if filed is None else f"{wib(filed.at_ms):%H:%M} WIB"))
    return found


def is_own_form() -> bool:
    """Tell whether a form was sent from our own page; a browser says so, and nobody else can.

    Old browsers send no Origin with a form of the same site, but then a Referer.
    """
    source = request.headers.get("Origin") or request.headers.get("Referer", "")
    try:
        return bool(request.host) and urlsplit(source).netloc == request.host
    except ValueError:  # no address at all
        return False


def _icon() -> AnyResponse:
    """Lead who asks by habit, as browsers do on the book's pages, to our icon."""
    return redirect(url_for("static", filename="icon.svg"), HTTPStatus.MOVED_PERMANENTLY)
