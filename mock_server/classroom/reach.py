"""How a class reaches into the rehearsals of its seats: by the engine, as its facilitator."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import assert_never

from mock_server.answer import Answer, ClockError, Refused
from mock_server.cohort import commands as c
from mock_server.cohort.events import How, Insert
from mock_server.cohort.state import Freeze
from mock_server.domain.busy import advancing
from mock_server.domain.clock import ClockMode
from mock_server.engine import Engine
from mock_server.faults.errors import FaultError
from mock_server.faults.parsing import parse
from mock_server.faults.plan import FaultSpec
from mock_server.journal import Actor, wib
from mock_server.ports import UnknownRehearsalError
from mock_server.training.commands import (
    AddTime,
    FreezeSeat,
    GiveHint,
    GoOn,
    LowerHand,
    Pause,
    Reposition,
    SayToSeat,
    ThawSeat,
    TrainingCommand,
)
from mock_server.training.events import PauseCause

FAULT_PREFIX = "kelas-"  # ids of what a facilitator inserts: told apart from the scenario's own
Stands = Callable[[str, str], bool]  # (rehearsal, step): whether it has come to this step


class Reach:
    def __init__(self, engine: Engine, stands: Stands) -> None:
        self._engine = engine
        self._stands = stands

    def hold(self, rehearsal: str, freeze: Freeze | None, speed: int | None) -> None:
        """Let the seat stand still or go on as its class wants it; nothing if it does already.

        ``speed`` None: whatever its own is.
        """
        answer = self._peek(rehearsal)
        if answer is None:
            return
        held = answer.training.freeze
        if freeze is not None:
            if held is None or held.message != freeze.message:
                self._train(rehearsal, FreezeSeat(message=freeze.message))
            return
        if held is not None:
            answer = self._train(rehearsal, ThawSeat()) or answer
        clock = answer.clock
        if speed is not None and clock.mode is ClockMode.RUNNING and clock.speed != speed:
            self._engine.set_clock(rehearsal, ClockMode.RUNNING, speed)

    def has_ended(self, rehearsal: str) -> bool:
        """Tell whether its report is filed, or it was deleted."""
        answer = self._peek(rehearsal)
        return answer is None or answer.station.report is not None

    def resume(self, rehearsal: str) -> None:
        """Let a running clock go on from the last event: what nobody saw has not passed."""
        answer = self._peek(rehearsal)
        if answer is not None and answer.clock.mode is ClockMode.RUNNING:
            with suppress(ValueError, UnknownRehearsalError):  # an act came between
                self._engine.rewind(rehearsal, answer.events)

    def pause(self, rehearsal: str, cause: PauseCause) -> None:
        """Stop a clock that runs while nothing is under way; nothing if it stands already."""
        answer = self._peek(rehearsal)
        if answer is None or answer.training.is_closed or answer.station.report is not None:
            return
        machines = answer.station.machines.values()
        at_work = any(advancing(machine, answer.now_ms) for machine in machines)
        if answer.clock.mode is ClockMode.RUNNING and not at_work:
            self._train(rehearsal, Pause(cause=cause), "simulator")

    def end_pause(self, rehearsal: str) -> None:
        """Let a clock go on that nobody has asked to stop."""
        answer = self._peek(rehearsal)
        freeze = None if answer is None else answer.training.freeze
        if freeze is not None and freeze.own in ("idle", "beside"):
            self._train(rehearsal, GoOn(), "simulator")

    def carry_out(self, rehearsal: str, command: c.Say | c.GiveTime | c.Jump) -> None:
        match command:
            case c.Say(text=text):
                self._train(rehearsal, SayToSeat(text=text))
            case c.GiveTime(minutes=minutes):
                self._train(rehearsal, AddTime(minutes=minutes))
            case c.Jump(clock=clock):
                answer = self._peek(rehearsal)
                if answer is not None:
                    to_ms = on_its_day_ms(answer.now_ms, clock)
                    # A clock that stands frozen, or that is past it already, stays where it is.
                    with suppress(ClockError):
                        self._engine.advance(rehearsal, to_ms=to_ms)
            case _:
                assert_never(command)

    def give_hint(self, rehearsal: str, step: str) -> None:
        self._train(rehearsal, GiveHint(step=step))

    def lower_hand(self, rehearsal: str) -> None:
        self._train(rehearsal, LowerHand())

    def is_due(self, rehearsal: str, insert: Insert) -> bool:
        answer = self._peek(rehearsal)
        if answer is None:
            return False
        match insert.when:
            case "now":
                return True
            case "clock":
                return answer.now_ms >= on_its_day_ms(answer.now_ms, insert.clock)
            case "step":
                return self._stands(rehearsal, insert.step)
            case _:
                assert_never(insert.when)

    def arm(self, rehearsal: str, insert: Insert) -> None:
        """Arm a planned fault; one that is armed there already stays as it is."""
        setup = self._engine.peek(rehearsal).station.setup
        spec = spec_of(insert, setup.start_ms, len(setup.data_sets))
        with suppress(FaultError):
            self._engine.arm(rehearsal, spec)

    def disarm(self, rehearsal: str, insert_id: str) -> None:
        """Take a planned fault back out of a rehearsal; nothing if it is not armed there."""
        with suppress(FaultError, UnknownRehearsalError):
            self._engine.disarm(rehearsal, FAULT_PREFIX + insert_id)

    def repositioned(self, rehearsal: str, how: How, at_seq: int | None) -> None:
        """Mark a rehearsal that a facilitator has moved, so that it counts as practice only."""
        if how in ("rewind", "condition"):
            self._train(rehearsal, Reposition(how=how, parent_seq=at_seq or 0))

    def _train(
        self, rehearsal: str, command: TrainingCommand, actor: Actor = "facilitator"
    ) -> Answer | None:
        try:
            return self._engine.train(rehearsal, command, actor=actor)
        except (Refused, UnknownRehearsalError):
            return None

    def _peek(self, rehearsal: str) -> Answer | None:
        try:
            return self._engine.peek(rehearsal)
        except UnknownRehearsalError:  # deleted past us, by the control plane
            return None


def spec_of(insert: Insert, start_ms: int, data_sets: int) -> FaultSpec:
    """Raises FaultError for what cannot be armed."""
    return parse(
        insert.fault,
        None,
        dict(insert.values),
        None,
        None,
        FAULT_PREFIX + insert.id,
        start_ms=start_ms,
        data_sets=data_sets,
    )


def on_its_day_ms(now_ms: int, clock: str) -> int:
    """Return the instant of HH:MM WIB on the day of ``now_ms``."""
    hour, minute = clock.split(":")
    moment: datetime = wib(now_ms)
    at = moment.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)
    return round(at.timestamp() * 1000)
