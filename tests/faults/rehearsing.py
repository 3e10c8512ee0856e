"""A rehearsal small enough to read: a proctor's station and the faults armed over it.

It does what the engine does around a request, without store, clock or lock.
"""

from collections.abc import Mapping
from functools import reduce

from mock_server.domain import commands as c
from mock_server.domain import station as rules
from mock_server.domain.events import CommandRefused
from mock_server.domain.operations import Operation
from mock_server.domain.refusals import Refusal
from mock_server.domain.setup import Setup
from mock_server.faults import armed, conditions
from mock_server.faults.armed import FaultState
from mock_server.faults.catalogue import KINDS
from mock_server.faults.events import FaultArmed, FaultDisarmed, FaultFired, FaultSkipped
from mock_server.faults.parsing import parse
from mock_server.faults.plan import Draw, FaultSpec
from mock_server.faults.report import FaultReport, fault_report
from mock_server.faults.striking import Struck, strike
from tests.builders import EXAMBRO, OWN_ID, SERVER, START_MS, Proctor

EVERY_KIND = frozenset(KINDS)
OPERATION_OF: dict[type, Operation] = {
    c.StartService: Operation.SERVICE_START,
    c.StartPatch: Operation.PATCH_START,
    c.SubmitId: Operation.ID_SUBMIT,
    c.StartBackup: Operation.BACKUP_START,
    c.AskDelete: Operation.DELETE_START,
    c.CancelDelete: Operation.DELETE_START,
    c.StartDelete: Operation.DELETE_START,
    c.StartSync: Operation.SYNC_START,
}


def spec(
    fault: str,
    *,
    id: str = "f1",
    on: str | None = None,
    with_: Mapping[str, object] | None = None,
    when: Mapping[str, object] | None = None,
    effect: str | None = None,
    start_ms: int = START_MS,
    data_sets: int = 9,
    draw: Draw | None = None,
    able: frozenset[str] = EVERY_KIND,
) -> FaultSpec:
    """Read a fault as a scenario file gives it; also one that this build cannot carry out."""
    return parse(
        fault,
        on,
        with_ or {},
        when,
        effect,
        id,
        start_ms=start_ms,
        data_sets=data_sets,
        able=able,
        draw=draw,
    )


class Rehearsed:
    """A proctor under faults. ``fault_events`` is the faults' part of the journal."""

    def __init__(self, of: Setup | None = None, *, proctor: Proctor | None = None) -> None:
        self.proctor = proctor or Proctor(of)
        self.faults = FaultState()
        self.fault_events: list[FaultArmed | FaultDisarmed | FaultFired | FaultSkipped] = []

    @property
    def now_ms(self) -> int:
        return self.proctor.now_ms

    @property
    def station(self):
        return self.proctor.station

    def arm(self, *specs: FaultSpec) -> "Rehearsed":
        for one in specs:
            self._note(FaultArmed(at_ms=self.now_ms, spec=one))
            arming = conditions.on_arming(one, self.faults, self.station, self.now_ms)
            self.proctor.does(*arming.commands)
            self._note(*arming.events)
        return self

    def disarm(self, fault_id: str) -> "Rehearsed":
        found = self.faults.find(fault_id)
        assert found is not None
        self._note(FaultDisarmed(at_ms=self.now_ms, id=fault_id))
        self.proctor.does(*conditions.on_disarming(found.spec, self.faults))
        return self

    def wait(self, ms: int) -> "Rehearsed":
        self.proctor.wait(ms)
        return self

    def strikes(self, command: c.Trainee, op: Operation | None = None) -> Struck:
        """Only ask what would strike."""
        op = op or OPERATION_OF.get(type(command))
        return strike(self.faults, self.station, op, command, self.now_ms)

    def does(self, command: c.Trainee, op: Operation | None = None) -> Struck:
        """Give the command as the engine does; a refusal is journaled and fires nothing."""
        struck = self.strikes(command, op)
        if struck.held:
            self._note(*struck.skipped, *struck.fired)
            return struck
        try:
            events = rules.decide(self.station, struck.command, self.now_ms)
        except Refusal as refusal:
            no = CommandRefused(at_ms=self.now_ms, command="any", code=refusal.code)
            self._fold((no,))
            return struck
        self._note(*struck.skipped, *struck.fired)
        self._fold(events)
        return struck

    def report(self, fault_id: str = "f1") -> FaultReport:
        reports = fault_report(self.faults, self.station, self.now_ms)
        return next(one for one in reversed(reports) if one.id == fault_id)

    def _note(self, *events: FaultArmed | FaultDisarmed | FaultFired | FaultSkipped) -> None:
        self.fault_events.extend(events)
        self.faults = reduce(armed.evolve, events, self.faults)

    def _fold(self, events) -> None:
        self.proctor.journal.extend(events)
        self.proctor.station = reduce(rules.evolve, events, self.station)


def with_exambro(of: Setup | None = None) -> Rehearsed:
    """At the exam server, CBTSync Web open, nothing patched yet."""
    rehearsed = Rehearsed(of)
    rehearsed.proctor.does(
        c.UseMachine(machine=SERVER), c.OpenExambro(version=EXAMBRO), c.OpenCbtsync()
    )
    return rehearsed


def submit(server_id: str = OWN_ID) -> c.SubmitId:
    return c.SubmitId(server_id=server_id)


def look(screen: str) -> c.Look:
    return c.Look(screen=screen)


def fired_ids(struck: Struck) -> list[str]:
    return [event.id for event in struck.fired]


def reasons(struck: Struck) -> dict[str, str]:
    return {fault_id: why.reason for fault_id, why in struck.why_not.items()}
