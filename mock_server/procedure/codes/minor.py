"""R1, R4 to R6 and R8: minor violations that an act shows by itself, without any report."""

from collections.abc import Iterator

from mock_server.domain.events import (
    BackupDownloaded,
    BackupStarted,
    CbtsyncCrashed,
    CommandRefused,
    DeleteStarted,
    IdSubmitted,
    MenuOpened,
    PatchStarted,
    SyncStarted,
)
from mock_server.domain.exam_data import total_rows
from mock_server.domain.setup import Condition
from mock_server.domain.state import Machine
from mock_server.procedure.codes.hits import Hit
from mock_server.procedure.course import Course
from mock_server.procedure.pack import ProcedurePack

# A button, and the refusal it meets while its own job runs.
PRESSED_AGAIN = frozenset(
    {
        ("start-patch", "patching.busy"),
        ("start-backup", "backup.busy"),
        ("start-delete", "delete.busy"),
        ("start-sync", "sync.busy"),
    }
)
# The steps for which one opens a menu, by where the work stands.
IDENTITY_STEPS = frozenset({8, 9, 10, 11})
CLEARING_STEPS = frozenset({12, 13, 14})
SYNC_STEPS = frozenset({15, 16, 17, 18})
CHECKING_STEPS = frozenset({18, 19, 20})


def initial_data_not_looked_at(course: Course, _pack: ProcedurePack) -> Iterator[Hit]:
    """R1: a sync began without REFRESH STATUS since the data last changed."""
    for moment, started in course.acts(SyncStarted):
        if not started.refreshed and not started.resumed:
            yield Hit(moment, started.machine)


def id_mistyped(course: Course, _pack: ProcedurePack) -> Iterator[Hit]:
    """R4: the centre did not know the ID, and indeed there is none such."""
    for moment, submitted in course.acts(IdSubmitted):
        if submitted.verdict == "unknown" and not submitted.known:
            yield Hit(moment, submitted.server_id)


def pressed_again(course: Course, _pack: ProcedurePack) -> Iterator[Hit]:
    """R5: a button pressed while its own job ran.

    A copy that nobody pressed for does not count, nor the first press after a crash has taken
    the running job out of sight, or after a copy began a job that nobody had seen.
    """
    out_of_sight = False
    for moment in course.moments:
        event = moment.event
        if isinstance(event, PatchStarted | BackupStarted | DeleteStarted | SyncStarted):
            out_of_sight = moment.is_copy
        elif isinstance(event, CbtsyncCrashed):
            out_of_sight = True
        elif isinstance(event, CommandRefused) and not event.copy:
            if (event.command, event.code) not in PRESSED_AGAIN:
                continue
            if not out_of_sight:
                yield Hit(moment, event.command)
            out_of_sight = False


def view_left_open(course: Course, _pack: ProcedurePack) -> Iterator[Hit]:
    """R6: START SYNC while the REFRESH STATUS view was open."""
    for moment, started in course.acts(SyncStarted):
        if started.overlay_open:
            yield Hit(moment, started.machine)


def detours(course: Course, pack: ProcedurePack) -> Iterator[Hit]:
    """R8: more menus opened that no step due called for than the pack allows; each time anew."""
    steps_of = {menu.menu: frozenset(menu.steps) for menu in pack.menus}
    backed_up = _begins_backed_up(course)
    crashed = False
    count = 0
    for moment in course.moments:
        event = moment.event
        if isinstance(event, BackupDownloaded):
            backed_up = backed_up or event.whole
        elif isinstance(event, CbtsyncCrashed):
            crashed = True
        elif isinstance(event, MenuOpened) and not moment.is_copy:
            machine = moment.before.machines[event.machine]
            due = _due_steps(machine, backed_up=backed_up)
            away = not steps_of.get(event.menu, frozenset()) & due
            if away and not crashed and machine.menu != event.menu:
                count += 1
                if count > pack.gates.detours_max:
                    count = 0
                    yield Hit(moment, event.menu)
            crashed = False


def _begins_backed_up(course: Course) -> bool:
    order = tuple(Condition)
    return order.index(course.setup.condition) >= order.index(Condition.BACKED_UP)


def _due_steps(machine: Machine, *, backed_up: bool) -> frozenset[int]:
    """Return the steps that may be next; the dashboard is home and never a detour."""
    if machine.sync.phase == "complete":
        return IDENTITY_STEPS | CHECKING_STEPS
    if machine.sync.phase != "none":
        return IDENTITY_STEPS | SYNC_STEPS
    cleared = total_rows(machine.data) == 0
    due = IDENTITY_STEPS
    if not (cleared and backed_up):
        due |= CLEARING_STEPS
    if cleared:
        due |= SYNC_STEPS
    return due
