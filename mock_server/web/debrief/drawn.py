"""A desk that is only looked at: from any moment of a run, or of the worked example.

The seat's own templates draw it, with every button off; nothing here looks on anybody's behalf, so
no evidence is left.
"""

from collections.abc import Mapping
from typing import Any

from flask import g

from mock_server.domain.state import Station
from mock_server.procedure.numbers import StepNumber
from mock_server.training.desk import Training
from mock_server.web.parts import Parts
from mock_server.web.seat.desk_view import desk
from mock_server.web.seat.formats import Formats
from mock_server.web.seat.window import Window
from mock_server.web.views import View

_PORTAL = Window(front="portal", tools=("portal",))
WINDOWS: Mapping[StepNumber, Window] = {
    1: _PORTAL,
    3: Window(front="exambro"),
    "7a": Window(front="exambro", tab="service"),
    "7b": Window(front="exambro", tab="service"),
    "7c": Window(front="exambro", tab="service"),
    10: Window(front="portal", tab="jadwal", tools=("portal",)),
}
"""What stands in front at a step, where the machine itself does not say so."""
PRESSED: Mapping[StepNumber, str] = {
    3: "ikon-{exambro}",
    4: "cbtsync-open",
    5: "patch-start",
    "7b": "service-start",
    "7c": "service-refresh",
    11: "menu-dashboard",
    12: "menu-backup",
    13: "backup-start",
    14: "delete-start",
    15: "menu-status-download",
    16: "status-refresh",
    17: "sync-start",
    19: "menu-participants",
    20: "menu-tests",
}
"""The key of the control that a step presses: the example's desk marks it."""
LOOKS: Mapping[str, Window] = {
    "portal-ids": _PORTAL,
    "portal-schedule": WINDOWS[10],
    "portal-registration": Window(front="portal", tab="peserta", tools=("portal",)),
    "service": WINDOWS["7a"],
}
"""What stood in front when a screen was seen, where the machine itself does not say so."""
NO_TRAINING = Training()


def drawn(
    parts: Parts, station: Station, now_ms: int, window: Window, training: Training = NO_TRAINING
) -> dict[str, Any]:
    """Return the values that the seat's templates draw a desk from."""
    speech = parts.speeches.of(station.setup.procedure, g.language)
    view = View(
        station=station,
        now_ms=now_ms,
        showing=None,
        speech=speech,
        people=parts.people,
        backups=parts.backups,
    )
    seen = desk(view, window)
    return {
        "desk": seen,
        "window": seen.window,
        "say": speech.text,
        "fmt": Formats(g.language),
        "inert": True,
        "training": training,
        "replies": {},
        "exam_day": speech.pack.values.exam_day.in_language(g.language),
    }
