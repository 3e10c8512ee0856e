"""The vendor's plane: ``/r/<name>/api/``. HTTP in, commands out; no rule of the station lives here.

Refusals are in character: 409 with what the screen says. Whatever was not understood is answered
in the same dialect.
"""

from functools import partial
from http import HTTPStatus

import msgspec
from flask import Blueprint, Response, request

from mock_server.answer import Answer, Refused
from mock_server.domain.refusals import Refusal
from mock_server.engine import Engine
from mock_server.ports import StoreError, UnknownRehearsalError
from mock_server.procedure.texts import Language
from mock_server.web import breaking, reading, views, wire_answers
from mock_server.web.parts import Parts
from mock_server.web.reading import MalformedError
from mock_server.web.routes.route import Route
from mock_server.web.routes.table import ROUTES
from mock_server.web.speech import Speech, language_of
from mock_server.web.views import Envelope, View

PREFIX = "/r/<name>/api/"
JSON = "application/json"
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
UNPROCESSABLE = frozenset({"menu.unknown", "room.unknown"})  # not on the list: a field is wrong
encode = msgspec.json.Encoder().encode


class VendorPlane:
    """Serves the operations of one simulator's rehearsals."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def add_to(self, blueprint: Blueprint) -> None:
        for route in ROUTES:
            blueprint.add_url_rule(
                PREFIX + route.path,
                route.name,
                partial(self._serve, route),
                methods=[route.method],
                provide_automatic_options=False,
            )

    def _serve(self, route: Route, name: str) -> Response:
        op = "" if route.op is None else route.op.value
        read = reading.body if route.method == "POST" else reading.query
        try:
            asked = read(request, route.asks)
            answer = self._ask(route, name, asked)
            view = self.view(answer)
            response = _respond(route.view(view, asked))
        except MalformedError as error:
            return self.malformed(name, error, op=op, path=route.path)
        except Refused as refused:
            return self.refused(name, refused.refusal, refused.answer, op=op, path=route.path)
        except Refusal as refusal:  # of a screen that cannot be seen now
            return self.refused(name, refusal, answer, op=op, path=route.path)
        except UnknownRehearsalError:
            return self.failed(name, "error.not_found", HTTPStatus.NOT_FOUND)
        if answer.struck:
            response = self.spoiled(response, answer)
        status = breaking.status_heard(response, answer.struck)
        self.heard(name, op, route.path, status, answer)
        return response

    def _ask(self, route: Route, name: str, asked: msgspec.Struct) -> Answer:
        """Raises Refused, UnknownRehearsalError."""
        engine = self._parts.engine
        if route.command is not None:
            return engine.act(name, route.op, route.command(asked))
        if route.screen and request.method != "HEAD":  # who asks for a head sees no screen
            return engine.look(name, route.op, route.screen)
        return engine.peek(name)

    @property
    def engine(self) -> Engine:
        return self._parts.engine

    def view(self, answer: Answer, language: Language | None = None) -> View:
        """Return what views are made from, in ``language`` or, at None, in the request's own."""
        return View(
            station=answer.station,
            now_ms=answer.now_ms,
            showing=answer.showing,
            speech=self._speech(answer.station.setup.procedure, language),
            people=self._parts.people,
            backups=self._parts.backups,
        )

    def _speech(self, procedure: str | None, language: Language | None = None) -> Speech:
        if language is None:
            language = language_of(request.headers.get("Accept-Language", ""))
        return self._parts.speeches.of(procedure, language)

    def spoiled(self, response: Response, answer: Answer) -> Response:
        """Carry out the faults of the http and net layers that struck this request."""
        view = self.view(answer)
        refuse = partial(_refuse, view.envelope())
        wire = breaking.connection_of(request)
        return self._parts.hooks.spoil(response, answer.struck, view.speech, refuse, wire)

    def heard(
        self,
        name: str,
        op: str,
        path: str,
        status: int,
        answer: Answer,
        *,
        refused: str = "",
        method: str = "",
    ) -> None:
        self._parts.log.heard(
            name,
            op=op,
            method=method or request.method,
            path=path,
            status=status,
            refused=refused,
            at_ms=answer.now_ms,
            events=answer.events,
            caused=answer.caused,
        )

    # --- when the answer is no -------------------------------------------------------------------

    def refused(
        self, name: str, refusal: Refusal, answer: Answer, *, op: str, path: str
    ) -> Response:
        """Answer as the screen does that says no."""
        view = self.view(answer)
        response = _refuse(view.envelope(), view.speech.refused(refusal), _status(refusal))
        if answer.struck:
            response = self.spoiled(response, answer)
        status = breaking.status_heard(response, answer.struck)
        self.heard(name, op, path, status, answer, refused=refusal.code)
        return response

    def malformed(self, name: str, error: MalformedError, *, op: str, path: str) -> Response:
        """Answer a request that could not be understood: which field, and what is allowed."""
        try:
            answer = self._parts.engine.peek(name)
        except UnknownRehearsalError:
            return self.failed(name, "error.not_found", HTTPStatus.NOT_FOUND)
        view = self.view(answer)
        english = view.speech.language == "en"
        field = error.field.en if english else error.field.id
        allowed = error.allowed.en if english else error.allowed.id
        refused = view.speech.request_refused(field, allowed)
        self.heard(name, op, path, error.status, answer, refused=refused.code)
        response = _refuse(view.envelope(), refused, error.status)
        response.headers.update(error.headers)
        return response

    def failed(self, name: str, code: str, status: int, **fields: str) -> Response:
        """Answer with one message of the screens: not found, wrong method, our own failure."""
        try:
            answer = self._parts.engine.peek(name)
        except StoreError:  # none of this name, or none that can be read
            speech, envelope = self._speech(None), views.NO_STATION
        else:
            view = self.view(answer)
            speech, envelope = view.speech, view.envelope()
            path = request.path.partition("/api/")[2]
            self.heard(name, "", path, status, answer, refused=code)
        refused = wire_answers.Refused(code=code, message=speech.text(code, **fields))
        return _refuse(envelope, refused, status)


def _status(refusal: Refusal) -> HTTPStatus:
    if refusal.stale:
        return HTTPStatus.PRECONDITION_FAILED
    if refusal.code in UNPROCESSABLE:
        return HTTPStatus.UNPROCESSABLE_ENTITY
    return HTTPStatus.CONFLICT


def _respond(answer: wire_answers.Answer, status: int = HTTPStatus.OK) -> Response:
    return Response(encode(answer), status, HEADERS, content_type=JSON)


def _refuse(envelope: Envelope, refused: wire_answers.Refused, status: int) -> Response:
    return _respond(wire_answers.RefusalAnswer(**envelope, refused=refused), status)
