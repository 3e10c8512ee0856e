"""Messages of the story: when the next one comes, by the clock or once the work has come so far."""

from collections.abc import Iterator
from typing import assert_never

from mock_server.domain.events import InjectShown
from mock_server.domain.setup import SyncPoint
from mock_server.domain.state import Machine, Station


def due(station: Station) -> Iterator[tuple[int, tuple[InjectShown, ...]]]:
    """Yield the next message with its instant; nothing if none is left or it waits for the work.

    Whoever wants something of a sync has seen one: the message does not come before it, nor to
    somebody who has filed the report. They come in their order.
    """
    for inject in station.setup.injects[len(station.messages) :][:1]:
        at_ms = inject.at_ms
        if inject.after:
            if station.report is not None or not _has_come_to(station, inject.after):
                return
            at_ms = max(at_ms, station.at_ms)
        shown = InjectShown(at_ms=at_ms, sender=inject.sender, say=inject.say, tempts=inject.tempts)
        yield at_ms, (shown,)


def _has_come_to(station: Station, point: SyncPoint) -> bool:
    return any(_is_at(machine, point) for machine in station.machines.values())


def _is_at(machine: Machine, point: SyncPoint) -> bool:
    match point:
        case "submitted":
            return machine.identity.verdict is not None
        case "syncing":
            return machine.sync.phase != "none"
        case "stopped":
            return machine.sync.phase == "stopped"
        case "synced":
            return machine.sync.phase == "complete"
        case _:
            assert_never(point)
