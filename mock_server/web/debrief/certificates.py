"""``/r/<name>/sertifikat`` and ``/periksa``: a paper for a passed exercise, and its check.

What was issued is kept without any name of a person; the code is made with a secret of the house.
"""

import secrets
from collections.abc import Callable
from http import HTTPStatus

import msgspec
from flask import Blueprint, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from mock_server.classroom import SeatContext
from mock_server.journal import wib
from mock_server.ports import UnknownRehearsalError
from mock_server.training.certificate import (
    Certificate,
    check_code,
    is_genuine,
    plain_code,
)
from mock_server.training.debrief import CertificateFields
from mock_server.web.debrief.fields import long_day
from mock_server.web.debrief.telling import Telling
from mock_server.web.page_errors import error_page, live, page
from mock_server.web.parts import Parts

_KEY, _OF, _CODE = "certificate-secret", "certificate:", "certificate-code:"


class Certificates:
    def __init__(self, parts: Parts, telling: Telling) -> None:
        self._parts = parts
        self._telling = telling

    def add_to(self, blueprint: Blueprint) -> None:
        rules: tuple[tuple[str, str, Callable[..., AnyResponse]], ...] = (
            ("/r/<name>/sertifikat", "certificate", self._certificate),
            ("/periksa", "certificate_check", self._check),
        )
        for path, name, view in rules:
            blueprint.add_url_rule(path, name, view, methods=["GET"])

    def _certificate(self, name: str) -> AnyResponse:
        """Show it once the debrief was opened, and only for a run that has earned one."""
        try:
            answer = self._parts.engine.peek(name)
            story = self._parts.stories.of(self._parts.engine.record(name))
            if answer.training.debrief_ms is None:
                return redirect(f"/r/{name}/bahas", HTTPStatus.SEE_OTHER)
            told = self._telling.debrief(name, answer, story)
        except UnknownRehearsalError:
            return error_page(HTTPStatus.NOT_FOUND)
        if told.certificate is None:
            return error_page(HTTPStatus.NOT_FOUND)
        paper = self._issued(name, told.certificate)
        code = check_code(paper, self._secret())
        self._parts.classroom.store.keep_fact(_CODE + code, name)
        holder, school = _holder(self._parts.classroom.seat_of(name))
        return live(
            page(
                "debrief/certificate.html",
                base=f"/r/{name}/",
                paper=paper,
                code=code,
                holder=holder,
                school=school,
                issued=long_day(wib(paper.issued_ms), g.language),
                title="" if story is None else self._parts.stories.public_name(story, g.language),
            )
        )

    def _issued(self, name: str, fields: CertificateFields) -> Certificate:
        paper = Certificate(rehearsal=name, issued_ms=self._parts.classroom.now_ms(), fields=fields)
        kept = self._parts.classroom.store.keep_fact(
            _OF + name, msgspec.json.encode(paper).decode()
        )
        return msgspec.json.decode(kept, type=Certificate)

    def _check(self) -> AnyResponse:
        given = request.args.get("kode", "")[:40]
        paper = self._found(plain_code(given)) if given.strip() else None
        return page(
            "debrief/check.html",
            given=given,
            paper=paper,
            issued="" if paper is None else long_day(wib(paper.issued_ms), g.language),
        )

    def _found(self, code: str) -> Certificate | None:
        store = self._parts.classroom.store
        name = store.fact(_CODE + code)
        kept = None if name is None else store.fact(_OF + name)
        if kept is None:
            return None
        paper = msgspec.json.decode(kept, type=Certificate)
        return paper if is_genuine(code, paper, self._secret()) else None

    def _secret(self) -> bytes:
        """Return the house's own secret for certificates, made when it is first needed."""
        store = self._parts.classroom.store
        kept = store.fact(_KEY) or store.keep_fact(_KEY, secrets.token_urlsafe(32))
        return kept.encode()


def _holder(seat: SeatContext | None) -> tuple[str, str]:
    """Return name and school as the class has them; blank, to be written by hand, without one."""
    return ("", "") if seat is None else (seat.name, seat.school)
