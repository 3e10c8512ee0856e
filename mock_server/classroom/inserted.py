"""The faults that a facilitator has put into a run, and whether they have struck. Pure."""

from collections.abc import Iterable

import msgspec

from mock_server.classroom.reach import FAULT_PREFIX
from mock_server.faults.events import FaultArmed, FaultDisarmed, FaultFired
from mock_server.journal import AnyEvent


class Inserted(msgspec.Struct, frozen=True, kw_only=True):
    """``id`` is the class's own, by which it takes the fault out again."""

    id: str
    fault: str
    struck: bool


def inserted(events: Iterable[AnyEvent]) -> tuple[Inserted, ...]:
    """Read a whole journal; return what was put in and not taken out again, in order."""
    found: dict[str, Inserted] = {}
    for event in events:
        match event:
            case FaultArmed(spec=spec) if spec.id.startswith(FAULT_PREFIX):
                own = spec.id.removeprefix(FAULT_PREFIX)
                found[spec.id] = Inserted(id=own, fault=spec.fault, struck=False)
            case FaultDisarmed(id=fault_id):
                found.pop(fault_id, None)
            case FaultFired(id=fault_id) if fault_id in found:
                found[fault_id] = msgspec.structs.replace(found[fault_id], struck=True)
            case _:
                pass
    return tuple(found.values())
