"""What the client holds true about the station. Frozen: every answer makes the next belief. Pure.

Answers are numbered as they are learned (``seq``), so that "since the patching failed" can be said
without a clock: many answers may carry the same instant.
"""

from collections.abc import Mapping
from typing import assert_never

import msgspec
from msgspec.structs import replace

from client import wire
from client.calls import CLOSE_STATUS, OPEN_CBTSYNC, PATCH, START_SERVICE, Call
from client.outcome import Refused
from client.recovery import Lesson
from client.wire import Envelope


class Saved(msgspec.Struct, frozen=True, kw_only=True):
    """A backup on our own disk: complete, its SHA-256 checked."""

    path: str
    name: str
    size_bytes: int
    sha256: str
    data_version: int  # of the data that it was made of


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """Where a job was last seen, and since when it has stood there."""

    phase: str
    place: tuple[int, ...]
    since_ms: int
    since_seq: int  # of the phase, not of the place


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """Daftar Peserta as far as it was read; ``next_page`` is None once it is whole."""

    count: int
    rows: tuple[wire.Pupil, ...]
    next_page: int | None


class Belief(msgspec.Struct, frozen=True, kw_only=True):
    # from every answer
    began_ms: int | None = None  # the station's clock when this run began
    now_ms: int = 0
    data_version: int = 0
    machine: str | None = None
    status: wire.Status | None = None
    # what was answered when: call name -> seq, page -> data version at the reading
    seq: int = 0
    yes_at: Mapping[str, int] = {}
    read_at: Mapping[str, int] = {}
    tally: Mapping[str, int] = {}  # acts that were heard, repetitions of the same left out
    # pages as last seen; None: not seen, or no longer to be relied on
    desk: wire.Desk | None = None
    ids: wire.Ids | None = None
    schedule: wire.Schedule | None = None
    registration: wire.Registration | None = None
    requests: wire.PortalRequests | None = None
    service: wire.Service | None = None
    patch: wire.Patch | None = None
    dashboard: wire.Dashboard | None = None
    backup: wire.Backup | None = None
    delete: wire.Delete | None = None
    overlay: wire.Overlay | None = None
    sync: wire.Sync | None = None
    listing: Listing | None = None
    tests: wire.Tests | None = None
    report: wire.Report | None = None
    marks: Mapping[str, Mark] = {}
    # CBTSync Web, service and licence
    opened: bool | None = None  # None: not known
    service_starts: int = 0  # in a row, without the service running
    service_reads: int = 0  # since the last Start Service
    service_down_seq: int | None = None
    licence_bad_seq: int | None = None
    # our own doings
    saved: Saved | None = None
    synced_as: str = ""  # the ID under which this machine was seen complete
    submitted_ms: int | None = None
    unknown_ids: int = 0  # answers to Submit that the centre does not know the ID
    resumed: bool = False  # this process goes on with another one's run

    def at(self, name: str) -> int:
        """Return the number of the answer in which ``name`` was last obeyed, 0 if never."""
        return self.yes_at.get(name, 0)

    def times(self, name: str) -> int:
        return self.tally.get(name, 0)

    def is_fresh(self, page: str) -> bool:
        """Tell whether ``page`` was read since a backup, delete or sync last began or ended."""
        return self.read_at.get(page) == self.data_version

    @property
    def condition(self) -> wire.Condition | None:
        return None if self.status is None else self.status.condition

    @property
    def ran_ms(self) -> int:
        return 0 if self.began_ms is None else self.now_ms - self.began_ms


def learn(belief: Belief, call: Call, reply: Envelope) -> Belief:
    """Return the belief after ``call`` was answered with yes."""
    after = _from_page(_from_envelope(belief, reply), call, reply)
    yes_at = {**after.yes_at, call.name: after.seq}
    if call == CLOSE_STATUS:
        return replace(after, yes_at=yes_at)  # closing a view is not reading it
    read_at = {**after.read_at, _page(call): after.data_version}
    return replace(after, yes_at=yes_at, read_at=read_at)


def learn_refusal(belief: Belief, refused: Refused, lesson: Lesson) -> Belief:
    """Return the belief after a no: its envelope is as good as any, and the no itself teaches."""
    after = _from_envelope(belief, refused.reply)
    match lesson:
        case Lesson.CBTSYNC_CLOSED:
            return replace(after, opened=False, patch=None, dashboard=None)
        case Lesson.NOT_SUBMITTED:
            return replace(after, opened=None, dashboard=None)
        case Lesson.EXAMBRO_CLOSED:
            return replace(after, desk=None, opened=None)
        case Lesson.SERVICE_STOPPED:
            return replace(after, service_down_seq=after.seq)
        case Lesson.LICENCE_INVALID:
            return replace(after, licence_bad_seq=after.seq)
        case Lesson.LOOK_AGAIN:
            return replace(after, patch=None, backup=None, delete=None, sync=None, overlay=None)
        case Lesson.NEVER_MIND | Lesson.REPORT:
            return after
        case _:
            assert_never(lesson)


