"""One walk of the reference proctor: a rehearsal, its course, and what was seen on the way."""

from collections.abc import Mapping, Sequence

from mock_server import rehearsal
from mock_server.domain import central
from mock_server.domain.events import CopyDelivered
from mock_server.domain.happened import kebab
from mock_server.domain.state import Station
from mock_server.domain.truth import exam_machine
from mock_server.faults.events import FaultFired
from mock_server.self_check.courses import Ask, Course, Wait
from mock_server.self_check.observed import Observed, Reply, masked
from mock_server.self_check.stage import Json, Stage, control

UNDER_PROOF, GIVEN = "f1", "g1"  # ids: the fault that is checked, and one that goes before it
START = "2017-04-08T08:05:00+07:00"
DOCUMENT: Json = {
    "schema": "cbtsync-scenario/1",
    "id": "self-check",
    "title": {"id": "Pemeriksaan gangguan", "en": "Check of the faults"},
    "backup_size": "64KiB",
    "expect": {"ending": "ready"},
}


def walk(stage: Stage, course: Course, faults: Sequence[Json], *, disarm: bool = False) -> Observed:
    """Take the course under ``faults``; ``disarm`` calls the fault under proof off at the start.

    Raises ArmingRefusedError if the server will not have such a fault.
    """
    waited_ms = stage.waited_ms()
    name = begun(stage, course, faults)
    if disarm:
        control(stage, f"/{name}/faults/{UNDER_PROOF}", method="DELETE")
    filled_in = _filled_in(_station(stage, name))
    replies = []
    for step in course.steps:
        match step:
            case Wait():
                control(stage, f"/{name}/clock/advance", {"by_ms": step.ms})
            case Ask():
                replies.append(masked(_asked(stage, name, step, filled_in), name))
    return Observed(
        replies=tuple(replies),
        station=_station(stage, name),
        copies=_copies(stage, name),
        waited_ms=stage.waited_ms() - waited_ms,
        hits=_hits(stage, name),
    )


def begun(stage: Stage, course: Course, faults: Sequence[Json]) -> str:
    """Begin a rehearsal on a clock that moves when told, and return its name.

    Raises ArmingRefusedError if the server will not have such a fault.
    """
    given = [{"id": GIVEN, "fault": fault} for fault in course.given]
    document = DOCUMENT | {
        "start": {"at": START, "condition": course.start.value},
        "faults": [*given, *({"id": UNDER_PROOF} | fault for fault in faults)],
    }
    told = control(stage, "", {"document": document, "clock": {"mode": "manual"}})
    return str(told["name"])


def _asked(stage: Stage, name: str, ask: Ask, filled_in: Mapping[str, str]) -> Reply:
    body = {key: value.format_map(filled_in) for key, value in ask.body}
    path = f"/r/{name}/api/{ask.path}"
    return stage.call(ask.method, path, body if ask.method == "POST" else None)


def _filled_in(station: Station) -> dict[str, str]:
    """Return what the placeholders of a course stand for."""
    return {
        "machine": exam_machine(station).id,
        "exambro": station.setup.exambro_version,
        "server_id": central.own(station).server_id,
    }


def _station(stage: Stage, name: str) -> Station:
    """Return the station as its journal has it, whatever any screen says."""
    return rehearsal.replay(stage.events(name)).station


def _copies(stage: Stage, name: str) -> tuple[str, ...]:
    """Name each delivery beside a request, and what it brought about."""
    return tuple(
        kebab(type(event).__name__)
        for event in stage.events(name)
        if event.copy or isinstance(event, CopyDelivered)
    )


def _hits(stage: Stage, name: str) -> int:
    fired = [event for event in stage.events(name) if isinstance(event, FaultFired)]
    return sum(event.id == UNDER_PROOF for event in fired)
