"""Whatever anybody presses: no 500, no lost journal, and no pass for a server that is not ready."""

import pytest
from werkzeug.test import Client

from mock_server.adapters.clock import FixedTime
from mock_server.adapters.memory_store import MemoryEventStore
from mock_server.adapters.names import CountedNames
from mock_server.app import create_app
from mock_server.journal import decode
from mock_server.rehearsal import replay
from tests.e2e.random_proctor import RandomProctor

TOKEN = "t" * 20
SCENARIOS = ("normal", "partial-sync", "two-id-slips", "laptop-by-mistake", "already-synced")
ACTS = 60


class World:
    def __init__(self) -> None:
        self.defects: list[str] = []
        app = create_app(
            store=MemoryEventStore(),
            token=TOKEN,
            names=CountedNames(),
            real=FixedTime("2030-01-01T00:00:00.000Z", 0),
            report=self.defects.append,
            wire_permille=0,
        )
        self.http = Client(app)


@pytest.fixture(scope="module")
def world():
    return World()


def rehearse(world: World, seed: int) -> RandomProctor:
    proctor = RandomProctor(world.http, TOKEN, SCENARIOS[seed % len(SCENARIOS)], seed)
    proctor.act(ACTS)
    return proctor


def promises_hold(world: World, proctor: RandomProctor) -> None:
    lines = proctor.of("journal.jsonl").text.splitlines()
    entries = [decode(line.encode()) for line in lines]
    truth = proctor.of("state?view=truth").json["truth"]
    judged = proctor.of("assessment").json["assessment"]

    assert world.defects == []
    assert not [status for status in proctor.statuses if status >= 500 and status != 503]
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert replay(entry.event for entry in entries).seq == len(entries)
    assert not judged["passed"] or truth["ready"]


@pytest.mark.parametrize("seed", range(15))
def test_nothing_that_can_be_pressed_breaks_a_promise(world, seed):
    promises_hold(world, rehearse(world, seed))


@pytest.mark.slow
@pytest.mark.parametrize("hundred", range(10, 18))
def test_eight_hundred_more_break_none_either(world, hundred):
    for seed in range(hundred * 100, hundred * 100 + 100):
        proctor = rehearse(world, seed)
        promises_hold(world, proctor)
        proctor.of("", "DELETE")


def test_the_same_seed_presses_the_same_and_leaves_the_same_journal():
    journals = [
        rehearse(World(), 4711).of("journal.jsonl").data,
        rehearse(World(), 4711).of("journal.jsonl").data,
    ]

    assert journals[0] == journals[1]
    assert journals[0].count(b"\n") > 20


def test_it_presses_all_sorts_of_things(world):
    statuses: set[int] = set()
    for seed in range(40, 60):
        statuses |= rehearse(world, seed).statuses.keys()

    assert statuses >= {200, 404, 409, 412, 415, 422}
