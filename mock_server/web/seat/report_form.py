"""The Berita Acara as a form: what was typed, what is missing, and the claim that it makes.

Whether a claim is true is compared by the domain, once it is filed; here it must only be whole.
"""

import re
from collections.abc import Mapping

import msgspec

from mock_server.domain.commands import FileReport

COUNT_MAX = {"datasets_complete": 99, "participants": 100_000}
TEXT_MAX = {"machine": 120, "server_id": 40, "version": 40, "time": 5, "notes": 2000}
ASKED_WHEN_READY = ("machine", "server_id", "version")
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Typed(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the form, as typed; '' is blank."""

    decision: str = ""
    machine: str = ""
    server_id: str = ""
    version: str = ""
    time: str = ""
    datasets_complete: str = ""
    participants: str = ""
    tests_visible: str = ""  # yes or no
    notes: str = ""


def typed(form: Mapping[str, str]) -> Typed:
    """Take the fields from a request, without control characters and not longer than allowed."""
    found: dict[str, str] = {}
    for name in Typed.__struct_fields__:
        text = _CONTROL.sub("", form.get(name, "")).strip()
        found[name] = text[: TEXT_MAX.get(name, 10)]
    return Typed(**found)


def wrong_fields(given: Typed) -> tuple[str, ...]:
    """Return the fields that are blank or no answer to what they ask, in the form's order.

    Who declares the server ready must name it; a postponement may leave that blank, and says why.
    """
    ready = given.decision == "ready"
    wrong: list[str] = []
    if given.decision not in ("ready", "postpone"):
        wrong.append("decision")
    wrong += [name for name in ASKED_WHEN_READY if ready and not getattr(given, name)]
    if _TIME.fullmatch(given.time) is None:
        wrong.append("time")
    wrong += [name for name, most in COUNT_MAX.items() if not _is_count(getattr(given, name), most)]
    if given.tests_visible not in ("yes", "no"):
        wrong.append("tests_visible")
    if given.decision == "postpone" and not given.notes:
        wrong.append("notes")
    return tuple(wrong)


def claim(given: Typed) -> FileReport:
    """Return what a form without wrong fields claims."""
    return FileReport(
        decision="ready" if given.decision == "ready" else "postpone",
        machine=given.machine,
        server_id=given.server_id,
        version=given.version,
        datasets_complete=int(given.datasets_complete),
        participants=int(given.participants),
        tests_visible=given.tests_visible == "yes",
        time=given.time.replace(".", ":").zfill(5),
        notes=given.notes,
    )


def _is_count(text: str, most: int) -> bool:
    return text.isascii() and text.isdecimal() and int(text) <= most
