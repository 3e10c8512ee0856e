"""The engine: what is acknowledged is stored, what fell due is stamped, clocks behave."""

import threading

import pytest

from mock_server.adapters.memory_store import MemoryEventStore
from mock_server.answer import ClockError, Refused
from mock_server.domain import commands as c
from mock_server.domain import events as e
from mock_server.domain.clock import ClockMode, ClockMoved
from mock_server.domain.operations import Operation as Op
from mock_server.domain.truth import truth
from mock_server.engine import Engine
from mock_server.faults.errors import FaultError
from mock_server.faults.events import FaultFired
from mock_server.faults.parsing import parse
from mock_server.journal import jsonl
from mock_server.ports import ConflictError, UnknownRehearsalError
from tests.builders import EXAMBRO, MINUTE, OWN_ID, SECOND, SERVER, START_MS, setup
from tests.fakes import FakeNames, FakeTime


class Desk:
    """An engine with one rehearsal on it."""

    def __init__(self, store=None, **create) -> None:
        self.store = store or MemoryEventStore()
        self.real = FakeTime()
        self.engine = Engine(store=self.store, real=self.real, names=FakeNames())
        options = {"setup": setup(), "mode": ClockMode.MANUAL, **create}
        self.name = self.engine.create(**options)

    def act(self, op: Op, command: c.Trainee):
        return self.engine.act(self.name, op, command)

    def open(self) -> "Desk":
        self.act(Op.MACHINE_USE, c.UseMachine(machine=SERVER))
        self.act(Op.EXAMBRO_OPEN, c.OpenExambro(version=EXAMBRO))
        self.act(Op.CBTSYNC_OPEN, c.OpenCbtsync())
        return self

    def advance(self, ms: int):
        return self.engine.advance(self.name, by_ms=ms)

    def synced(self) -> "Desk":
        self.open().act(Op.PATCH_START, c.StartPatch())
        self.advance(10 * MINUTE)
        self.act(Op.ID_SUBMIT, c.SubmitId(server_id=OWN_ID))
        self.act(Op.BACKUP_START, c.StartBackup())
        self.advance(3 * MINUTE)
        self.act(Op.DELETE_START, c.StartDelete())
        self.advance(MINUTE)
        self.act(Op.SYNC_START, c.StartSync())
        self.advance(31 * MINUTE)
        return self

    def types(self) -> list[str]:
        return [type(entry.event).__name__ for entry in self.engine.entries(self.name)]


def spec(fault: str, on: str | None = None, *, fault_id: str = "f1", effect=None, **when):
    return parse(fault, on, {}, when or None, effect, fault_id, start_ms=START_MS, data_sets=9)


def test_a_rehearsal_begins_with_its_setup_and_its_clock():
    desk = Desk()

    assert desk.types() == ["StationPrepared", "ClockSet"]
    assert desk.engine.record(desk.name).scenario == "test"


def test_what_fell_due_is_stamped_with_its_own_instant_not_the_lookers():
    desk = Desk().open()
    desk.act(Op.PATCH_START, c.StartPatch())
    desk.advance(60 * MINUTE)

    [done] = [
        entry
        for entry in desk.engine.entries(desk.name)
        if isinstance(entry.event, e.PatchSucceeded)
    ]
    assert done.event.at_ms == START_MS + 90 * SECOND
    assert done.actor == "simulator"


def test_one_advance_or_many_give_the_same_events():
    once, often = Desk().synced(), Desk()
    often.open().act(Op.PATCH_START, c.StartPatch())
    for _ in range(20):
        often.advance(30 * SECOND)
    moved = often.engine.entries(often.name)

    assert [x.event for x in moved if isinstance(x.event, e.PatchSucceeded)] == [
        x.event for x in once.engine.entries(once.name) if isinstance(x.event, e.PatchSucceeded)
    ]


def test_sequence_numbers_have_no_gap_and_time_runs_forward():
    entries = (desk := Desk().synced()).engine.entries(desk.name)

    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert [x.event.at_ms for x in entries] == sorted(x.event.at_ms for x in entries)


def test_the_same_requests_give_the_same_journal_byte_for_byte():
    first, second = Desk().synced(), Desk().synced()

    assert jsonl(first.engine.entries(first.name)) == jsonl(second.engine.entries(second.name))


def test_names_and_real_time_never_enter_a_journal_that_real_time_does_not_move():
    desk = Desk().synced()

    assert desk.name.encode() not in jsonl(desk.engine.entries(desk.name))
    assert {entry.t_real for entry in desk.engine.entries(desk.name)} == {None}


def test_under_a_running_clock_every_entry_knows_its_real_time():
    desk = Desk(mode=ClockMode.RUNNING, speed=10).open()

    assert all(entry.t_real for entry in desk.engine.entries(desk.name))


