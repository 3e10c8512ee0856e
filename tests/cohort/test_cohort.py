"""A class as its events leave it: seats, drills, freezes, planned faults, and what is refused."""

import pytest

from mock_server.cohort import commands as c
from mock_server.cohort import events as e
from mock_server.cohort.deciding import SEATS_MAX, CohortRefusal, decide, decide_open
from mock_server.cohort.events import Insert, Member, Part
from mock_server.cohort.folding import evolve, replay
from mock_server.cohort.state import Cohort

MINUTE = 60_000
PLAN = (
    Part(kind="drill", minutes=20, scenario="normal"),
    Part(kind="break", minutes=10),
    Part(kind="drill", minutes=15, scenario="partial-sync"),
)


class Class:
    """Gives commands to a class and keeps its stream; time moves when told."""

    def __init__(self, *names: str) -> None:
        self.now_ms = 1_000_000
        opened = decide_open(c.Open(title="Sabtu", code="KWT7R2", plan=PLAN), self.now_ms)
        self.stream: list[e.CohortEvent] = [opened]
        self.state = replay(self.stream, "k1")
        for seat, name in enumerate(names, 1):
            self.does(c.Join(seat=seat, token=f"key-{seat}", name=name))

    def does(self, *commands: c.AnyCommand) -> "Class":
        for command in commands:
            for event in decide(self.state, command, self.now_ms):
                self.stream.append(event)
                self.state = evolve(self.state, event)
        return self

    def refuses(self, command: c.AnyCommand) -> str:
        with pytest.raises(CohortRefusal) as caught:
            self.does(command)
        return caught.value.code

    def wait(self, minutes: int) -> "Class":
        self.now_ms += minutes * MINUTE
        return self

    def ends_in(self, seat: int | None = None) -> float:
        ends_ms = self.state.ends_ms(self.now_ms, seat)
        assert ends_ms is not None
        return (ends_ms - self.now_ms) / MINUTE

    def begin(self, seat: int, name: str, **keys: str) -> "Class":
        return self.does(c.Begin(seat=seat, rehearsal=name, scenario="normal", **keys))


def test_a_stream_folds_to_the_same_class_after_a_restart():
    made = Class("Ayu", "Bayu").does(
        c.OpenPart(part=0), c.FreezeSeats(message="Ke depan", minutes=2), c.SetSpeed(speed=20)
    )
    made.begin(1, "r1").does(c.WriteNote(seat=1, text="Bagus"), c.Thaw())

    stored = [e.decode(payload) for payload in e.encode(made.stream)]

    assert replay(stored, "k1") == made.state


@pytest.mark.parametrize("stream", [[], [e.ClassClosed(at_ms=1)]])
def test_a_stream_without_its_opening_is_no_class(stream):
    with pytest.raises(ValueError, match="cohort-opened"):
        replay(stream, "k1")


def test_a_class_needs_a_title_and_something_to_do():
    with pytest.raises(CohortRefusal, match="title"):
        decide_open(c.Open(title="  ", code="X", plan=PLAN), 1)
    with pytest.raises(CohortRefusal, match="part"):
        decide_open(c.Open(title="A", code="X", plan=()), 1)


def test_a_seat_is_given_once_and_again_only_when_it_was_reopened():
    made = Class("Ayu").begin(1, "r1")

    assert made.refuses(c.Join(seat=1, token="other", name="Bayu")) == "seat-taken"
    made.does(c.ReopenSeat(seat=1), c.Join(seat=1, token="new", name="Ayu"))

    seat = made.state.seats[1]
    assert (seat.token, seat.name, [run.rehearsal for run in seat.runs]) == ("new", "Ayu", ["r1"])
    assert made.refuses(c.Join(seat=1, token="third", name="Ayu")) == "seat-taken"


@pytest.mark.parametrize("number", [0, -1, SEATS_MAX + 1])
def test_a_seat_has_a_number_that_stands_on_a_desk(number):
    assert Class().refuses(c.Join(seat=number, token="t", name="Ayu")) == "seat"


@pytest.mark.parametrize("name", ["", "  \n ", "x" * 61])
def test_a_name_is_a_line_of_bearable_length(name):
    assert Class().refuses(c.Join(seat=1, token="t", name=name)) == "name"


def test_blanks_and_control_characters_in_a_name_become_single_blanks():
    made = Class("  Ayu\t\x00 Lestari\n")

    assert made.state.seats[1].name == "Ayu Lestari"


def test_with_a_roster_the_roster_names_and_nobody_else_sits_down():
    made = Class().does(c.SetRoster(members=(Member(seat=7, name="Ayu", school="SMA Contoh"),)))

    assert made.refuses(c.Join(seat=8, token="t", name="Ayu")) == "not-on-roster"
    made.does(c.Join(seat=7, token="t", name="somebody"))

    seat = made.state.seats[7]
    assert (seat.name, seat.school) == ("Ayu", "SMA Contoh")


def test_nobody_joins_a_class_that_is_closed():
    assert Class().does(c.Close()).refuses(c.Join(seat=1, token="t", name="Ayu")) == "closed"


def test_a_run_belongs_to_the_drill_in_which_it_began():
    made = Class("Ayu").does(c.OpenPart(part=0)).begin(1, "r1")
    assert made.state.current(1).rehearsal == "r1"

    made.does(c.OpenPart(part=2))

    assert made.state.current(1) is None
    assert [run.rehearsal for run in made.state.seats[1].runs] == ["r1"]


