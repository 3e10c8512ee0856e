"""The OpenAPI 3.1 document of both planes, made from the types that parse and answer.

Nothing is described by hand that a type says: change the type and the document follows.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import msgspec

from mock_server.web import openapi_parts as parts
from mock_server.web.control_v1 import routes as control
from mock_server.web.control_v1 import wire as told
from mock_server.web.control_v1.problems import PROBLEM_JSON
from mock_server.web.routes.route import STALE, Route
from mock_server.web.routes.table import ROUTES
from mock_server.web.views import DOWNLOAD_PATH
from mock_server.web.wire_answers import RefusalAnswer

Doc = dict[str, Any]
VENDOR = "CBTSync"
CONTROL = "Control plane"
_JSON = "application/json"
_DESCRIPTION = (
    "A simulator of a school's CBTSync exam-sync server. LATIHAN – BUKAN SISTEM UJIAN. "
    "All that belongs to one rehearsal lives under `/r/{name}/`; a client needs that base URL and "
    "nothing else. The control plane begins and steers rehearsals."
)


@lru_cache(maxsize=1)
def document(version: str) -> bytes:
    """Return the document as JSON."""
    schemas = parts.Schemas()
    paths: dict[str, Doc] = {}
    for route in ROUTES:
        path = f"/r/{{name}}/api/{route.path}"
        paths.setdefault(path, {})[route.method.lower()] = _vendor(route, schemas)
    paths[f"/r/{{name}}/api/{DOWNLOAD_PATH}"] = {"get": _download(schemas)}
    for one in control.ROUTES:
        path = parts.braced(control.PREFIX + one.path)
        paths.setdefault(path, {})[one.method.lower()] = _control(one, schemas)
    paths |= _service(schemas)
    doc = {
        "openapi": "3.1.0",
        "info": {
            "title": "CBTSync rehearsal simulator",
            "version": version,
            "description": _DESCRIPTION,
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": VENDOR}, {"name": CONTROL}, {"name": "Service"}],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The control token; the simulator says where it is kept.",
                }
            },
            "schemas": schemas.components(),
        },
    }
    return msgspec.json.encode(doc)


# --- the vendor's plane ---------------------------------------------------------------------------


def _vendor(route: Route, schemas: parts.Schemas) -> Doc:
    refusal = schemas.json(RefusalAnswer)
    answers: dict[str, Doc] = {
        "200": parts.answer("As the screen then stands.", schemas.reply(route.name, route.answers)),
        "404": parts.answer("`error.not_found`: no such rehearsal.", refusal),
        "422": parts.answer(_unprocessable(route.refusals), refusal),
    }
    codes = [code for code in route.refusals if code not in (STALE, *parts.UNPROCESSABLE)]
    if codes:
        said = ", ".join(f"`{code}`" for code in codes)
        answers["409"] = parts.answer(f"The screen says no: {said}.", refusal)
    if STALE in route.refusals:
        answers["412"] = parts.answer(f"`{STALE}`: aimed at data that have changed.", refusal)
    if route.method == "POST":
        answers |= _body_answers(refusal)
    answers["5XX"] = parts.answer("A fault of the rehearsal, or a failure of ours.", refusal)
    doc: Doc = {
        "operationId": route.name,
        "tags": [VENDOR],
        "summary": route.summary,
        "parameters": [parts.NAME, parts.LANGUAGE],
        "responses": dict(sorted(answers.items())),
    }
    if route.op is not None:
        doc["description"] = f"Operation `{route.op.value}`."
    return doc | _asked(doc, route.method, route.asks, schemas)


def _unprocessable(refusals: Iterable[str]) -> str:
    own = [f"`{code}`" for code in refusals if code in parts.UNPROCESSABLE]
    return f"A field is not right: {', '.join(['`error.request`', *own])}."


def _body_answers(content: Doc) -> dict[str, Doc]:
    return {
        "400": parts.answer("The body is not JSON in UTF-8.", content),
        "413": parts.answer("The body is too large.", content),
        "415": parts.answer("The body is of another type than JSON.", content),
    }


def _asked(doc: Doc, method: str, asks: type[msgspec.Struct], schemas: parts.Schemas) -> Doc:
    """Describe what a request brings: a body for POST, else query parameters."""
    if method == "POST":
        content = schemas.json(asks)
        example = parts.example(asks)
        content[_JSON]["example"] = example
        required = bool(schemas.required(asks))
        return {"requestBody": {"required": required, "content": content}}
    return {"parameters": [*doc["parameters"], *schemas.query(asks)]}


def _download(schemas: parts.Schemas) -> Doc:
    refusal = schemas.json(RefusalAnswer)
    file = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
    return {
        "operationId": "backup_download",
        "tags": [VENDOR],
        "summary": "klik disini: the bytes of the backup",
        "description": "Operation `backup.download`. The ETag is the SHA-256 of the file.",
        "parameters": [parts.NAME, parts.LANGUAGE, parts.RANGE, parts.IF_RANGE],
        "responses": {
            "200": parts.answer("The whole file.", file),
            "206": parts.answer("One range of it.", file),
            "404": parts.answer("`error.not_found`: no such rehearsal.", refusal),
            "409": parts.answer("The screen says no: `room.choose`, `backup.none`.", refusal),
            "416": parts.answer("No byte of the file lies in this range.", refusal),
            "422": parts.answer("A field is not right: `error.request`.", refusal),
            "5XX": parts.answer("A fault of the rehearsal, or a failure of ours.", refusal),
        },
    }


# --- the control plane ----------------------------------------------------------------------------


def _control(route: control.ControlRoute, schemas: parts.Schemas) -> Doc:
    problem = {PROBLEM_JSON: schemas.json(told.Problem)[_JSON]}
    status = str(int(route.status))
    answers: dict[str, Doc] = {
        status: _control_answer(route, schemas),
        "401": parts.answer("The token is missing or wrong.", problem),
        "403": parts.answer("Only this machine may use the control plane.", problem),
        "422": parts.answer("A field is not right.", problem),
        "5XX": parts.answer("The database, or the simulator, failed.", problem),
    }
    if "<" in route.path:
        answers["404"] = parts.answer("There is no such thing.", problem)
    if route.conflicts:
        answers["409"] = parts.answer("This cannot be done as things stand.", problem)
    if route.method == "POST":
        answers |= _body_answers(problem)
    doc: Doc = {
        "operationId": route.name,
        "tags": [CONTROL],
        "summary": route.summary,
        "security": [{"token": []}],
        "parameters": parts.path_parameters(route.path),
        "responses": dict(sorted(answers.items())),
    }
    return doc | _asked(doc, route.method, route.asks, schemas)


def _control_answer(route: control.ControlRoute, schemas: parts.Schemas) -> Doc:
    if route.answers is not None:
        found = parts.answer(route.summary + ".", schemas.reply(route.name, route.answers))
    elif route.status is control.GONE:
        found = {"description": "Done."}
    else:
        text = {route.content_type: {"schema": {"type": "string"}}}
        found = parts.answer("One JSON document a line.", text)
    if route.status is control.CREATED:
        found["headers"] = {"Location": {"schema": {"type": "string"}}}
    return found


def _service(schemas: parts.Schemas) -> dict[str, Doc]:
    health = parts.answer("It answers.", schemas.json(told.Health))
    doc = parts.answer("This document.", {_JSON: {"schema": {"type": "object"}}})
    return {
        "/healthz": {
            "get": {
                "operationId": "health",
                "tags": ["Service"],
                "summary": "Whether it is up",
                "responses": {"200": health},
            }
        },
        "/openapi.json": {
            "get": {
                "operationId": "openapi",
                "tags": ["Service"],
                "summary": "This document",
                "responses": {"200": doc},
            }
        },
    }
