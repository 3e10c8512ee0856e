"""Faults of the answer on a look: what arrives, whether the screen was seen, and that it passes."""

import pytest

from mock_server.faults.catalogue import KINDS
from tests.web.visitor import Simulator, Visitor

CASES = [
    (kind.name, effect)
    for kind in KINDS.values()
    if kind.layer == "http"
    for effect in kind.effects(kind.params())
]
each_case = pytest.mark.parametrize(("fault", "effect"), CASES)


def struck(fault: str, effect: str) -> tuple[Visitor, object]:
    visitor = Simulator().begin("active").sit_down()
    visitor.arm(fault, on="dashboard.view", effect=effect)
    return visitor, visitor.get("dashboard")


def kind_of(answer) -> str:
    """Tell what became of an answer, as a client would have to."""
    if answer.status_code != 200:
        return "status"
    if answer.mimetype != "application/json":
        return "html-for-json"
    if not answer.data:
        return "empty"
    if len(answer.data) < int(answer.headers["Content-Length"]):
        return "truncate"
    return "true" if answer.get_json(silent=True) else "malformed"


def test_every_fault_of_the_answer_is_tried():
    assert len({fault for fault, _ in CASES}) == 7


@pytest.mark.slow
@each_case
def test_the_answer_is_damaged_as_the_fault_says_and_the_next_one_is_true(fault, effect):
    visitor, answer = struck(fault, effect)

    late = fault in ("http.slow", "http.dribble")
    assert kind_of(answer) == ("true" if late else fault.removeprefix("http."))
    assert bool(visitor.simulator.paused_ms) is late
    assert kind_of(visitor.get("dashboard")) == "true"
    assert visitor.simulator.failures == []


@pytest.mark.slow
@each_case
def test_a_screen_was_seen_only_if_the_request_took_effect(fault, effect):
    visitor, _ = struck(fault, effect)

    seen = [event for event in visitor.events("screen-seen") if event["screen"] == "dashboard"]

    assert len(seen) == (effect == "applied")


@each_case
def test_what_was_heard_is_the_status_that_left(fault, effect):
    visitor, answer = struck(fault, effect)

    assert [one["status"] for one in visitor.heard() if one["op"] == "dashboard.view"] == [
        answer.status_code
    ]
