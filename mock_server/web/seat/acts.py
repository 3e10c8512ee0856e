"""What the buttons of the seat do: each one is an operation of the vendor's plane, by its name.

The commands and the shapes of their fields are the plane's own, so that a click and a program's
request are the same act. Here stands only which window is in front afterwards.
"""

from collections.abc import Mapping

import msgspec

from mock_server.web.routes.route import Route
from mock_server.web.routes.table import ROUTES
from mock_server.web.seat.window import Front, Tab, Window


class UnknownActError(Exception):
    """A form was sent that no page of ours holds."""


ACTS: Mapping[str, Route] = {
    str(route.op or route.name): route
    for route in ROUTES
    if route.command is not None and route.name != "report_submit"
}
_TO: Mapping[str, tuple[Front, Tab]] = {
    "machine.use": ("desktop", ""),
    "machine.set-clock": ("jam", ""),
    "exambro.open": ("exambro", ""),
    "cbtsync.open": ("cbtsync", ""),
    "cbtsync.close": ("exambro", ""),
    "service.start": ("exambro", "service"),
    "service.refresh": ("exambro", "service"),
    "portal.sn-reset": ("portal", "permintaan"),
    "portal.reopen": ("portal", "permintaan"),
}
_SAYS: Mapping[str, str] = {
    "service.start": "service.start_sent",
    "machine.set-clock": "licence.clock_set",
    "delete.cancel": "delete.cancelled",
}
"""What the screen says after a button that was obeyed, by the key of its message."""


def asked_of(aksi: str, form: Mapping[str, str]) -> tuple[Route, msgspec.Struct]:
    """Return the operation and its fields. Raises UnknownActError."""
    route = ACTS.get(aksi)
    if route is None:
        raise UnknownActError(f"aksi {aksi[:60]!r}: there is no such button")
    names = {of.encode_name for of in msgspec.structs.fields(route.asks)}
    given = {name: form[name] for name in sorted(names & set(form))}
    try:
        return route, msgspec.convert(given, route.asks, strict=False)
    except msgspec.ValidationError as error:
        raise UnknownActError(f"aksi {aksi!r}: {error}") from None


def obeyed(window: Window, aksi: str, form: Mapping[str, str]) -> Window:
    """Return the desk after a button that was obeyed."""
    key = "delete.cancel" if form.get("answer") == "cancel" else aksi
    front, tab = _TO.get(aksi, ("cbtsync", ""))
    after = window.over(front, tab)
    said = _SAYS.get(key)
    return after if said is None else after.saying(said)
