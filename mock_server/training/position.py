"""Where a trainee is: the step that is next to be done, as far as the screens have shown it.

What nobody has looked at yet moves nobody on: a patching that failed unseen is still the patching
whose result has to be read.
"""

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from mock_server.domain import events as e
from mock_server.domain import exam_data
from mock_server.domain.setup import Setup
from mock_server.domain.state import Machine, Station
from mock_server.procedure.course import Course, Moment
from mock_server.procedure.numbers import StepNumber
from mock_server.procedure.steps_observed import ARISING, DONE_AT, StepCredit

LAST_STEP = 21
CHECKED_FROM = 13  # a start condition at or after this step has its backup already
PARTS = ("7a", "7b", "7c", "7d", "7e", "7f")


class Stand(msgspec.Struct, frozen=True, kw_only=True):
    """From ``at_ms``, after event ``seq``, the trainee stood at ``step``."""

    step: StepNumber
    at_ms: int
    seq: int


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """``done`` are the steps that show credit or stood done at the start, in the pack's order.
    ``finished``: a report was filed."""

    step: StepNumber
    since_ms: int
    done: tuple[StepNumber, ...]
    finished: bool


class Trail(msgspec.Struct, frozen=True, kw_only=True):
    """What the station itself does not keep: which part of step 7 is next, None outside of it;
    which menus were opened, ever and since the last sync; whether a backup was downloaded."""

    part: str | None = None
    opened: frozenset[str] = frozenset()
    checked: frozenset[str] = frozenset()
    downloaded: bool = False


def line(course: Course) -> tuple[Stand, ...]:
    """Return where the trainee stood, one entry a change of step, the first at the start."""
    trail = Trail()
    stands = [Stand(step=_step(course.start, trail), at_ms=course.start.at_ms, seq=1)]
    for moment in course.moments:
        trail = _follow(trail, moment)
        step = _step(moment.after, trail)
        if step != stands[-1].step:
            stands.append(Stand(step=step, at_ms=moment.at_ms, seq=moment.seq))
    return tuple(stands)


def position(credits: Sequence[StepCredit], course: Course) -> Position:
    """Return where the trainee is now."""
    return position_of(line(course), credits, course)


def position_of(stands: Sequence[Stand], credits: Sequence[StepCredit], course: Course) -> Position:
    """Return the end of a line that is known already."""
    last = stands[-1]
    stood = DONE_AT[course.setup.condition]
    return Position(
        step=last.step,
        since_ms=last.at_ms,
        done=tuple(
            one.step
            for one in credits
            if (one.credit_permille or 0) > 0 or _stood_done(one.step, stood)
        ),
        finished=course.end.report is not None,
    )


def _stood_done(step: StepNumber, stood: int) -> bool:
    return isinstance(step, int) and step <= stood and step not in ARISING


def _follow(trail: Trail, moment: Moment) -> Trail:
    event = moment.event
    match event:
        case e.PatchFailed():
            return replace(trail, part="7a" if _known_to_fail(moment) else None)
        case e.PatchStarted():
            return replace(trail, part="7e" if trail.part else None)
        case e.PatchSucceeded():
            return replace(trail, part="7f" if trail.part else None)
        case e.ScreenSeen():
            return _seen(trail, event, moment.after.setup)
        case e.IdSubmitted():  # whatever step 7 still asked for, the trainee has gone on
            return replace(trail, part=None)
        case e.MenuOpened():
            return _opened(trail, event.menu)
        case e.SyncStarted() | e.SyncStopped() | e.SyncCompleted():
            return replace(trail, checked=frozenset())
        case e.BackupDownloaded(whole=True):
            return replace(trail, downloaded=True)
        case e.CommandRefused(code="job.service_stopped") if trail.part is None:
            return replace(trail, part="7a")
        case _:
            return _recovering(trail, event)


def _known_to_fail(moment: Moment) -> bool:
    """Whether the screen said so before: looking again at the same words leaves no trace."""
    return moment.before.seen.get("patch", ("", -1, -1))[0].startswith("failed")


