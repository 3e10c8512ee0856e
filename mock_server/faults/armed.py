"""The faults of one rehearsal: which are armed, how often each struck, why it last did not.

``evolve`` folds one event; nothing else changes this. What was disarmed stays, for the report.
"""

from typing import assert_never

import msgspec
from msgspec.structs import replace

from mock_server.faults.events import (
    FaultArmed,
    FaultDisarmed,
    FaultEvent,
    FaultFired,
    FaultSkipped,
)
from mock_server.faults.plan import FaultSpec, WhyNot


class Armed(msgspec.Struct, frozen=True, kw_only=True):
    """``skipped`` and ``draws`` count what its trigger used up; ``last`` is why it let its
    operation pass, if it did so since it last struck."""

    spec: FaultSpec
    armed_ms: int
    disarmed_ms: int | None = None
    hits: int = 0
    skipped: int = 0
    draws: int = 0
    last: WhyNot | None = None


class FaultState(msgspec.Struct, frozen=True, kw_only=True):
    """In the order of arming. An id may come again once it was disarmed."""

    faults: tuple[Armed, ...] = ()
    live: tuple[Armed, ...] = ()  # those of ``faults`` that are not disarmed

    def find(self, fault_id: str) -> Armed | None:
        """Return the fault last armed under this id, disarmed or not."""
        return next((one for one in reversed(self.faults) if one.spec.id == fault_id), None)

    def is_armed(self, fault_id: str) -> bool:
        return any(one.spec.id == fault_id for one in self.live)


def evolve(state: FaultState, event: FaultEvent) -> FaultState:
    """Fold one event. Raises ValueError for a fault that is not armed: the journal is broken."""
    match event:
        case FaultArmed():
            if state.is_armed(event.spec.id):
                raise ValueError(f"fault {event.spec.id!r} is armed already")
            return _with((*state.faults, Armed(spec=event.spec, armed_ms=event.at_ms)))
        case FaultDisarmed():
            old = _armed(state, event.id)
            return _put(state, old, replace(old, disarmed_ms=event.at_ms))
        case FaultFired():
            old = _armed(state, event.id)
            drawn = old.draws + (old.spec.when.draw is not None)
            return _put(state, old, replace(old, hits=event.hit, draws=drawn, last=None))
        case FaultSkipped():
            old = _armed(state, event.id)
            return _put(state, old, _passed(old, event))
        case _:
            assert_never(event)


def _passed(old: Armed, event: FaultSkipped) -> Armed:
    return replace(
        old,
        skipped=old.skipped + (event.detail == "skip"),
        draws=old.draws + (event.detail == "draw"),
        last=WhyNot(reason=event.reason, detail=event.detail),
    )


def _armed(state: FaultState, fault_id: str) -> Armed:
    for one in state.live:
        if one.spec.id == fault_id:
            return one
    raise ValueError(f"fault {fault_id!r} is not armed")


def _put(state: FaultState, old: Armed, new: Armed) -> FaultState:
    return _with(tuple(new if one is old else one for one in state.faults))


def _with(faults: tuple[Armed, ...]) -> FaultState:
    live = tuple(one for one in faults if one.disarmed_ms is None)
    return FaultState(faults=faults, live=live)
