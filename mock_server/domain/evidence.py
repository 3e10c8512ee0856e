"""That a screen was looked at: recorded once for all that is new on it, not once a poll."""

from collections.abc import Callable

from mock_server.domain import screen_shapes as shapes
from mock_server.domain import screens
from mock_server.domain.events import Event, ScreenSeen
from mock_server.domain.state import Station

Showing = shapes.Screen | tuple[shapes.Slot, ...]
Says = tuple[str, int]


def _registered(station: Station, _now_ms: int) -> tuple[shapes.Slot, ...]:
    return screens.schedule(station)


BUILDERS: dict[str, Callable[[Station, int], Showing]] = {
    "desk": screens.desk,
    "patch": screens.patch,
    "service": screens.service,
    "dashboard": screens.dashboard,
    "backup": screens.backup,
    "delete": screens.delete,
    "overlay": screens.overlay,
    "sync": screens.sync,
    "participants": screens.participants,
    "tests": screens.tests,
    "portal-ids": _registered,
    "portal-schedule": _registered,
    "portal-registration": _registered,
}


def show(station: Station, screen: str, now_ms: int) -> Showing:
    """Return what ``screen`` shows at ``now_ms``.

    Raises Refusal if it cannot be seen now, ValueError if there is no such screen.
    """
    builder = BUILDERS.get(screen)
    if builder is None:
        raise ValueError(f"screen {screen!r}: allowed are {', '.join(BUILDERS)}")
    return builder(station, now_ms)


def says(station: Station, showing: Showing) -> Says:
    """Return a screen's main word and main number (-1: none)."""
    match showing:
        case shapes.SyncScreen():
            return showing.phase, showing.done
        case shapes.DeskScreen():
            return station.here, len(showing.messages)
        case shapes.PatchScreen():
            return f"{showing.phase} {showing.version}", -1
        case shapes.ServiceScreen():
            return showing.shown, -1
        case shapes.DashboardScreen():
            return showing.condition or "", -1
        case shapes.BackupScreen():
            return showing.phase, showing.number
        case shapes.DeleteScreen():
            return showing.phase, -1 if showing.left is None else showing.left
        case shapes.OverlayScreen():
            return ("open" if showing.open else "closed"), -1
        case shapes.ParticipantsScreen():
            return "", len(showing.listed)
        case shapes.TestsScreen():
            return "", len(showing.tests)
        case tuple():
            return "", len(showing)
        case _:
            raise AssertionError(f"nobody says what {type(showing).__name__} says")


def data_version(station: Station) -> int:
    machine = station.machines.get(station.here)
    return 0 if machine is None else machine.data_version


def is_news(station: Station, screen: str, said: Says) -> bool:
    return station.seen.get(screen) != (*said, data_version(station))


def decide_look(station: Station, screen: str, now_ms: int) -> tuple[Event, ...]:
    """Return the evidence of a look that shows something new, else ()."""
    said = says(station, show(station, screen, now_ms))
    if not is_news(station, screen, said):
        return ()
    return (ScreenSeen(at_ms=now_ms, screen=screen, word=said[0], count=said[1]),)
