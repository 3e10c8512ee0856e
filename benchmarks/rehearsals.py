"""How many rehearsals a second the whole client carries out, and what the sweep of faults takes."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.figures import Chapter, Figure
from benchmarks.host import TOKEN, hosting
from benchmarks.journey import whole_ms
from benchmarks.load import HOST
from benchmarks.scale import Scale
from client.simulator import BASE, start
from client.wsgi import WsgiApp
from tests.e2e import sweep
from tests.e2e.stage import Stage


def measured(scale: Scale) -> Chapter:
    app, token = start(None)
    with hosting() as host:
        base = f"http://{HOST}:{host.port}/"
        whole_ms(BASE, token, app)
        whole_ms(base, TOKEN, None)
        pairs = [
            (
                _per_s(time.process_time, BASE, token, app, scale),
                _per_s(time.perf_counter, base, TOKEN, None, scale),
            )
            for _ in range(scale.rounds)
        ]
    inside, outside = (max(each) for each in zip(*pairs, strict=True))
    return Chapter(
        name="rehearsals",
        title="Rehearsals a second, and the sweep of faults",
        method=(
            "scenario `normal`, the whole client, one after the other in one process: by adapter, "
            "a second being one of a core, and over a socket in real time; "
            f"{scale.rounds} rounds of {scale.runs} in turn, the best round. The sweep "
            f"(`python -m tests.e2e.sweep`): {scale.swept} cases of each family, evenly spread, "
            "each held to every promise of the client, by the time of a core. Its size is that of "
            "`--all`, which takes as much longer as it is larger, divided by the cores."
        ),
        figures=[
            Figure(
                name="rehearsals-adapter",
                what="in one process, by adapter, of a core",
                value=inside,
                unit="rehearsals/s",
            ),
            Figure(
                name="rehearsals-socket", what="over a socket", value=outside, unit="rehearsals/s"
            ),
            *_swept(scale),
        ],
    )


def _per_s(
    clock: Callable[[], float], base: str, token: str, app: WsgiApp | None, scale: Scale
) -> float:
    begin_s = clock()
    for _ in range(scale.runs):
        whole_ms(base, token, app)
    return scale.runs / (clock() - begin_s)


def _swept(scale: Scale) -> list[Figure]:
    begin_s = time.perf_counter()
    families = sweep.families()
    made_s = time.perf_counter() - begin_s
    stage, tally, begin_s = Stage(), sweep.Tally(), time.process_time()
    for cases in families.values():
        for case in sweep.sampled(cases, scale.swept):
            with tempfile.TemporaryDirectory(prefix="cbtsync-bench-") as folder:
                tally.add(case, case.tried(stage, Path(folder)))
    took_s = time.process_time() - begin_s
    size, played = sum(map(len, families.values())), tally.rehearsals + tally.unmet
    return [
        Figure(name="sweep-size", what="the whole sweep", value=size, unit="rehearsals"),
        Figure(name="sweep-made", what="to list its cases", value=made_s, unit="s"),
        Figure(name="sweep-sample", what="a sample of it", value=played, unit="rehearsals"),
        Figure(name="sweep-time", what="the sample's time of a core", value=took_s, unit="s"),
        Figure(name="sweep-per-s", what="of the sweep", value=played / took_s,
               unit="rehearsals/s"),
        Figure(name="sweep-whole", what="the whole of it on one core, reckoned",
               value=took_s * size / played, unit="s"),
        Figure(name="sweep-broken", what="broken promises", value=len(tally.broken), at_most=0),
    ]  # fmt: skip
