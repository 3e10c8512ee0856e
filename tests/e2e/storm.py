"""Random storms: faults by chance, on every day there is, and the client in the midst of them.

``python -m tests.e2e.storm`` plays ``--storms`` of them, drawn from ``--seed``, and prints a table:
how many faults struck, how the runs ended, which promises broke. The same seed draws the same
storms. ``--only N`` plays the N-th alone, and prints its scenario and both journals.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from random import Random
from typing import Any

from client.step import Ending
from mock_server.faults.catalogue import operations
from mock_server.faults.errors import FaultError
from mock_server.faults.kind import AnyKind, SpoilsAnswer, StrikesCommand
from mock_server.faults.parsing import parse
from mock_server.scenario.library import Library
from tests.e2e import days, faulted, promises
from tests.e2e.stage import Played, Stage

STORMS = 100
CHANCES = (0.05, 0.1, 0.2, 0.4, 0.8)
FAULTS = (8, 30)  # least and most of one storm
SEED_MAX = 2**31
ENDINGS = tuple(ending.value for ending in Ending)
Fault = Mapping[str, Any]


@dataclass(frozen=True)
class Storm:
    """One storm on one day; ``number`` and the run's seed name it."""

    number: int
    day: str
    p: float
    seed: int
    faults: tuple[Fault, ...]

    def __str__(self) -> str:
        return f"storm {self.number}: {self.day}, {len(self.faults)} faults at {self.p:g}"

    def document(self) -> dict[str, Any]:
        storm = {"seed": self.seed, "p": self.p, "faults": [dict(one) for one in self.faults]}
        return {**days.document(self.day), "storm": storm}


@dataclass(frozen=True)
class Endured:
    """What came of one storm. ``journal`` is the simulator's, ``own`` the client's."""

    storm: Storm
    ending: str
    struck: int
    broken: tuple[str, ...]
    journal: str
    own: str = field(compare=False)  # it holds the rehearsal's name


# --- drawing --------------------------------------------------------------------------------------


def drawn(seed: int, number: int) -> Storm:
    """Return the ``number``-th storm (from 1) of a seed; chances and days come in turn."""
    dice = Random(f"storm {seed} {number}")
    shipped = _days()
    faults = [_fault(dice, dice.choice(_kinds())) for _ in range(dice.randint(*FAULTS))]
    return Storm(
        number=number,
        day=shipped[(seed + number) % len(shipped)],
        p=CHANCES[number % len(CHANCES)],
        seed=dice.randrange(SEED_MAX),
        faults=tuple(faults),
    )


@cache
def _days() -> tuple[str, ...]:
    return tuple(sorted(Library().paths()))


@cache
def _kinds() -> tuple[AnyKind, ...]:
    """Return the kinds that strike by chance; a condition holds or does not."""
    return tuple(
        one for one in faulted.able() if isinstance(one.act, SpoilsAnswer | StrikesCommand)
    )


def _fault(dice: Random, kind: AnyKind) -> Fault:
    """Draw one line of a storm; what the catalogue does not allow together is drawn anew."""
    while True:
        fault: dict[str, Any] = {"fault": kind.name, "with": dice.choice(_values(kind.name))}
        if isinstance(kind.act, SpoilsAnswer):
            fault["on"] = dice.choice(operations(kind))
            fault["effect"] = dice.choice(kind.effects(kind.params()))
        if _is_allowed(fault):
            return fault


@cache
def _values(name: str) -> tuple[dict[str, object], ...]:
    return tuple(faulted.written(next(one for one in _kinds() if one.name == name)))


def _is_allowed(fault: Fault) -> bool:
    try:
        parse(fault["fault"], fault.get("on"), fault["with"], {}, fault.get("effect"), "drawn",
              start_ms=0, data_sets=9)  # fmt: skip
    except FaultError:
        return False
    return True


# --- playing --------------------------------------------------------------------------------------


def endured(stage: Stage, storm: Storm) -> Endured:
    """Carry out the day in this storm, and judge it."""
    document = storm.document()
    with tempfile.TemporaryDirectory(prefix="cbtsync-storm-") as folder:
        played = stage.play({"document": document}, Path(folder))
    struck = sum(hits for one, hits in played.hits.items() if one.startswith("storm-"))
    return Endured(
        storm=storm,
        ending=played.ending,
        struck=struck,
        broken=tuple(_broken(played, document)),
        journal=played.exported.decode(),
        own=played.own.decode(),
    )


def _broken(played: Played, document: Mapping[str, Any]) -> list[str]:
    """Return the promises that did not hold; what the day itself brings is nobody's fault."""
    expected = set(document["expect"].get("violations", ()))
    found = set(played.violations) - expected
    told = [one for one in promises.broken(played) if not one.startswith("violations: ")]
    return [*told, *([f"violations: {', '.join(sorted(found))}"] if found else [])]


@cache
def _stage() -> Stage:
    """One simulator a process."""
    return Stage()


def play(seed: int, number: int) -> Endured:
    return endured(_stage(), drawn(seed, number))


def played(seed: int, numbers: Sequence[int], jobs: int) -> Iterator[Endured]:
    if jobs == 1:
        yield from map(partial(play, seed), numbers)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(partial(play, seed), numbers, chunksize=5)


# --- telling --------------------------------------------------------------------------------------


def table(results: Sequence[Endured], took_s: float) -> list[str]:
    """Return one line a chance, and one for all of them."""
    heads = ("chance", "storms", "calm", "struck", *ENDINGS, "broken")
    lines = ["".join(f"{head:>10}" for head in heads)]
    lines += [
        _line(f"{p:g}", [one for one in results if one.storm.p == p])
        for p in CHANCES
    ]  # fmt: skip
    days_met = len({one.storm.day for one in results})
    return [*lines, _line("all", results), f"{days_met} scenarios, {took_s:.1f} s"]


def _line(name: str, results: Iterable[Endured]) -> str:
    found = list(results)
    endings = Counter(one.ending for one in found)
    counts = (
        len(found),
        sum(one.struck == 0 for one in found),
        sum(one.struck for one in found),
        *(endings[ending] for ending in ENDINGS),
        sum(bool(one.broken) for one in found),
    )
    return f"{name:>10}" + "".join(f"{count:>10}" for count in counts)


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    numbers = range(1, asked.storms + 1) if asked.only is None else [asked.only]
    begun_s = time.perf_counter()
    results = []
    for one in played(asked.seed, numbers, 1 if asked.only else asked.jobs):
        results.append(one)
        if one.broken:
            again = f"python -m tests.e2e.storm --seed {asked.seed} --only {one.storm.number}"
            _say(f"{one.storm}\n    {'; '.join(one.broken)}\n    {again}\n")
        if asked.only:
            _say(f"{json.dumps(one.storm.document(), indent=1)}\n{one.journal}{one.own}")
    _say("\n".join([*table(results, time.perf_counter() - begun_s), ""]))
    return 1 if any(one.broken for one in results) else 0


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.storm", description=__doc__)
    parser.add_argument("--storms", type=int, default=STORMS, help="default: %(default)s")
    parser.add_argument("--seed", type=int, default=1, help="default: %(default)s")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    parser.add_argument("--only", type=int, metavar="N", help="the N-th storm alone, told whole")
    return parser


if __name__ == "__main__":
    sys.exit(main())
