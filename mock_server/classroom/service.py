"""What people and facilitators ask of classes, and what a poll of a seat brings about."""

from collections.abc import Callable
from contextlib import suppress

from mock_server.classroom.context import SeatContext, context_of
from mock_server.classroom.errors import UnknownSeatError
from mock_server.classroom.helping import Helping
from mock_server.classroom.presence import Presence
from mock_server.classroom.reach import Reach
from mock_server.classroom.readings import Reading, Readings, switches
from mock_server.classroom.registry import Registry, Where
from mock_server.cohort import commands as c
from mock_server.cohort import deciding
from mock_server.cohort.events import CohortOpened, How, Part, SeatTaken
from mock_server.cohort.state import Cohort, Run, Seat
from mock_server.engine import Engine
from mock_server.ports import CohortStore, RealTime, Tokens, UnknownRehearsalError
from mock_server.procedure.pack import ProcedurePack, RubricSwitches
from mock_server.training.events import PauseCause


class Classroom:
    """Safe to call from several threads."""

    def __init__(
        self,
        store: CohortStore,
        engine: Engine,
        real: RealTime,
        tokens: Tokens,
        find_pack: Callable[[str], ProcedurePack],
    ) -> None:
        self._registry = Registry(store, real)
        self._store = store
        self._engine = engine
        self._real = real
        self._tokens = tokens
        self._readings = Readings(engine, find_pack, self._registry.rubric_of)
        self._reach = Reach(engine, self._readings.stands)
        self.helping = Helping(engine, self._registry, self._reach, self._readings, self.adopt)
        self._presence = Presence(real)

    @property
    def store(self) -> CohortStore:
        return self._store

    @property
    def real(self) -> RealTime:
        return self._real

    def now_ms(self) -> int:
        return self._registry.now_ms()

    # --- sitting down -----------------------------------------------------------------------------

    def open_solo(self) -> str:
        """Make a seat for one who learns alone and return its key."""
        name, token = self._tokens.token(), self._tokens.token()
        now_ms = self.now_ms()
        self._registry.open(CohortOpened(at_ms=now_ms, kind="solo"), name)
        self._registry.change(name, lambda *_: [SeatTaken(at_ms=now_ms, seat=1, token=token)])
        return token

    def open_class(self, title: str, plan: tuple[Part, ...]) -> Cohort:
        """Raises CohortRefusal for an empty title or plan."""
        asked = c.Open(title=title, code=self._registry.free_code(self._tokens), plan=plan)
        return self._registry.open(deciding.decide_open(asked, self.now_ms()), self._tokens.token())

    def classes(self) -> list[Cohort]:
        """Return the classes, newest first."""
        return [one for one in reversed(self._registry.cohorts()) if one.kind == "class"]

    def cohort(self, name: str) -> Cohort:
        """Raises UnknownCohortError."""
        return self._registry.get(name)

    def join(self, code: str, seat: int, name: str, school: str = "") -> str:
        """Sit down in the class of this code and return the seat's key.

        Raises UnknownSeatError if no open class has the code, CohortRefusal for the rest.
        """
        wanted = code.strip().upper()
        found = next((one for one in self.classes() if one.code == wanted and not one.closed), None)
        if found is None:
            raise UnknownSeatError("no class that is open has this code")
        token = self._tokens.token()
        self.do(found.name, c.Join(seat=seat, token=token, name=name, school=school))
        return token

    def seat(self, token: str) -> tuple[Cohort, Seat]:
        """Raises UnknownSeatError."""
        where = self._registry.where(token)
        cohort = None if where is None else self._registry.get(where.cohort)
        seat = None if cohort is None or where is None else cohort.seats.get(where.seat)
        if cohort is None or seat is None or seat.token != token:
            raise UnknownSeatError("no seat has this key")
        return cohort, seat

    # --- rehearsals of a seat ---------------------------------------------------------------------

    def begin(
        self,
        token: str,
        scenario: str,
        make: Callable[[], str],
        *,
        how: How = "begin",
        afresh: bool = False,
    ) -> str:
        """Return the rehearsal of ``scenario`` that this seat is at; ``make`` creates it if there
        is none, or if ``afresh``. Two tabs that ask at once get the same one.

        Raises UnknownSeatError, and what ``make`` raises.
        """
        cohort, seat = self.seat(token)
        with self._registry.locked(cohort.name):
            run = self._registry.get(cohort.name).current(seat.number)
            if run is not None and run.scenario == scenario and not afresh:
                return run.rehearsal
            name = make()
            self.do(
                cohort.name,
                c.Begin(seat=seat.number, rehearsal=name, scenario=scenario, how=how),
            )
        self._settle(Where(cohort.name, seat.number))
        return name

    def adopt(self, parent: str, child: str, how: How) -> None:
        """Give a rehearsal that goes on from ``parent`` the same seat; nothing if it has none."""
        where = self._registry.where(parent)
        if where is None:
            return
        run = self._registry.runs_to(parent)[-1]
        begin = c.Begin(
            seat=where.seat, rehearsal=child, scenario=run.scenario, how=how, parent=parent
        )
        self.do(where.cohort, begin)
        self._settle(where)

    def seat_of(self, rehearsal: str) -> SeatContext | None:
        """Return the seat that this rehearsal belongs to, None for one outside any class."""
        where = self._registry.where(rehearsal)
        if where is None:
            return None
        return context_of(self._registry.get(where.cohort), where.seat, rehearsal, self.now_ms())

    def tick(self, rehearsal: str) -> None:
        """Note that the seat is there, and carry out what has come due for it.

        Every poll and act of a seat calls this; where nothing is due it takes no lock. Who comes
        back after a long while (a closed laptop) goes on where the last event left it, as after a
        power cut.
        """
        where = self._registry.where(rehearsal)
        if where is None:
            return
        was_away = self._presence.was_away(where)
        self._presence.seen(where)
        if was_away:
            self._reach.resume(rehearsal)
        self._settle(where)
        if self._presence.is_idle(where):
            self._pause(where, rehearsal, "idle")

    def attend(self, rehearsal: str) -> None:
        """Note that somebody pressed something there. A pause for want of anybody ends."""
        where = self._registry.where(rehearsal)
        if where is not None:
            self._presence.acted(where)
            self._reach.end_pause(rehearsal)

    def rest(self, rehearsal: str) -> None:
        """Let the clock of one who learns alone stand while a page beside the seat is read."""
        where = self._registry.where(rehearsal)
        if where is not None:
            self._pause(where, rehearsal, "beside")

    def _pause(self, where: Where, rehearsal: str, cause: PauseCause) -> None:
        """Stop the clock of one who learns alone; a class's stands when its facilitator says so.

        Waiting for a job is work too: while one advances, nothing stops.
        """
        if self._registry.get(where.cohort).kind == "solo":
            self._reach.pause(rehearsal, cause)

    def present(self, token: str) -> None:
        """Note that somebody sits there and waits for a drill. Raises UnknownSeatError."""
        cohort, seat = self.seat(token)
        self._presence.seen(Where(cohort.name, seat.number))

    def reading(self, rehearsal: str) -> Reading:
        """Return what its journal says to people who watch. Raises UnknownRehearsalError."""
        return self._readings.of(rehearsal)

    def runs_to(self, rehearsal: str) -> tuple[Run, ...]:
        """Return what the same seat has begun up to this rehearsal, it included; () without one."""
        return self._registry.runs_to(rehearsal)

    def switches(self, rehearsal: str, pack: ProcedurePack) -> RubricSwitches:
        """Return what gates in this rehearsal: its class's word when it began, else the pack's."""
        return switches(pack, self._registry.rubric_of(rehearsal))

    def seen_ago_ms(self, cohort: str, seat: int) -> int | None:
        """Return how long ago the seat last asked for anything; None: not since the start."""
        return self._presence.seen_ago_ms(Where(cohort, seat))

    # --- the facilitator --------------------------------------------------------------------------

    def do(self, cohort: str, command: c.AnyCommand) -> Cohort:
        """Give a command and carry out what it means for the rehearsals that are on.

        Raises UnknownCohortError, CohortRefusal.
        """
        state = self._registry.change(
            cohort, lambda state, now_ms: deciding.decide(state, command, now_ms)
        )
        match command:
            case c.FreezeSeats(seats=seats) | c.Thaw(seats=seats):
                self._settle_all(state, seats)
            case c.SetSpeed():
                self._settle_all(state, ())
            case c.PlanInsert(insert=insert):
                self._settle_all(state, insert.seats)
            case c.CancelInsert(id=insert_id):
                for run in self.runs(state):
                    self._reach.disarm(run.rehearsal, insert_id)
            case c.Say(seats=seats):
                for number in state.targets(seats):
                    if (at := state.at_work(number)) is not None:
                        self._reach.carry_out(at.rehearsal, command)
            case c.GiveTime() | c.Jump():
                seats = () if isinstance(command, c.Jump) else command.seats
                for run in self.runs(state, seats):
                    self._reach.carry_out(run.rehearsal, command)
            case _:
                pass
        return state

    def settle(self, cohort: str) -> None:
        """Carry out what has come due anywhere in the class: the console's poll calls this."""
        self._settle_all(self._registry.get(cohort), ())

    def runs(self, cohort: Cohort, seats: tuple[int, ...] = ()) -> list[Run]:
        """Return the runs that are on at the seats named, or at all."""
        found = (cohort.current(number) for number in cohort.targets(seats))
        return [run for run in found if run is not None]

    def remove_seat(self, cohort: str, seat: int) -> None:
        """Forget a seat with all its rehearsals. Raises CohortRefusal if nobody sits there."""
        state = self._registry.get(cohort)
        runs = state.seats[seat].runs if seat in state.seats else ()
        self.do(cohort, c.RemoveSeat(seat=seat))
        self._presence.forget(Where(cohort, seat))
        self._forget(runs)

    def delete(self, cohort: str) -> None:
        """Forget a class, its seats and all their rehearsals. Raises UnknownCohortError."""
        with self._registry.locked(cohort):
            state = self._registry.get(cohort)
            self._registry.delete(cohort)
        for seat in state.seats.values():
            self._presence.forget(Where(cohort, seat.number))
            self._forget(seat.runs)

    def _forget(self, runs: tuple[Run, ...]) -> None:
        for run in runs:
            with suppress(UnknownRehearsalError):
                self._engine.delete(run.rehearsal)

    def _settle_all(self, state: Cohort, seats: tuple[int, ...]) -> None:
        for number in state.targets(seats):
            self._settle(Where(state.name, number))

    def _settle(self, where: Where) -> None:
        state = self._registry.get(where.cohort)
        at, run = state.at_work(where.seat), state.current(where.seat)
        if at is None or state.kind == "solo":
            return
        if run is not None or not self._reach.has_ended(at.rehearsal):
            self._reach.hold(at.rehearsal, state.frozen(where.seat, self.now_ms()), state.speed)
        if run is None:
            return
        due = [
            one
            for one in state.waiting()
            if run.rehearsal not in one.done
            and where.seat in state.targets(one.insert.seats)
            and self._reach.is_due(run.rehearsal, one.insert)
        ]
        for one in due:
            with self._registry.locked(where.cohort):
                done = c.DoneInsert(id=one.insert.id, seat=where.seat, rehearsal=run.rehearsal)
                self._reach.arm(run.rehearsal, one.insert)
                self.do(where.cohort, done)
