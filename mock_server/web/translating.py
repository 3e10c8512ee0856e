"""Words of the pages: written in Indonesian in the templates, translated by a gettext catalogue.

Templates use gettext's own functions, and the catalogue is an ordinary ``.po`` file, so that any
gettext machinery can take this over. Official labels are not translated.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, current_app, g, has_request_context, request
from werkzeug.exceptions import HTTPException

from mock_server.procedure.texts import Language
from mock_server.scenario.model import Level
from mock_server.training.levels import LEVEL_NAMES

COOKIE = "cbtsync_language"
CATALOGUES = Path(__file__).parent / "translations"


def register(app: Flask) -> None:
    app.jinja_env.add_extension("jinja2.ext.i18n")
    install = app.jinja_env.install_gettext_callables  # type: ignore[attr-defined]
    install(_gettext, _ngettext, newstyle=True)
    app.jinja_env.globals["level_name"] = _level_name
    app.jinja_env.globals["level_hint"] = _level_hint


def choose() -> Language:
    """Return what ``?lang=`` asks for, else what was chosen before, else Indonesian."""
    asked = request.args.get("lang") or request.cookies.get(COOKIE)
    return "en" if asked == "en" else "id"


def here() -> tuple[str, str]:
    """Return where the same page is found in another language: a path, '' for the address itself,
    and the rest of its query, beginning with ``&``.

    What answers a form is often no page of its own; then it is the nearest one above.
    """
    if request.method != "POST":
        rest = [(key, text) for key, text in request.args.items(multi=True) if key != "lang"]
        return "", f"&{urlencode(rest)}" if rest else ""
    path = request.path
    while path != "/" and not _is_page(path):
        path = f"{path.rstrip('/').rpartition('/')[0]}/"
    return path, ""


def _is_page(path: str) -> bool:
    adapter = current_app.create_url_adapter(request)
    try:
        return adapter is not None and bool(adapter.match(path, method="GET"))
    except HTTPException:
        return False


@lru_cache(maxsize=4)
def catalogue(language: Language) -> Mapping[str, tuple[str, ...]]:
    """Return the translations by their Indonesian text, of one thing first, then of several.

    Indonesian needs none.
    """
    if language == "id":
        return {}
    # Babel takes a twentieth of a second to load; most people read Indonesian.
    from babel.messages.pofile import read_po

    path = CATALOGUES / language / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        found = read_po(file, locale=language)
    return {_forms(of.id)[0]: _forms(of.string) for of in found if of.id}


def _forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, list | tuple) else (text or "",)


def _language() -> Language:
    chosen: Language = g.language if has_request_context() and "language" in g else "id"
    return chosen


def _level_name(level: str) -> str:
    """Return what a rung of the ladder is called, in the language of the page."""
    return LEVEL_NAMES[Level(level)].name.in_language(_language())


def _level_hint(level: str) -> str:
    return LEVEL_NAMES[Level(level)].hint.in_language(_language())


def _gettext(message: str) -> str:
    return catalogue(_language()).get(message, (message,))[0] or message


def _ngettext(singular: str, plural: str, number: int) -> str:
    """Indonesian says one and several alike; English counts as Germanic languages do."""
    one, *more = catalogue(_language()).get(singular, (singular, plural))
    return one if number == 1 or not more else more[0]