def _page(call: Call) -> str:
    """Name the page that an answer shows: acts and looks of one subject share it."""
    return call.shape.__name__


def _from_envelope(belief: Belief, reply: Envelope) -> Belief:
    seq = belief.seq + 1
    opened, licence = belief.opened, belief.licence_bad_seq
    if reply.status is not None:
        opened = True
        if reply.status.condition == "licence" and licence is None:
            licence = seq
    elif belief.status is not None:
        opened = None  # CBTSync Web was closed, or closed and opened again
    return replace(
        belief,
        began_ms=reply.now_ms if belief.began_ms is None else belief.began_ms,
        now_ms=reply.now_ms,
        data_version=reply.data_version,
        machine=reply.machine,
        status=reply.status,
        seq=seq,
        opened=opened,
        licence_bad_seq=licence,
    )


def _from_page(belief: Belief, call: Call, reply: Envelope) -> Belief:
    match reply:
        case wire.Desk():
            return replace(belief, desk=reply, opened=reply.cbtsync.open)
        case wire.Service():
            return _from_service(belief, call, reply)
        case wire.Patch():
            return _from_patch(belief, call, reply)
        case wire.Dashboard():
            return _from_dashboard(belief, call, reply)
        case wire.Ids():
            return replace(belief, ids=reply)
        case wire.Schedule():
            return replace(belief, schedule=reply)
        case wire.Registration():
            return replace(belief, registration=reply)
        case wire.PortalRequests():
            return replace(belief, requests=reply)
        case wire.Participants():
            return replace(belief, listing=_listed(belief.listing, reply))
        case wire.Tests():
            return replace(belief, tests=reply)
        case wire.Report():
            return replace(belief, report=reply)
        case _:
            return _from_job(belief, call, reply)


def _from_job(belief: Belief, call: Call, reply: Envelope) -> Belief:
    match reply:
        case wire.Backup():
            after = _marked(belief, "backup", reply.phase, (reply.percent,))
            return replace(after, backup=reply)
        case wire.Delete():
            after = _marked(belief, "delete", reply.phase, (reply.percent,))
            return replace(after, delete=reply)
        case wire.Sync():
            place = tuple(row.local for row in reply.rows)
            after = _marked(belief, "sync", reply.phase, place)
            shown = belief.dashboard.server_id if belief.dashboard is not None else None
            if reply.phase == "complete" and not belief.synced_as and shown:
                after = replace(after, synced_as=shown)
            return replace(after, sync=reply)
        case wire.Overlay():
            kept = belief.overlay
            if call == CLOSE_STATUS and kept is not None:
                return replace(belief, overlay=replace(kept, open=reply.open))
            return replace(belief, overlay=reply)
        case _:
            return belief


def _from_service(belief: Belief, call: Call, reply: wire.Service) -> Belief:
    if call == START_SERVICE:
        starts = belief.service_starts + 1
        return replace(belief, service=reply, service_starts=starts, service_reads=0)
    if reply.shown == "running":
        return replace(
            belief, service=reply, service_starts=0, service_reads=0, service_down_seq=None
        )
    return replace(belief, service=reply, service_reads=belief.service_reads + 1)


def _from_patch(belief: Belief, call: Call, reply: wire.Patch) -> Belief:
    after = _marked(belief, "patch", reply.phase, (reply.percent,))
    was_running = belief.patch is not None and belief.patch.phase == "running"
    if call == PATCH and was_running and reply.phase in ("available", "not-open"):
        return replace(after, patch=reply, opened=None)  # given up: CBTSync Web was closed
    if call == OPEN_CBTSYNC:
        return replace(after, patch=reply, opened=True, licence_bad_seq=None)
    return replace(after, patch=reply)


def _from_dashboard(belief: Belief, call: Call, reply: wire.Dashboard) -> Belief:
    after = replace(belief, dashboard=reply, opened=True)
    if call.op != "id.submit":
        return after
    unknown = belief.unknown_ids + (belief.condition == "unknown-id")
    return replace(after, submitted_ms=belief.now_ms, unknown_ids=unknown)


def _marked(belief: Belief, job: str, phase: str, place: tuple[int, ...]) -> Belief:
    old = belief.marks.get(job)
    if old is not None and old.phase == phase:
        if old.place == place:
            return belief
        new = replace(old, place=place, since_ms=belief.now_ms)
    else:
        new = Mark(phase=phase, place=place, since_ms=belief.now_ms, since_seq=belief.seq)
    return replace(belief, marks={**belief.marks, job: new})


def _listed(old: Listing | None, reply: wire.Participants) -> Listing:
    """Add a page; a list that changed between two pages is read from the first one again."""
    last = reply.page >= reply.pages
    if reply.page == 1:
        rows = reply.rows
    elif old is not None and old.next_page == reply.page and old.count == reply.count:
        rows = old.rows + reply.rows
    else:
        return Listing(count=0, rows=(), next_page=1)
    return Listing(count=reply.count, rows=rows, next_page=None if last else reply.page + 1)
