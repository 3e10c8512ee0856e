"""What went wrong on the control plane, as ``application/problem+json`` (RFC 9457)."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus

import msgspec
from flask import Response

from mock_server.ports import StoreError
from mock_server.scenario.problems import ScenarioError
from mock_server.web.control_v1.wire import Problem, ProblemError
from mock_server.web.reading import MalformedError

PROBLEM_JSON = "application/problem+json"
TYPE = "urn:cbtsync:problem:"
KINDS: Mapping[str, str] = {
    "malformed": "The request could not be read",
    "invalid": "A field is not right",
    "unauthorised": "The token is missing or wrong",
    "not-from-here": "Only this machine may use the control plane",
    "not-found": "There is no such thing",
    "method": "This method is not served here",
    "clock": "The clock cannot be moved so",
    "state": "This cannot be done as things stand",
    "storage": "The database cannot be used as it is",
    "defect": "The simulator failed",
}


class ControlProblem(Exception):  # noqa: N818 -- an answer, named as the RFC names it
    """``kind`` is one of KINDS; each of ``errors`` is (pointer, detail, allowed)."""

    def __init__(
        self,
        status: HTTPStatus,
        kind: str,
        detail: str,
        *,
        errors: Iterable[tuple[str, str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.kind = kind
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = headers or {}


def response(problem: ControlProblem, instance: str) -> Response:
    told = Problem(
        type=TYPE + problem.kind,
        title=KINDS[problem.kind],
        status=int(problem.status),
        detail=problem.detail,
        instance=instance,
        errors=[
            ProblemError(pointer=pointer, detail=detail, allowed=allowed)
            for pointer, detail, allowed in problem.errors
        ],
    )
    made = Response(msgspec.json.encode(told), problem.status, content_type=PROBLEM_JSON)
    made.headers.update(problem.headers)
    return made


def not_found(what: str) -> ControlProblem:
    return ControlProblem(HTTPStatus.NOT_FOUND, "not-found", what)


def invalid(pointer: str, detail: str, allowed: str) -> ControlProblem:
    return ControlProblem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "invalid",
        f"{pointer or 'the request'}: {detail}",
        errors=[(pointer, detail, allowed)],
    )


def of_malformed(error: MalformedError) -> ControlProblem:
    fields = error.status is HTTPStatus.UNPROCESSABLE_ENTITY
    return ControlProblem(
        error.status,
        "invalid" if fields else "malformed",
        f"{error.pointer or 'the request'}: {error.detail}",
        errors=[(error.pointer, error.detail, error.allowed.en)],
    )


def of_store(error: StoreError) -> ControlProblem:
    return ControlProblem(HTTPStatus.SERVICE_UNAVAILABLE, "storage", str(error))


def of_scenario(error: ScenarioError, under: str) -> ControlProblem:
    """``under`` is where the scenario stands in the request."""
    return ControlProblem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "invalid",
        f"the scenario cannot be used: {str(error).splitlines()[0]}",
        errors=[(under + one.pointer, one.problem, one.allowed) for one in error.problems],
    )
