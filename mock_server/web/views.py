"""From a station and an instant to the answers of the vendor's plane: codes, texts and ISO times.

Only translation: what a screen says is the domain's matter, how it is worded the speech's.
"""

from typing import TypedDict

from mock_server.domain import screen_shapes as shapes
from mock_server.domain import screens
from mock_server.domain.evidence import Showing
from mock_server.domain.state import Station
from mock_server.journal import iso_wib
from mock_server.ports import BackupFiles, BackupKey, People
from mock_server.web import wire_answers as wire
from mock_server.web.speech import BANNER, Speech

DOWNLOAD_PATH = "backup/download"


class Envelope(TypedDict):
    """The fields of ``wire_answers.Answer``."""

    banner: str
    now: str | None
    now_ms: int | None
    machine: str | None
    data_version: int
    status: wire.Status | None


class View:
    """Everything that an answer is made from. ``showing`` is the screen that was looked at."""

    __slots__ = ("backups", "now_ms", "people", "showing", "speech", "station")

    def __init__(
        self,
        *,
        station: Station,
        now_ms: int,
        showing: Showing | None,
        speech: Speech,
        people: People,
        backups: BackupFiles,
    ) -> None:
        self.station = station
        self.now_ms = now_ms
        self.showing = showing
        self.speech = speech
        self.people = people
        self.backups = backups

    def envelope(self) -> Envelope:
        station = self.station
        machine = station.machines.get(station.here)
        condition = None if machine is None else screens.condition(station, self.now_ms)
        return {
            "banner": BANNER,
            "now": iso_wib(self.now_ms),
            "now_ms": self.now_ms,
            "machine": station.here or None,
            "data_version": 0 if machine is None else machine.data_version,
            "status": None if condition is None else self.speech.status(condition),
        }


NO_STATION: Envelope = {
    "banner": BANNER,
    "now": None,
    "now_ms": None,
    "machine": None,
    "data_version": 0,
    "status": None,
}


def iso(at_ms: int | None) -> str | None:
    return None if at_ms is None else iso_wib(at_ms)


def desk(view: View) -> wire.DeskAnswer:
    station, english = view.station, view.speech.language == "en"
    screen = screens.desk(station, view.now_ms)
    setup = station.setup
    return wire.DeskAnswer(
        **view.envelope(),
        school=wire.SchoolPart(name=setup.school.name, npsn=setup.school.npsn),
        zone=setup.zone,
        exam_day=setup.exam_day.en if english else setup.exam_day.id,
        machines=[
            wire.MachinePart(
                id=of.id, label=of.label, role=of.role, exambro=list(of.exambro_installed)
            )
            for of in screen.machines
        ],
        exambro=screen.exambro or None,
        cbtsync=wire.CbtsyncPart(open=screen.page != "closed", page=screen.page),
        slips=list(setup.slips),
        messages=[
            wire.MessagePart(
                at=iso_wib(of.at_ms), sender=of.sender, text=of.say.en if english else of.say.id
            )
            for of in screen.messages
        ],
    )


def patch(view: View) -> wire.PatchAnswer:
    screen = screens.patch(view.station, view.now_ms)
    return wire.PatchAnswer(
        **view.envelope(),
        version=screen.version,
        phase=screen.phase,
        percent=screen.percent,
        cause=screen.cause,
        opens_at=iso_wib(screen.opens_ms),
        eta_ms=screen.eta_ms,
        last_change=iso(screen.last_change_ms),
    )


def service(view: View) -> wire.ServiceAnswer:
    screen = screens.service(view.station, view.now_ms)
    return wire.ServiceAnswer(**view.envelope(), shown=screen.shown, read_at=iso(screen.read_at_ms))


def dashboard(view: View) -> wire.DashboardAnswer:
    screen = screens.dashboard(view.station, view.now_ms)
    return wire.DashboardAnswer(
        **view.envelope(),
        server_id=screen.server_id or None,
        sn=screen.sn,
        version=screen.version,
    )


def empty(view: View) -> wire.EmptyAnswer:
    return wire.EmptyAnswer(**view.envelope())


def backup_key(station: Station, screen: shapes.BackupScreen) -> BackupKey:
    """Name the bytes of the backup on the screen: the school's own data, whoever submitted what."""
    setup = station.setup
    return BackupKey(
        scenario=setup.scenario,
        seed=setup.seed,
        server_id=setup.servers[0].server_id,
        number=screen.number,
        rows=screen.rows,
        size_bytes=screen.size_bytes,
    )


def backup(view: View) -> wire.BackupAnswer:
    screen = screens.backup(view.station, view.now_ms)
    file = None
    if screen.phase == "done" and screen.link:
        made = view.backups.describe(backup_key(view.station, screen))
        file = wire.FilePart(
            name=made.name, size_bytes=made.size_bytes, sha256=made.sha256, path=DOWNLOAD_PATH
        )
    return wire.BackupAnswer(
        **view.envelope(),
        phase=screen.phase,
        percent=screen.percent,
        eta_ms=screen.eta_ms,
        rows=screen.rows,
        file=file,
        link=screen.link,
        last_change=iso(screen.last_change_ms),
    )


def delete(view: View) -> wire.DeleteAnswer:
    screen = screens.delete(view.station, view.now_ms)
    return wire.DeleteAnswer(
        **view.envelope(),
        phase=screen.phase,
        question=view.speech.text("delete.question") if screen.phase == "asked" else None,
        percent=screen.percent,
        eta_ms=screen.eta_ms,
        left=screen.left,
        last_change=iso(screen.last_change_ms),
    )


def overlay(view: View) -> wire.OverlayAnswer:
    screen = screens.overlay(view.station, view.now_ms)
    return wire.OverlayAnswer(
        **view.envelope(),
        open=screen.open,
        read_at=iso(screen.read_at_ms),
        rows=screen.rows,
    )


def sync(view: View) -> wire.SyncAnswer:
    screen = view.showing
    if not isinstance(screen, shapes.SyncScreen):
        screen = screens.sync(view.station, view.now_ms)
    stopped = None
    if screen.stopped_reason is not None:
        stopped = wire.StoppedPart(
            data=screen.stopped_data,
            reason=screen.stopped_reason,
            message=view.speech.stopped(screen.stopped_reason, screen.stopped_data),
        )
    return wire.SyncAnswer(
        **view.envelope(),
        phase=screen.phase,
        stopped=stopped,
        rows=screen.rows,
        done=screen.done,
        total=screen.total,
        eta_ms=screen.eta_ms,
        last_change=iso(screen.last_change_ms),
    )
