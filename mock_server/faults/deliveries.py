"""Deliveries beside the one that a request is: what the faults that struck it make of it."""

from collections.abc import Iterable

from mock_server.faults import catalogue
from mock_server.faults.kind import SpoilsAnswer
from mock_server.faults.kinds.net import NetLate
from mock_server.faults.plan import FaultSpec


def late_by_ms(struck: Iterable[FaultSpec]) -> int | None:
    """Return how much later in virtual time the request is obeyed; None: now, or never."""
    for spec in struck:
        params = catalogue.params_of(spec)
        if isinstance(params, NetLate):
            return params.by_ms
    return None


def comes_twice(struck: Iterable[FaultSpec]) -> bool:
    acts = (catalogue.KINDS[spec.fault].act for spec in struck)
    return any(isinstance(act, SpoilsAnswer) and act.doubles for act in acts)
