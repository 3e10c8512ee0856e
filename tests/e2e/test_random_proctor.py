"""Whatever anybody presses: no 500, no lost journal, and no pass that was not earned."""

import pytest

from mock_server.web.routes.table import ROUTES
from tests.e2e import slips, sweep
from tests.e2e.random_proctor import ACTS, ProctorCase, RandomProctor
from tests.e2e.simulator import Simulator
from tests.e2e.slips import SlipCase, Slipping


@pytest.fixture(scope="module")
def simulator() -> Simulator:
    return Simulator()


@pytest.mark.parametrize("seed", range(3))
def test_nothing_that_can_be_pressed_breaks_a_promise(seed):
    assert sweep.tried(ProctorCase(seed)).broken == ()


@pytest.mark.parametrize("case", list(slips.cases(2)), ids=str)
def test_a_good_day_with_slips_passes_only_if_the_server_is_ready(case):
    assert sweep.tried(case).broken == ()


def test_a_good_day_without_slips_passes():
    assert sweep.tried(SlipCase("normal", 0, 1)).ending == "ready passed"


def test_the_same_seed_presses_the_same_and_leaves_the_same_journal():
    journals = []
    for _ in range(2):
        proctor = RandomProctor(Simulator(), 12)
        proctor.act(ACTS)
        journals.append(proctor.journal)

    assert journals[0] == journals[1]
    assert journals[0].count(b"\n") > 20


@pytest.mark.slow
def test_a_pass_that_was_not_earned_would_be_seen(simulator):
    proctor = Slipping(simulator, "normal", seed=1, slips=0)
    proctor.act()
    known = proctor.known()
    known[0]["truth"]["ready"] = False
    proctor.known = lambda: known

    assert proctor.broken()[-1].startswith("passed as ready")


def test_a_lost_journal_would_be_seen(simulator):
    proctor = Slipping(simulator, "normal", seed=1, slips=0)
    proctor.act()
    state, judged = proctor.known()
    states = iter([(state, judged), ({**state, "now_ms": 0}, judged)])
    proctor.known = lambda: next(states)

    assert "the journal replays to another state" in proctor.broken()


@pytest.mark.slow
def test_it_presses_everything_there_is(simulator):
    asked: set[str] = set()
    statuses: set[int] = set()
    for seed in range(60):
        proctor = RandomProctor(simulator, seed)
        proctor.act(ACTS)
        asked |= proctor.asked.keys()
        statuses |= proctor.statuses.keys()

    assert asked >= {f"{route.method} {route.path}" for route in ROUTES}
    assert statuses >= {200, 206, 400, 404, 405, 409, 412, 413, 415, 416, 422}


@pytest.mark.slow
def test_fifty_more_break_none_either():
    cases = [ProctorCase(seed) for seed in range(1_000, 1_050)]

    assert sweep.sweep(cases).broken == []


@pytest.mark.slow
def test_a_hundred_nearly_good_days_pass_only_if_earned():
    tally = sweep.sweep(slips.cases(100))

    assert tally.broken == []
    assert tally.endings["ready passed"] > 20
    assert tally.endings["not-reached not passed"] > 20
