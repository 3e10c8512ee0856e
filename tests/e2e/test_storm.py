"""Random storms: drawn from a seed, judged by the promises, told in a table."""

import json
from dataclasses import replace
from math import sqrt

import pytest

from mock_server.faults.catalogue import KINDS
from mock_server.faults.kind import SpoilsAnswer
from tests.e2e import storm
from tests.e2e.days import PLAIN
from tests.e2e.stage import Stage
from tests.e2e.storm import CHANCES, Endured, Storm, drawn, endured


def test_the_same_seed_draws_the_same_storms_and_another_seed_others():
    assert [drawn(7, n) for n in range(1, 9)] == [drawn(7, n) for n in range(1, 9)]
    assert drawn(7, 1) != drawn(8, 1)


def test_storms_come_at_every_chance_on_every_day_and_of_every_kind_that_strikes_by_chance():
    storms = [drawn(1, number) for number in range(1, 301)]

    assert {one.p for one in storms} == set(CHANCES)
    assert {one.day for one in storms} == set(storm._days())
    kinds = {str(fault["fault"]) for one in storms for fault in one.faults}
    assert kinds == {one.name for one in storm._kinds()}
    spoiling = [name for name in kinds if isinstance(KINDS[name].act, SpoilsAnswer)]
    assert len(spoiling) > 5


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 2, 3])
def test_in_a_storm_no_promise_breaks_and_it_repeats_exactly(number):
    first = storm.play(4, number)

    assert first.broken == ()
    assert storm.play(4, number) == first


@pytest.mark.slow
def test_so_many_requests_are_struck_as_the_chance_says():
    """Each look at the sync is a draw; of many, the share that is struck is near the chance."""
    looks, struck, p = 0, 0, 0.2
    for seed in range(12):
        fault = {"fault": "http.slow", "on": "sync.status", "with": {}, "effect": "applied"}
        stormy = Storm(number=1, day=PLAIN, p=p, seed=seed, faults=(fault,))
        told = endured(Stage(), stormy)
        events = [json.loads(line).get("event", {}) for line in told.journal.splitlines()]
        looks += sum(one.get("type") in ("fault-fired", "fault-skipped") for one in events)
        struck += told.struck

    assert looks > 100
    assert abs(struck - looks * p) <= 5 * sqrt(looks * p * (1 - p))


def test_a_broken_promise_is_told_with_the_line_that_shows_it_and_fails_the_run(
    monkeypatch, capsys
):
    broken = replace(storm.play(4, 1), broken=("HAPUS completed 2 times",))
    monkeypatch.setattr(storm, "played", lambda *_: iter([broken]))

    assert storm.main(["--seed", "4", "--storms", "1"]) == 1
    told = capsys.readouterr().out
    assert "HAPUS completed 2 times" in told
    assert "--seed 4 --only 1" in told


def test_the_table_adds_up():
    calm = Endured(storm=drawn(1, 1), ending="ready", struck=0, broken=(), journal="", own="")
    results = [calm, replace(calm, struck=3, ending="halted", broken=("x",))]

    whole = next(line for line in storm.table(results, 1.0) if line.split()[0] == "all")

    assert whole.split() == ["all", "2", "1", "3", "1", "0", "0", "1", "1"]


@pytest.mark.slow
def test_no_storm_is_so_strong_that_a_promise_breaks():
    results = list(storm.played(2, range(1, 61), jobs=1))

    assert [(str(one.storm), one.broken) for one in results if one.broken] == []
    assert sum(one.struck for one in results) > 200
