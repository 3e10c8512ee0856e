"""What the reference proctor does: requests and waits, as data, one course for each thing at stake.

It walks blindly: whatever an answer says, the next request is the same. Placeholders in braces are
filled in from the rehearsal.
"""

from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from mock_server.domain.operations import Operation
from mock_server.domain.setup import Condition

SECOND_MS, MINUTE_MS, HOUR_MS = 1_000, 60_000, 3_600_000
OVER_MS = 3 * HOUR_MS  # by then every job has ended, or never will


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """One request; ``path`` is below ``/r/<name>/api/``, ``body`` a JSON object of texts."""

    op: Operation
    method: str = "POST"
    path: str
    body: tuple[tuple[str, str], ...] = ()


class Wait(msgspec.Struct, frozen=True, kw_only=True):
    """Virtual time that passes."""

    ms: int


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """``given`` are the faults that must have struck for there to be something at stake."""

    start: Condition
    given: tuple[str, ...] = ()
    steps: tuple[Ask | Wait, ...]

    def without(self, op: Operation) -> "Course":
        """Return the course on which the first such request is never sent."""
        index = self._first(op)
        return replace(self, steps=self.steps[:index] + self.steps[index + 1 :])

    def nowhere(self) -> "Course":
        return replace(self, steps=())

    def _first(self, op: Operation) -> int:
        """Raises ValueError if no request of the course is of this operation."""
        for index, step in enumerate(self.steps):
            if isinstance(step, Ask) and step.op is op:
                return index
        raise ValueError(f"no request of this course is {op.value}")


def _look(op: Operation, path: str) -> Ask:
    return Ask(op=op, method="GET", path=path)


_USE = Ask(op=Operation.MACHINE_USE, path="machine/use", body=(("machine", "{machine}"),))
_EXAMBRO = Ask(op=Operation.EXAMBRO_OPEN, path="exambro/open", body=(("version", "{exambro}"),))
_REFRESH = Ask(op=Operation.SERVICE_REFRESH, path="service/refresh")
_OPEN = Ask(op=Operation.CBTSYNC_OPEN, path="cbtsync/open")
_SUBMIT = Ask(op=Operation.ID_SUBMIT, path="id/submit", body=(("server_id", "{server_id}"),))
_REOPEN = (Ask(op=Operation.CBTSYNC_CLOSE, path="cbtsync/close"), _OPEN)
_PATCH = _look(Operation.PATCH_STATUS, "patch")
_BACKUP = _look(Operation.BACKUP_STATUS, "backup")
_DOWNLOAD = _look(Operation.BACKUP_DOWNLOAD, "backup/download")
_DELETE = _look(Operation.DELETE_STATUS, "delete")
_SYNC = _look(Operation.SYNC_STATUS, "sync")
_LISTS = (
    Ask(op=Operation.STATUS_REFRESH, path="status/refresh"),
    _look(Operation.PARTICIPANTS_LIST, "participants"),
    _look(Operation.TESTS_LIST, "tests"),
)
_START_SERVICE = Ask(op=Operation.SERVICE_START, path="service/start")
_START_PATCH = Ask(op=Operation.PATCH_START, path="patch/start")
_START_BACKUP = Ask(op=Operation.BACKUP_START, path="backup/start")
_START_DELETE = Ask(op=Operation.DELETE_START, path="delete/start", body=(("answer", "yes"),))
_START_SYNC = Ask(op=Operation.SYNC_START, path="sync/start")
# A little longer than each takes by itself: what is slow is seen to be.
_PATCHED = Wait(ms=2 * MINUTE_MS)
_BACKED_UP = Wait(ms=3 * MINUTE_MS)
_DELETED = Wait(ms=MINUTE_MS)
_SYNCED = Wait(ms=31 * MINUTE_MS)
_OVER = Wait(ms=OVER_MS)


def _after(look: Ask) -> Iterator[Ask | Wait]:
    """Look, let everything come to its end, look again, and once more as after a crash."""
    yield from (look, _OVER, look, *_REOPEN, _SUBMIT, look)


COMMANDS: dict[Operation, Course] = {
    Operation.SERVICE_START: Course(
        start=Condition.FRESH_BOOT,
        given=("service.stopped",),
        steps=(_USE, _EXAMBRO, _REFRESH, _START_SERVICE, Wait(ms=10 * SECOND_MS), _REFRESH),
    ),
    Operation.PATCH_START: Course(
        start=Condition.FRESH_BOOT,
        steps=(
            *(_USE, _EXAMBRO, _OPEN, _START_PATCH, _PATCHED),
            *(_PATCH, _OVER, _PATCH, *_REOPEN, _PATCH),
        ),
    ),
    Operation.ID_SUBMIT: Course(
        start=Condition.PATCHED,
        steps=(_USE, _SUBMIT, _look(Operation.DASHBOARD_VIEW, "dashboard")),
    ),
    Operation.BACKUP_START: Course(
        start=Condition.ACTIVE,
        steps=(_USE, _START_BACKUP, _BACKED_UP, _BACKUP, _DOWNLOAD, *_after(_BACKUP)),
    ),
    Operation.DELETE_START: Course(
        start=Condition.BACKED_UP,
        steps=(_USE, _START_DELETE, _DELETED, *_after(_DELETE)),
    ),
    Operation.SYNC_START: Course(
        start=Condition.READY_TO_SYNC,
        steps=(_USE, _START_SYNC, _SYNCED, *_after(_SYNC), *_LISTS),
    ),
}
"""For the faults that strike a command, by the operation struck."""

_WITH_A_BACKUP = (_USE, _START_BACKUP, _BACKED_UP)
ANSWERS: dict[Operation, Course] = {
    Operation.BACKUP_START: Course(start=Condition.ACTIVE, steps=(*_WITH_A_BACKUP, _BACKUP, _OVER)),
    # The second look finds nothing new: answered the short way, unless a fault waits for it.
    Operation.BACKUP_STATUS: Course(
        start=Condition.ACTIVE, steps=(*_WITH_A_BACKUP, _BACKUP, Wait(ms=MINUTE_MS), _BACKUP)
    ),
    Operation.BACKUP_DOWNLOAD: Course(start=Condition.ACTIVE, steps=(*_WITH_A_BACKUP, _DOWNLOAD)),
}
"""For the faults of answers and connections, one operation a class: a command, a look, a file."""

PROCEDURE = Course(
    start=Condition.FRESH_BOOT,
    steps=(
        *(_USE, _EXAMBRO, _REFRESH, _OPEN, _START_PATCH, _PATCHED, _PATCH),
        *(_SUBMIT, _look(Operation.DASHBOARD_VIEW, "dashboard")),
        *(_START_BACKUP, _BACKED_UP, _BACKUP, _DOWNLOAD),
        *(_START_DELETE, _DELETED, _DELETE),
        *(_START_SYNC, _SYNCED, _SYNC, _OVER, _SYNC, *_LISTS),
    ),
)
"""For the conditions: they may be met anywhere."""
