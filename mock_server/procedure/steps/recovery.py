"""Step 7: what was done after a failed patching, part by part (7a to 7f), and in which order."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from mock_server.domain.events import (
    CbtsyncClosed,
    CbtsyncOpened,
    PatchFailed,
    PatchStarted,
    PatchSucceeded,
    ScreenSeen,
    ServiceRead,
    ServiceStartRequested,
)
from mock_server.procedure.course import Course, Moment
from mock_server.procedure.numbers import StepNumber

Shows = Callable[[Moment], bool]


class Recovery(msgspec.Struct, frozen=True, kw_only=True):
    """``done`` says of each part whether it was done at all, ``in_order`` whether all of them
    were done one after the other; a part that was not called for is left out."""

    done: Mapping[StepNumber, bool]
    in_order: bool

    @property
    def whole(self) -> bool:
        return all(self.done.values())


def recovery(course: Course, version: str, *, version_reported: bool) -> Recovery | None:
    """Return what followed the first failure; None if no patching failed.

    ``version`` is the one that patching must reach, ``version_reported`` whether the report
    names it rightly: that is a way to show 7f, too.
    """
    failed = course.first(PatchFailed)
    if failed is None:
        return None
    after = course.moments[failed + 1 :]
    parts = dict(_parts(version))
    if not any(_succeeds(moment, version) for moment in after):
        del parts["7f"]
    elif version_reported:
        parts["7f"] = ()
    done = {
        number: all(any(shows(moment) for moment in after) for shows in signs)
        for number, signs in parts.items()
    }
    signs = [shows for number in parts for shows in parts[number]]
    return Recovery(done=done, in_order=_matched(after, signs) == len(signs))


def _parts(version: str) -> Iterator[tuple[StepNumber, tuple[Shows, ...]]]:
    """Yield each part with the signs of it, in the order of the procedure."""
    yield "7a", (_opens_tab,)
    yield "7b", (_starts_service,)
    yield "7c", (_reads_running,)
    yield "7d", (lambda moment: isinstance(moment.event, CbtsyncClosed),)
    yield (
        "7e",
        (
            lambda moment: isinstance(moment.event, CbtsyncOpened),
            lambda moment: isinstance(moment.event, PatchStarted),
        ),
    )
    yield "7f", (lambda moment: _reads_version(moment, version),)


def _matched(moments: Sequence[Moment], signs: Sequence[Shows]) -> int:
    """Return how many signs, from the first on, appear in order; one moment may show several."""
    matched = 0
    for moment in moments:
        while matched < len(signs) and signs[matched](moment):
            matched += 1
    return matched


def _opens_tab(moment: Moment) -> bool:
    event = moment.event
    if isinstance(event, ScreenSeen):
        return event.screen == "service"
    return isinstance(event, ServiceRead | ServiceStartRequested)


def _starts_service(moment: Moment) -> bool:
    """Start Service, or the sight of a service that needs no start."""
    return isinstance(moment.event, ServiceStartRequested) or _reads_running(moment)


def _reads_running(moment: Moment) -> bool:
    return isinstance(moment.event, ServiceRead) and moment.event.shown == "running"


def _succeeds(moment: Moment, version: str) -> bool:
    return isinstance(moment.event, PatchSucceeded) and moment.event.version == version


def _reads_version(moment: Moment, version: str) -> bool:
    seen = moment.event
    if not isinstance(seen, ScreenSeen) or seen.screen not in ("patch", "dashboard"):
        return False
    machine = moment.before.machines.get(moment.before.here)
    return machine is not None and machine.version == version
