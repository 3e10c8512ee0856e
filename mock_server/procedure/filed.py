"""Each Berita Acara of a rehearsal beside what was true, and what had been looked at, just then."""

from collections.abc import Iterator

import msgspec

from mock_server.domain import lists
from mock_server.domain.events import (
    DeleteStarted,
    MenuOpened,
    ReportFiled,
    ScreenSeen,
    SyncCompleted,
    SyncStarted,
    SyncStopped,
)
from mock_server.domain.state import Machine
from mock_server.domain.sync_plan import received_rows
from mock_server.domain.truth import Truth, truth_of
from mock_server.procedure.course import Course, Moment, machine_in_use

SYNC_EVENTS = (SyncStarted, SyncStopped, SyncCompleted)


class Filed(msgspec.Struct, frozen=True, kw_only=True):
    """``machine`` is the one in use, ``truth`` what was true on it."""

    moment: Moment
    report: ReportFiled
    machine: Machine
    truth: Truth
    listed: int  # names in Daftar Peserta, doubles included
    registered: int
    participants_opened: bool  # Daftar Peserta, since the last sync
    tests_opened: bool  # Status Test, since the last sync
    emptied: bool  # HAPUS has destroyed complete data, and no sync has brought them back

    @property
    def ready(self) -> bool:
        return self.report.decision == "ready"

    @property
    def complete(self) -> bool:
        """Whether all rows are green here."""
        return self.machine.sync.phase == "complete"

    @property
    def number_wrong(self) -> bool:
        """Whether the form hides how Daftar Peserta differs from the registration.

        It has no field for doubles: with doubles in the list, ready is the wrong word.
        """
        return "participants" in self.report.wrong or (self.ready and self.listed > self.registered)


def each_filed(course: Course) -> Iterator[Filed]:
    """Yield the reports in order; the last one stands.

    A copy of one tells nothing once a report was heard.
    """
    heard = False
    for moment, report in course.each(ReportFiled):
        if heard and moment.is_copy:
            continue
        heard = True
        before = moment.before
        machine = machine_in_use(before)
        since = last_sync_index(course, machine, moment.index)
        received = received_rows(machine, moment.at_ms)
        yield Filed(
            moment=moment,
            report=report,
            machine=machine,
            truth=truth_of(before, machine, moment.at_ms),
            listed=len(lists.participants(before, machine, received)),
            registered=lists.registered(before, machine),
            participants_opened=opened_between(course, "participants", since, moment.index),
            tests_opened=opened_between(course, "tests", since, moment.index),
            emptied=_emptied(course, machine, moment.index),
        )


def last_sync_index(course: Course, machine: Machine, before_index: int) -> int:
    """Return where the machine's last sync began or ended before that moment; -1 if nowhere."""
    for moment in reversed(course.moments[:before_index]):
        if isinstance(moment.event, SYNC_EVENTS) and moment.event.machine == machine.id:
            return moment.index
    return -1


def opened_between(course: Course, menu: str, after_index: int, before_index: int) -> bool:
    """Tell whether the menu's page was opened or seen between two moments, both excluded."""
    return any(opens(moment, menu) for moment in course.moments[after_index + 1 : before_index])


def opens(moment: Moment, menu: str) -> bool:
    event = moment.event
    if isinstance(event, MenuOpened):
        return event.menu == menu
    return isinstance(event, ScreenSeen) and event.screen == menu


def _emptied(course: Course, machine: Machine, before_index: int) -> bool:
    for moment in reversed(course.moments[:before_index]):
        event = moment.event
        if not isinstance(event, SyncCompleted | DeleteStarted) or event.machine != machine.id:
            continue
        if isinstance(event, SyncCompleted):
            return False
        if event.before == "complete":
            return True
    return False
