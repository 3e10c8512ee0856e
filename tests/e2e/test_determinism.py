"""The same requests leave the same journal, whatever else the server is doing meanwhile."""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event
from typing import Any

import pytest

from mock_server.scenario.library import Library
from tests.e2e.random_proctor import RandomProctor
from tests.e2e.simulator import Simulator
from tests.e2e.stage import Stage
from tests.e2e.visit import Visit

SHIPPED = sorted(Library().paths())
MINUTE_MS = 60_000


@pytest.fixture
def quick_switches() -> Iterator[None]:
    """Let threads take turns often, so that they come between each other wherever they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.0005)
    yield
    sys.setswitchinterval(before)


# --- twice the same -------------------------------------------------------------------------------


def journals(scenario: str, folder: Path) -> list[bytes]:
    """Carry out a scenario two times, by simulators that know nothing of each other."""
    return [
        Stage().play({"scenario": scenario}, folder / str(number)).exported for number in range(2)
    ]


def test_a_scenario_carried_out_twice_leaves_the_same_journal(tmp_path):
    first, second = journals("answers-often-lost", tmp_path)

    assert first == second
    assert first.count(b"\n") > 50


@pytest.mark.slow
def test_every_scenario_carried_out_twice_leaves_the_same_journal(tmp_path):
    differing = []
    for scenario in SHIPPED:
        first, second = journals(scenario, tmp_path / scenario)
        if first != second:
            differing.append(scenario)

    assert len(SHIPPED) >= 40
    assert differing == []


# --- under load -----------------------------------------------------------------------------------


def hammered(scenario: str, threads: int, folder: Path) -> tuple[bytes, int, list[str]]:
    """Carry out a scenario while others press anything on the same server: the journal, how often
    the others pressed, and what defects there were."""
    simulator, done = Simulator(), Event()
    stage, ready = Stage(simulator), Barrier(threads + 1)

    def hammer(seed: int) -> int:
        proctor, pressed = RandomProctor(simulator, seed), 0
        ready.wait()
        while not done.is_set():
            proctor.act(1)
            pressed += 1
        return pressed

    with ThreadPoolExecutor(threads) as pool:
        others = [pool.submit(hammer, seed) for seed in range(threads)]
        ready.wait()
        try:
            played = stage.play({"scenario": scenario}, folder)
        finally:
            done.set()
        pressed = sum(other.result() for other in others)
    return played.exported, pressed, [*played.defects, *simulator.defects]


@pytest.mark.slow
@pytest.mark.usefixtures("quick_switches")
@pytest.mark.parametrize("threads", [4, 50])
def test_a_journal_is_the_same_while_others_hammer_the_same_server(threads, tmp_path):
    alone = Stage().play({"scenario": "partial-sync"}, tmp_path / "alone").exported

    amid, pressed, defects = hammered("partial-sync", threads, tmp_path / "amid")

    assert amid == alone
    assert pressed >= 2 * threads
    assert defects == []


# --- at the same moment ---------------------------------------------------------------------------


def at_once(times: int, ask: Callable[[], Any]) -> Counter[int]:
    """Let so many ask at the same moment, and count what they are answered."""
    ready = Barrier(times)

    def wait_and_ask(_number: int) -> int:
        ready.wait()
        return int(ask().status_code)

    with ThreadPoolExecutor(times) as pool:
        return Counter(pool.map(wait_and_ask, range(times)))


def opened(condition: str, *faults: dict[str, object]) -> Visit:
    """Return a rehearsal that stands at a condition, CBTSync Web open and our ID submitted."""
    document = {
        "schema": "cbtsync-scenario/1",
        "id": "crowd",
        "title": {"id": "Berebut", "en": "A crowd"},
        "start": {"at": "2017-04-08T08:05:00+07:00", "condition": condition},
        "faults": list(faults),
        "expect": {"ending": "ready"},
    }
    visit = Visit(Simulator(), document=document)
    visit.post("machine/use", machine="srv-ujian-01")
    visit.post("exambro/open", version="50.170406")
    visit.post("cbtsync/open")
    if condition != "fresh-boot":
        own = visit.get("portal/ids").json["servers"][0]["server_id"]
        visit.post("id/submit", server_id=own)
    return visit


def count(visit: Visit, kind: str) -> int:
    events = (json.loads(line)["event"]["type"] for line in visit.journal.splitlines())
    return Counter(events)[kind]


CROWDS = [
    ("fresh-boot", "patch/start", {}, "patch-started"),
    ("active", "backup/start", {}, "backup-started"),
    ("backed-up", "delete/start", {"answer": "yes"}, "delete-started"),
    ("ready-to-sync", "sync/start", {}, "sync-started"),
]


@pytest.mark.slow
@pytest.mark.usefixtures("quick_switches")
@pytest.mark.parametrize(("condition", "path", "body", "kind"), CROWDS)
def test_a_button_that_all_press_at_once_is_pressed_once(condition, path, body, kind):
    visit = opened(condition)
    before = count(visit, kind)

    answers = at_once(16, lambda: visit.post(path, **body))

    assert count(visit, kind) == before + 1
    assert answers[200] == 1
    assert answers[409] == 15


@pytest.mark.usefixtures("quick_switches")
def test_a_fault_that_strikes_once_strikes_one_of_all_who_look_at_once():
    once = {"id": "f1", "fault": "http.status", "on": "dashboard.view", "when": {"times": 1}}
    visit = opened("active", once)

    answers = at_once(16, lambda: visit.get("dashboard"))

    assert answers == {503: 1, 200: 15}


@pytest.mark.usefixtures("quick_switches")
def test_copies_aimed_at_one_data_version_take_effect_once():
    visit = opened("ready-to-sync")
    aimed = visit.get("sync").json["data_version"]
    at_once(16, lambda: visit.post("sync/start", data_version=aimed))
    visit.wait(45 * MINUTE_MS)

    answers = at_once(16, lambda: visit.post("sync/start", data_version=aimed))

    assert answers == {412: 16}
    assert count(visit, "sync-started") == 1
