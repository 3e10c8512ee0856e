"""Which screens somebody sees who has a desk before the eyes: each one is a look, and evidence."""

from collections.abc import Iterator
from typing import NamedTuple

from mock_server.domain import screens
from mock_server.domain.operations import Operation
from mock_server.domain.state import Station
from mock_server.web.seat.cbtsync_view import kind
from mock_server.web.seat.window import Front, Window

_PORTAL = {
    "": (Operation.PORTAL_IDS, "portal-ids"),
    "jadwal": (Operation.PORTAL_SCHEDULE, "portal-schedule"),
    "peserta": (Operation.PORTAL_REGISTRATION, "portal-registration"),
}
_CBTSYNC: dict[str, tuple[tuple[Operation | None, str], ...]] = {
    "patching": ((Operation.PATCH_STATUS, "patch"),),
    "id": ((Operation.PATCH_STATUS, "patch"),),
    "dashboard": ((Operation.DASHBOARD_VIEW, "dashboard"),),
    "sync": ((Operation.SYNC_STATUS, "sync"), (None, "overlay")),
    "backup": ((Operation.BACKUP_STATUS, "backup"), (Operation.DELETE_STATUS, "delete")),
    "participants": ((Operation.PARTICIPANTS_LIST, "participants"),),
    "tests": ((Operation.TESTS_LIST, "tests"),),
}


class Sight(NamedTuple):
    """One screen in one window. ``op`` is the request that it costs, None for a part of another."""

    window: Front
    op: Operation | None
    screen: str


def sights(station: Station, now_ms: int, window: Window, visible: set[Front]) -> Iterator[Sight]:
    """Yield what can be seen now. The status word stands on every page of the dashboard."""
    yield Sight("", None, "desk")
    if "exambro" in visible and window.tab == "service":
        yield Sight("exambro", None, "service")
    if "portal" in visible and window.tab in _PORTAL:
        yield Sight("portal", *_PORTAL[window.tab])
    if "cbtsync" not in visible:
        return
    phase = screens.patch(station, now_ms).phase
    page = kind(screens.here(station), phase, window)
    for op, screen in _CBTSYNC.get(page, ()):
        yield Sight("cbtsync", _asked_for(station, now_ms, op), screen)
    if page not in ("patching", "id", "dashboard"):
        yield Sight("cbtsync", None, "dashboard")


def _asked_for(station: Station, now_ms: int, op: Operation | None) -> Operation | None:
    """Return what the page asks the server: there is no deletion to ask about before HAPUS."""
    if op is Operation.DELETE_STATUS and screens.delete(station, now_ms).phase == "none":
        return None
    return op
