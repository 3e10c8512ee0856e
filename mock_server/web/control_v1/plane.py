"""The control plane on HTTP: who may, what was asked, what is answered. No fault strikes here."""

from functools import partial
from typing import Any

import msgspec
from flask import Blueprint, Response, request

from mock_server.ports import StoreError
from mock_server.web import reading
from mock_server.web.control_v1 import access, problems
from mock_server.web.control_v1.desk import Desk
from mock_server.web.control_v1.problems import ControlProblem
from mock_server.web.control_v1.routes import CREATED, PREFIX, ROUTES, ControlRoute
from mock_server.web.parts import Parts
from mock_server.web.reading import MalformedError

HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_encode = msgspec.json.Encoder().encode


class ControlPlane:
    """Serves ``/control/v1/`` of one simulator."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._desk = Desk(parts)

    def add_to(self, blueprint: Blueprint) -> None:
        for route in ROUTES:
            blueprint.add_url_rule(
                PREFIX + route.path,
                route.name,
                partial(self._serve, route),
                methods=[route.method],
                provide_automatic_options=False,
            )

    def _serve(self, route: ControlRoute, **named: str) -> Response:
        try:
            self.check_access()
            read = reading.body if route.method == "POST" else reading.query
            told = route.handle(self._desk, read(request, route.asks), **named)
        except ControlProblem as problem:
            return self.problem(problem)
        except MalformedError as error:
            return self.problem(problems.of_malformed(error))
        except StoreError as error:
            return self.problem(problems.of_store(error))
        return self._respond(route, told)

    def _respond(self, route: ControlRoute, told: Any) -> Response:
        if isinstance(told, Response):
            response = told
        elif told is None:
            response = Response(status=route.status)
        else:
            response = Response(_encode(told), route.status, content_type=route.content_type)
        if route.status is CREATED:
            made = told.name if hasattr(told, "name") else told.id
            beside = PREFIX + "rehearsals" if hasattr(told, "name") else request.path
            response.headers["Location"] = f"{beside}/{made}"
        response.headers.update(HEADERS)
        return response

    def check_access(self) -> None:
        """Raises ControlProblem for whoever may not use this plane."""
        access.check(request, token=self._parts.token, lan=self._parts.lan_control)

    def problem(self, problem: ControlProblem) -> Response:
        response = problems.response(problem, request.path)
        response.headers.update(HEADERS)
        return response
