"""The golden exchanges are what the simulator says today; both sides are tested with them."""

import json

import pytest

from mock_server.web.control_v1.routes import ROUTES as CONTROL
from mock_server.web.routes.table import ROUTES
from tests.contract.golden_day import GOLDEN, exchanges, files

ANEW = "if this is meant: python -m tests.contract.golden_day"


@pytest.fixture(scope="module")
def lived() -> dict:
    return dict(files(exchanges()))


def test_every_golden_file_is_what_the_simulator_says_today(lived):
    kept = {path: path.read_text(encoding="utf-8") for path in GOLDEN.glob("*.json")}
    made = {path: text for path, text in lived.items() if path.parent == GOLDEN}

    assert kept == made, ANEW


def test_the_examples_of_the_description_are_the_golden_replies(lived):
    for path, text in lived.items():
        assert path.read_text(encoding="utf-8") == text, ANEW


def test_a_day_lived_twice_is_the_same_day(lived):
    assert dict(files(exchanges())) == lived


def test_every_operation_of_the_vendors_plane_has_its_golden_exchange():
    named = {path.stem for path in GOLDEN.glob("*.json")}

    assert {route.name for route in ROUTES} <= named
    steered = {route.name for route in CONTROL}
    assert steered - named == {
        "export_journal", "list_fault_kinds", "list_scenarios", "show_scenario",
    }  # fmt: skip


def test_every_kind_of_no_has_a_golden_exchange():
    replies = [json.loads(path.read_text(encoding="utf-8")) for path in GOLDEN.glob("*.json")]

    assert {one["status"] for one in replies} >= {200, 201, 204, 404, 409, 412, 422, 503}
