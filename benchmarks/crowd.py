"""Many rehearsals at once: what one costs while nobody looks, and whether a poll feels the rest."""

from statistics import median

from benchmarks.figures import Chapter, Figure
from benchmarks.host import Host, hosting
from benchmarks.load import request, volley
from benchmarks.scale import Scale

CONNECTIONS = 16
NORMAL = {"scenario": "normal"}
WARM = 50  # rehearsals that fill what all share


def idle(scale: Scale) -> Chapter:
    figures: list[Figure] = []
    with hosting() as host:
        _begin(host, WARM)
        before = host.process.memory_mib()
        _begin(host, scale.idle)
        after = host.process.memory_mib()
    if before is not None and after is not None:
        value = (after - before) * 1024 / scale.idle
        figures = [
            Figure(name="idle", what="an idle rehearsal", value=value, unit="KiB", at_most=8)
        ]
    return Chapter(
        name="idle",
        title=f"Memory of an idle rehearsal ({scale.idle:,} of them)",
        method=(
            "growth of the server's resident memory while rehearsals of `normal` are begun over "
            "the control plane, divided by their number; memory store, so that the journal is in "
            f"the figure too. {WARM} were begun before."
        ),
        figures=figures,
    )


def crowd(scale: Scale) -> Chapter:
    ratios, failed = [], 0
    with hosting() as lonely, hosting() as crowded:
        one = [_look(_begin(lonely, 1)[0])]
        every = [_look(name) for name in _begin(crowded, scale.crowd)]
        share = len(every) // CONNECTIONS
        alone = [one for _ in range(CONNECTIONS)]
        apart = [every[n * share : (n + 1) * share] for n in range(CONNECTIONS)]
        volley(lonely.port, alone, seconds=scale.seconds)
        volley(crowded.port, apart, each=share)  # each is seen once: from now on nothing is news
        for _ in range(scale.rounds):
            few = volley(lonely.port, alone, seconds=scale.seconds)
            many = volley(crowded.port, apart, seconds=scale.seconds)
            ratios.append(many.per_s / few.per_s)
            failed += few.failed + many.failed
    return Chapter(
        name="crowd",
        title=f"Polls among {scale.crowd:,} rehearsals against one",
        method=(
            f"two servers, one with {scale.crowd:,} rehearsals whose Jadwal is polled in turn, all "
            f"of them, and one with a single rehearsal; {CONNECTIONS} connections, memory store, "
            f"{scale.rounds} rounds of {scale.seconds:g} s in turn, median of the rounds' ratios."
        ),
        figures=[
            Figure(
                name="crowd-ratio",
                what="requests/s, many to one",
                value=median(ratios),
                unit="x",
                at_least=0.95,
            ),
            Figure(name="crowd-failed", what="failed", value=failed, at_most=0),
        ],
    )


def _begin(host: Host, count: int) -> list[str]:
    with host.steering() as steering:
        return [steering.begin(NORMAL) for _ in range(count)]


def _look(name: str) -> bytes:
    return request("GET", f"/r/{name}/api/portal/schedule")
