"""Rehearsals in memory: nobody sees half of a change, a clock never steps back, a history that was
reset is never taken for the one before it."""

import threading
from collections.abc import Callable

import pytest

from mock_server.adapters.memory_store import MemoryEventStore
from mock_server.domain import commands as c
from mock_server.domain.clock import ClockMode
from mock_server.domain.operations import Operation as Op
from mock_server.engine import Engine
from tests.builders import EXAMBRO, MINUTE, SECOND, SERVER, START_MS, setup
from tests.fakes import FakeNames, FakeTime

USE = c.UseMachine(machine=SERVER)
RUNNING = {"mode": ClockMode.RUNNING, "speed": 60}


def nothing() -> None:
    pass


class TellingTime(FakeTime):
    """Real time that lets something happen just before it is next read."""

    def __init__(self) -> None:
        super().__init__()
        self.meanwhile: Callable[[], object] = nothing

    def monotonic_ms(self) -> int:
        meanwhile, self.meanwhile = self.meanwhile, nothing
        meanwhile()
        return self.ms


class TellingStore(MemoryEventStore):
    """A store that lets something happen once it has read, or before it writes."""

    def __init__(self) -> None:
        super().__init__()
        self.after_load: Callable[[], object] = nothing
        self.before_append: Callable[[], object] = nothing

    def load(self, name, after=0):
        payloads = super().load(name, after)
        meanwhile, self.after_load = self.after_load, nothing
        meanwhile()
        return payloads

    def append(self, name, expected, payloads):
        meanwhile, self.before_append = self.before_append, nothing
        meanwhile()
        super().append(name, expected, payloads)


class Hall:
    """An engine that keeps ``lives_max`` rehearsals in memory, with one begun."""

    def __init__(self, *, lives_max: int = 100, **clock) -> None:
        self.store = TellingStore()
        self.real = TellingTime()
        self.engine = Engine(
            store=self.store, real=self.real, names=FakeNames(), lives_max=lives_max
        )
        self.clock = clock or {"mode": ClockMode.MANUAL}
        self.name = self.begin()

    def begin(self) -> str:
        return self.engine.create(setup=setup(), **self.clock)

    def now_ms(self) -> int:
        return self.engine.peek(self.name).now_ms

    def opened(self) -> "Hall":
        for op, command in (
            (Op.MACHINE_USE, USE),
            (Op.EXAMBRO_OPEN, c.OpenExambro(version=EXAMBRO)),
            (Op.CBTSYNC_OPEN, c.OpenCbtsync()),
        ):
            self.engine.act(self.name, op, command)
        return self


def beside(work: Callable[[], object]) -> None:
    """Do it in another thread, to its end."""
    thread = threading.Thread(target=work)
    thread.start()
    thread.join(10)
    assert not thread.is_alive()


def test_a_poll_never_joins_the_state_of_before_to_what_falls_due_after():
    hall = Hall(**RUNNING).opened()
    hall.engine.act(hall.name, Op.PATCH_START, c.StartPatch())
    hall.engine.look(hall.name, Op.PATCH_STATUS, "patch")
    hall.real.ms += 2 * SECOND  # two minutes: patching has ended, and somebody is about to hear it

    def somebody_looks() -> None:
        hall.engine.look(hall.name, Op.PATCH_STATUS, "patch")

    hall.real.meanwhile = somebody_looks
    seen = hall.engine.glance(hall.name, Op.PATCH_STATUS, "patch")

    assert seen is None or seen.showing.phase == "succeeded"
    assert hall.engine.look(hall.name, Op.PATCH_STATUS, "patch").showing.phase == "succeeded"


@pytest.mark.parametrize("away_ms", [0, 1, 90 * SECOND])
def test_a_running_clock_runs_on_while_its_rehearsal_is_not_in_memory(away_ms):
    hall = Hall(lives_max=1, **RUNNING)
    hall.real.ms += 1000
    shown = hall.now_ms()
    hall.begin()  # the first one must go
    hall.real.ms += away_ms

    assert hall.now_ms() == shown + 60 * away_ms


def test_a_running_clock_runs_on_however_often_its_rehearsal_goes_and_comes():
    hall = Hall(lives_max=1, **RUNNING)
    other = hall.begin()
    for turn in range(1, 5):
        hall.real.ms += 1000
        assert hall.now_ms() == START_MS + turn * MINUTE
        hall.engine.peek(other)


