"""The OpenAPI document is whole: every route, every reference, examples that are what they show."""

import json
import re
from typing import Any

import jsonschema_rs
import msgspec
import pytest

from mock_server.scenario.packs import load_messages, load_pack
from mock_server.web.control_v1.routes import ROUTES as CONTROL
from mock_server.web.routes.table import ROUTES
from tests.web.visitor import Simulator, shared

DOCUMENT: dict[str, Any] = shared().http.get("/openapi.json").json
OPERATIONS = {
    (method.upper(), path): operation
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
}
each_operation = pytest.mark.parametrize(
    "place", OPERATIONS, ids=[" ".join(place) for place in OPERATIONS]
)


def references(value: object) -> list[str]:
    match value:
        case {"$ref": str(target), **rest}:
            return [target, *references(rest)]
        case dict():
            return [found for one in value.values() for found in references(one)]
        case list():
            return [found for one in value for found in references(one)]
    return []


def is_valid(value: object, schema: dict) -> bool:
    root = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    root["components"] = DOCUMENT["components"]
    return jsonschema_rs.validator_for(root).is_valid(value)


def test_the_document_says_what_it_is():
    assert DOCUMENT["openapi"] == "3.1.0"
    assert "LATIHAN" in DOCUMENT["info"]["description"]
    assert DOCUMENT["info"]["version"] == shared().http.get("/healthz").json["version"]


def test_every_route_for_machines_is_described_and_nothing_else():
    served = set()
    for rule in shared().app.url_map.iter_rules():
        if rule.endpoint.startswith("machines."):
            path = re.sub(r"<(\w+)>", r"{\1}", rule.rule)
            served |= {(method, path) for method in rule.methods - {"HEAD", "OPTIONS"}}

    assert set(OPERATIONS) == served


def test_operations_have_names_of_their_own():
    names = [operation["operationId"] for operation in OPERATIONS.values()]

    assert len(set(names)) == len(names)


def test_every_reference_leads_somewhere():
    schemas = {f"#/components/schemas/{name}" for name in DOCUMENT["components"]["schemas"]}

    assert set(references(DOCUMENT)) == schemas


def test_every_schema_is_json_schema():
    for name, schema in DOCUMENT["components"]["schemas"].items():
        root = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
        assert jsonschema_rs.meta.is_valid(root), name
    assert not jsonschema_rs.meta.is_valid({**root, "type": "texts"})


def test_only_the_control_plane_asks_for_the_token():
    asked = {place for place, operation in OPERATIONS.items() if "security" in operation}

    assert asked == {place for place in OPERATIONS if place[1].startswith("/control/")}


@each_operation
def test_parameters_of_the_path_are_declared(place):
    declared = {
        one["name"] for one in OPERATIONS[place].get("parameters", ()) if one["in"] == "path"
    }

    assert declared == set(re.findall(r"\{(\w+)\}", place[1]))


@each_operation
def test_the_errors_that_may_come_are_described(place):
    described = set(OPERATIONS[place]["responses"])
    method, path = place

    if path.startswith(("/healthz", "/openapi")):
        return
    assert {"422", "5XX"} <= described
    if method == "POST":
        assert {"400", "413", "415"} <= described
    if path.startswith("/control/"):
        assert {"401", "403"} <= described
    if "{" in path:
        assert "404" in described


@each_operation
def test_examples_fit_their_schemas(place):
    operation = OPERATIONS[place]
    bodies = [operation["requestBody"]] if "requestBody" in operation else []
    for holder in [*bodies, *operation["responses"].values()]:
        for media in holder.get("content", {}).values():
            if "example" in media:
                assert is_valid(media["example"], media["schema"])


def test_most_answers_show_an_example():
    shown = sum(
        "example" in media
        for operation in OPERATIONS.values()
        for answer in operation["responses"].values()
        for media in answer.get("content", {}).values()
    )

    assert shown > 45


@pytest.mark.parametrize("route", [*ROUTES, *CONTROL], ids=lambda route: route.name)
def test_a_request_as_in_the_example_is_understood(route):
    if route.method != "POST":
        return
    described = next(one for one in OPERATIONS.values() if one["operationId"] == route.name)
    example = described["requestBody"]["content"]["application/json"]["example"]

    msgspec.json.decode(json.dumps(example), type=route.asks)


def test_every_refusal_that_is_described_has_its_text():
    messages = load_messages(load_pack("unbk-2017"))
    described = {
        code
        for operation in OPERATIONS.values()
        for answer in operation["responses"].values()
        for code in re.findall(r"`([a-z]+\.[a-z_]+)`", answer["description"])
    }

    assert len(described) > 20
    assert all(code in messages for code in described)


def test_the_document_does_not_change_from_one_simulator_to_the_next():
    assert Simulator().http.get("/openapi.json").data == shared().http.get("/openapi.json").data


def test_a_value_that_does_not_fit_is_seen():
    schema = {"$ref": "#/components/schemas/DeleteStart"}

    assert is_valid({"answer": "yes"}, schema)
    assert not is_valid({"answer": "perhaps"}, schema)
