"""A class as its events leave it: seats, runs, the drill that is on, freezes, planned faults.

Pure. ``seq`` is the number of events folded in.
"""

from collections.abc import Iterable

import msgspec

from mock_server.cohort.events import How, Insert, Kind, Member, Part, PartKind

MINUTE_MS = 60_000


class Freeze(msgspec.Struct, frozen=True, kw_only=True):
    since_ms: int
    message: str
    until_ms: int | None = None

    def holds(self, now_ms: int) -> bool:
        return self.until_ms is None or now_ms < self.until_ms


def held_ms(freeze: Freeze | None, now_ms: int) -> int:
    """Return how long a freeze has held anybody by ``now_ms``."""
    if freeze is None:
        return 0
    end_ms = now_ms if freeze.until_ms is None else min(now_ms, freeze.until_ms)
    return max(0, end_ms - freeze.since_ms)


class Rubric(msgspec.Struct, frozen=True, kw_only=True):
    """What a class has switched on: whether K3 and K4 keep a run from passing."""

    k3_gates: bool
    k4_gates: bool


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One rehearsal of a seat; ``round`` counts the class's drills, 0 before the first.

    ``rubric`` is the class's as it stood when the run began, None for the procedure's own.
    """

    rehearsal: str
    scenario: str
    how: How
    at_ms: int
    parent: str = ""
    round: int = 0
    rubric: Rubric | None = None


class Note(msgspec.Struct, frozen=True, kw_only=True):
    at_ms: int
    text: str


class Seat(msgspec.Struct, frozen=True, kw_only=True):
    number: int
    token: str
    name: str
    school: str
    taken_ms: int
    reopened: bool = False
    runs: tuple[Run, ...] = ()
    freeze: Freeze | None = None  # of this seat alone
    seen: frozenset[str] = frozenset()  # alerts that somebody has seen to
    notes: tuple[Note, ...] = ()
    messages: tuple[Note, ...] = ()
    minutes_given: int = 0  # in the present round

    @property
    def run(self) -> Run | None:
        return self.runs[-1] if self.runs else None


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """A fault that waits; ``done`` are the rehearsals that it was armed in."""

    insert: Insert
    at_ms: int
    round: int
    done: frozenset[str] = frozenset()
    cancelled: bool = False


class Drill(msgspec.Struct, frozen=True, kw_only=True):
    """What the class is at since ``since_ms``; ``part`` is None for one outside the plan."""

    kind: PartKind
    scenario: str
    minutes: int
    since_ms: int
    part: int | None = None
    topic: str = ""


class Cohort(msgspec.Struct, frozen=True, kw_only=True):
    """``held_ms`` is how long the class as a whole stood frozen in the present drill."""

    name: str
    kind: Kind
    title: str
    code: str
    opened_ms: int
    plan: tuple[Part, ...] = ()
    roster: tuple[Member, ...] = ()
    seats: dict[int, Seat] = {}
    drill: Drill | None = None
    round: int = 0
    freeze: Freeze | None = None
    held_ms: int = 0
    minutes_given: int = 0
    planned: tuple[Planned, ...] = ()
    speed: int | None = None
    rubric: Rubric | None = None
    closed: bool = False
    seq: int = 0

    def frozen(self, seat: int, now_ms: int) -> Freeze | None:
        """Return what holds this seat at ``now_ms``: its own freeze, or the class's."""
        own = self.seats[seat].freeze if seat in self.seats else None
        if own is not None and own.holds(now_ms):
            return own
        return self.freeze if self.freeze is not None and self.freeze.holds(now_ms) else None

    def ends_ms(self, now_ms: int, seat: int | None = None) -> int | None:
        """Return when the drill's time is up; time that the class stood frozen does not count."""
        if self.drill is None or self.drill.minutes == 0:
            return None
        given = self.minutes_given + (self.seats[seat].minutes_given if seat is not None else 0)
        held = self.held_ms + held_ms(self.freeze, now_ms)
        return self.drill.since_ms + (self.drill.minutes + given) * MINUTE_MS + held

    def current(self, seat: int) -> Run | None:
        """Return the run that a seat is to work in now; None if it has yet to begin one, or if
        nobody sits there."""
        found = self.seats.get(seat)
        run = None if found is None else found.run
        if run is None or self.kind == "solo":
            return run
        return run if run.round == self.round else None

    def at_work(self, seat: int) -> Run | None:
        """Return the run whose pages somebody at this seat has before the eyes: the current one,
        or one of a drill that the class has left already. None if nothing was begun."""
        found = self.seats.get(seat)
        return None if found is None else found.run

    def waiting(self) -> tuple[Planned, ...]:
        """Return the planned faults of this round that may still strike somebody."""
        return tuple(
            one
            for one in self.planned
            if not one.cancelled and one.round == self.round and self._may_strike(one)
        )

    def _may_strike(self, one: Planned) -> bool:
        aimed = self.targets(one.insert.seats)
        runs = [self.current(number) for number in aimed]
        return any(run is None or run.rehearsal not in one.done for run in runs) or not aimed

    def targets(self, seats: Iterable[int]) -> tuple[int, ...]:
        """Return the seats that are there of those named; all of them for none."""
        named = tuple(seats)
        return tuple(sorted(set(named) & set(self.seats) if named else self.seats))
