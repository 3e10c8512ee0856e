"""What each screen says: frozen values computed from a station and an instant.

This is the *report*; ``truth.py`` is what really is. Looking computes and changes nothing. The
shapes live in ``screen_shapes.py``; texts and languages are not here.
"""

from typing import assert_never

from mock_server.domain import busy, central, exam_data, identity, jobs, lists
from mock_server.domain.refusals import Refusal
from mock_server.domain.screen_shapes import (
    BackupScreen,
    DashboardCondition,
    DashboardScreen,
    DeleteScreen,
    DeskScreen,
    OverlayRow,
    OverlayScreen,
    Page,
    ParticipantsScreen,
    PatchPhase,
    PatchScreen,
    PortalRequest,
    RowState,
    ServiceScreen,
    Slot,
    SyncRow,
    SyncScreen,
    TestsScreen,
)
from mock_server.domain.setup import DataSet
from mock_server.domain.state import Machine, Server, Station
from mock_server.domain.sync_plan import received_rows


def here(station: Station) -> Machine:
    """Return the machine in use. Raises Refusal while none was chosen."""
    if not station.here:
        raise Refusal("room.choose")
    return station.machines[station.here]


def page(machine: Machine) -> Page:
    """Return what CBTSync Web shows first: patching, the ID form, or the dashboard."""
    if not machine.cbtsync_open:
        return "closed"
    if machine.identity.verdict is not None:
        return "dashboard"
    return "patching" if machine.patching.phase in ("idle", "running") else "id-form"


def desk(station: Station, now_ms: int) -> DeskScreen:
    machine = station.machines.get(station.here)
    return DeskScreen(
        machines=tuple(station.machines.values()),
        exambro="" if machine is None else machine.exambro,
        page="closed" if machine is None else page(machine),
        messages=tuple(one for one in station.messages if one.at_ms <= now_ms),
    )


def condition(station: Station, now_ms: int) -> DashboardCondition | None:
    machine = station.machines.get(station.here)
    return None if machine is None else identity.condition(station, machine, now_ms)


def patch(station: Station, now_ms: int) -> PatchScreen:
    machine = here(station)
    patching = machine.patching
    job = patching.job
    return PatchScreen(
        version=machine.version,
        phase=_patch_phase(station, machine, now_ms),
        percent=_patch_percent(machine, now_ms),
        cause=patching.cause,
        opens_ms=station.setup.patch_opens_ms,
        eta_ms=None if job is None else jobs.eta_ms(job, now_ms),
        last_change_ms=jobs.last_change_ms(job, now_ms) if job else patching.changed_ms or None,
    )


def _patch_phase(station: Station, machine: Machine, now_ms: int) -> PatchPhase:
    match machine.patching.phase:
        case "running" | "succeeded" | "failed" as phase:
            return phase
        case "idle":
            if machine.version == station.setup.cbtsync_version:
                return "up-to-date"
            return "available" if now_ms >= station.setup.patch_opens_ms else "not-open"
        case unreachable:
            assert_never(unreachable)


def _patch_percent(machine: Machine, now_ms: int) -> int:
    if machine.patching.job is not None:
        return jobs.percent(machine.patching.job, now_ms)
    if machine.patching.phase == "failed":
        return machine.patching.failed_permille // 10
    return 100 if machine.patching.phase == "succeeded" else 0


def service(station: Station, _now_ms: int) -> ServiceScreen:
    of = here(station).service
    return ServiceScreen(shown=of.shown, read_at_ms=of.read_at_ms)


def dashboard(station: Station, now_ms: int) -> DashboardScreen:
    machine = here(station)
    return DashboardScreen(
        server_id=machine.identity.server_id,
        sn=machine.sn,
        version=machine.version,
        condition=identity.condition(station, machine, now_ms),
    )


