"""A proctor who is nearly good: what the client did on a day without trouble, with some slips.

A step or a wait left out, done twice, done too early or too late, a wrong value typed. It comes
close to passing, so that a pass that was not earned would show.
"""

import json
import random
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.e2e.simulator import Simulator
from tests.e2e.stage import Stage, Verdict
from tests.e2e.visit import Visit

SCENARIOS = ("normal", "partial-sync", "short-but-green", "two-id-slips", "hapus-leaves-rows")
SLIPS_MAX = 4
WAIT = "WAIT"
WRONG: Mapping[str, tuple[object, ...]] = {
    "machine": ("laptop", "SRV-UJIAN-02", ""),
    "version": ("5.0.4", "50.160328", ""),
    "server_id": ("U99-9999-ZZZ99", "other", ""),
    "menu": ("logout", "dashboard", "nowhere"),
    "answer": ("ask", "cancel", "yes"),
    "decision": ("ready", "postpone"),
    "datasets_complete": (0, 8, 9),
    "participants": (0, 35, 36, 40),
    "tests_visible": (True, False),
    "time": ("03:00",),
}


@dataclass(frozen=True)
class Move:
    """A request, or a wait until an hour. Nothing is aimed: it is a person's button."""

    method: str
    path: str
    body: Mapping[str, Any]


@cache
def good_day(scenario: str) -> tuple[Move, ...]:
    """Return what the client does on this day."""
    simulator = Simulator()
    simulator.tape = []
    with tempfile.TemporaryDirectory(prefix="cbtsync-slips-") as folder:
        Stage(simulator).play({"scenario": scenario}, Path(folder))
    return tuple(_moves(simulator.tape))


def _moves(tape: Iterable[tuple[str, str, bytes]]) -> Iterator[Move]:
    for method, path, raw in tape:
        body = json.loads(raw) if raw else {}
        if path.endswith("/clock/advance"):
            yield Move(WAIT, "", body)
        elif path.startswith("/r/"):
            body.pop("data_version", None)
            yield Move(method, path.split("/api/", 1)[1], body)


class Slipping(Visit):
    """One rehearsal of a good day with ``slips`` slips. Seeded; repeats exactly."""

    def __init__(self, simulator: Simulator, scenario: str, seed: int, slips: int) -> None:
        super().__init__(simulator, scenario)
        self._dice = random.Random(f"{scenario} {seed}")
        self._moves = list(good_day(scenario))
        self._ids = [one["server_id"] for one in self.get("portal/ids").json["servers"]]
        for _ in range(slips):
            self._slip()

    def act(self) -> None:
        for move in self._moves:
            if move.method == WAIT:
                self.of("clock/advance", "POST", dict(move.body))
            elif move.method == "GET":
                self.get(move.path).get_data()
            else:
                self.post(move.path, **move.body)

    def _slip(self) -> None:
        at = self._dice.randrange(len(self._moves))
        slip = self._dice.choice(
            (self._left_out, self._twice, self._moved, self._moved, self._wrong, self._wrong)
        )
        slip(at)

    def _left_out(self, at: int) -> None:
        del self._moves[at]

    def _twice(self, at: int) -> None:
        self._moves.insert(at, self._moves[at])

    def _moved(self, at: int) -> None:
        move = self._moves.pop(at)
        self._moves.insert(self._dice.randrange(len(self._moves) + 1), move)

    def _wrong(self, at: int) -> None:
        acts = [index for index, move in enumerate(self._moves) if WRONG.keys() & move.body.keys()]
        at = self._dice.choice(acts)
        move = self._moves[at]
        key = self._dice.choice(sorted(WRONG.keys() & move.body.keys()))
        value = self._dice.choice(WRONG[key])
        wrong = self._ids[-1] if value == "other" else value
        self._moves[at] = Move(move.method, move.path, {**move.body, key: wrong})


@dataclass(frozen=True)
class SlipCase:
    scenario: str
    slips: int
    seed: int

    def __str__(self) -> str:
        return f"{self.scenario}: a good day with {self.slips} slips, seed {self.seed}"

    def tried(self, stage: Stage, _folder: Path) -> Verdict:
        proctor = Slipping(stage.simulator, self.scenario, self.seed, self.slips)
        proctor.act()
        return proctor.judged()


def cases(count: int) -> Iterator[SlipCase]:
    """Yield them in turn: each scenario with one to ``SLIPS_MAX`` slips."""
    for seed in range(count):
        scenario = SCENARIOS[seed % len(SCENARIOS)]
        yield SlipCase(scenario, 1 + seed // len(SCENARIOS) % SLIPS_MAX, seed)
