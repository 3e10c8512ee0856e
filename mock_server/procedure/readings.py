"""What somebody has read off the screens by a certain moment: the version, the dashboard's word."""

from collections.abc import Iterator

from mock_server.domain.events import IdSubmitted, ScreenSeen
from mock_server.domain.screens import condition
from mock_server.procedure.course import Course, Moment, machine_in_use


def version_was_read(course: Course, before_index: int) -> bool:
    """Tell whether the version that is installed at that moment was seen before it.

    The patching screen shows it, and the dashboard does.
    """
    machine = machine_in_use(course.moments[before_index].before)
    return any(
        _shows_version(moment, machine.id, machine.version)
        for moment in course.moments[:before_index]
    )


def _shows_version(moment: Moment, machine: str, version: str) -> bool:
    seen = moment.event
    if not isinstance(seen, ScreenSeen) or moment.before.here != machine:
        return False
    if seen.screen == "patch":  # its word is "<phase> <version>"
        return seen.word.rpartition(" ")[2] == version
    return seen.screen == "dashboard" and moment.before.machines[machine].version == version


def dashboard_words(course: Course) -> Iterator[tuple[int, str]]:
    """Yield what the dashboard was seen to say, each with its index; Submit leads to it, too."""
    for moment in course.moments:
        event = moment.event
        if isinstance(event, ScreenSeen) and event.screen == "dashboard":
            yield moment.index, event.word
        elif isinstance(event, IdSubmitted):
            yield moment.index, condition(moment.after, moment.at_ms) or ""
