"""The base of all events and the words they share."""

from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

DataBefore = Literal["empty", "old", "partial", "complete"]
IdVerdict = Literal["bound", "unknown", "bound-elsewhere", "no-line"]
StopReason = Literal["line", "closed", "service", "dropped", "stalled"]


def kebab(name: str) -> str:
    """Return a class name as the wire has it: ``start-sync`` for StartSync."""
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).lstrip("-")


class Happened(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag=kebab):
    """Base of all events. On the wire its ``type`` is the class name in kebab case.

    ``at_ms`` is the event's own virtual instant; ``machine``, where there is one, names the
    machine it happened on. ``copy`` marks what a delivery has brought about that nobody pressed
    for just then: a late one, or a second one of the same request.
    """

    at_ms: int
    copy: bool | UnsetType = UNSET
