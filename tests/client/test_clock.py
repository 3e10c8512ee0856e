"""The clocks: how a look is paced in real time, and how a rehearsal's own clock is moved."""

import pytest

from client.clock import ClockStandsStillError, RealClock, RealTime, VirtualClock


class TimeOfTest(RealTime):
    """Real time that a test moves; ``speed`` makes a station's clock run along."""

    def __init__(self, speed: float = 1) -> None:
        self.now_s, self.speed, self.sleeps = 100.0, speed, []

    def monotonic_s(self) -> float:
        return self.now_s

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(round(seconds, 3))
        self.now_s += seconds

    @property
    def station_ms(self) -> int:
        return round((self.now_s - 100) * 1000 * self.speed)


def watched(speed: float) -> tuple[TimeOfTest, RealClock]:
    """Return a clock that has seen the station's clock run at ``speed`` for a while."""
    time = TimeOfTest(speed)
    clock = RealClock(time, still_s_max=900)
    for _ in range(4):
        clock.saw(time.station_ms)
        time.now_s += 0.3
    clock.saw(time.station_ms)
    time.sleeps.clear()
    return time, clock


@pytest.mark.parametrize("speed", [1, 10, 60, 600])
def test_the_speed_is_seen_in_the_answers(speed):
    _, clock = watched(speed)

    assert clock.speed == pytest.approx(speed)


@pytest.mark.parametrize(
    ("speed", "for_ms", "slept_s"),
    [
        pytest.param(60, 120_000, 1.0, id="high speed: a second at the longest"),
        pytest.param(60, 30_000, 0.5, id="high speed: in time"),
        pytest.param(600, 2_000, 0.02, id="never without a breath"),
        pytest.param(1, 2_000, 2.0, id="real speed: as long as asked"),
        pytest.param(1, 120_000, 5.0, id="real speed: five seconds at the longest"),
    ],
)
def test_a_wait_is_paced_by_the_stations_speed(speed, for_ms, slept_s):
    time, clock = watched(speed)

    clock.wait(for_ms, 0)

    assert time.sleeps == [pytest.approx(slept_s, abs=0.01)]


def test_a_clock_whose_speed_is_not_known_yet_is_looked_at_soon():
    """At speed 1000 a pause of five seconds would be eighty minutes of the station's clock."""
    time = TimeOfTest()
    RealClock(time, still_s_max=900).wait(120_000, 0)

    assert time.sleeps == [0.2]


def test_a_station_whose_clock_stands_still_is_waited_for_and_then_given_up():
    time = TimeOfTest(speed=0)
    clock = RealClock(time, still_s_max=60)

    def look_on() -> None:
        for _ in range(1000):
            clock.saw(time.station_ms)
            clock.wait(2_000, 0)

    with pytest.raises(ClockStandsStillError) as error:
        look_on()

    assert 60 < error.value.still_s < 70


def test_a_paused_rehearsal_that_goes_on_is_gone_on_with():
    time = TimeOfTest(speed=0)
    clock = RealClock(time, still_s_max=60)
    for round_ in range(40):
        time.speed = 0 if round_ % 8 else 1
        clock.saw(time.station_ms)
        clock.wait(2_000, 0)


def test_trouble_takes_real_time_too():
    time, clock = watched(600)

    for tries in (1, 2, 3):
        clock.pause(5, 0, tries)

    assert time.sleeps == [0.5, 1.0, 2.0]


def test_a_pause_that_the_server_asked_for_is_kept_at_real_speed():
    time, clock = watched(1)

    clock.pause(30, 0, 1)

    assert time.sleeps == [pytest.approx(30, abs=0.1)]


def test_virtual_pauses_add_up_although_no_answer_shows_the_hour():
    moved = []
    clock = VirtualClock(lambda ms: moved.append(ms) or True, TimeOfTest())
    for tries, seconds in enumerate((5, 15, 45), start=1):
        clock.pause(seconds, 1_000, tries)

    assert moved == [6_000, 21_000, 66_000]


def test_the_virtual_clock_moves_the_rehearsals_own():
    moved = []
    clock = VirtualClock(lambda ms: moved.append(ms) or True, TimeOfTest())

    clock.wait(2_000, 10_000)
    clock.pause(5, 20_000, 1)

    assert moved == [12_000, 25_000]


def test_a_move_that_nobody_heard_is_asked_for_again():
    answers = [False, False, True]
    time = TimeOfTest()

    VirtualClock(lambda _ms: answers.pop(0), time).wait(1, 1)

    assert answers == []
    assert len(time.sleeps) == 2


def test_a_clock_that_cannot_be_moved_ends_the_waiting():
    with pytest.raises(ClockStandsStillError):
        VirtualClock(lambda _ms: False, TimeOfTest()).wait(1, 1)


def test_real_time_is_this_computers():
    time = RealTime()
    before = time.monotonic_s()
    time.sleep(0.001)

    assert time.monotonic_s() > before
    assert time.now().tzinfo is not None


def test_a_pause_at_a_speed_not_yet_seen_does_not_guess():
    time = TimeOfTest()
    clock = RealClock(time, still_s_max=600)
    began_s = time.monotonic_s()

    clock.pause(45, 0, 3)

    assert time.monotonic_s() - began_s == pytest.approx(2.0)
