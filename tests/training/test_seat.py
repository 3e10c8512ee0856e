"""Training in an engine: its events stand in the run's journal, and a freeze stops a seat whole."""

import pytest

from mock_server.adapters.memory_store import MemoryEventStore
from mock_server.answer import ClockError, Refused
from mock_server.domain import commands as d
from mock_server.domain.clock import ClockMode
from mock_server.domain.operations import Operation as Op
from mock_server.domain.setup import Condition, Setup
from mock_server.engine import Engine
from mock_server.faults.parsing import parse
from mock_server.journal import decode, encode
from mock_server.rehearsal import replay
from mock_server.training import commands as c
from mock_server.training import events as e
from tests.builders import MINUTE, SECOND, SERVER, START_MS, setup
from tests.fakes import FakeNames, FakeTime


class Seat:
    def __init__(
        self,
        mode: ClockMode = ClockMode.RUNNING,
        speed: int = 10,
        of: Setup | None = None,
        **create,
    ) -> None:
        self.store, self.real = MemoryEventStore(), FakeTime()
        self.engine = self.another_engine()
        self.name = self.engine.create(setup=of or setup(), mode=mode, speed=speed, **create)

    def another_engine(self) -> Engine:
        return Engine(store=self.store, real=self.real, names=FakeNames())

    def trains(self, *commands: c.TrainingCommand, actor="trainee"):
        for command in commands:
            answer = self.engine.train(self.name, command, actor)
        return answer

    def uses_server(self):
        return self.engine.act(self.name, Op.MACHINE_USE, d.UseMachine(machine=SERVER))

    @property
    def entries(self):
        return self.engine.entries(self.name)


EVERYTHING = (
    c.OpenHint(step="2", rung=1),
    c.AnswerQuestion(question="label", answers=("SRV-02",), wrong=("label",)),
    c.RaiseGuard(code="K2"),
    c.AnswerGuard(code="K2", choice="b", right=True),
    c.RaiseHand(),
    c.KeepNote(text="ID: U99"),
    c.AnswerInject(index=0, choice="decline"),
    c.FreezeSeat(message="Lihat ke depan"),
    c.SayToSeat(text="Bagus"),
    c.AddTime(minutes=5),
)


def test_what_a_seat_did_comes_back_from_its_journal():
    seat = Seat()
    answer = seat.trains(*EVERYTHING, actor="facilitator")

    assert seat.another_engine().peek(seat.name).training == answer.training
    assert replay(entry.event for entry in seat.entries).training == answer.training
    assert all(decode(encode(entry)) == entry for entry in seat.entries)


def test_training_events_leave_the_station_alone():
    seat = Seat()
    before = seat.engine.peek(seat.name).station
    answer = seat.trains(*EVERYTHING, actor="facilitator")

    assert answer.station == before
    assert answer.events == len(seat.entries)


def test_an_act_at_a_frozen_seat_is_refused_and_leaves_nothing():
    seat = Seat()
    seat.trains(c.FreezeSeat(message="Berhenti"), actor="facilitator")
    before = seat.entries

    for _ in range(2):
        with pytest.raises(Refused, match=r"training\.frozen"):
            seat.uses_server()
    with pytest.raises(Refused, match=r"training\.frozen"):
        seat.trains(c.OpenHint(step="2", rung=1))
    assert seat.entries == before


def test_no_fault_strikes_at_a_frozen_seat():
    fault = parse(
        "http.status", "machine.use", {"status": 503}, None, None, "f1",
        start_ms=START_MS, data_sets=9,
    )  # fmt: skip
    seat = Seat(faults=[fault])
    seat.trains(c.FreezeSeat(), actor="facilitator")

    with pytest.raises(Refused, match=r"training\.frozen"):
        seat.uses_server()
    seat.trains(c.ThawSeat(), actor="facilitator")
    assert [one.id for one in seat.uses_server().struck] == ["f1"]


def test_a_frozen_seat_may_still_be_looked_at_and_looking_proves_nothing():
    seat = Seat()
    seat.trains(c.FreezeSeat(), actor="facilitator")
    before = seat.entries

    assert seat.engine.look(seat.name, None, "portal-ids").showing
    assert seat.entries == before


def test_what_cannot_be_seen_cannot_be_seen_at_a_frozen_seat_either():
    seat = Seat()
    seat.trains(c.FreezeSeat(), actor="facilitator")

    with pytest.raises(Refused, match=r"room\.choose"):
        seat.engine.look(seat.name, None, "dashboard")


