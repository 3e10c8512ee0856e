"""A rehearsal as the rubric reads it: each event with the station just before and just after it.

Pure. The station is folded by the domain's own rules, so that the rubric asks it for the truth,
the dashboard's condition or the old rows instead of working them out a second time.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import msgspec

from mock_server.domain import station as rules
from mock_server.domain.events import Event, Happened, RequestHeld, StationPrepared
from mock_server.domain.refusals import Refusal
from mock_server.domain.setup import Setup
from mock_server.domain.state import Machine, Station
from mock_server.domain.truth import exam_machine

Kind = TypeVar("Kind", bound=Happened)


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """``index`` counts the station's own events from 0; ``seq`` is the journal's number."""

    index: int
    seq: int
    event: Event
    before: Station
    after: Station

    @property
    def at_ms(self) -> int:
        return self.event.at_ms

    @property
    def is_copy(self) -> bool:
        """Whether a delivery brought it about that nobody pressed for just then."""
        return bool(self.event.copy)


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """``moments`` leaves out the first event; ``start`` is the station that it prepared."""

    setup: Setup
    start: Station
    moments: tuple[Moment, ...]

    @property
    def end(self) -> Station:
        return self.moments[-1].after if self.moments else self.start

    def each(self, kind: type[Kind]) -> Iterator[tuple[Moment, Kind]]:
        """Yield the events of one kind in order, each with its moment."""
        for moment in self.moments:
            if isinstance(moment.event, kind):
                yield moment, moment.event

    def acts(self, kind: type[Kind]) -> Iterator[tuple[Moment, Kind]]:
        """Yield what somebody did, in order: what no copy has brought about.

        What was sent and came late was done where it was sent, whatever it met on arriving.
        """
        for moment in self.moments:
            if isinstance(moment.event, RequestHeld):
                meant = _meant(moment, moment.event)
                yield from ((moment, event) for event in meant if isinstance(event, kind))
            elif isinstance(moment.event, kind) and not moment.is_copy:
                yield moment, moment.event

    def indices(
        self, kind: type[Kind], where: Callable[[Kind], bool] = lambda _event: True
    ) -> tuple[int, ...]:
        """Return where such events stand, as indices of moments."""
        return tuple(moment.index for moment, event in self.each(kind) if where(event))

    def first(
        self, kind: type[Kind], where: Callable[[Kind], bool] = lambda _event: True
    ) -> int | None:
        return next(iter(self.indices(kind, where)), None)


def _meant(moment: Moment, held: RequestHeld) -> tuple[Event, ...]:
    """Return what the request would have brought about at once."""
    try:
        return rules.decide(moment.before, held.command, moment.at_ms)
    except Refusal:
        return ()


def course_of(entries: Sequence[tuple[int, Happened]]) -> Course:
    """Fold a journal's ``(seq, event)`` pairs; events that are not the station's are left out.

    Raises ValueError if the first of the station's events does not prepare it.
    """
    own = [(seq, event) for seq, event in entries if isinstance(event, Event)]
    if not own or not isinstance(prepared := own[0][1], StationPrepared):
        found = type(own[0][1]).__name__ if own else "nothing"
        raise ValueError(f"a journal to assess begins with StationPrepared; this one with {found}")
    station = start = rules.begin(prepared)
    moments = []
    for index, (seq, event) in enumerate(own[1:]):
        after = rules.evolve(station, event)
        moments.append(Moment(index=index, seq=seq, event=event, before=station, after=after))
        station = after
    return Course(setup=prepared.setup, start=start, moments=tuple(moments))


def machine_in_use(station: Station) -> Machine:
    """Return the machine somebody sits at; before one was chosen, the exam server."""
    return station.machines.get(station.here) or exam_machine(station)
