"""What is seen of one walk: each answer as it came, the station it left, and what struck.

Data, and the few ways of reading a station that the proofs compare. Pure.
"""

import msgspec
from msgspec.structs import replace

from mock_server.domain import central
from mock_server.domain.state import Station
from mock_server.domain.truth import exam_machine, truth

MASK = "rehearsal"


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """One answer, without Date and with the rehearsal's name masked.

    ``pieces`` are the lengths in bytes in which the body came, where the server lets that be seen.
    ``broke`` says how the connection ended, '' for an answer that came whole; then there may be no
    status (0), no headers and no body.
    """

    asked: str  # such as ``POST backup/start``, for people
    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    pieces: tuple[int, ...] = ()
    broke: str = ""


def masked(reply: Reply, name: str) -> Reply:
    """Return the answer without what may differ from one rehearsal to the next."""
    return replace(
        reply,
        asked=reply.asked.replace(f"/r/{name}/api/", ""),
        headers=tuple(
            (key, value.replace(name, MASK))
            for key, value in reply.headers
            if key.lower() != "date"
        ),
        body=reply.body.replace(name.encode(), MASK.encode()),
    )


class Observed(msgspec.Struct, frozen=True, kw_only=True):
    """``waited_ms`` is the real time that the server was told to spend. ``hits`` is how often the
    fault under proof struck. ``copies`` names, from the journal, the deliveries that nobody
    pressed for just then, and what they brought about."""

    replies: tuple[Reply, ...]
    station: Station
    copies: tuple[str, ...] = ()
    waited_ms: int = 0
    hits: int = 0


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What the commands of the procedure bring about, as whole numbers that can be compared."""

    patched: int
    bound: int
    backups: int
    old_rows: int
    received_rows: int
    datasets_complete: int
    participants: int
    tests_visible: int


def facts(station: Station) -> Facts:
    machine, true = exam_machine(station), truth(station)
    return Facts(
        patched=machine.version == station.setup.cbtsync_version,
        bound=central.own(station).bound_sn == machine.sn,
        backups=machine.backup.number,
        old_rows=sum(machine.data.old),
        received_rows=sum(machine.data.received),
        datasets_complete=true.datasets_complete,
        participants=true.participants,
        tests_visible=true.tests_visible,
    )


def whole(station: Station) -> Station:
    """Return everything: for an answer that was spoilt, nothing else may differ."""
    return station


def service_runs(station: Station) -> int:
    return exam_machine(station).service.running


def looks(station: Station) -> dict[str, tuple[str, int, int]]:
    """Return what was seen: all that a look leaves."""
    return station.seen


def without_plans(station: Station) -> Station:
    """Return the station as if nothing were planned for the centre: a plan alone is not felt."""
    as_usual = replace(station.central, outages=(), closures=(), slowdowns=())
    return replace(station, central=as_usual, events=0)
