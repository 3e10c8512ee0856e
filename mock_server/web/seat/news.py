"""What has just come about a seat: its class has gone on, somebody moved it, the facilitator spoke.

One region for every page on which a trainee may be. What is no longer new is left to the coach.
"""

from http import HTTPStatus

import msgspec
from flask import Blueprint, g, make_response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from mock_server.answer import Answer
from mock_server.classroom import SeatContext
from mock_server.cohort.events import How
from mock_server.ports import UnknownRehearsalError
from mock_server.web.page_errors import HEADERS, error_page
from mock_server.web.parts import Parts
from mock_server.web.seat.formats import Formats

FRESH_REAL_MS = 120_000


class News(msgspec.Struct, frozen=True, kw_only=True):
    """``next_place`` is where the class has gone on, ``moved_place`` where a facilitator has put
    the seat, '' if nowhere. ``how`` and ``since_ms`` say why and from which of its own instants
    this run is practice, as long as that is new. ``in_class``: there may be more to come."""

    in_class: bool = False
    next_place: str = ""
    moved_place: str = ""
    how: How | None = None
    since_ms: int = 0
    said: str = ""


def news(seat: SeatContext | None, answer: Answer) -> News:
    if seat is None or seat.kind != "class":
        return News()
    moved = answer.training.repositioned
    by_hand = bool(moved) and moved[-1].how != "branch" and _is_fresh(moved[-1].at_ms, answer)
    said = answer.training.said
    return News(
        in_class=True,
        next_place=f"/kursi/{seat.token}/" if seat.next_drill else "",
        moved_place=f"/r/{seat.moved_to}/" if seat.moved_to else "",
        how=moved[-1].how if by_hand else None,
        since_ms=moved[-1].at_ms if by_hand else 0,
        said=said[-1].text if said and _is_fresh(said[-1].at_ms, answer) else "",
    )


def _is_fresh(at_ms: int, answer: Answer) -> bool:
    return answer.now_ms - at_ms <= FRESH_REAL_MS * max(1, answer.clock.speed)


class NewsPage:
    """Serves the region alone, for the pages beside the seat to ask again."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def add_to(self, blueprint: Blueprint) -> None:
        blueprint.add_url_rule("/r/<name>/kabar", "news", self._news, methods=["GET"])

    def _news(self, name: str) -> AnyResponse:
        try:
            self._parts.classroom.tick(name)
            told = news(self._parts.classroom.seat_of(name), self._parts.engine.peek(name))
        except UnknownRehearsalError:
            return error_page(HTTPStatus.NOT_FOUND)
        text = render_template(
            "seat/news.html", language=g.language, news=told, fmt=Formats(g.language)
        )
        response = make_response(text)
        response.headers.update(HEADERS)
        response.add_etag()
        return response.make_conditional(request)
