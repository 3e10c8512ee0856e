"""Whether a rehearsal reached its outcome: ready and declared so, or rightly put off and reported.

Putting off is right where something stood in the way that the procedure does not let one remove
by going on. It is judged by what really was, not by the scenario's script.
"""

from typing import Literal

import msgspec

from mock_server.domain import busy, jobs
from mock_server.domain.events import (
    BackupDownloaded,
    BackupFailed,
    BackupFinished,
    CommandRefused,
    Event,
    PatchAborted,
    PatchFailed,
    PatchSucceeded,
    ServiceStartFailed,
)
from mock_server.domain.identity import condition
from mock_server.domain.state import Machine
from mock_server.domain.truth import truth
from mock_server.procedure.course import Course
from mock_server.procedure.filed import Filed, each_filed
from mock_server.procedure.texts import Text

OutcomeKind = Literal["not-declared", "ready", "postponed", "not-reached"]
DECISIVE = frozenset({"datasets_complete", "participants", "tests_visible"})  # fields of the form


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    kind: OutcomeKind
    why: Text

    @property
    def reached(self) -> bool:
        return self.kind in ("ready", "postponed")


def outcome(course: Course) -> Outcome:
    """Judge the last report by the truth of its moment, and of the journal's end."""
    reports = tuple(each_filed(course))
    if not reports:
        return _not("not-declared", "Belum ada berita acara.", "No report has been filed yet.")
    last = reports[-1]
    return _declared_ready(course, last) if last.ready else _postponed(course, last)


def _declared_ready(course: Course, filed: Filed) -> Outcome:
    if not truth(filed.moment.before).ready:
        return _not(
            "not-reached",
            "Dinyatakan siap, padahal server belum siap.",
            "Declared ready although the server was not.",
        )
    if not truth(course.end).ready:
        return _not(
            "not-reached",
            "Setelah berita acara dikirim, server tidak lagi siap.",
            "After the report was filed the server was no longer ready.",
        )
    return Outcome(
        kind="ready",
        why=Text(id="Server siap dan dinyatakan siap.", en="The server is ready and declared so."),
    )


def _postponed(course: Course, filed: Filed) -> Outcome:
    if truth(filed.moment.before).ready:
        return _not(
            "not-reached",
            "Ditunda, padahal server sudah siap.",
            "Put off although the server was ready.",
        )
    if DECISIVE & set(filed.report.wrong):
        return _not(
            "not-reached",
            "Ditunda, tetapi isian berita acara tidak sesuai dengan keadaan server.",
            "Put off, but the report does not agree with the server.",
        )
    if not _something_in_the_way(course, filed):
        return _not(
            "not-reached",
            "Ditunda, padahal tidak ada yang menghalangi langkah berikutnya.",
            "Put off although nothing stood in the way of the next step.",
        )
    return Outcome(
        kind="postponed",
        why=Text(
            id="Penundaan memang perlu, dan keadaannya dilaporkan dengan benar.",
            en="Putting it off was called for, and the state was reported rightly.",
        ),
    )


def _not(kind: OutcomeKind, text_id: str, text_en: str) -> Outcome:
    return Outcome(kind=kind, why=Text(id=text_id, en=text_en))


def _something_in_the_way(course: Course, filed: Filed) -> bool:
    machine, now_ms = filed.machine, filed.moment.at_ms
    past = [moment.event for moment in course.moments[: filed.moment.index]]
    return (
        filed.complete  # all green and yet not ready: names, tests or rows are missing
        or machine.sync.phase == "stopped"
        or _stands_still(machine, now_ms)
        or course.setup.exambro_version not in machine.exambro_installed
        or _patching_kept(machine, past, course.setup.cbtsync_version)
        or _service_down(machine, past)
        or _not_admitted(course, filed)
        or _backup_kept(machine, past)
        or _delete_kept(machine)
    )


def _stands_still(machine: Machine, now_ms: int) -> bool:
    """Whether a job has begun and does not advance."""
    jobs_begun = (machine.patching.job, machine.backup.job, machine.delete.job)
    if any(job is not None and not jobs.advancing(job, now_ms) for job in jobs_begun):
        return True
    return machine.sync.phase == "running" and not busy.sync_advancing(machine.sync, now_ms)


def _patching_kept(machine: Machine, past: list[Event], wanted: str) -> bool:
    """Whether patching was tried, and the wanted version was not reached by it."""
    tried = any(
        isinstance(event, PatchFailed | PatchSucceeded | PatchAborted)
        or (isinstance(event, CommandRefused) and event.code == "patching.not_open")
        for event in past
    )
    return tried and machine.version != wanted


def _service_down(machine: Machine, past: list[Event]) -> bool:
    noticed = any(
        isinstance(event, ServiceStartFailed)
        or (isinstance(event, CommandRefused) and event.code == "job.service_stopped")
        for event in past
    )
    return noticed and not machine.service.running


def _not_admitted(course: Course, filed: Filed) -> bool:
    """Whether the dashboard, when it last said anything, said something other than Aktif.

    An ID that the centre does not know stands in nobody's way but the typist's, unless it is
    the right one.
    """
    own = course.setup.servers[0].server_id
    for moment in reversed(course.moments[: filed.moment.index + 1]):
        machine = moment.before.machines[filed.machine.id]
        said = condition(moment.before, machine, moment.at_ms)
        if said is not None:
            mistyped = said == "unknown-id" and machine.identity.server_id != own
            return said != "active" and not mistyped
    return False


def _backup_kept(machine: Machine, past: list[Event]) -> bool:
    failed = any(
        isinstance(event, BackupFailed)
        or (isinstance(event, BackupFinished) and not event.link)
        or (isinstance(event, BackupDownloaded) and event.corrupt)
        for event in past
    )
    return failed and not machine.backup.covers_data and any(machine.data.old)


def _delete_kept(machine: Machine) -> bool:
    if machine.delete.phase == "done":
        return any(machine.data.old)
    return machine.delete.phase == "failed"
