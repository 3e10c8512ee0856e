"""Start-up, memory, and a cold run as build machines have it: the real commands, from outside."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple
from urllib.parse import urlsplit

from benchmarks.figures import Chapter, Figure
from benchmarks.host import Host
from benchmarks.load import request, volley
from benchmarks.processes import Process, folder, running
from benchmarks.scale import Scale
from benchmarks.steering import Steering, poll_of

TOKEN = "benchmarks-only-0123456789"  # noqa: S105 -- of servers that live for a minute
CONNECTIONS = 16
MEMORY_MAX_MIB = 60
GROWTH_MAX_MIB = 1.0  # over the second half of the requests: noise, no leak
SCENARIOS = 40  # the aim is told for so many


class Served(Host):
    """The simulator as its users start it."""

    def steering(self) -> Steering:
        return Steering(self.port, TOKEN)


@contextmanager
def serving(database: str) -> Iterator[Served]:
    arguments = ["-m", "mock_server", "serve", "--port", "0", "--db", database]
    with running(arguments, CBTSYNC_TOKEN=TOKEN) as process:
        yield Served(process, _port(process))


def _port(process: Process) -> int:
    """Read the port off what the command says to its user."""
    while True:
        said = process.line()
        if "http://" in said:
            port = urlsplit(said[said.index("http://") :]).port
            assert port is not None, said
            return port


def start_up(scale: Scale) -> Chapter:
    health = [[request("GET", "/healthz")]]
    took = []
    with folder() as disk:
        for _ in range(scale.starts + 1):
            with serving(str(disk / "bench.db")) as served:
                failed = volley(served.port, health, each=1).failed
                took.append(time.perf_counter() - served.process.began_s)
                assert not failed
    return Chapter(
        name="start-up",
        title="Start-up",
        method=(
            f"`cbtsync-mock serve` on an SQLite file, from the start of its process to the first "
            f"answer of /healthz; median and longest of {scale.starts}, after one more that fills "
            "the caches of Python and of the disk."
        ),
        figures=[
            Figure(
                name="start-up",
                what="first answer after",
                value=median(took[1:]),
                unit="s",
                at_most=0.45,
            ),
            Figure(name="start-up-longest", what="longest", value=max(took[1:]), unit="s"),
        ],
    )


def memory(scale: Scale) -> Chapter:
    figures: list[Figure] = []
    with folder() as disk, serving(str(disk / "bench.db")) as served:
        with served.steering() as steering:
            started = served.process.memory_mib()
            asks = [[poll_of(steering.syncing())] for _ in range(CONNECTIONS)]
            begun = served.process.memory_mib()
        first = volley(served.port, asks, each=scale.requests // CONNECTIONS // 2)
        half = served.process.memory_mib()
        second = volley(served.port, asks, each=scale.requests // CONNECTIONS // 2)
        late = served.process.memory_mib()
    answers = len(first.latencies_ms) + len(second.latencies_ms)
    told = [mib for mib in (started, begun, half, late) if mib is not None]
    if len(told) == 4:
        figures = _memory_figures(told, answers)
    failed = first.failed + second.failed
    return Chapter(
        name="memory",
        title="Memory under load",
        method=(
            f"resident memory of `cbtsync-mock serve`, {CONNECTIONS} connections polling the "
            "nine rows of a rehearsal each. The log of requests, which keeps 2,000 of each "
            "rehearsal, is in the figure. Nothing is shown where the system does not tell (it does "
            "on Linux)."
        ),
        figures=[*figures, Figure(name="memory-failed", what="failed", value=failed, at_most=0)],
    )


def _memory_figures(told: list[float], answers: int) -> list[Figure]:
    started, begun, half, late = told
    return [
        Figure(name="memory-start", what="after the start", value=started, unit="MiB"),
        Figure(
            name="memory-begun",
            what=f"with {CONNECTIONS} rehearsals begun",
            value=begun,
            unit="MiB",
        ),
        Figure(
            name="memory-late",
            what=f"after {answers:,} requests",
            value=late,
            unit="MiB",
            at_most=MEMORY_MAX_MIB,
        ),
        Figure(
            name="memory-growth",
            what=f"growth over the last {answers // 2:,} of them",
            value=late - half,
            unit="MiB",
            at_most=GROWTH_MAX_MIB,
        ),
    ]


def cold_run(scale: Scale) -> Chapter:
    pairs = []
    with folder() as disk:
        for n in range(scale.cold_runs):
            one = _rehearse(disk / f"one-{n}", "normal")
            pairs.append((one, _rehearse(disk / f"all-{n}")))
    count = len(pairs[-1][1].results)
    first_s = median(one.seconds for one, _ in pairs)
    whole_s = median(every.seconds for _, every in pairs)
    each_s = (whole_s - first_s) / (count - 1)
    failed = sum(not one["passed"] for one in pairs[-1][1].results)
    return Chapter(
        name="cold-run",
        title="A cold run as a build machine has it",
        method=(
            "`cbtsync-client rehearse --json --out DIR`: start, a simulator of its own, scenarios "
            "with their journals and reports, exit; wall clock. Once with `normal` alone and once "
            f"with all {count}, in turn, {scale.cold_runs} times, medians; the difference tells "
            f"what one more scenario costs, and that what {SCENARIOS} take."
        ),
        figures=[
            Figure(name="cold-one", what="one scenario", value=first_s, unit="s"),
            Figure(name="cold-all", what=f"all {count}", value=whole_s, unit="s"),
            Figure(name="cold-each", what="one more", value=each_s * 1000, unit="ms"),
            Figure(
                name="cold-40",
                what=f"{SCENARIOS} scenarios",
                value=first_s + (SCENARIOS - 1) * each_s,
                unit="s",
                at_most=3,
            ),
            Figure(
                name="cold-failed",
                what="scenarios that did not pass",
                value=failed,
                at_most=0,
            ),
        ],
    )


class Cold(NamedTuple):
    seconds: float
    results: list[dict[str, object]]


def _rehearse(out: Path, *scenarios: str) -> Cold:
    command = ["-m", "client", "rehearse", *scenarios, "--json", "--out", str(out)]
    with running(command) as process:
        results = json.loads(process.line())["results"]
        process.wait()
        return Cold(time.perf_counter() - process.began_s, results)
