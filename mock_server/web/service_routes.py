"""What any monitor or tool may ask without a token: whether we are up, and what we speak."""

import msgspec
from flask import Blueprint, Response

from mock_server.web import openapi
from mock_server.web.control_v1.wire import Health

HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def add_to(blueprint: Blueprint, version: str) -> None:
    @blueprint.get("/healthz")
    def health() -> Response:
        body = msgspec.json.encode(Health(status="ok", version=version))
        return Response(body, headers=HEADERS, content_type="application/json")

    @blueprint.get("/openapi.json")
    def description() -> Response:
        body = openapi.document(version)
        return Response(body, headers=HEADERS, content_type="application/json")
