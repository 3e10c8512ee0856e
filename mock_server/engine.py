"""The engine: load, advance, decide, append. One lock a rehearsal, and the only writer.

A request becomes a command; what fell due before it is stamped with its own instant and appended
with it, in one commit. Nothing is acknowledged before it is stored.
"""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from functools import reduce

import msgspec

from mock_server import rehearsal
from mock_server.answer import Answer, ClockError, Refused, answer_of
from mock_server.domain import evidence
from mock_server.domain.clock import Clock, ClockMode, ClockMoved, ClockSet
from mock_server.domain.commands import Look, RecordDownload, Trainee
from mock_server.domain.events import StationPrepared
from mock_server.domain.operations import Operation
from mock_server.domain.refusals import Refusal
from mock_server.domain.setup import Setup
from mock_server.faults import report, striking, triggers
from mock_server.faults.plan import FaultSpec
from mock_server.faults.report import FaultReport
from mock_server.journal import Actor, AnyEvent, Entry
from mock_server.live import LIVES_MAX, Live, LiveRehearsals, stamped
from mock_server.ports import ConflictError, EventStore, Names, RealTime, RehearsalRecord
from mock_server.rehearsal import Decided, Rehearsal, armed_events, begun, disarmed_events, fold
from mock_server.training.commands import MOVES_CLOCK, TrainingCommand

CREATE = "rehearsal.create"
CONFLICTS_MAX = 3
Decide = Callable[[Rehearsal, int], Decided]


