"""B1 to B3 and B6 to B9: major violations that an act shows by itself, without any report."""

from collections.abc import Iterator

from mock_server.domain.events import (
    BackupStarted,
    CbtsyncClosed,
    CbtsyncCrashed,
    CommandRefused,
    DeleteStarted,
    Event,
    IdSubmitted,
    MenuOpened,
    PatchFailed,
    PatchStarted,
    PatchSucceeded,
    ScreenSeen,
    ServiceRead,
    ServiceStartRequested,
    SyncStarted,
)
from mock_server.domain.screens import condition
from mock_server.procedure.codes.critical import changes_id_after_sync
from mock_server.procedure.codes.hits import Hit
from mock_server.procedure.course import Course
from mock_server.procedure.pack import ProcedurePack

WAITED_FOR = ("backup", "delete", "sync")  # the jobs of steps 13, 14 and 18


def deleted_without_backup(course: Course, _pack: ProcedurePack) -> Iterator[Hit]:
    """B1: HAPUS on old data without a downloaded backup of them; once a machine."""
    known: set[str] = set()
    for moment, started in course.acts(DeleteStarted):
        if started.before != "old" or started.backed_up or started.machine in known:
            continue
        known.add(started.machine)
        yield Hit(moment, started.machine)


def synced_over_old_data(course: Course, _pack: ProcedurePack) -> Iterator[Hit]:
    """B2: a sync began while rows of the previous phase were there."""
    for moment, started in course.acts(SyncStarted):
        if started.old_rows > 0 and not started.resumed:
            yield Hit(moment, started.machine)


def sync_pressed_in_standby(course: Course, _pack: ProcedurePack) -> Iterator[Hit]:
    """B3: START SYNC while the status was StandBy; OFFLINE is another matter."""
    for moment, refused in course.each(CommandRefused):
        if refused.command != "start-sync" or refused.code != "sync.not_active" or refused.copy:
            continue
        if condition(moment.before, moment.at_ms) in ("closed", "mismatch"):
            yield Hit(moment, moment.before.here)


def submitted_with_old_version(course: Course, pack: ProcedurePack) -> Iterator[Hit]:
    """B6: Submit while CBTSync was not at the pack's version; once a machine and version."""
    known: set[tuple[str, str]] = set()
    for moment, submitted in course.acts(IdSubmitted):
        shown = (submitted.machine, submitted.version)
        if submitted.version == pack.values.cbtsync_version or shown in known:
            continue
        known.add(shown)
        yield Hit(moment, submitted.version)


def submitted_another_servers_id(course: Course, _pack: ProcedurePack) -> Iterator[Hit]:
    """B7: Submit of the registered ID of another server, where it is not K1."""
    for moment, submitted in course.acts(IdSubmitted):
        if submitted.known and not submitted.own and not changes_id_after_sync(submitted):
            yield Hit(moment, submitted.server_id)


def left_a_running_job(course: Course, _pack: ProcedurePack) -> Iterator[Hit]:
    """B8: CBTSync Web closed, or another menu opened, while backup, delete or sync advanced.

    Whom a crash has put elsewhere, or who has left already, does not leave by the next menu. Nobody
    needs to wait for a job that a copy began; and a copy leaves for nobody.
    """
    away: set[str] = set()
    unasked: set[str] = set()  # machines at whose job nobody pressed
    for moment in course.moments:
        event = moment.event
        if isinstance(event, BackupStarted | DeleteStarted | SyncStarted):
            away.discard(event.machine)
            unasked.discard(event.machine)
            if moment.is_copy:
                unasked.add(event.machine)
        elif isinstance(event, CbtsyncClosed | MenuOpened) and event.machine in unasked:
            pass
        elif isinstance(event, CbtsyncClosed | MenuOpened) and moment.is_copy:
            if event.during:
                away.add(event.machine)
        elif isinstance(event, CbtsyncCrashed):
            away.add(event.machine)
        elif isinstance(event, CbtsyncClosed) and event.during in WAITED_FOR:
            away.add(event.machine)
            yield Hit(moment, event.during)
        elif isinstance(event, MenuOpened):
            if not event.during:
                away.discard(event.machine)
            elif event.during in WAITED_FOR and event.machine not in away:
                away.add(event.machine)
                yield Hit(moment, event.during)


def patched_again_blindly(course: Course, pack: ProcedurePack) -> Iterator[Hit]:
    """B9: one retry too many after a failed patching, the service untouched; once a row.

    The first press after a crash takes up what the crash has broken off, and is no retry; nor is
    a copy.
    """
    failed = crashed = False
    retries = 0
    for moment in course.moments:
        event = moment.event
        if isinstance(event, PatchFailed):
            failed = True
        elif isinstance(event, CbtsyncCrashed):
            crashed = True
        elif isinstance(event, PatchStarted) and moment.is_copy:
            pass
        elif isinstance(event, PatchStarted) and crashed:
            crashed = False
        elif isinstance(event, PatchStarted) and failed:
            retries += 1
            if retries == pack.gates.blind_retries_max + 1:
                yield Hit(moment, event.machine)
        elif _touches_service(event):
            retries = 0
        elif isinstance(event, PatchSucceeded):
            failed, retries = False, 0


def _touches_service(event: Event) -> bool:
    if isinstance(event, ScreenSeen):
        return event.screen == "service"
    return isinstance(event, ServiceRead | ServiceStartRequested)
