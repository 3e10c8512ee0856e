"""Which job of a machine is at work, and which page belongs to it."""

from typing import Literal

from mock_server.domain import jobs
from mock_server.domain.refusals import Refusal
from mock_server.domain.state import Machine, Station, Sync

JobName = Literal["", "patch", "backup", "delete", "sync"]
PAGE_OF: dict[str, str] = {"backup": "backup", "delete": "backup", "sync": "status-download"}


def sync_advancing(sync: Sync, now_ms: int) -> bool:
    if sync.phase != "running":
        return False
    return sync.halt_ms is None or now_ms < sync.started_ms + sync.halt_ms


def is_stopped(halted_ms: int | None, station: Station, now_ms: int) -> bool:
    """Tell whether a job that halted at ``halted_ms`` has stood still for long enough."""
    if halted_ms is None:
        return False
    return now_ms >= halted_ms + station.setup.durations.stopped_after_ms


def advancing(machine: Machine, now_ms: int) -> JobName:
    """Return the job that still moves at ``now_ms``, or ''."""
    if sync_advancing(machine.sync, now_ms):
        return "sync"
    if machine.delete.job is not None and jobs.advancing(machine.delete.job, now_ms):
        return "delete"
    if machine.backup.job is not None and jobs.advancing(machine.backup.job, now_ms):
        return "backup"
    if machine.patching.job is not None and jobs.advancing(machine.patching.job, now_ms):
        return "patch"
    return ""


def refuse_second_job(machine: Machine, wanted: JobName, now_ms: int) -> None:
    """Raise the refusal of a machine that already works; ``wanted`` names the new job."""
    at_work = advancing(machine, now_ms)
    if at_work == wanted:
        raise Refusal(f"{wanted}.busy")
    if at_work:
        raise Refusal("job.busy", job=at_work)


def check_ready(machine: Machine, data_version: int | None) -> None:
    """Raise unless CBTSync Web is open, submitted, served, and still as the caller believes."""
    if data_version is not None and data_version != machine.data_version:
        raise Refusal("error.stale", stale=True)
    if not machine.cbtsync_open:
        raise Refusal("cbtsync.closed")
    if not machine.identity.server_id:
        raise Refusal("identity.none")


def check_service(machine: Machine) -> None:
    if not machine.service.running:
        raise Refusal("job.service_stopped")
