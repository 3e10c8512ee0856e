"""What a person sees of an answer that a fault has spoiled: the error page of a browser.

Only translation from faults that struck to a kind of page. That they took real time is the hooks'
matter, whether the command was obeyed the engine's.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec

from mock_server.faults.kinds.http import HttpStatus
from mock_server.faults.plan import FaultSpec

LostKind = Literal["status", "foreign", "cut", "unreadable", "empty", "no-answer", "half"]
_KINDS: dict[str, LostKind] = {
    "http.truncate": "half",
    "http.malformed": "unreadable",
    "http.html-for-json": "foreign",
    "http.empty": "empty",
    "net.late": "no-answer",
    "net.hang": "no-answer",
    "net.reset": "cut",
    "net.hangup": "cut",
    "net.garbage": "unreadable",
    "net.bad-chunk": "half",
    "net.half-header": "half",
    "net.refused": "cut",
}


class Lost(msgspec.Struct, frozen=True, kw_only=True):
    """``status`` is the answer's, 0 where there was none; ``wait_s`` is its Retry-After."""

    kind: LostKind
    status: int = 0
    wait_s: int | None = None


def lost_of(struck: Sequence[FaultSpec]) -> Lost | None:
    """Return what the faults leave of the answer, or None if the true one was only late."""
    for spec in struck:
        if spec.fault == "http.status":
            values = msgspec.convert(spec.values, HttpStatus)
            return Lost(kind="status", status=values.status, wait_s=values.retry_after_s)
        if (kind := _KINDS.get(spec.fault)) is not None:
            return Lost(kind=kind)
    return None