def test_a_running_clock_does_not_step_back_when_somebody_else_wrote_first():
    hall = Hall(**RUNNING)
    other = Engine(store=hall.store, real=FakeTime(), names=FakeNames())
    other.act(hall.name, Op.MACHINE_USE, USE)
    hall.real.ms += 1000
    shown = hall.now_ms()

    answer = hall.engine.act(hall.name, Op.MACHINE_USE, USE)

    assert answer.now_ms >= shown == START_MS + MINUTE
    assert hall.now_ms() >= shown


def test_a_running_clock_does_not_step_back_to_where_somebody_else_froze_it():
    hall = Hall(**RUNNING)
    other = Engine(store=hall.store, real=FakeTime(), names=FakeNames())
    other.set_clock(hall.name, ClockMode.FROZEN)
    hall.real.ms += 1000
    shown = hall.now_ms()
    hall.engine.act(hall.name, Op.MACHINE_USE, USE)

    assert hall.now_ms() >= shown


def test_nobody_is_shown_an_instant_beyond_the_one_at_which_a_clock_is_being_stopped():
    hall = Hall(**RUNNING).opened()
    hall.engine.look(hall.name, Op.PATCH_STATUS, "patch")
    shown = []

    def somebody_polls() -> None:
        hall.real.ms += 1000  # writing takes its time
        shown.append(hall.engine.glance(hall.name, Op.PATCH_STATUS, "patch"))

    hall.store.before_append = somebody_polls
    hall.engine.set_clock(hall.name, ClockMode.FROZEN)

    assert all(one is None or one.now_ms <= hall.now_ms() for one in shown)
    assert len(shown) == 1


def test_a_poll_that_is_overtaken_by_the_stopping_of_the_clock_shows_no_later_instant():
    hall = Hall(**RUNNING).opened()
    hall.engine.look(hall.name, Op.PATCH_STATUS, "patch")

    def somebody_stops_it() -> None:
        hall.engine.set_clock(hall.name, ClockMode.FROZEN)
        hall.real.ms += 1000

    hall.real.meanwhile = somebody_stops_it
    seen = hall.engine.glance(hall.name, Op.PATCH_STATUS, "patch")

    assert seen is None or seen.now_ms <= hall.now_ms()
    assert hall.engine.look(hall.name, Op.PATCH_STATUS, "patch").now_ms == hall.now_ms()


def test_a_clock_that_could_not_be_moved_still_shows_the_time():
    hall = Hall(**RUNNING).opened()
    hall.engine.look(hall.name, Op.PATCH_STATUS, "patch")
    hall.engine.set_clock(hall.name, **RUNNING)  # as it is: nothing to write

    assert hall.engine.glance(hall.name, Op.PATCH_STATUS, "patch") is not None


def test_a_reset_rehearsal_of_equal_length_has_another_mark():
    hall = Hall()
    hall.engine.act(hall.name, Op.MACHINE_USE, USE)
    before = hall.engine.peek(hall.name)
    hall.engine.reset(hall.name)
    hall.engine.advance(hall.name, by_ms=MINUTE)
    after = hall.engine.peek(hall.name)

    assert after.events == before.events
    assert after.mark != before.mark


def test_the_same_history_has_the_same_mark_wherever_it_is_read():
    hall = Hall().opened()
    again = Engine(store=hall.store, real=FakeTime(), names=FakeNames())

    assert again.peek(hall.name).mark == hall.engine.peek(hall.name).mark != 0


def test_who_read_the_journal_while_it_was_reset_does_not_bring_the_old_one_back():
    hall = Hall(lives_max=1).opened()
    hall.begin()
    hall.store.after_load = lambda: hall.engine.reset(hall.name)
    during = hall.engine.peek(hall.name)

    assert during.events == hall.engine.peek(hall.name).events == 2
    assert hall.engine.peek(hall.name).station.here == ""


def test_a_reset_clock_begins_anew_and_not_where_it_was_put_away():
    hall = Hall(lives_max=1, **RUNNING)
    hall.real.ms += 1000
    hall.begin()
    hall.engine.reset(hall.name)

    assert hall.now_ms() == START_MS


def test_what_was_answered_is_seen_by_all_even_if_memory_ran_short_meanwhile():
    hall = Hall(lives_max=1)
    other = hall.engine.create(setup=setup(), mode=ClockMode.MANUAL)

    def others_come_and_go() -> None:
        hall.engine.peek(other)
        hall.engine.peek(hall.name)

    hall.store.before_append = lambda: beside(others_come_and_go)
    answered = hall.engine.act(hall.name, Op.MACHINE_USE, USE)

    assert hall.engine.peek(hall.name).events == answered.events
    assert hall.engine.peek(hall.name).station.here == SERVER
