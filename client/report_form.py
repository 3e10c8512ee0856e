"""The Berita Acara Sinkronisasi as the form asks for it: only what was seen, nothing that was
hoped. Pure."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Literal

from client import counts
from client.belief import Belief
from client.calls import Value
from client.machines import own_machine, shown_id

WIB = timezone(timedelta(hours=7), "WIB")
NOTES_MAX = 500  # characters


def wib(at_ms: int) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000, tz=UTC).astimezone(WIB)


def form(belief: Belief, decision: Literal["ready", "postpone"], notes: str) -> dict[str, Value]:
    """Return the fields of the form. What no screen shows (an ID, a version) is left blank."""
    machine, patch = own_machine(belief), belief.patch
    # While patching moves on, the version we read may be over by the time the form is read.
    is_changing = patch is not None and patch.phase == "running" and patch.eta_ms is not None
    fields: dict[str, Value] = {
        "decision": decision,
        "machine": machine.label if machine is not None else "",
        "server_id": shown_id(belief) or belief.synced_as,
        "version": "" if patch is None or is_changing else patch.version,
        "datasets_complete": counts.sets_read_last(belief),
        "participants": counts.listed_names(belief.listing, belief.registration),
        "tests_visible": belief.tests is not None and len(belief.tests.tests) > 0,
        "time": wib(belief.now_ms).strftime("%H:%M"),
    }
    if notes:
        fields["notes"] = notes[:NOTES_MAX]
    return fields