def test_a_download_that_was_on_its_way_when_the_freeze_came_is_still_noted():
    seat = Seat(mode=ClockMode.MANUAL, of=setup(condition=Condition.ACTIVE))
    seat.uses_server()
    seat.engine.act(seat.name, Op.BACKUP_START, d.StartBackup())
    seat.engine.advance(seat.name, by_ms=10 * MINUTE)
    backup = seat.engine.peek(seat.name).station.machines[SERVER].backup
    seat.trains(c.FreezeSeat(), actor="facilitator")
    came = d.RecordDownload(machine=SERVER, backup=backup.number, start=0, stop=backup.size_bytes)

    answer = seat.engine.act(seat.name, None, came)
    assert answer.station.machines[SERVER].backup.covers_data


def test_a_frozen_trainee_may_raise_a_hand():
    seat = Seat()
    seat.trains(c.FreezeSeat(), actor="facilitator")

    assert seat.trains(c.RaiseHand()).training.hand_since_ms is not None


def test_the_facilitator_may_act_at_a_frozen_seat():
    seat = Seat()
    seat.trains(c.FreezeSeat(), actor="facilitator")
    command = d.UseMachine(machine=SERVER)

    answer = seat.engine.act(seat.name, Op.MACHINE_USE, command, actor="facilitator")
    assert answer.station.here == SERVER


def test_time_stands_still_while_a_seat_is_frozen_and_then_goes_on_as_before():
    seat = Seat(speed=10)
    seat.real.ms += 1 * SECOND
    seat.trains(c.FreezeSeat(), actor="facilitator")
    seat.real.ms += 60 * SECOND
    seat.trains(c.FreezeSeat(message="Masih"), actor="facilitator")
    assert seat.engine.peek(seat.name).now_ms == START_MS + 10 * SECOND

    seat.trains(c.ThawSeat(), actor="facilitator")
    seat.real.ms += 1 * SECOND
    assert seat.engine.peek(seat.name).now_ms == START_MS + 20 * SECOND


def test_a_frozen_seat_stays_frozen_over_a_restart():
    seat = Seat(speed=10)
    seat.trains(c.FreezeSeat(message="Istirahat"), actor="facilitator")
    engine = seat.another_engine()
    seat.real.ms += 60 * SECOND

    answer = engine.peek(seat.name)
    assert answer.now_ms == START_MS
    assert answer.training.freeze is not None
    assert answer.training.freeze.message == "Istirahat"


def test_a_hand_moved_clock_goes_on_being_moved_by_hand():
    seat = Seat(mode=ClockMode.MANUAL)
    seat.trains(c.FreezeSeat(), actor="facilitator")
    with pytest.raises(ClockError):
        seat.engine.advance(seat.name, by_ms=MINUTE)

    seat.trains(c.ThawSeat(), actor="facilitator")
    assert seat.engine.advance(seat.name, by_ms=MINUTE).now_ms == START_MS + MINUTE


def test_a_clock_that_stood_still_anyway_stands_still_after_the_thaw():
    seat = Seat(mode=ClockMode.FROZEN)
    seat.trains(c.FreezeSeat(), c.ThawSeat(), actor="facilitator")

    assert seat.engine.peek(seat.name).clock.mode is ClockMode.FROZEN
    assert not any(isinstance(entry.event, e.SeatThawed) for entry in seat.entries[:-1])


def test_after_the_debrief_nothing_can_be_put_right_at_the_same_seat():
    seat = Seat()
    seat.trains(c.Guess(ready="yes", certainty=80), c.OpenDebrief())
    before = seat.entries

    with pytest.raises(Refused, match=r"training\.over"):
        seat.uses_server()
    with pytest.raises(Refused, match=r"training\.over"):
        seat.trains(c.Guess(ready="no", certainty=80))
    seat.trains(c.OpenDebrief())
    assert seat.entries == before


def test_a_branch_from_before_the_debrief_is_open_again():
    seat = Seat()
    seat.uses_server()
    seat.trains(c.OpenDebrief())
    branch = seat.engine.fork(seat.name, len(seat.entries) - 1)

    seat.engine.act(branch, Op.EXAMBRO_OPEN, d.OpenExambro(version="50.170406"))


def test_a_hint_out_of_turn_is_refused_without_a_trace():
    seat = Seat()
    before = seat.entries
    with pytest.raises(Refused, match="hint_order"):
        seat.trains(c.OpenHint(step="2", rung=3))
    assert seat.entries == before


def test_a_branch_says_where_it_comes_from():
    seat = Seat()
    seat.uses_server()
    branch = seat.engine.fork(seat.name, 2)
    answer = seat.engine.train(branch, c.Reposition(how="branch", parent_seq=2))

    assert answer.training.is_practice
    assert not seat.engine.peek(seat.name).training.is_practice
