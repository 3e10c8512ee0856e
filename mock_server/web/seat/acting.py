"""``/r/<name>/lakukan`` and ``/r/<name>/unduh``: what the seat's buttons and its one file do.

Every answer leads the browser back to the desk, so that loading it again repeats nothing.
"""

from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint, Response, redirect, request
from msgspec.structs import replace
from werkzeug.wrappers import Response as AnyResponse

from mock_server.answer import Refused
from mock_server.domain.operations import Operation
from mock_server.domain.refusals import Refusal
from mock_server.ports import UnknownRehearsalError
from mock_server.scenario.model import Level
from mock_server.training import commands as t
from mock_server.training.levels import scaffold
from mock_server.web.api import VendorPlane
from mock_server.web.breaking import breaking
from mock_server.web.download import Downloads
from mock_server.web.page_errors import error_page
from mock_server.web.pages import is_own_form
from mock_server.web.parts import Parts
from mock_server.web.reading import MalformedError
from mock_server.web.seat.acts import UnknownActError, asked_of, obeyed
from mock_server.web.seat.coaching import Coach
from mock_server.web.seat.desk_view import settled
from mock_server.web.seat.lost import lost_of
from mock_server.web.seat.training_acts import ALONE_ONLY, TRAINING_ACTS
from mock_server.web.seat.trouble import Trouble
from mock_server.web.seat.window import Window, window_of

NO_FILE = ("status", "foreign", "empty", "unreadable")  # a page came where the file should be


class Acting:
    """Takes the forms of every seat."""

    def __init__(
        self, parts: Parts, plane: VendorPlane, downloads: Downloads, coach: Coach
    ) -> None:
        self._parts = parts
        self._plane = plane
        self._downloads = downloads
        self._coach = coach
        self._trouble = Trouble(parts, plane)

    def add_to(self, blueprint: Blueprint) -> None:
        rules: tuple[tuple[str, str, Callable[..., AnyResponse], str], ...] = (
            ("/r/<name>/lakukan", "seat_act", self._act, "POST"),
            ("/r/<name>/unduh", "seat_download", self._download, "GET"),
        )
        for path, name, view, method in rules:
            blueprint.add_url_rule(path, name, view, methods=[method])

    def _act(self, name: str) -> AnyResponse:
        if not is_own_form():
            return error_page(HTTPStatus.FORBIDDEN)
        window = window_of(request.args).quiet()
        aksi = request.form.get("aksi", "")
        try:
            self._parts.classroom.attend(name)
            self._parts.classroom.tick(name)
            if aksi == "guard":
                return self._guarded(name, window)
            if aksi in TRAINING_ACTS or aksi == "question":
                return self._train(name, aksi, window)
            return self._operate(name, aksi, window)
        except UnknownActError:
            return error_page(HTTPStatus.BAD_REQUEST)
        except UnknownRehearsalError:
            return error_page(HTTPStatus.NOT_FOUND)

    def _operate(
        self, name: str, aksi: str, window: Window, *, unguarded: bool = False
    ) -> AnyResponse:
        """Press a button of the machine. Raises UnknownActError, UnknownRehearsalError."""
        route, asked = asked_of(aksi, request.form)
        if route.command is None:
            raise AssertionError(f"{aksi} is no act")
        command, engine = route.command(asked), self._parts.engine
        refused = ""
        try:
            if not unguarded:
                code = self._coach.guard(engine.peek(name), self._level(name), command)
                if code is not None:
                    engine.train(name, t.RaiseGuard(code=code))
                    return back(name, window.pending_for(aksi, request.form))
            answer = engine.act(name, route.op, command)
            after = obeyed(window, aksi, request.form)
        except Refused as no:
            answer, refused = no.answer, no.refusal.code
            after = window.refused(no.refusal)
        broken = self._trouble.felt(answer)
        if broken is not None:
            after = replace(settled(window, answer.station), lost=broken)
        self._trouble.heard(name, aksi, answer, broken, refused)
        return back(name, after)

    def _level(self, name: str) -> Level:
        story = self._parts.stories.of(self._parts.engine.record(name))
        return Level.PROGRAMS if story is None else story.scenario.level

    def _train(self, name: str, aksi: str, window: Window) -> AnyResponse:
        """Do what concerns the training; the desk stays as it is.

        Raises UnknownActError, UnknownRehearsalError.
        """
        engine = self._parts.engine
        seat = self._parts.classroom.seat_of(name)
        if aksi in ALONE_ONLY and seat is not None and seat.kind == "class":
            raise UnknownActError("a class stands still when its facilitator says so")
        if aksi == "hint" and not scaffold(self._level(name)).hints:
            raise UnknownActError("this level gives no hints")
        try:
            if aksi == "question":
                answer = engine.peek(name)
                pack = self._plane.view(answer).speech.pack
                engine.train(name, self._coach.answered(answer, pack, request.form))
            else:
                engine.train(name, TRAINING_ACTS[aksi](request.form))
        except Refused as no:
            window = window.refused(no.refusal)
        except Refusal as no:  # of a screen that cannot be read yet
            window = window.refused(no)
        if aksi == "reply":
            window = window.replying(None)
        if "draf" in request.form:  # kept while somebody types; no page is shown for it
            return Response(status=HTTPStatus.NO_CONTENT)
        return back(name, window)

    def _guarded(self, name: str, window: Window) -> AnyResponse:
        """Take the answer to what follows from a forbidden act; who goes on, does the act."""
        engine = self._parts.engine
        answer = engine.peek(name)
        pack = self._plane.view(answer).speech.pack
        command = self._coach.consequence(answer, pack, request.form)
        pending = request.form.get("pending", "")
        if command is None:
            return back(name, window.pending_for(pending, request.form))
        try:
            engine.train(name, command)
        except Refused as no:
            return back(name, window.refused(no.refusal))
        if command.went_on and pending:
            return self._operate(name, pending, window, unguarded=True)
        return back(name, window)

    def _download(self, name: str) -> AnyResponse:
        """Give the backup's file; what keeps the browser from it is told on the desk.

        A connection that breaks is left to break: the browser says so itself.
        """
        desk_again = Window().over("cbtsync")
        self._parts.classroom.attend(name)
        try:
            answer = self._downloads.ask(name)
            response = self._downloads.send(name, answer)
        except UnknownRehearsalError:
            return error_page(HTTPStatus.NOT_FOUND)
        except Refused as no:
            return back(name, desk_again.refused(no.refusal))
        except MalformedError:  # a range outside the file
            return error_page(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        op, broken = str(Operation.BACKUP_DOWNLOAD), lost_of(answer.struck)
        if broken is not None and broken.kind in NO_FILE and not breaking(answer.struck):
            response.close()
            self._trouble.felt(answer)
            self._trouble.heard(name, op, answer, broken)
            return back(name, replace(desk_again, lost=broken))
        if answer.struck:
            response = self._plane.spoiled(response, answer)
        self._trouble.heard(name, op, answer, broken)
        return response


def back(name: str, window: Window) -> AnyResponse:
    """Lead the browser back to the desk."""
    query = window.query()
    return redirect(f"/r/{name}/{'?' if query else ''}{query}", HTTPStatus.SEE_OTHER)
