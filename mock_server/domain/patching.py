"""Auto patching (steps 4 to 7 and NB): opens at a fixed hour, needs the service and a line.

After a failure it can be tried again only once CBTSync Web was closed and reopened (step 7d, 7e).
The version number, not the message, is the proof of success (step 6).
"""

from collections.abc import Iterable
from typing import assert_never

from msgspec.structs import replace

from mock_server.domain import central, jobs
from mock_server.domain.commands import StartPatch
from mock_server.domain.events import (
    CbtsyncCrashed,
    Event,
    PatchAborted,
    PatchFailed,
    PatchStarted,
    PatchSucceeded,
    ServiceStopped,
)
from mock_server.domain.hazards import Hazard, PatchCause
from mock_server.domain.refusals import Refusal
from mock_server.domain.state import Job, Machine, Patching, Station

PatchEvent = PatchStarted | PatchSucceeded | PatchFailed | PatchAborted
WITHOUT_SERVICE_PERMILLE = 100  # so far it gets before it notices (assumed)


def decide_start(
    station: Station, machine: Machine, command: StartPatch, now_ms: int
) -> tuple[Event, ...]:
    setup = station.setup
    if not machine.licence_ok:
        raise Refusal("licence.invalid")
    if machine.patching.phase == "running":
        raise Refusal("patching.busy")
    if machine.patching.phase != "idle":
        raise Refusal("patching.reopen")
    if machine.version == setup.cbtsync_version:
        raise Refusal("patching.up_to_date")
    if now_ms < setup.patch_opens_ms:
        raise Refusal("patching.not_open", opens_ms=setup.patch_opens_ms)
    hazard = command.hazard
    if not machine.service.running:
        hazard = _without_service(hazard)
    return (PatchStarted(at_ms=now_ms, machine=machine.id, hazard=hazard),)


def _without_service(hazard: Hazard) -> Hazard:
    place = WITHOUT_SERVICE_PERMILLE
    if hazard.fail_permille is not None:
        place = min(place, hazard.fail_permille)
    return replace(hazard, fail_permille=place, patch_cause="service-stopped")


def decide_abort(machine: Machine, now_ms: int) -> tuple[Event, ...]:
    if machine.patching.phase != "running":
        return ()
    return (PatchAborted(at_ms=now_ms, machine=machine.id),)


def due(station: Station, machine: Machine) -> Iterable[tuple[int, tuple[Event, ...]]]:
    """Yield the ways in which a running patch can end, each with its instant."""
    job = machine.patching.job
    if machine.patching.phase != "running" or job is None:
        return
    if (at_ms := jobs.ends_ms(job)) is not None:
        version = machine.version if machine.patching.claims_success else None
        yield at_ms, (_succeeded(station, machine, at_ms, version),)
    halt_ms = jobs.halts_ms(job)
    if halt_ms is not None and job.halt != "stall":
        yield halt_ms, _failed(machine, job, halt_ms, _halt_cause(machine, job))
    if not machine.service.running and job.halt != "fail":
        at_ms = max(station.at_ms, job.started_ms)
        yield at_ms, _failed(machine, job, at_ms, "service-stopped")
    outage_ms = central.next_inside_ms(station.central.outages, job.started_ms)
    if outage_ms is not None:
        at_ms = max(outage_ms, station.at_ms)
        yield at_ms, _failed(machine, job, at_ms, "network")
    if job.crash_ms is not None:
        at_ms = job.started_ms + job.crash_ms
        crashed = CbtsyncCrashed(at_ms=at_ms, machine=machine.id)
        yield at_ms, (crashed, PatchAborted(at_ms=at_ms, machine=machine.id))


def _succeeded(
    station: Station, machine: Machine, at_ms: int, version: str | None
) -> PatchSucceeded:
    reached = version if version is not None else station.setup.cbtsync_version
    return PatchSucceeded(at_ms=at_ms, machine=machine.id, version=reached)


def _halt_cause(machine: Machine, job: Job) -> PatchCause:
    return "service-stopped" if job.halt == "service" else machine.patching.planned_cause


def _failed(machine: Machine, job: Job, at_ms: int, cause: PatchCause) -> tuple[Event, ...]:
    """A patch that fails for want of the service leaves the service stopped."""
    permille = jobs.permille(job, at_ms)
    failed = PatchFailed(at_ms=at_ms, machine=machine.id, cause=cause, permille=permille)
    if cause == "service-stopped" and machine.service.running:
        return (ServiceStopped(at_ms=at_ms, machine=machine.id), failed)
    return (failed,)


def evolve(station: Station, patching: Patching, event: PatchEvent) -> Patching:
    match event:
        case PatchStarted(hazard=hazard):
            slow = central.slow_permille(station, event.at_ms)
            duration = station.setup.durations.patch_ms * slow // 1000
            return Patching(
                phase="running",
                job=jobs.plan(event.at_ms, duration, hazard),
                claims_success=hazard.claims_success,
                planned_cause=hazard.patch_cause,
                changed_ms=event.at_ms,
            )
        case PatchSucceeded():
            return Patching(phase="succeeded", changed_ms=event.at_ms)
        case PatchFailed():
            return Patching(
                phase="failed",
                cause=event.cause,
                failed_permille=event.permille,
                changed_ms=event.at_ms,
            )
        case PatchAborted():
            return Patching(changed_ms=event.at_ms)
        case _:
            assert_never(event)
