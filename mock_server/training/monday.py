"""Turned to exam day: how many of this server's pupils can sign in, and why not more.

Pure. Counted from the truth at the end of a rehearsal, whatever anybody has declared.
"""

from datetime import UTC, datetime, timedelta, timezone

import msgspec

from mock_server.domain import central, lists
from mock_server.domain.events import DeleteStarted
from mock_server.domain.state import Station
from mock_server.domain.truth import Truth, exam_machine, truth
from mock_server.procedure.course import Course
from mock_server.procedure.pack import ProcedurePack, minute_of_day
from mock_server.procedure.texts import Text
from mock_server.training.texts import CoachTexts, Reason


class Monday(msgspec.Struct, frozen=True, kw_only=True):
    """``can`` of ``total`` pupils can sign in at ``at_ms``, which ``offset_minutes`` shows in the
    school's own zone. ``ready`` is the truth: all of them can take the test."""

    at_ms: int
    offset_minutes: int
    zone: str
    can: int
    total: int
    ready: bool
    reason: Reason
    why: Text


def monday(
    course: Course, pack: ProcedurePack, texts: CoachTexts, *, postponed: bool = False
) -> Monday:
    """``postponed``: that it is not ready was rightly reported."""
    station = course.end
    true, total = truth(station), central.own(station).participants
    reason = "postponed" if postponed else _reason(course, station, true, total)
    can = total if reason in ("ready", "old-data") else 0
    if reason in ("missing", "doubled", "postponed"):
        can = _who_can(station)
    at_ms, offset, zone = exam_instant(course.setup.start_ms, course.setup.zone, pack)
    fields = {"complete": true.datasets_complete, "missing": total - true.participants}
    return Monday(
        at_ms=at_ms,
        offset_minutes=offset,
        zone=zone,
        can=can,
        total=total,
        ready=true.ready,
        reason=reason,
        why=texts.why(reason).filled(**fields),
    )


def _reason(course: Course, station: Station, true: Truth, total: int) -> Reason:
    """Return what decides it, the most thorough first."""
    machine = exam_machine(station)
    if true.ready:
        return "ready"
    if not any(machine.data.received):
        return _empty(course, station, machine.id)
    if machine.identity.tainted:
        return "id-changed"
    if machine.data.server_id != central.own(station).server_id:
        return "other-id"
    if not true.version_ok:
        return "version"
    if true.datasets_complete < len(station.setup.data_sets) or not true.id_ok:
        return "incomplete"
    if not true.tests_visible:
        return "tests"
    if true.participants < total:
        return "missing"
    listed = lists.participants(station, machine, machine.data.received)
    return "doubled" if len(listed) > len(set(listed)) else "old-data"


def _empty(course: Course, station: Station, machine: str) -> Reason:
    taken = {event.before for _, event in course.each(DeleteStarted) if event.machine == machine}
    if "complete" in taken:
        return "deleted"
    others = (one for one in station.machines.values() if one.id != machine)
    if any(any(one.data.received) for one in others):
        return "elsewhere"
    return "deleted-in-part" if "partial" in taken else "no-data"


def _who_can(station: Station) -> int:
    """Return how many are listed once and only once, where a test can be taken at all."""
    machine, true = exam_machine(station), truth(station)
    if not (true.machine_ok and true.id_ok and true.version_ok and true.tests_visible):
        return 0
    if true.datasets_complete < len(station.setup.data_sets):
        return 0
    listed = lists.participants(station, machine, machine.data.received)
    return sum(listed.count(one) == 1 for one in set(listed))


def exam_instant(start_ms: int, iana: str, pack: ProcedurePack) -> tuple[int, int, str]:
    """Return when the exam begins after a rehearsal's day, in ms, with the zone's offset in
    minutes and its label. A zone that the pack lacks counts as that of patching."""
    zone = pack.zone_at(iana) or pack.zone(pack.values.patching_zone)
    local = timezone(timedelta(minutes=zone.utc_offset_minutes))
    began = datetime.fromtimestamp(start_ms / 1000, tz=UTC).astimezone(local)
    midnight = began.replace(hour=0, minute=0, second=0, microsecond=0)
    ahead = (pack.values.exam_weekday - began.isoweekday() - 1) % 7 + 1
    at = midnight + timedelta(days=ahead, minutes=minute_of_day(pack.values.exam_time))
    return round(at.timestamp()) * 1000, zone.utc_offset_minutes, zone.label