def test_a_restarted_engine_goes_on_where_the_journal_ends():
    desk = Desk().synced()
    again = Engine(store=desk.store, real=FakeTime(), names=FakeNames())

    assert again.peek(desk.name).station == desk.engine.peek(desk.name).station
    assert truth(again.peek(desk.name).station).ready


def test_a_running_clock_moves_at_its_speed():
    desk = Desk(mode=ClockMode.RUNNING, speed=60)
    desk.real.ms += 1500

    assert desk.engine.peek(desk.name).now_ms == START_MS + 90 * SECOND


@pytest.mark.parametrize("speed", [1, 10, 3600])
def test_speed_one_runs_and_is_not_frozen(speed):
    desk = Desk(mode=ClockMode.RUNNING, speed=speed)
    desk.real.ms += 1000

    assert desk.engine.peek(desk.name).now_ms == START_MS + 1000 * speed


def test_changing_the_speed_keeps_the_instant():
    desk = Desk(mode=ClockMode.RUNNING, speed=60)
    desk.real.ms += 1000
    answer = desk.engine.set_clock(desk.name, ClockMode.RUNNING, 1)
    desk.real.ms += 1000

    assert answer.now_ms == START_MS + MINUTE
    assert desk.engine.peek(desk.name).now_ms == START_MS + 61 * SECOND


def test_a_frozen_clock_stands_and_refuses_to_be_moved():
    desk = Desk(mode=ClockMode.FROZEN)
    desk.real.ms += 60_000

    assert desk.engine.peek(desk.name).now_ms == START_MS
    with pytest.raises(ClockError, match="frozen"):
        desk.advance(1)


def test_time_runs_forward_only():
    desk = Desk()
    desk.advance(MINUTE)

    with pytest.raises(ClockError, match="forward only"):
        desk.engine.advance(desk.name, to_ms=START_MS)


def test_a_running_clock_can_jump_ahead_and_keeps_running():
    desk = Desk(mode=ClockMode.RUNNING, speed=1)
    desk.engine.advance(desk.name, by_ms=MINUTE)
    desk.real.ms += 1000

    assert desk.engine.peek(desk.name).now_ms == START_MS + MINUTE + 1000


def test_a_running_clock_comes_back_from_the_store_where_its_last_event_left_it():
    desk = Desk(mode=ClockMode.RUNNING, speed=60)
    desk.real.ms += 1000
    desk.act(Op.MACHINE_USE, c.UseMachine(machine=SERVER))
    later = FakeTime()
    later.ms = 999_999_999
    again = Engine(store=desk.store, real=later, names=FakeNames())

    assert again.peek(desk.name).now_ms == START_MS + MINUTE


def test_a_refusal_is_journaled_and_changes_nothing_else():
    desk = Desk()
    before = desk.engine.peek(desk.name).station

    with pytest.raises(Refused) as refused:
        desk.act(Op.CBTSYNC_OPEN, c.OpenCbtsync())

    assert refused.value.refusal.code == "room.choose"
    [entry] = desk.engine.entries(desk.name, after=2)
    assert entry.event == e.CommandRefused(
        at_ms=START_MS, command="open-cbtsync", code="room.choose"
    )
    assert desk.engine.peek(desk.name).station.machines == before.machines


def test_looking_again_at_the_same_thing_stores_nothing():
    desk = Desk().open()
    desk.engine.look(desk.name, Op.PATCH_STATUS, "patch")
    length = len(desk.types())
    for _ in range(50):
        answer = desk.engine.look(desk.name, Op.PATCH_STATUS, "patch")

    assert len(desk.types()) == length
    assert answer.showing.phase == "available"


def test_a_look_shows_what_fell_due_a_moment_ago():
    desk = Desk(mode=ClockMode.RUNNING, speed=1).open()
    desk.act(Op.PATCH_START, c.StartPatch())
    desk.real.ms += 90_000

    assert desk.engine.look(desk.name, Op.PATCH_STATUS, "patch").showing.phase == "succeeded"


def test_a_look_that_is_refused_leaves_no_trace():
    desk = Desk()
    with pytest.raises(Refused):
        desk.engine.look(desk.name, Op.DASHBOARD_VIEW, "dashboard")

    assert len(desk.types()) == 2


def test_peeking_leaves_no_trace():
    desk = Desk(mode=ClockMode.RUNNING, speed=60).open()
    desk.act(Op.PATCH_START, c.StartPatch())
    length = len(desk.types())
    desk.real.ms += 60_000

    assert desk.engine.peek(desk.name).station.machines[SERVER].version == "5.1.0"
    assert len(desk.types()) == length


def test_a_fault_that_fires_is_journaled_before_what_it_causes():
    desk = Desk(faults=(spec("patch.fails"),)).open()
    desk.act(Op.PATCH_START, c.StartPatch())
    desk.advance(10 * MINUTE)

    types = desk.types()
    assert types.index("FaultFired") < types.index("PatchStarted") < types.index("PatchFailed")