def test_time_that_the_class_stands_frozen_does_not_count():
    made = Class("Ayu").does(c.OpenPart(part=0)).wait(5)
    assert made.ends_in() == 15

    made.does(c.FreezeSeats(message="", minutes=None)).wait(3)
    assert made.ends_in() == 15
    made.does(c.Thaw()).wait(1)

    assert made.ends_in() == 14


def test_a_freeze_that_thaws_by_itself_holds_so_long_and_no_longer():
    made = Class("Ayu").does(c.OpenPart(part=0), c.FreezeSeats(message="Lihat", minutes=2))
    assert made.state.frozen(1, made.now_ms).message == "Lihat"

    made.wait(2)

    assert made.state.frozen(1, made.now_ms) is None
    assert made.ends_in() == 20


def test_more_freezes_in_a_row_are_all_taken_off_the_time():
    made = Class("Ayu").does(c.OpenPart(part=0))
    for _ in range(3):
        made.does(c.FreezeSeats(message="", minutes=1)).wait(2)

    assert made.ends_in() == 20 - 3


def test_a_frozen_class_holds_who_comes_late_and_a_seat_can_be_held_alone():
    made = Class("Ayu", "Bayu").does(c.FreezeSeats(message="satu", seats=(1,)))
    assert made.state.frozen(2, made.now_ms) is None

    made.does(c.FreezeSeats(message="semua"), c.Join(seat=3, token="k", name="Citra"))

    assert {made.state.frozen(n, made.now_ms).message for n in (1, 2, 3)} == {"semua"}
    made.does(c.Thaw())
    assert [made.state.frozen(n, made.now_ms) for n in (1, 2, 3)] == [None] * 3


def test_time_can_be_given_to_one_or_to_all_and_ends_with_the_drill():
    made = Class("Ayu", "Bayu").does(
        c.OpenPart(part=0), c.GiveTime(minutes=5), c.GiveTime(minutes=3, seats=(2,))
    )
    assert (made.ends_in(), made.ends_in(1), made.ends_in(2)) == (25, 25, 28)

    made.does(c.OpenPart(part=2))

    assert made.ends_in(2) == 15


def test_a_planned_fault_waits_for_those_it_is_meant_for_and_is_done_once_in_a_run():
    made = Class("Ayu", "Bayu").does(c.OpenPart(part=0)).begin(1, "r1").begin(2, "r2")
    made.does(c.PlanInsert(insert=Insert(id="s1", fault="sync.drops", seats=(1,))))
    assert [one.insert.id for one in made.state.waiting()] == ["s1"]

    made.does(c.DoneInsert(id="s1", seat=1, rehearsal="r1"))
    events = len(made.stream)
    made.does(c.DoneInsert(id="s1", seat=1, rehearsal="r1"))

    assert made.state.waiting() == ()
    assert len(made.stream) == events


def test_a_planned_fault_can_be_taken_back_and_does_not_outlive_its_drill():
    made = Class("Ayu").does(c.OpenPart(part=0))
    made.does(*(c.PlanInsert(insert=Insert(id=of, fault="sync.drops")) for of in ("s1", "s2")))
    made.does(c.CancelInsert(id="s1"))
    assert [one.insert.id for one in made.state.waiting()] == ["s2"]

    assert made.does(c.OpenPart(part=2)).state.waiting() == ()
    assert made.refuses(c.CancelInsert(id="s9")) == "insert"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (c.OpenPart(part=3), "part"),
        (c.OpenPart(part=-1), "part"),
        (c.SetDrill(scenario="normal", minutes=0), "minutes"),
        (c.FreezeSeats(message="", minutes=0), "minutes"),
        (c.FreezeSeats(message="x" * 301), "text"),
        (c.FreezeSeats(message="", seats=(9,)), "seat-gone"),
        (c.SetSpeed(speed=0), "speed"),
        (c.Jump(clock="7:45"), "clock"),
        (c.Jump(clock="24:00"), "clock"),
        (c.Say(text=" "), "text"),
        (c.GiveTime(minutes=0), "minutes"),
        (c.WriteNote(seat=9, text="x"), "seat-gone"),
        (c.RemoveSeat(seat=9), "seat-gone"),
        (c.PlanInsert(insert=Insert(id="s", fault="f", when="clock", clock="soon")), "clock"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(command, code):
    made = Class("Ayu")
    before = list(made.stream)

    assert made.refuses(command) == code
    assert made.stream == before


def test_an_alert_that_was_seen_to_is_noted_once():
    made = Class("Ayu").does(c.Acknowledge(seat=1, alert="hand:5"))
    events = len(made.stream)

    made.does(c.Acknowledge(seat=1, alert="hand:5"))

    assert made.state.seats[1].seen == {"hand:5"}
    assert len(made.stream) == events


def test_a_removed_seat_is_gone_and_what_is_said_about_it_later_changes_nothing():
    made = Class("Ayu", "Bayu").does(c.RemoveSeat(seat=1))
    assert list(made.state.seats) == [2]

    late = evolve(made.state, e.NoteWritten(at_ms=1, seat=1, text="x"))

    assert late.seats == made.state.seats


def test_a_solo_goes_on_with_the_last_thing_it_did():
    stream = [
        e.CohortOpened(at_ms=1, kind="solo"),
        e.SeatTaken(at_ms=1, seat=1, token="k"),
        e.RehearsalBegun(at_ms=2, seat=1, rehearsal="r1", scenario="normal"),
    ]

    state: Cohort = replay(stream, "k1")

    assert state.current(1).rehearsal == "r1"
    assert state.ends_ms(5) is None
