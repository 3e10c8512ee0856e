"""Both planes do what the OpenAPI document says, whatever is sent: driven from the document itself.

Each case goes to a rehearsal of its own, so that none disturbs the next.
"""

from collections.abc import Iterator
from itertools import cycle
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.checks import CHECKS

from tests.web.visitor import BEARER, Simulator, Visitor

pytestmark = [pytest.mark.contract, pytest.mark.slow]

EXAMPLES = 12
CONDITIONS = ("fresh-boot", "active", "ready-to-sync", "synced")
SIMULATOR = Simulator()
SCHEMA = schemathesis.openapi.from_wsgi("/openapi.json", SIMULATOR.app)
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations()]
each_operation = pytest.mark.parametrize(
    "operation", OPERATIONS, ids=[operation.label for operation in OPERATIONS]
)
bounded = settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)


def test_the_document_describes_every_operation() -> None:
    assert len(OPERATIONS) == 63


def test_the_document_is_openapi_and_one_that_is_not_would_be_seen() -> None:
    SCHEMA.validate()  # against the metaschema of OpenAPI 3.1

    broken = SCHEMA.raw_schema | {"paths": {"/healthz": {"get": {"responses": "none"}}}}
    with pytest.raises(jsonschema_rs.ValidationError):
        schemathesis.openapi.from_dict(broken).validate()


# What fits the schema is not always right there: some fields have to name what is there, to aim at
# the data that are there, or exclude one another. Refused as described all the same.
CHOOSY = {
    "POST /r/{name}/api/machine/use": "a machine of the desk",
    "POST /r/{name}/api/menu/open": "a menu of the pack",
    "POST /r/{name}/api/backup/start": "aims at a data_version",
    "POST /r/{name}/api/delete/start": "aims at a data_version",
    "POST /r/{name}/api/sync/start": "aims at a data_version",
    "POST /control/v1/rehearsals": "either scenario or document",
    "POST /control/v1/rehearsals/{name}/fork": "an event that has happened",
    "POST /control/v1/rehearsals/{name}/rewind": "an event that has happened",
    "POST /control/v1/rehearsals/{name}/clock/advance": "either by_ms or to_ms",
    "POST /control/v1/rehearsals/{name}/faults": "a fault of the catalogue",
    "POST /control/v1/rehearsals/{name}/verify": "either op or type",
}
(ACCEPTANCE,) = CHECKS.get_by_names(["positive_data_acceptance"])


def test_only_operations_that_exist_are_choosy() -> None:
    assert CHOOSY.keys() <= {operation.label for operation in OPERATIONS}


def rehearsals() -> Iterator[Visitor]:
    """Yield a fresh rehearsal for every case, in changing conditions, with a fault armed."""
    for condition in cycle(CONDITIONS):
        visitor = SIMULATOR.begin(condition)
        if condition != "fresh-boot":
            visitor.sit_down()
        visitor.arm("tests.missing", id="f1")
        yield visitor


VISITORS = rehearsals()


def sent(operation: APIOperation, case: Case) -> None:
    """Send the case to a rehearsal that exists, and hold the answer against the document."""
    visitor = next(VISITORS)
    known = {"name": visitor.name, "fault_id": "f1", "scenario_id": "normal"}
    case.path_parameters = {key: known[key] for key in case.path_parameters or {}}
    if isinstance(case.body, dict | list):
        case.body = with_integers(case.body)
    case.call_and_validate(
        headers=BEARER if "/control/" in operation.path else None,
        excluded_checks=[ACCEPTANCE] if operation.label in CHOOSY else [],
    )


def with_integers(value: Any) -> Any:
    """Write 68.0 as 68: JSON Schema counts it among the integers, we read it as a fraction."""
    match value:
        case float():
            return int(value) if value.is_integer() else value
        case list():
            return [with_integers(one) for one in value]
        case dict():
            return {key: with_integers(one) for key, one in value.items()}
        case _:
            return value


@each_operation
def test_what_fits_the_description_is_answered_as_described(operation: APIOperation) -> None:
    @bounded
    @given(case=operation.as_strategy(GenerationMode.POSITIVE))
    def fits(case: Case) -> None:
        sent(operation, case)

    fits()


@each_operation
def test_what_does_not_fit_is_refused_as_described(operation: APIOperation) -> None:
    if not (operation.body or operation.query):
        return  # nothing that could not fit: the path is ours, headers are texts

    @bounded
    @given(case=operation.as_strategy(GenerationMode.NEGATIVE))
    def unfit(case: Case) -> None:
        sent(operation, case)

    unfit()


def test_nothing_that_was_sent_was_a_failure_of_ours() -> None:
    assert SIMULATOR.failures == []
