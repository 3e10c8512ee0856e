"""The desk as a person sees it: the machine, what stands open on it, messages, both clocks.

Pure: a function of a station, an instant, what the screens say and which window is in front, so
that a replay, a console and a scrubbed debrief draw the same desk from any moment of any run.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone

import msgspec
from msgspec.structs import replace

from mock_server.domain import screens
from mock_server.domain.state import Machine, Station
from mock_server.journal import wib
from mock_server.procedure.roles import role
from mock_server.web.seat.cbtsync_shapes import CbtsyncWindow
from mock_server.web.seat.cbtsync_view import cbtsync_window, page_kind
from mock_server.web.seat.folder import Download, downloads
from mock_server.web.seat.lost import Lost
from mock_server.web.seat.portal_view import PortalWindow, portal_window
from mock_server.web.seat.window import Front, Window
from mock_server.web.views import View

WRONG_ZONE = timezone(timedelta(hours=-8), "UTC-8")  # what a new Windows is set to (assumed)
NOTHING_LOST: Mapping[str, Lost] = {}
NARROW = ("patching", "id")  # pages of CBTSync that leave room for a tool beside them


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """``here`` marks the school's own zone."""

    label: str
    at: datetime
    here: bool


class MachineLine(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    label: str
    role: str
    here: bool


class MessageLine(msgspec.Struct, frozen=True, kw_only=True):
    index: int
    at: datetime
    sender: str
    text: str


class ServicePart(msgspec.Struct, frozen=True, kw_only=True):
    shown: str
    read_at: datetime | None
    minutes_ago: int


class ExambroWindow(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    version: str
    tab: str  # '' is the tab CBTSync
    cbtsync_open: bool
    service: ServicePart
    refused: str


class ClockWindow(msgspec.Struct, frozen=True, kw_only=True):
    shown: datetime
    zone: str
    right: bool


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """``front`` is the window in front after all; ``beside`` whether two stand side by side."""

    machine: MachineLine | None
    machines: tuple[MachineLine, ...]
    exambro_versions: tuple[str, ...]
    exambro_open: str  # the version that is open, or ''
    cbtsync_open: bool
    exam_day: str
    slips: tuple[str, ...]
    clocks: tuple[Clock, ...]
    machine_clock: ClockWindow
    messages: tuple[MessageLine, ...]
    window: Window
    front: Front
    beside: Front
    exambro: ExambroWindow | None
    cbtsync: CbtsyncWindow | None
    portal: PortalWindow | None
    downloads: tuple[Download, ...]
    busy: bool  # something moves on by itself, so that looking again pays
    refused: str  # what the machine said to the last button, or ''
    lost: Mapping[str, Lost]  # windows whose answer did not come, and how


def settled(window: Window, station: Station) -> Window:
    """Return the window with a front that can really stand there."""
    machine = station.machines.get(station.here)
    front = window.front
    if machine is None:
        return replace(window, front=front if front in ("portal", "catatan", "pesan") else "ruang")
    shown: Front = (
        "cbtsync" if machine.cbtsync_open else "exambro" if machine.exambro else "desktop"
    )
    gone = (front == "cbtsync" and not machine.cbtsync_open) or (
        front == "exambro" and not machine.exambro
    )
    return replace(window, front=shown) if gone or not front else window


def beside(view: View, window: Window) -> Front:
    """Return the window that stands beside the front one, '' if it stands alone."""
    machine = view.station.machines.get(view.station.here)
    if machine is None or not machine.cbtsync_open or page_kind(view, window) not in NARROW:
        return ""
    if window.front in ("portal", "catatan"):
        return "cbtsync"
    for tool in ("portal", "catatan"):
        if window.front == "cbtsync" and tool in window.tools:
            return tool
    return ""


def desk(view: View, given: Window, lost: Mapping[str, Lost] = NOTHING_LOST) -> Desk:
    station, now_ms = view.station, view.now_ms
    window = settled(given, station)
    machine = station.machines.get(station.here)
    second = beside(view, window)
    visible = {front for front in (window.front, second) if front not in lost}
    refused = said(view, window)
    return Desk(
        machine=None if machine is None else _machine_line(machine, station),
        machines=tuple(_machine_line(of, station) for of in station.machines.values()),
        exambro_versions=() if machine is None else machine.exambro_installed,
        exambro_open="" if machine is None else machine.exambro,
        cbtsync_open=machine is not None and machine.cbtsync_open,
        exam_day=view.speech.pack.values.exam_day.in_language(view.speech.language),
        slips=station.setup.slips,
        clocks=clocks(view),
        machine_clock=machine_clock(machine, now_ms),
        messages=messages(view),
        window=replace(window, lost=lost.get(window.front)),
        front=window.front,
        beside=second,
        exambro=_exambro(view, window, refused) if "exambro" in visible else None,
        cbtsync=cbtsync_window(view, window, refused) if "cbtsync" in visible else None,
        portal=portal_window(view, window, refused) if "portal" in visible else None,
        downloads=downloads(view, with_digests=window.digest),
        busy=is_busy(station),
        refused=refused,
        lost=lost,
    )


def said(view: View, window: Window) -> str:
    """Return what was said to the last button, in words; '' for nothing or no text of ours."""
    if not window.said:
        return ""
    try:
        return view.speech.refused(window.refusal()).message
    except LookupError:  # an address that somebody has written by hand
        return ""


def is_busy(station: Station) -> bool:
    machine = station.machines.get(station.here)
    if machine is None:
        return False
    jobs = (machine.patching.job, machine.backup.job, machine.delete.job)
    starting = machine.service.starting_until_ms is not None
    return machine.sync.phase == "running" or starting or any(job is not None for job in jobs)


def clocks(view: View) -> tuple[Clock, ...]:
    """Return the procedure's zone first, then the school's own if it is another."""
    pack, setup = view.speech.pack, view.station.setup
    at = datetime.fromtimestamp(view.now_ms / 1000, tz=UTC)
    own = pack.zone_at(setup.zone)  # the same zone has more than one name
    found: list[Clock] = []
    for zone in pack.zones:
        main, here = zone.label == pack.values.patching_zone, zone == own
        if main or here:
            local = timezone(timedelta(minutes=zone.utc_offset_minutes), zone.label)
            found.append(Clock(label=zone.label, at=at.astimezone(local), here=here))
    return tuple(found)


def machine_clock(machine: Machine | None, now_ms: int) -> ClockWindow:
    """Return the clock in the corner of the machine's screen, right or wrong."""
    right = machine is None or machine.clock_ok
    shown = wib(now_ms) if right else wib(now_ms).astimezone(WRONG_ZONE)
    return ClockWindow(shown=shown, zone="WIB" if right else "UTC-8", right=right)


def messages(view: View) -> tuple[MessageLine, ...]:
    english = view.speech.language == "en"
    return tuple(
        MessageLine(
            index=index,
            at=wib(of.at_ms),
            sender=role(of.sender, view.speech.language),
            text=of.say.en if english else of.say.id,
        )
        for index, of in enumerate(screens.desk(view.station, view.now_ms).messages)
    )


def _machine_line(machine: Machine, station: Station) -> MachineLine:
    return MachineLine(
        id=machine.id, label=machine.label, role=machine.role, here=machine.id == station.here
    )


def _exambro(view: View, window: Window, refused: str) -> ExambroWindow:
    machine = screens.here(view.station)
    screen = screens.service(view.station, view.now_ms)
    read = screen.read_at_ms
    values = view.speech.pack.values
    return ExambroWindow(
        title=values.exambro_title.format(version=machine.exambro),
        version=machine.exambro,
        tab="service" if window.tab == "service" else "",
        cbtsync_open=machine.cbtsync_open,
        service=ServicePart(
            shown=screen.shown,
            read_at=None if read is None else wib(read),
            minutes_ago=0 if read is None else (view.now_ms - read) // 60_000,
        ),
        refused=refused,
    )
