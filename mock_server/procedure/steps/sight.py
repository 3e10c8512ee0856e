"""What the evidence of a step is looked for in: the course, its report, and how far it has come."""

import msgspec

from mock_server.domain.events import SyncStarted
from mock_server.domain.state import Machine
from mock_server.procedure.course import Course, machine_in_use
from mock_server.procedure.filed import Filed
from mock_server.procedure.pack import ProcedurePack

FULL = 1000
MISSED = 0
Credit = int | None  # permille of the weight; None: not observed


class Sight(msgspec.Struct, frozen=True, kw_only=True):
    """``reached`` is the step of the furthest act, ``done`` the last step that stood done at the
    start. ``submit`` and ``sync`` are the indices of the first Submit and the first START SYNC,
    ``sync_started`` is the latter's event."""

    course: Course
    pack: ProcedurePack
    filed: Filed | None  # the last report
    reached: int
    done: int
    submit: int | None
    sync: int | None
    sync_started: SyncStarted | None

    @property
    def half(self) -> int:
        return self.pack.gates.repaired_credit_permille

    @property
    def ready(self) -> bool:
        """Whether the work was declared done: then every step was called for."""
        return self.filed is not None and self.filed.ready

    @property
    def machine(self) -> Machine:
        """The machine of the first sync, as it is at the end; else the one in use."""
        end = self.course.end
        if self.sync is None:
            return machine_in_use(end)
        return machine_in_use(self.course.moments[self.sync].before)

    def missed(self, step: int) -> Credit:
        """Return the credit of a step without evidence: missed once it lies behind."""
        return MISSED if self.ready or self.reached > step else None

    def before_sync(self, index: int | None) -> bool:
        return index is not None and (self.sync is None or index < self.sync)

    def form_right(self, field: str) -> bool:
        """Whether a report was filed and this field of it is right."""
        return self.filed is not None and field not in self.filed.report.wrong

    def form_wrong(self, field: str) -> bool:
        return self.filed is not None and field in self.filed.report.wrong
