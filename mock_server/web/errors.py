"""What no handler has answered: unknown paths, wrong methods, our own failures.

Each plane is answered in its own dialect: the vendor's, the control plane's, or a page for people.
No traceback ever leaves; it goes to the log.
"""

import re
import traceback
from collections.abc import Callable
from http import HTTPStatus

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from mock_server.ports import StoreError
from mock_server.web.api import VendorPlane
from mock_server.web.control_v1.plane import ControlPlane
from mock_server.web.control_v1.problems import ControlProblem
from mock_server.web.page_errors import error_page

_VENDOR = re.compile(r"/r/([^/]*)/api(?:/|$)")
_CONTROL = re.compile(r"/(?:control|openapi\.json|healthz)(?:/|$)")
_KINDS = {HTTPStatus.NOT_FOUND: "not-found", HTTPStatus.METHOD_NOT_ALLOWED: "method"}


class Errors:
    """Answers in the dialect of the plane that was asked."""

    def __init__(
        self, vendor: VendorPlane, control: ControlPlane, report: Callable[[str], None]
    ) -> None:
        self._vendor = vendor
        self._control = control
        self._report = report

    def register(self, app: Flask) -> None:
        app.register_error_handler(HTTPException, self._http)
        app.register_error_handler(StoreError, self._store)
        app.register_error_handler(Exception, self._defect)

    def _http(self, error: HTTPException) -> Response | HTTPException:
        if isinstance(error, RequestRedirect):
            return error
        status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
        allowed = ", ".join(sorted(getattr(error, "valid_methods", None) or ()))
        response = self._answer(status, allowed)
        if allowed:
            response.headers["Allow"] = allowed
        return response

    def _store(self, error: StoreError) -> Response:
        self._report(f"{request.method} {request.path}: {error}")
        return self._answer(HTTPStatus.SERVICE_UNAVAILABLE, detail=str(error))

    def _defect(self, error: Exception) -> Response:
        trace = "".join(traceback.format_exception(error))
        self._report(f"{request.method} {request.path} failed:\n{trace}")
        return self._answer(HTTPStatus.INTERNAL_SERVER_ERROR)

    def _answer(self, status: HTTPStatus, allowed: str = "", detail: str = "") -> Response:
        if vendor := _VENDOR.match(request.path):
            return self._in_character(vendor[1], status, allowed)
        if _CONTROL.match(request.path):
            return self._problem(status, allowed, detail)
        return error_page(status)

    def _in_character(self, name: str, status: HTTPStatus, allowed: str) -> Response:
        fields: dict[str, str] = {}
        if status is HTTPStatus.NOT_FOUND:
            code = "error.not_found"
        elif status is HTTPStatus.METHOD_NOT_ALLOWED:
            code, fields = "error.method", {"method": request.method, "allowed": allowed}
        elif status < HTTPStatus.INTERNAL_SERVER_ERROR:
            code, fields = "error.request", {"field": "HTTP", "allowed": "HTTP/1.1"}
        else:
            code = "error.internal"
        return self._vendor.failed(name, code, status, **fields)

    def _problem(self, status: HTTPStatus, allowed: str, detail: str) -> Response:
        try:
            if request.path.startswith("/control"):
                self._control.check_access()
        except ControlProblem as problem:
            return self._control.problem(problem)
        kind = _KINDS.get(status, "malformed" if status < HTTPStatus.INTERNAL_SERVER_ERROR else "")
        if not kind:
            kind = "storage" if status is HTTPStatus.SERVICE_UNAVAILABLE else "defect"
        said = detail or (f"{request.method} is not served here" if allowed else status.phrase)
        errors = [("", said, allowed)] if allowed else []
        return self._control.problem(ControlProblem(status, kind, said, errors=errors))
