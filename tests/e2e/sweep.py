"""The sweep: all that can go wrong, one case after the other, each held to the client's promises.

``python -m tests.e2e.sweep`` plays a sample of every family, ``--all`` all of it. It prints what
broke, each with the case that shows it, then how many rehearsals there were and how they ended.
``--match WORDS`` chooses cases by what is printed of them; ``--show`` prints their journals.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Protocol

from tests.e2e import days, faulted, killed, random_proctor, slips, troubled
from tests.e2e.stage import Stage, Verdict

SAMPLE = 120  # cases of each family, when not all are asked for
MIXTURES = 2_000
PROCTORS = 1_000
CHUNK = 25  # cases that one process plays before it reports


class Case(Protocol):
    """One rehearsal; ``str`` names it."""

    def tried(self, stage: Stage, folder: Path) -> Verdict: ...


@dataclass
class Tally:
    """What came of some cases. ``unmet`` are those in which nothing went wrong after all."""

    endings: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    unmet: int = 0
    requests_max: int = 0
    minutes_max: int = 0

    @property
    def rehearsals(self) -> int:
        return self.endings.total()

    def add(self, case: Case, verdict: Verdict) -> None:
        if not verdict.met:
            self.unmet += 1
            return
        self.endings[verdict.ending] += 1
        if verdict.broken:
            self.broken.append(f"{case}\n    {'; '.join(verdict.broken)}")
        self.requests_max = max(self.requests_max, verdict.requests)
        self.minutes_max = max(self.minutes_max, verdict.minutes)

    def merge(self, other: "Tally") -> None:
        self.endings += other.endings
        self.broken += other.broken
        self.unmet += other.unmet
        self.requests_max = max(self.requests_max, other.requests_max)
        self.minutes_max = max(self.minutes_max, other.minutes_max)


@cache
def _stage() -> Stage:
    """One simulator a process."""
    return Stage()


def sweep(cases: Iterable[Case]) -> Tally:
    """Play the cases one after the other."""
    tally = Tally()
    for case in cases:
        tally.add(case, tried(case))
    return tally


def tried(case: Case) -> Verdict:
    with tempfile.TemporaryDirectory(prefix="cbtsync-sweep-") as folder:
        return case.tried(_stage(), Path(folder))


@cache
def asked(name: str) -> Counter[str]:
    """Return how often a day without swept faults asks for each operation."""
    with tempfile.TemporaryDirectory(prefix="cbtsync-sweep-") as folder:
        return faulted.FaultCase(name, ()).play(_stage(), Path(folder)).asked


def sampled(cases: Sequence[Case], count: int) -> Sequence[Case]:
    """Return ``count`` of them, evenly spread; the same ones every time."""
    if len(cases) <= count:
        return cases
    return [cases[index * len(cases) // count] for index in range(count)]


def messages() -> Iterator[troubled.MessageCase]:
    """Yield those whose message comes: before it nothing differs from the day without trouble."""
    return (case for case in troubled.cases() if case.first <= asked(case.day)[case.op])


def families() -> dict[str, list[Case]]:
    """Return all cases there are, by what goes wrong in them."""
    plain, partial = days.PLAIN, "partial-sync"
    with tempfile.TemporaryDirectory(prefix="cbtsync-sweep-") as folder:
        return {
            "answers": [
                *faulted.answers(plain, asked(plain)),
                *faulted.answers(partial, asked(partial), firsts=(1, 2)),
            ],
            "jobs": list(faulted.jobs()),
            "conditions": [
                *faulted.conditions(plain, asked(plain)),
                *faulted.conditions(partial, asked(partial)),
            ],
            "mixtures": list(faulted.mixtures(MIXTURES, asked(plain))),
            "messages": list(messages()),
            "client-kills": list(killed.client_kills(_stage(), Path(folder))),
            "server-kills": list(killed.server_kills(Path(folder))),
            "proctors": [random_proctor.ProctorCase(seed) for seed in range(PROCTORS)],
            "slips": list(slips.cases(PROCTORS)),
        }


def _swept(cases: Sequence[Case], jobs: int) -> Iterator[Tally]:
    chunks = [cases[start : start + CHUNK] for start in range(0, len(cases), CHUNK)]
    if jobs == 1:
        yield from map(sweep, chunks)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(sweep, chunks)


def main(arguments: Sequence[str] | None = None) -> int:
    asked_for = _parser().parse_args(arguments)
    begun_s = time.perf_counter()
    whole = Tally()
    for name, cases in families().items():
        if asked_for.family and name not in asked_for.family:
            continue
        chosen = [one for one in cases if asked_for.match in str(one)]
        if not asked_for.all and not asked_for.match:
            chosen = list(sampled(chosen, SAMPLE))
        family_s = time.perf_counter()
        tally = Tally()
        for part in _swept(chosen, asked_for.jobs):
            tally.merge(part)
            _say("".join(f"{line}\n" for line in part.broken))
        _say(_line(name, tally, time.perf_counter() - family_s))
        whole.merge(tally)
        if asked_for.show:
            for one in islice(chosen, 5):
                _say(_story(one))
    _say(_line("all", whole, time.perf_counter() - begun_s))
    return 1 if whole.broken else 0


def _line(name: str, tally: Tally, took_s: float) -> str:
    told = ", ".join(f"{count} {ending}" for ending, count in tally.endings.most_common())
    return (
        f"{name:<13}{tally.rehearsals:>6} rehearsals in {took_s:.0f} s: {told or '-'}; "
        f"at most {tally.requests_max} requests and {tally.minutes_max} virtual minutes; "
        f"{tally.unmet} without the trouble; {len(tally.broken)} broke a promise\n"
    )


def _story(case: Case) -> str:
    verdict = tried(case)
    return f"{case}\n{verdict.story}{verdict.ending} {verdict.broken}\n"


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.sweep", description=__doc__)
    parser.add_argument("--all", action="store_true", help="every case, not a sample")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    parser.add_argument("--family", action="append", help="only this one; may be given again")
    parser.add_argument("--match", default="", metavar="WORDS", help="only cases that say so")
    parser.add_argument("--show", action="store_true", help="print the journals of the first five")
    return parser


if __name__ == "__main__":
    sys.exit(main())
