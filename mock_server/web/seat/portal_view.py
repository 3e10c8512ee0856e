"""The school's account as a person sees it: IDs, schedule, registration, requests."""

from datetime import datetime

import msgspec

from mock_server.domain import screens
from mock_server.domain.state import Server
from mock_server.journal import wib
from mock_server.web import list_views
from mock_server.web.seat.cbtsync_shapes import Pupil
from mock_server.web.seat.window import Window
from mock_server.web.views import View


class ServerLine(msgspec.Struct, frozen=True, kw_only=True):
    label: str
    server_id: str


class SlotLine(msgspec.Struct, frozen=True, kw_only=True):
    server: str
    opens: datetime
    closes: datetime
    now: bool


class RequestLine(msgspec.Struct, frozen=True, kw_only=True):
    server_id: str
    kind: str
    state: str
    until: datetime | None


class PortalWindow(msgspec.Struct, frozen=True, kw_only=True):
    tab: str
    school: str
    servers: tuple[ServerLine, ...]
    slots: tuple[SlotLine, ...]
    chosen: str  # whose registration is shown
    registered: tuple[Pupil, ...]
    tests: tuple[str, ...]
    requests: tuple[RequestLine, ...]
    refused: str


def portal_window(view: View, window: Window, refused: str) -> PortalWindow:
    station, now_ms = view.station, view.now_ms
    servers = station.central.servers
    chosen = next((of for of in servers if of.server_id == window.server), servers[0])
    return PortalWindow(
        tab=window.tab if window.tab in ("jadwal", "peserta", "permintaan") else "",
        school=station.setup.school.name,
        servers=tuple(ServerLine(label=of.label, server_id=of.server_id) for of in servers),
        slots=tuple(
            SlotLine(
                server=slot.server,
                opens=wib(slot.opens_ms),
                closes=wib(slot.closes_ms),
                now=slot.opens_ms <= now_ms < slot.closes_ms,
            )
            for slot in screens.schedule(station)
        ),
        chosen=chosen.server_id,
        registered=_registered(view, chosen) if window.tab == "peserta" else (),
        tests=station.setup.tests,
        requests=tuple(
            RequestLine(
                server_id=of.server_id,
                kind=of.kind,
                state=of.state,
                until=None if of.until_ms is None else wib(of.until_ms),
            )
            for of in screens.portal_requests(station, now_ms)
        ),
        refused=refused,
    )


def _registered(view: View, server: Server) -> tuple[Pupil, ...]:
    people = list_views.registered(view, server.server_id, server.participants)
    return tuple(
        Pupil(no=no, username=one.username, name=one.name, group=one.group)
        for no, one in enumerate(people, 1)
    )