def backup(station: Station, now_ms: int) -> BackupScreen:
    of = here(station).backup
    percents = {"none": 0, "done": 100, "failed": of.failed_permille // 10, "running": 0}
    running = of.job is not None
    return BackupScreen(
        phase=of.phase,
        number=of.number,
        percent=jobs.percent(of.job, now_ms) if of.job else percents[of.phase],
        eta_ms=jobs.eta_ms(of.job, now_ms) if of.job else None,
        rows=of.rows,
        size_bytes=0 if running else of.size_bytes,
        link=of.phase == "done" and of.link,
        corrupt_bytes=of.corrupt_bytes,
        last_change_ms=jobs.last_change_ms(of.job, now_ms) if of.job else None,
    )


def delete(station: Station, now_ms: int) -> DeleteScreen:
    machine = here(station)
    of = machine.delete
    percents = {"none": 0, "asked": 0, "done": 100, "failed": of.failed_permille // 10}
    return DeleteScreen(
        phase=of.phase,
        percent=jobs.percent(of.job, now_ms) if of.job else percents.get(of.phase, 0),
        eta_ms=jobs.eta_ms(of.job, now_ms) if of.job else None,
        left=None if of.job else exam_data.total_rows(machine.data),
        last_change_ms=jobs.last_change_ms(of.job, now_ms) if of.job else None,
    )


def overlay(station: Station, _now_ms: int) -> OverlayScreen:
    of = here(station).overlay
    rows = tuple(
        OverlayRow(n=one.n, central=one.rows if of.central_read else None, local=local)
        for one, local in zip(station.setup.data_sets, of.local, strict=False)
    )
    return OverlayScreen(open=of.open, read_at_ms=of.read_at_ms, rows=rows if of.open else ())


def sync(station: Station, now_ms: int) -> SyncScreen:
    machine = here(station)
    of = machine.sync
    received = received_rows(machine, now_ms)
    current = _current_data(station, machine, received)
    rows = tuple(
        _sync_row(machine, one, received, current, now_ms) for one in station.setup.data_sets
    )
    total_ms = of.segments[-1].begins_ms + of.segments[-1].span_ms if of.segments else 0
    moving = busy.sync_advancing(of, now_ms)
    elapsed = now_ms - of.started_ms
    return SyncScreen(
        phase=of.phase,
        stopped_data=of.stopped_data,
        stopped_reason=of.stopped_reason,
        rows=rows,
        done=sum(row.state == "done" for row in rows),
        total=len(rows),
        eta_ms=max(0, total_ms - elapsed) if moving else None,
        last_change_ms=_sync_changed_ms(machine, now_ms),
    )


def _sync_changed_ms(machine: Machine, now_ms: int) -> int | None:
    of = machine.sync
    if of.phase == "none":
        return None
    if of.phase != "running":
        return of.changed_ms
    return now_ms if of.halt_ms is None else min(now_ms, of.started_ms + of.halt_ms)


def _current_data(station: Station, machine: Machine, received: tuple[int, ...]) -> int:
    """Return the data set that downloads or stands still now; 0 when there is none."""
    if machine.sync.phase == "stopped":
        return machine.sync.stopped_data
    if machine.sync.phase != "running":
        return 0
    for one in station.setup.data_sets:
        if received[one.n - 1] + machine.data.unseen[one.n - 1] < one.rows:
            return one.n
    return 0


def _sync_row(
    machine: Machine, of: DataSet, received: tuple[int, ...], current: int, now_ms: int
) -> SyncRow:
    local = received[of.n - 1] + machine.data.unseen[of.n - 1]
    done = local >= of.rows
    state: RowState
    if done:
        state = "done"
    elif of.n != current:
        state = "waiting" if machine.sync.phase == "running" else "empty"
    elif machine.sync.phase == "running" and busy.sync_advancing(machine.sync, now_ms):
        state = "downloading"
    else:
        state = "stopped"
    return SyncRow(
        n=of.n,
        central=of.rows,
        local=local,
        percent=local * 100 // max(1, of.rows),
        state=state,
        colour="green" if done else "grey",
    )


def participants(station: Station, now_ms: int) -> ParticipantsScreen:
    machine = here(station)
    received = received_rows(machine, now_ms)
    return ParticipantsScreen(
        server_id=machine.data.server_id or central.own(station).server_id,
        registered=lists.registered(station, machine),
        listed=lists.participants(station, machine, received),
        old=lists.old_participants(station, machine),
    )


def tests(station: Station, now_ms: int) -> TestsScreen:
    machine = here(station)
    return TestsScreen(tests=lists.tests(station, machine, received_rows(machine, now_ms)))


def schedule(station: Station) -> tuple[Slot, ...]:
    """Return Jadwal Sinkronisasi: every server's slot, and after it what was reopened."""
    slots: list[Slot] = []
    for of in station.central.servers:
        slots.append(_slot(of, of.opens_ms, of.closes_ms))
        if of.reopened_until_ms is not None:
            length = station.setup.durations.reopen_for_ms
            slots.append(_slot(of, of.reopened_until_ms - length, of.reopened_until_ms))
    return tuple(slots)


def _slot(of: Server, opens_ms: int, closes_ms: int) -> Slot:
    return Slot(server=of.label, server_id=of.server_id, opens_ms=opens_ms, closes_ms=closes_ms)


def portal_requests(station: Station, _now_ms: int) -> tuple[PortalRequest, ...]:
    """Return what the school has asked for, SN resets first, by server."""
    found: list[PortalRequest] = []
    for of in station.central.servers:
        if of.sn_reset_due_ms is not None or of.sn_reset_granted:
            waiting = of.sn_reset_due_ms is not None
            found.append(
                PortalRequest(
                    server_id=of.server_id,
                    kind="sn-reset",
                    state="waiting" if waiting else "granted",
                    until_ms=None,
                )
            )
        if of.reopening_due_ms is not None or of.reopened_until_ms is not None:
            waiting = of.reopening_due_ms is not None
            found.append(
                PortalRequest(
                    server_id=of.server_id,
                    kind="reopen",
                    state="waiting" if waiting else "granted",
                    until_ms=None if waiting else of.reopened_until_ms,
                )
            )
    return tuple(found)