def test_a_fault_does_not_fire_on_a_command_that_is_refused():
    desk = Desk(faults=(spec("patch.fails"),)).open()
    desk.act(Op.PATCH_START, c.StartPatch())
    with pytest.raises(Refused):
        desk.act(Op.PATCH_START, c.StartPatch())

    assert desk.types().count("FaultFired") == 1


def test_a_condition_strikes_when_it_is_armed():
    desk = Desk(faults=(spec("service.stopped"),))

    assert not desk.engine.peek(desk.name).station.machines[SERVER].service.running
    assert any(isinstance(x.event, FaultFired) for x in desk.engine.entries(desk.name))


def test_a_fault_before_the_work_keeps_the_command_from_the_station():
    desk = Desk(faults=(spec("http.status", "patch.start", effect="none"),)).open()
    answer = desk.act(Op.PATCH_START, c.StartPatch())

    assert not answer.obeyed
    assert [one.fault for one in answer.struck] == ["http.status"]
    assert "PatchStarted" not in desk.types()


def test_a_fault_after_the_work_leaves_the_work_done():
    desk = Desk(faults=(spec("http.status", "patch.start", effect="applied"),)).open()
    answer = desk.act(Op.PATCH_START, c.StartPatch())

    assert answer.obeyed
    assert answer.struck
    assert "PatchStarted" in desk.types()


def test_a_fault_that_is_spent_takes_no_look_off_the_short_way_any_more():
    desk = Desk(faults=(spec("http.status", "patch.status", effect="none", times=1),)).open()
    short = [desk.engine.glance(desk.name, Op.PATCH_STATUS, "patch") is not None]
    for _ in range(2):  # one is struck, the next sees the screen for the first time
        desk.act(Op.PATCH_STATUS, c.Look(screen="patch"))

    short.append(desk.engine.glance(desk.name, Op.PATCH_STATUS, "patch") is not None)

    assert short == [False, True]


def test_disarming_what_is_not_armed_names_what_is():
    desk = Desk(faults=(spec("patch.fails"),))

    with pytest.raises(FaultError, match="nope"):
        desk.engine.disarm(desk.name, "nope")


def test_disarming_a_closed_centre_opens_it():
    desk = Desk(faults=(spec("central.unreachable", **{"from": "+0m"}),))
    assert desk.engine.peek(desk.name).station.central.outages

    desk.engine.disarm(desk.name, "f1")
    assert desk.engine.peek(desk.name).station.central.outages == ()


def test_reset_goes_back_to_the_first_instant_with_its_faults():
    desk = Desk(faults=(spec("patch.fails"),))
    fresh = desk.types()
    desk.open()
    desk.engine.reset(desk.name)

    assert desk.types() == fresh
    assert desk.engine.peek(desk.name).station.here == ""


def test_a_fork_shares_the_past_and_not_the_future():
    desk = Desk().open()
    child = desk.engine.fork(desk.name)
    desk.act(Op.PATCH_START, c.StartPatch())

    assert desk.engine.record(child).parent == desk.name
    assert len(desk.engine.entries(child)) == len(desk.types()) - 1


def test_a_fork_at_an_event_ends_there():
    desk = Desk().synced()
    child = desk.engine.fork(desk.name, at_seq=4)

    assert desk.engine.entries(child) == desk.engine.entries(desk.name)[:4]


def test_a_deleted_rehearsal_is_unknown():
    desk = Desk()
    desk.engine.delete(desk.name)

    with pytest.raises(UnknownRehearsalError):
        desk.engine.peek(desk.name)


def test_two_engines_on_one_store_cannot_fork_a_journal():
    desk = Desk().open()
    other = Engine(store=desk.store, real=FakeTime(), names=FakeNames())
    other.peek(desk.name)
    desk.act(Op.PATCH_START, c.StartPatch())

    with pytest.raises(Refused) as refused:
        other.act(desk.name, Op.PATCH_START, c.StartPatch())

    assert refused.value.refusal.code == "patching.busy"
    assert desk.types().count("PatchStarted") == 1


def test_a_store_that_always_lost_the_race_ends_in_a_clear_error():
    class Contended(MemoryEventStore):
        def append(self, name, expected, payloads):
            if expected:
                raise ConflictError("somebody else wrote")
            super().append(name, expected, payloads)

    with pytest.raises(ConflictError, match="3 times"):
        Desk(Contended()).open()


def test_fifty_equal_commands_at_once_take_effect_once():
    desk = Desk().open()
    refused = []

    def press():
        try:
            desk.act(Op.PATCH_START, c.StartPatch())
        except Refused as error:
            refused.append(error.refusal.code)

    threads = [threading.Thread(target=press) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert desk.types().count("PatchStarted") == 1
    assert refused == ["patching.busy"] * 49


def test_moving_the_clock_is_an_event():
    desk = Desk()
    desk.advance(MINUTE)

    [moved] = [x.event for x in desk.engine.entries(desk.name) if isinstance(x.event, ClockMoved)]
    assert moved.at_ms == START_MS + MINUTE
