"""The faults of a rehearsal: list, arm, disarm, and why one has not struck."""

from collections.abc import Mapping
from http import HTTPStatus

from mock_server.faults.errors import FaultError
from mock_server.faults.parsing import parse
from mock_server.faults.plan import FaultSpec, WhyNot
from mock_server.faults.reach import check_reach
from mock_server.faults.report import FaultReport
from mock_server.web.control_v1 import asks, wire
from mock_server.web.control_v1.desk import Desk
from mock_server.web.control_v1.problems import ControlProblem, invalid, not_found

SAID: Mapping[str, str] = {
    "OPERATION_DIFFERS": "the operation that it strikes has not been asked for",
    "WINDOW_NOT_OPEN": "its trigger is not open",
    "COUNT_SPENT": "it has struck as often as it may",
    "PRECEDENCE": "another fault struck that request and left it nothing to do",
    "STATE": "the station stood so that it would have changed nothing",
    "DISARMED": "it is disarmed",
}
DETAILS: Mapping[str, str] = {
    "not-yet": "its time has not come",
    "over": "its time is over",
    "ttl": "it has lived as long as it may",
    "skip": "it lets the first requests pass",
    "draw": "the dice decided against it",
}


def listed(desk: Desk, _asked: asks.NoFields, name: str) -> wire.FaultsTold:
    desk.peek(name)
    return wire.FaultsTold(faults=desk.engine.fault_report(name))


def arm(desk: Desk, asked: asks.ArmAsked, name: str) -> FaultReport:
    setup = desk.peek(name).station.setup
    known = desk.engine.fault_report(name)
    armed = {one.id for one in known if one.armed}
    fault_id = asked.id if asked.id is not None else _free({one.id for one in known})
    if fault_id in armed:
        raise invalid("/id", f"a fault {fault_id!r} is armed already", "another id")
    try:
        spec: FaultSpec = parse(
            asked.fault,
            asked.on,
            asked.with_,
            asked.when,
            asked.effect,
            fault_id,
            start_ms=setup.start_ms,
            data_sets=len(setup.data_sets),
        )
        check_reach(spec.fault, has_socket=desk.has_socket)
    except FaultError as error:
        pointer = "".join(f"/{part}" for part in error.path)
        raise invalid(pointer, error.problem, error.allowed) from None
    desk.engine.arm(name, spec)
    return _reported(desk, name, fault_id)


def disarm(desk: Desk, _asked: asks.NoFields, name: str, fault_id: str) -> None:
    if not _reported(desk, name, fault_id).armed:
        raise ControlProblem(
            HTTPStatus.CONFLICT, "state", f"the fault {fault_id!r} is disarmed already"
        )
    desk.engine.disarm(name, fault_id)


def explain(desk: Desk, _asked: asks.NoFields, name: str, fault_id: str) -> wire.Explanation:
    found = _reported(desk, name, fault_id)
    why = found.why_not
    return wire.Explanation(
        id=found.id,
        fault=found.fault,
        armed=found.armed,
        hits=found.hits,
        reason=None if why is None else why.reason,
        detail="" if why is None else why.detail,
        said=said(why, found.hits),
    )


def said(why: WhyNot | None, hits: int) -> str:
    if why is None:
        return f"it has struck {hits} times and may do so again" if hits else "it holds"
    return DETAILS.get(why.detail, SAID[why.reason])


def _free(taken: set[str]) -> str:
    number = len(taken) + 1
    while f"f{number}" in taken:
        number += 1
    return f"f{number}"


def _reported(desk: Desk, name: str, fault_id: str) -> FaultReport:
    """Return the fault last armed under this id. Raises ControlProblem if there is none."""
    desk.peek(name)
    for one in reversed(desk.engine.fault_report(name)):
        if one.id == fault_id:
            return one
    raise not_found(f"no fault {fault_id[:80]!r} was armed in this rehearsal")
