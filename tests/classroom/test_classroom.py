"""Classes as they run: joining, one run a seat, freezes, inserts, rewinds, restarts, deletion."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from mock_server.answer import Refused
from mock_server.classroom import UnknownSeatError
from mock_server.cohort import commands as c
from mock_server.cohort.deciding import CohortRefusal
from mock_server.cohort.events import Insert
from mock_server.domain import commands as d
from mock_server.domain.clock import ClockMode
from mock_server.domain.hazards import Hazard
from mock_server.domain.operations import Operation
from mock_server.ports import UnknownCohortError, UnknownRehearsalError
from mock_server.training.commands import GoOn, Pause, RaiseHand
from tests.builders import EXAMBRO, SERVER, instant_ms
from tests.classroom.school import MINUTE, SECOND, School


def use(school: School, rehearsal: str) -> None:
    school.engine.act(rehearsal, Operation.MACHINE_USE, d.UseMachine(machine=SERVER))


def test_a_solo_learner_has_a_seat_of_its_own_and_goes_on_where_it_was():
    school = School()
    key, other = school.room.open_solo(), school.room.open_solo()

    name = school.room.begin(key, "normal", school.make)

    assert key != other
    assert school.room.begin(key, "normal", school.make) == name
    assert school.room.begin(key, "normal", school.make, afresh=True) != name
    assert school.room.begin(other, "normal", school.make) not in (name, "rehearsal-2")
    assert school.room.classes() == []


@pytest.mark.parametrize("code", ["", "AAAAAA", "kwt"])
def test_a_code_that_no_class_has_opens_nothing(code):
    school = School()
    school.a_class("Ayu")

    with pytest.raises(UnknownSeatError):
        school.room.join(code, 2, "Bayu")


def test_a_code_may_be_typed_in_small_letters():
    school = School()
    code = school.room.cohort(school.a_class("Ayu")).code

    key = school.room.join(f" {code.lower()} ", 2, "Bayu")

    assert school.room.seat(key)[1].number == 2


def test_a_key_opens_its_own_seat_and_no_other():
    school = School()
    name = school.a_class("Ayu", "Bayu")
    ayu, bayu = school.room.cohort(name).seats.values()

    assert school.room.seat(ayu.token)[1].name == "Ayu"
    for key in ("", "k", ayu.token[:-1], school.run(name, 2), name):
        with pytest.raises(UnknownSeatError):
            school.room.seat(key)
    assert school.room.seat_of(school.run(name, 2)).token == bayu.token
    assert school.room.seat_of("nobody's") is None


def test_a_seat_that_was_taken_over_leaves_the_old_key_worthless():
    school = School()
    name = school.a_class("Ayu")
    cohort = school.room.cohort(name)
    old = cohort.seats[1].token
    run = school.run(name)
    school.room.do(name, c.ReopenSeat(seat=1))

    new = school.room.join(cohort.code, 1, "Ayu")

    with pytest.raises(UnknownSeatError):
        school.room.seat(old)
    assert school.room.begin(new, "test", school.make) == run


def test_two_tabs_that_begin_at_once_get_one_rehearsal():
    school = School()
    name = school.a_class("Ayu", drill=False)
    school.next_drill(name, 0)
    key = school.room.cohort(name).seats[1].token
    tabs = 8
    together = Barrier(tabs)

    def begin(_: int) -> str:
        together.wait()
        return school.room.begin(key, "test", school.make)

    with ThreadPoolExecutor(tabs) as threads:
        got = set(threads.map(begin, range(tabs)))

    assert len(got) == 1
    assert len(school.room.cohort(name).seats[1].runs) == 1


def test_forty_who_join_at_once_all_sit_down(tmp_path):
    school = School(tmp_path / "kelas.db")
    name = school.a_class()
    code = school.room.cohort(name).code
    together = Barrier(40)

    def join(seat: int) -> str:
        together.wait()
        key = school.room.join(code, seat, f"Peserta {seat}")
        return school.room.begin(key, "test", school.make)

    with ThreadPoolExecutor(40) as threads:
        runs = list(threads.map(join, range(1, 41)))

    assert len(set(runs)) == 40
    kept = School(tmp_path / "kelas.db").room.cohort(name)
    assert sorted(kept.seats) == list(range(1, 41))
    assert [kept.current(n).rehearsal for n in range(1, 41)] == runs


def test_of_two_who_want_one_seat_one_gets_it():
    school = School()
    code = school.room.cohort(school.a_class()).code
    together = Barrier(6)

    def join(_: int) -> str:
        together.wait()
        try:
            return school.room.join(code, 5, "Ayu")
        except CohortRefusal:
            return ""

    with ThreadPoolExecutor(6) as threads:
        got = [key for key in threads.map(join, range(6)) if key]

    assert len(got) == 1


def test_a_frozen_seat_does_nothing_and_its_clock_stands():
    school = School()
    name = school.a_class("Ayu", "Bayu")
    run = school.run(name)
    school.room.do(name, c.FreezeSeats(message="Lihat ke depan", minutes=2, seats=(1,)))
    before = school.engine.peek(run)

    school.time.advance(MINUTE)

    with pytest.raises(Refused) as caught:
        use(school, run)
    assert caught.value.refusal.code == "training.frozen"
    assert school.engine.peek(run).now_ms == before.now_ms
    seat = school.room.seat_of(run)
    assert (seat.frozen, seat.message) == (True, "Lihat ke depan")
    assert seat.frozen_until_ms - seat.now_ms == MINUTE
    use(school, school.run(name, 2))  # the neighbour goes on


def test_a_freeze_thaws_by_itself_at_the_seats_next_poll():
    school = School()
    name = school.a_class("Ayu")
    run = school.run(name)
    school.room.do(name, c.FreezeSeats(message="", minutes=1))

    school.time.advance(59 * SECOND)
    school.room.tick(run)
    assert school.engine.peek(run).training.is_frozen
    school.time.advance(SECOND)
    school.room.tick(run)

    assert not school.engine.peek(run).training.is_frozen
    assert school.engine.peek(run).clock.mode is ClockMode.RUNNING
    assert not school.room.seat_of(run).frozen
    use(school, run)


def test_who_begins_while_the_class_is_frozen_is_frozen_too():
    school = School()
    name = school.a_class("Ayu")
    school.room.do(name, c.FreezeSeats(message="Tunggu"))

    key = school.room.join(school.room.cohort(name).code, 2, "Bayu")
    run = school.room.begin(key, "test", school.make)

    assert school.engine.peek(run).training.is_frozen
    school.room.do(name, c.Thaw())
    assert not school.engine.peek(run).training.is_frozen


def test_a_poll_where_nothing_is_due_leaves_no_trace():
    school = School()
    name = school.a_class("Ayu")
    run = school.run(name)
    before = (school.engine.peek(run).events, school.room.cohort(name).seq)

    for _ in range(3):
        school.room.tick(run)

    assert (school.engine.peek(run).events, school.room.cohort(name).seq) == before
    school.room.tick("nobody's")


def test_the_last_poll_tells_how_long_a_seat_has_been_away():
    school = School()
    name = school.a_class("Ayu")
    assert school.room.seen_ago_ms(name, 1) is None

    school.room.tick(school.run(name))
    school.time.advance(7 * SECOND)

    assert school.room.seen_ago_ms(name, 1) == 7 * SECOND


@pytest.mark.parametrize(("minutes", "passed"), [(4, 40), (6, 0)])
def test_a_laptop_that_was_closed_for_long_goes_on_where_it_was(minutes, passed):
    school = School()
    run = school.run(school.a_class("Ayu"))
    use(school, run)
    school.room.tick(run)
    before_ms = school.engine.peek(run).now_ms

    school.time.advance(minutes * MINUTE)
    school.room.tick(run)

    assert school.engine.peek(run).now_ms - before_ms == passed * MINUTE
    school.time.advance(MINUTE)
    assert school.engine.peek(run).now_ms - before_ms == (passed + 10) * MINUTE


def insert(**keys) -> c.PlanInsert:
    return c.PlanInsert(insert=Insert(id="s1", fault="service.dies", **keys))


def armed(school: School, run: str) -> list[str]:
    return [one.fault for one in school.engine.fault_report(run) if one.armed]


def test_a_fault_inserted_now_is_armed_at_once_and_only_where_it_is_meant():
    school = School()
    name = school.a_class("Ayu", "Bayu")

    school.room.do(name, insert(seats=(2,)))

    assert armed(school, school.run(name, 2)) == ["service.dies"]
    assert armed(school, school.run(name, 1)) == []
    assert school.room.cohort(name).waiting() == ()


def test_a_fault_for_a_time_of_day_waits_for_the_seats_own_clock():
    school = School()
    name = school.a_class("Ayu")
    run = school.run(name)
    school.room.do(name, insert(when="clock", clock="08:00"))
    assert armed(school, run) == []

    school.time.advance(60 * SECOND)  # ten times as fast: 07:50 becomes 08:00
    school.room.tick(run)

    assert school.engine.peek(run).now_ms == instant_ms("08:00")
    assert armed(school, run) == ["service.dies"]


def test_a_fault_for_a_step_waits_until_somebody_stands_there():
    school = School()
    name = school.a_class("Ayu")
    run = school.run(name)
    school.room.do(name, insert(when="step", step="5"))
    school.room.tick(run)
    assert armed(school, run) == []

    use(school, run)
    school.engine.act(run, Operation.EXAMBRO_OPEN, d.OpenExambro(version=EXAMBRO))
    school.engine.act(run, Operation.CBTSYNC_OPEN, d.OpenCbtsync())
    school.room.tick(run)

    assert armed(school, run) == ["service.dies"]


def test_a_fault_that_is_taken_back_is_disarmed_where_it_waits():
    school = School()
    name = school.a_class("Ayu")
    school.room.do(name, insert())

    school.room.do(name, c.CancelInsert(id="s1"))

    assert armed(school, school.run(name)) == []


def test_a_class_can_be_hurried_and_jumped_and_nobody_goes_back():
    school = School()
    name = school.a_class("Ayu", "Bayu")
    ahead = school.run(name, 2)
    school.engine.advance(ahead, to_ms=instant_ms("08:30"))

    school.room.do(name, c.SetSpeed(speed=60))
    school.room.do(name, c.Jump(clock="08:00"))

    assert school.engine.peek(school.run(name)).now_ms == instant_ms("08:00")
    assert school.engine.peek(ahead).now_ms == instant_ms("08:30")
    assert school.engine.peek(ahead).clock.speed == 60


def test_a_speed_that_was_set_while_a_seat_stood_frozen_holds_when_it_goes_on():
    school = School()
    name = school.a_class("Ayu")
    school.room.do(name, c.FreezeSeats(message=""))
    school.room.do(name, c.SetSpeed(speed=30))

    school.room.do(name, c.Thaw())

    clock = school.engine.peek(school.run(name)).clock
    assert (clock.mode, clock.speed) == (ClockMode.RUNNING, 30)


def test_a_message_and_more_time_reach_the_seats_they_are_for():
    school = School()
    name = school.a_class("Ayu", "Bayu")

    school.room.do(name, c.Say(text="Baca langkah 18.", seats=(1,)))
    school.room.do(name, c.GiveTime(minutes=5))

    first, second = (school.engine.peek(school.run(name, n)).training for n in (1, 2))
    assert [one.text for one in first.said] == ["Baca langkah 18."]
    assert second.said == ()
    assert (first.minutes_added, second.minutes_added) == (5, 5)


def test_a_rewind_is_a_branch_the_original_stays_and_it_counts_as_practice():
    school = School()
    name = school.a_class("Ayu")
    run = school.run(name)
    began = school.engine.peek(run).events
    use(school, run)
    whole = school.engine.entries(run)

    child = school.room.helping.rewind(name, 1, began)

    assert school.engine.entries(run) == whole
    assert school.engine.peek(child).station.here == ""
    assert school.engine.peek(child).training.is_practice
    assert school.room.seat_of(run).moved_to == child
    assert school.room.seat_of(child).moved_to == ""
    assert school.room.begin(school.room.seat_of(run).token, "test", school.make) == child


def test_a_seat_that_nothing_runs_at_cannot_be_rewound():
    school = School()
    name = school.a_class("Ayu", drill=False)

    with pytest.raises(UnknownSeatError):
        school.room.helping.rewind(name, 1, 2)


@pytest.mark.parametrize("seat", [1, 77])
def test_where_nothing_runs_a_hand_goes_down_in_peace_and_no_hint_is_given(seat):
    school = School()
    name = school.a_class("Ayu", drill=False)

    school.room.helping.lower_hand(name, seat)
    with pytest.raises(UnknownSeatError):
        school.room.helping.give_hint(name, seat)


def test_a_retry_of_ones_own_is_the_same_seats():
    school = School()
    key = school.room.open_solo()
    name = school.room.begin(key, "normal", school.make)
    child = school.engine.fork(name)

    school.room.adopt(name, child, "branch")
    school.room.adopt("nobody's", child, "branch")

    assert school.room.seat_of(child).token == key
    assert school.room.seat_of(name).moved_to == ""


@pytest.mark.parametrize("kind", ["memory", "sqlite"])
def test_after_a_power_cut_every_seat_is_where_it_was(kind, tmp_path):
    school = School(tmp_path / "kelas.db" if kind == "sqlite" else None)
    name = school.a_class("Ayu", "Bayu")
    runs = [school.run(name, n) for n in (1, 2)]
    use(school, runs[0])
    school.engine.train(runs[0], RaiseHand())
    school.room.do(name, c.FreezeSeats(message="Lihat", minutes=5))
    school.room.do(name, insert(when="clock", clock="08:00", seats=(2,)))
    keys = [seat.token for seat in school.room.cohort(name).seats.values()]
    before = school.room.cohort(name)

    school.restart()

    assert school.room.cohort(name) == before
    assert [school.room.seat(key)[1].runs[-1].rehearsal for key in keys] == runs
    assert school.engine.peek(runs[0]).station.here == SERVER
    assert school.engine.peek(runs[0]).training.is_frozen
    school.time.advance(5 * MINUTE)
    for run in runs:
        school.room.tick(run)
        assert not school.engine.peek(run).training.is_frozen
    assert len(school.room.cohort(name).waiting()) == 1


def test_a_class_that_is_deleted_takes_its_rehearsals_with_it(tmp_path):
    school = School(tmp_path / "kelas.db")
    name, other = school.a_class("Ayu Lestari", "Bayu"), school.a_class("Citra")
    run = school.run(name)
    school.room.helping.rewind(name, 1, 2)
    key = school.room.cohort(name).seats[2].token

    school.room.delete(name)

    left = [record.name for record in school.engine.records()]
    assert left == [school.run(other)]
    with pytest.raises(UnknownCohortError):
        school.room.cohort(name)
    with pytest.raises(UnknownSeatError):
        school.room.seat(key)
    with pytest.raises(UnknownRehearsalError):
        school.engine.peek(run)
    assert school.room.seat_of(run) is None
    school.store.close()
    kept = (tmp_path / "kelas.db").read_bytes()
    assert b"Ayu Lestari" not in kept  # not even in the file's unused pages
    assert b"Citra" in kept


def test_a_removed_seat_is_forgotten_with_what_it_did():
    school = School()
    name = school.a_class("Ayu", "Bayu")
    run = school.run(name)

    school.room.remove_seat(name, 1)

    with pytest.raises(UnknownRehearsalError):
        school.engine.peek(run)
    assert list(school.room.cohort(name).seats) == [2]


def test_a_rehearsal_that_the_control_plane_deleted_disturbs_nobody():
    school = School()
    name = school.a_class("Ayu", "Bayu")
    gone = school.run(name)
    school.engine.delete(gone)

    school.room.do(name, c.FreezeSeats(message=""))
    school.room.do(name, c.Say(text="Halo"))
    school.room.tick(gone)

    assert school.engine.peek(school.run(name, 2)).training.is_frozen


# --- nobody there ---------------------------------------------------------------------------------


def alone(school: School) -> str:
    """Somebody who learns alone, and has just pressed something."""
    run = school.room.begin(school.room.open_solo(), "test", school.make)
    school.room.attend(run)
    return run


def left_open(school: School, run: str, minutes: int) -> None:
    """The page stays open and asks again and again; nobody presses anything."""
    for _ in range(minutes * 4):
        school.time.advance(15 * SECOND)
        school.room.tick(run)


def test_the_clock_of_one_who_learns_alone_stands_while_nobody_is_there():
    school = School()
    run = alone(school)
    left_open(school, run, 4)
    assert not school.engine.peek(run).training.is_frozen

    left_open(school, run, 2)
    stopped = school.engine.peek(run)
    left_open(school, run, 60)

    assert stopped.training.is_paused
    assert school.engine.peek(run).now_ms == stopped.now_ms


def test_whoever_comes_back_and_presses_anything_goes_on_at_once():
    school = School()
    run = alone(school)
    left_open(school, run, 10)

    school.room.attend(run)

    use(school, run)
    assert school.engine.peek(run).clock.mode is ClockMode.RUNNING


def test_waiting_for_a_job_is_not_idling():
    school = School()
    run = alone(school)
    use(school, run)
    for command in (
        d.OpenExambro(version=EXAMBRO),
        d.OpenCbtsync(),
        d.StartPatch(hazard=Hazard(factor_permille=100_000)),
    ):
        school.engine.act(run, None, command)
    left_open(school, run, 10)

    assert not school.engine.peek(run).training.is_frozen


def test_a_pause_of_ones_own_lasts_until_one_ends_it():
    school = School()
    run = alone(school)
    school.engine.train(run, Pause())

    school.room.attend(run)
    with pytest.raises(Refused) as caught:
        use(school, run)
    assert caught.value.refusal.code == "training.paused"

    school.engine.train(run, GoOn())
    use(school, run)


def test_a_class_does_not_pause_by_itself_and_its_freeze_is_nobodys_own():
    school = School()
    name = school.a_class("Ayu")
    run = school.run(name)
    left_open(school, run, 10)
    assert not school.engine.peek(run).training.is_frozen

    school.room.do(name, c.FreezeSeats(message="", minutes=None))
    school.engine.train(run, GoOn())
    school.room.attend(run)

    assert school.engine.peek(run).training.is_frozen