def _seen(trail: Trail, event: e.ScreenSeen, setup: Setup) -> Trail:
    if event.screen == "patch":
        phase, _, version = event.word.partition(" ")
        if phase == "failed":
            return replace(trail, part=trail.part if trail.part in PARTS[:4] else "7a")
        if phase in ("succeeded", "up-to-date"):
            right = version == setup.cbtsync_version
            return replace(trail, part=None if right else "7a")
        return trail
    if event.screen == "service" and trail.part == "7a":
        shown = event.word == "running"
        return replace(trail, part="7d" if shown else "7b")
    return _opened(trail, event.screen)


def _opened(trail: Trail, menu: str) -> Trail:
    name = "status-download" if menu in ("sync", "overlay") else menu
    return replace(trail, opened=trail.opened | {name}, checked=trail.checked | {name})


def _recovering(trail: Trail, event: e.Event) -> Trail:
    if trail.part is None:
        return trail
    match event:
        case e.ServiceStartRequested() if trail.part in ("7a", "7b"):
            return replace(trail, part="7c")
        case e.ServiceRead(shown="running") if trail.part in ("7a", "7b", "7c"):
            return replace(trail, part="7d")
        case e.ServiceRead() if trail.part == "7a":
            return replace(trail, part="7b")
        case e.CbtsyncClosed() | e.CbtsyncCrashed() if trail.part == "7d":
            return replace(trail, part="7e")
        case _:
            return trail


def _step(station: Station, trail: Trail) -> StepNumber:
    machine = station.machines.get(station.here)
    if machine is None:
        return 2 if "portal-ids" in station.seen else 1
    if trail.part is not None and not _is_over(machine, trail.part):
        return trail.part
    if not machine.exambro:
        return 3
    if not machine.cbtsync_open:
        return 4
    if machine.identity.verdict is None:
        return _before_submit(station, machine)
    return _after_submit(station, machine, trail)


def _is_over(machine: Machine, part: str) -> bool:
    """Whether the rest of step 7 is not called for: the service had stopped after Submit only."""
    return machine.identity.verdict is not None and part in PARTS[3:]


def _before_submit(station: Station, machine: Machine) -> StepNumber:
    word = station.seen.get("patch", ("", -1, -1))[0]
    wanted = station.setup.cbtsync_version
    if machine.patching.phase == "running":
        return 5
    if machine.version == wanted:
        return 8 if word.endswith(f" {wanted}") and not word.startswith("running") else 6
    return 6 if machine.patching.phase == "succeeded" else 5


def _after_submit(station: Station, machine: Machine, trail: Trail) -> StepNumber:
    if machine.sync.phase == "complete":
        return _after_sync(station, machine, trail)
    if machine.sync.phase in ("running", "stopped"):
        return 18
    word = station.seen.get("dashboard", ("", -1, -1))[0]
    begun = machine.backup.phase != "none" or machine.delete.phase != "none"
    match word:
        case _ if begun and word not in ("closed", "mismatch"):
            return _clearing(station, machine, trail)
        case "active":
            return _clearing(station, machine, trail)
        case "closed" | "mismatch":
            return 10
        case "unknown-id" | "no-line":
            return 8
        case _:
            return 9


def _clearing(station: Station, machine: Machine, trail: Trail) -> StepNumber:
    """Return the step among 12 to 17."""
    stood = DONE_AT[station.setup.condition] >= CHECKED_FROM
    saved = trail.downloaded or stood or machine.backup.covers_data
    emptied = not any(machine.data.old)
    if not saved and not (emptied and machine.delete.phase == "done"):
        return 13 if "backup" in trail.opened else 12
    if not emptied or machine.delete.phase == "running":
        return 14
    if "status-download" not in trail.opened:
        return 15
    fresh = machine.overlay.read_at_ms is not None
    return 17 if fresh and machine.overlay.data_version == machine.data_version else 16


def _after_sync(station: Station, machine: Machine, trail: Trail) -> StepNumber:
    total = len(station.setup.data_sets)
    if exam_data.complete_count(machine.data, station.setup) == total:
        seen = station.seen.get("sync", ("", -1, -1))
        if seen[0] != "complete" and DONE_AT[station.setup.condition] < 18:
            return 18
    if "participants" not in trail.checked:
        return 19
    return 20 if "tests" not in trail.checked else LAST_STEP
