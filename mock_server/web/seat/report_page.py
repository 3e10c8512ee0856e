"""The page ``/r/<name>/berita-acara``: both legitimate endings of a rehearsal."""

from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from mock_server.answer import Answer, Refused
from mock_server.domain.operations import Operation
from mock_server.ports import UnknownRehearsalError
from mock_server.web.api import VendorPlane
from mock_server.web.page_errors import error_page, page
from mock_server.web.pages import is_own_form
from mock_server.web.parts import Parts
from mock_server.web.seat.desk_view import clocks
from mock_server.web.seat.formats import Formats
from mock_server.web.seat.lost import Lost
from mock_server.web.seat.news import news
from mock_server.web.seat.report_form import Typed, claim, typed, wrong_fields
from mock_server.web.seat.trouble import Trouble


class ReportPage:
    """Serves the form and takes what was filled in."""

    def __init__(self, parts: Parts, plane: VendorPlane) -> None:
        self._parts = parts
        self._plane = plane
        self._trouble = Trouble(parts, plane)

    def add_to(self, blueprint: Blueprint) -> None:
        rules: tuple[tuple[str, Callable[..., AnyResponse], str], ...] = (
            ("report", self._form, "GET"),
            ("report_filed", self._file, "POST"),
        )
        for name, view, method in rules:
            blueprint.add_url_rule("/r/<name>/berita-acara", name, view, methods=[method])

    def _form(self, name: str) -> AnyResponse:
        decision = request.args.get("akhir", "")
        given = Typed(decision=decision if decision in ("ready", "postpone") else "")
        self._parts.classroom.attend(name)
        try:
            return self._show(name, self._parts.engine.peek(name), given)
        except UnknownRehearsalError:
            return error_page(HTTPStatus.NOT_FOUND)

    def _file(self, name: str) -> AnyResponse:
        if not is_own_form():
            return error_page(HTTPStatus.FORBIDDEN)
        self._parts.classroom.attend(name)
        given = typed(request.form)
        wrong = wrong_fields(given)
        engine = self._parts.engine
        try:
            if wrong:
                answer = engine.peek(name)
                return self._show(name, answer, given, wrong, status=HTTPStatus.BAD_REQUEST)
            answer = engine.act(name, Operation.REPORT_SUBMIT, claim(given))
        except UnknownRehearsalError:
            return error_page(HTTPStatus.NOT_FOUND)
        except Refused as no:
            said = self._plane.view(no.answer, g.language).speech.refused(no.refusal).message
            return self._show(name, no.answer, given, said=said, status=HTTPStatus.CONFLICT)
        return self._answered(name, answer, given)

    def _answered(self, name: str, answer: Answer, given: Typed) -> AnyResponse:
        broken = self._trouble.felt(answer)
        self._trouble.heard(name, str(Operation.REPORT_SUBMIT), answer, broken)
        if broken is not None:
            return self._show(name, answer, given, lost=broken)
        return redirect(f"/r/{name}/tebak", HTTPStatus.SEE_OTHER)

    def _show(
        self,
        name: str,
        answer: Answer,
        given: Typed,
        wrong: tuple[str, ...] = (),
        *,
        said: str = "",
        lost: Lost | None = None,
        status: HTTPStatus = HTTPStatus.OK,
    ) -> AnyResponse:
        view = self._plane.view(answer, g.language)
        story = self._parts.stories.of(self._parts.engine.record(name))
        return page(
            "seat/report.html",
            status,
            base=f"/r/{name}/",
            title="" if story is None else self._parts.stories.public_name(story, g.language),
            clocks=clocks(view),
            fmt=Formats(g.language),
            news=news(self._parts.classroom.seat_of(name), answer),
            say=view.speech.text,
            total=len(answer.station.setup.data_sets),
            exam_day=view.speech.pack.values.exam_day.in_language(g.language),
            given=given,
            wrong=wrong,
            said=said,
            lost=lost,
        )
