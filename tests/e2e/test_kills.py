"""Killed anywhere, client or server: what is begun again ends as if nothing had been."""

import tempfile
from pathlib import Path

import pytest

from mock_server.adapters.stores import open_store
from tests.e2e import killed, sweep
from tests.e2e.days import PLAIN
from tests.e2e.killed import ClientKill, Moment, ServerKill, ends_as_usual
from tests.e2e.simulator import Simulator
from tests.e2e.stage import Between, Killed, Stage
from tests.e2e.sweep import sampled

SOME_CLIENTS = [
    ClientKill(PLAIN, Moment.SENDING, 30),
    ClientKill(PLAIN, Moment.SENDING_TORN, 9),
    ClientKill(PLAIN, Moment.ANSWERED_TORN, 29),
    ClientKill(PLAIN, Moment.TELLING, 30),
    ClientKill(PLAIN, Moment.WAITING, 9),
    ClientKill(PLAIN, Moment.DOWNLOADING, 1),
]
SOME_SERVERS = [
    ServerKill(PLAIN, "request", 50),
    ServerKill(PLAIN, "append lost", 36),
    ServerKill(PLAIN, "append kept", 36),
]


@pytest.mark.parametrize("case", SOME_CLIENTS, ids=str)
def test_a_client_that_died_goes_on(case):
    verdict = sweep.tried(case)

    assert verdict.met
    assert verdict.broken == ()


@pytest.mark.parametrize("case", SOME_SERVERS, ids=str)
def test_a_server_that_died_goes_on(case):
    assert sweep.tried(case).broken == ()


def test_a_client_that_dies_again_and_again_never_comes_to_an_end(tmp_path):
    def die(_notice: object) -> None:
        raise Killed

    played = Stage().play({"scenario": "normal"}, tmp_path, Between(tell=die))

    assert played.result is None
    assert ends_as_usual(played) != []


@pytest.mark.slow
def test_a_client_may_die_at_any_moment():
    with tempfile.TemporaryDirectory() as folder:
        cases = list(killed.client_kills(Stage(), Path(folder)))

    assert {case.moment for case in cases} == set(Moment)
    assert sweep.sweep(sampled(cases, 50)).broken == []


@pytest.mark.slow
def test_a_server_may_die_before_any_request_and_in_any_append():
    with tempfile.TemporaryDirectory() as folder:
        cases = list(killed.server_kills(Path(folder)))

    assert {case.when for case in cases} == {"request", "append lost", "append kept"}
    assert sweep.sweep(sampled(cases, 35)).broken == []


@pytest.mark.slow
@pytest.mark.parametrize("scenario", killed.DAYS)
def test_a_server_with_a_database_that_dies_before_every_request_leaves_the_same_journal(
    scenario, tmp_path
):
    usual = Stage().play({"scenario": scenario}, tmp_path / "usual")
    simulator = Simulator(lambda: open_store(str(tmp_path / "rehearsals.db")))
    stage = Stage(simulator)
    simulator.before_request = lambda _number: simulator.kill()

    played = stage.play({"scenario": scenario}, tmp_path / "killed")

    assert simulator.restarts == simulator.requests > 50
    assert ends_as_usual(played) == []
    assert played.exported == usual.exported