class Engine:
    """Keeps any number of rehearsals over one store. Safe to call from several threads."""

    def __init__(
        self, *, store: EventStore, real: RealTime, names: Names, lives_max: int = LIVES_MAX
    ) -> None:
        """``lives_max`` rehearsals stay in memory; the others are read again when asked for."""
        self._store = store
        self._real = real
        self._names = names
        self._lives = LiveRehearsals(store, real, lives_max=lives_max)

    def create(
        self,
        *,
        setup: Setup,
        faults: Sequence[FaultSpec] = (),
        mode: ClockMode = ClockMode.FROZEN,
        speed: int = 1,
        label: str = "",
        document: str = "",
    ) -> str:
        """Begin a rehearsal and return its name; a running clock runs from now on."""
        at_ms = setup.start_ms
        first: list[tuple[Actor, AnyEvent]] = [
            ("simulator", StationPrepared(at_ms=at_ms, setup=setup)),
            ("simulator", ClockSet(at_ms=at_ms, mode=mode, speed=speed)),
        ]
        state = fold(begun(first[0][1]), first[1][1])
        for spec in faults:
            for event in armed_events(state, spec, at_ms):
                first.append(("simulator", event))
                state = fold(state, event)
        name = self._names.new()
        record = RehearsalRecord(
            name=name,
            scenario=setup.scenario,
            created=self._real.iso_utc(),
            label=label,
            document=document,
        )
        payloads = stamped(first, after=0, op=CREATE, t_real=self._t_real(state.clock))
        self._store.create(record, payloads)
        self._lives.adopt(name, state, payloads)
        return name

    def fork(self, name: str, at_seq: int | None = None, label: str = "") -> str:
        """Copy a rehearsal up to and including event ``at_seq`` (None: all of it)."""
        parent = self._store.record(name)
        payloads = self._store.load(name)[:at_seq]
        if not payloads:
            raise ValueError(f"event {at_seq}: a fork needs at least the first event, 1")
        child = msgspec.structs.replace(
            parent,
            name=self._names.new(),
            created=self._real.iso_utc(),
            label=label or parent.label,
            parent=name,
        )
        self._store.create(child, payloads)
        return child.name

    def reset(self, name: str) -> None:
        """Go back to the first instant; the same name, an empty history."""
        self.rewind(name, None)

    def rewind(self, name: str, at_seq: int | None) -> None:
        """Go back to just after event ``at_seq``, or to the first instant (None).

        Raises ValueError for an event before the first instant or after the end.
        """
        with self._lives.locked(name):
            entries = self.entries(name)
            first = next((e.seq - 1 for e in entries if e.op != CREATE), len(entries))
            kept = first if at_seq is None else at_seq
            if not first <= kept <= len(entries):
                raise ValueError(f"event {kept} is not one of {first} to {len(entries)}")
            self._store.truncate(name, kept)
            self._lives.forget(name)

    def delete(self, name: str) -> None:
        self._store.delete(name)
        self._lives.forget(name)

    def records(self) -> Sequence[RehearsalRecord]:
        return self._store.rehearsals()

    def record(self, name: str) -> RehearsalRecord:
        return self._store.record(name)

    def entries(self, name: str, after: int = 0, limit: int | None = None) -> list[Entry]:
        return self._lives.entries(name, after, limit)

    def act(
        self, name: str, op: Operation | None, command: Trainee, actor: Actor = "trainee"
    ) -> Answer:
        """Give a command. Raises Refused, and then only the refusal was journaled."""

        def decide(state: Rehearsal, now_ms: int) -> Decided:
            shut = actor == "trainee" and state.training.is_closed
            if shut and not isinstance(command, RecordDownload):  # its bytes have left already
                return rehearsal.closed(state, command, now_ms)
            struck = striking.strike(state.faults, state.station, op, command, now_ms)
            return rehearsal.decide(state, struck, command, now_ms, actor)

        return self._handle(name, str(op or ""), decide)

    def train(self, name: str, command: TrainingCommand, actor: Actor = "trainee") -> Answer:
        """Give a command about the training; the station is not asked, and no fault strikes.

        Raises Refused, and then nothing was journaled.
        """

        def decide(state: Rehearsal, now_ms: int) -> Decided:
            return rehearsal.trained(state, command, now_ms, actor)

        moves_clock = isinstance(command, MOVES_CLOCK)
        return self._handle(name, f"training.{command.name}", decide, moves_clock=moves_clock)

    def glance(self, name: str, op: Operation | None, screen: str) -> Answer | None:
        """Show a screen if that needs nothing else: nothing is due, no fault listens, no news.

        None: only ``look`` can tell. Takes no lock and touches no store.
        """
        seen = self._lives.get(name).seen(self._real)
        if seen is None:
            return None
        moment, now_ms = seen
        state = moment.state
        if not moment.is_quiet(now_ms) or _listens(state, op):
            return None
        try:
            showing = evidence.show(state.station, screen, now_ms)
        except Refusal:
            return None
        said = evidence.says(state.station, showing)
        if evidence.is_news(state.station, screen, said):
            return None
        return answer_of(moment, now_ms, showing)

    def look(self, name: str, op: Operation | None, screen: str) -> Answer:
        """Show a screen. Journals only what fell due, and news that were seen.

        Raises Refused if the screen cannot be seen now.
        """
        glanced = self.glance(name, op, screen)
        if glanced is not None:
            return glanced
        answer = self.act(name, op, Look(screen=screen))
        if not answer.obeyed:
            return answer
        showing = evidence.show(answer.station, screen, answer.now_ms)
        return msgspec.structs.replace(answer, showing=showing)

    def peek(self, name: str) -> Answer:
        """Return the present state without leaving any trace."""
        return self._peeked(name)[1]

    def _peeked(self, name: str) -> tuple[Rehearsal, Answer]:
        moment, now_ms = self._lives.seen(name)
        state, _ = rehearsal.advance(moment.state, now_ms)
        answer = answer_of(moment, now_ms, None)
        return state, msgspec.structs.replace(answer, station=state.station)

    def advance(self, name: str, *, by_ms: int | None = None, to_ms: int | None = None) -> Answer:
        """Move the clock forward, by or to. What falls due on the way is stamped on the way.

        Raises ClockError for a frozen clock and for a target that lies behind.
        """

        def decide(state: Rehearsal, now_ms: int) -> Decided:
            target = now_ms + by_ms if by_ms is not None else to_ms
            if state.clock.mode is ClockMode.FROZEN:
                raise ClockError("the clock is frozen; set it to manual or running first")
            if target is None or target < now_ms:
                raise ClockError(f"{target} ms lies before {now_ms} ms; time runs forward only")
            _, happened = rehearsal.advance(state, target)
            moved: list[tuple[Actor, AnyEvent]] = [("simulator", event) for event in happened]
            moved.append(("facilitator", ClockMoved(at_ms=target)))
            return Decided(events=tuple(moved))

        return self._handle(name, "clock.advance", decide, moves_clock=True)

    def set_clock(self, name: str, mode: ClockMode, speed: int = 1) -> Answer:
        """Change the mode from now on. Raises ClockError for a speed below 1."""
        if speed < 1:
            raise ClockError(f"speed {speed}: a whole number of 1 or more is allowed")

        def decide(state: Rehearsal, now_ms: int) -> Decided:
            if state.clock.mode is mode and state.clock.speed == speed:
                return Decided(events=())
            event = ClockSet(at_ms=now_ms, mode=mode, speed=speed)
            return Decided(events=(("facilitator", event),))

        return self._handle(name, "clock.set", decide, moves_clock=True)

    def arm(self, name: str, spec: FaultSpec) -> Answer:
        def decide(state: Rehearsal, now_ms: int) -> Decided:
            events = armed_events(state, spec, now_ms)
            return Decided(events=tuple(("facilitator", event) for event in events))

        return self._handle(name, "fault.arm", decide)

    def disarm(self, name: str, fault_id: str) -> Answer:
        def decide(state: Rehearsal, now_ms: int) -> Decided:
            events = disarmed_events(state, fault_id, now_ms)
            return Decided(events=tuple(("facilitator", event) for event in events))

        return self._handle(name, "fault.disarm", decide)

    def fault_report(self, name: str) -> tuple[FaultReport, ...]:
        state, answer = self._peeked(name)
        return report.fault_report(state.faults, answer.station, answer.now_ms)

    def _handle(self, name: str, op: str, decide: Decide, *, moves_clock: bool = False) -> Answer:
        for _ in range(CONFLICTS_MAX):
            with self._lives.locked(name) as live:
                try:
                    with live.clock_held() if moves_clock else nullcontext():
                        return self._handle_locked(live, op, decide)
                except ConflictError:
                    # Another process wrote first: read its events and decide anew.
                    self._lives.reload(live)
        raise ConflictError(f"rehearsal {name}: other writers came first {CONFLICTS_MAX} times")

    def _handle_locked(self, live: Live, op: str, decide: Decide) -> Answer:
        before = live.moment.state
        real_ms = self._real.monotonic_ms()
        now_ms = before.clock.now_ms(real_ms)
        state, happened = rehearsal.advance(before, now_ms)
        decided = decide(state, now_ms)
        due: list[tuple[Actor, AnyEvent]] = [("simulator", event) for event in happened]
        told = reduce(fold, (event for _, event in decided.events), state)
        if due or decided.events:
            added, t_real = (*decided.events, *decided.copies), self._t_real(before.clock)
            payloads = [
                *stamped(due, after=before.seq, op="", t_real=t_real),
                *stamped(added, after=state.seq, op=op, t_real=t_real),
            ]
            self._store.append(live.name, before.seq, payloads)
            state = reduce(fold, (event for _, event in decided.copies), told)
            live.become(state, payloads, real_ms)
        after = live.moment
        answer = answer_of(after, after.state.clock.now_ms(real_ms), None, decided)
        if decided.copies:
            answer = msgspec.structs.replace(answer, station=told.station, events=told.seq)
        if decided.refusal is not None:
            raise Refused(decided.refusal, answer)
        return answer

    def _t_real(self, clock: Clock) -> str | None:
        """Real time has no place in a journal whose clock it does not move."""
        return self._real.iso_utc() if clock.mode is ClockMode.RUNNING else None


def _listens(state: Rehearsal, op: Operation | None) -> bool:
    """Tell whether a fault of the http or net layer waits for this operation and can strike."""
    waiting = (one for one in state.faults.live if one.spec.on == op)
    return any(not triggers.is_spent(one) for one in waiting)
