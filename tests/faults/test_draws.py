"""The dice of a storm: repeatable, independent of each other, and as fair as their chance says."""

from itertools import pairwise
from math import sqrt

import pytest

from mock_server.domain.operations import Operation
from mock_server.faults.draws import draw_of, strikes
from mock_server.faults.plan import Draw
from tests.builders import setup
from tests.faults.rehearsing import Rehearsed, look, spec

ON = Operation.PORTAL_SCHEDULE
MANY = 20_000


def series(draw: Draw, n: int = 200, *, scenario: str = "s", fault: str = "f") -> list[bool]:
    return [strikes(draw, scenario, fault, k) for k in range(n)]


def test_the_same_key_gives_the_same_draw_for_ever() -> None:
    drawn = "".join("x" if one else "." for one in series(draw_of(41, 0.25), 60))

    assert drawn == "..xx.x...x.xx......x.x........x..x..x.x.x..........x.x.xxxx."


@pytest.mark.parametrize("p", [0.001, 0.02, 0.25, 0.5, 0.9, 0.999])
@pytest.mark.parametrize("seed", [1, 2, 41, 2**32 - 1])
def test_over_many_draws_so_many_strike_as_the_chance_says(seed: int, p: float) -> None:
    struck = sum(series(draw_of(seed, p), MANY))

    # Five standard deviations: a fair die falls outside once in two million tests.
    assert abs(struck - MANY * p) <= 5 * sqrt(MANY * p * (1 - p))


def test_a_chance_of_one_always_strikes_and_none_is_refused() -> None:
    assert all(series(draw_of(7, 1.0), MANY))
    for p in (0.0, -0.1, 1.1, float("nan")):
        with pytest.raises(ValueError, match="above 0, at most 1"):
            draw_of(7, p)


def test_a_chance_too_small_to_count_is_still_a_chance() -> None:
    assert draw_of(1, 1e-12).p_ppm == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (series(draw_of(1, 0.5)), series(draw_of(2, 0.5))),
        (series(draw_of(1, 0.5)), series(draw_of(1, 0.5), fault="g")),
        (series(draw_of(1, 0.5)), series(draw_of(1, 0.5), scenario="t")),
    ],
    ids=["seed", "fault", "scenario"],
)
def test_another_seed_fault_or_scenario_draws_its_own_series(one, other) -> None:
    agreed = sum(a == b for a, b in zip(one, other, strict=True))

    # Independent fair dice agree on half of 200 draws; five standard deviations are 36.
    assert 64 <= agreed <= 136


def test_runs_of_hits_are_as_long_as_chance_makes_them() -> None:
    """A die that repeated itself would pass the count and fail here."""
    drawn = series(draw_of(3, 0.5), MANY)
    changes = sum(a != b for a, b in pairwise(drawn))

    assert abs(changes - MANY / 2) <= 5 * sqrt(MANY) / 2


# --- in a rehearsal ------------------------------------------------------------------------------


def storm(
    *, seed: int = 5, p: float = 0.3, requests: int = 300, scenario: str = "test"
) -> list[bool]:
    rehearsed = Rehearsed(setup(scenario=scenario))
    rehearsed.arm(spec("http.empty", on=ON.value, draw=draw_of(seed, p)))
    return [bool(rehearsed.does(look("portal-schedule"), ON).fired) for _ in range(requests)]


def test_a_storm_strikes_by_its_dice_and_repeats_exactly() -> None:
    assert storm() == storm() == series(draw_of(5, 0.3), 300, scenario="test", fault="f1")
    assert storm(seed=6) != storm()
    assert storm(scenario="other") != storm()


def test_a_storm_strikes_its_share_of_the_requests() -> None:
    assert 60 <= sum(storm()) <= 130


def test_only_requests_that_it_could_strike_are_drawn_for() -> None:
    rehearsed = Rehearsed().arm(spec("http.empty", on=ON.value, draw=draw_of(5, 0.3)))

    for _ in range(20):
        rehearsed.does(look("portal-ids"), Operation.PORTAL_IDS)
        rehearsed.does(look("portal-schedule"), ON)

    drawn = rehearsed.faults.live[0]
    assert drawn.draws == 20
    assert drawn.hits == sum(series(draw_of(5, 0.3), 20, scenario="test", fault="f1"))
