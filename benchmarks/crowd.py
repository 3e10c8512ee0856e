"""Many rehearsals at once: what one costs while nobody looks, and whether a poll feels the rest."""

from statistics import median
from typing import NamedTuple

from benchmarks.figures import Chapter, Figure
from benchmarks.host import Host, hosting
from benchmarks.load import Tally, request, volley
from benchmarks.scale import Scale

CONNECTIONS = 16
NORMAL = {"scenario": "normal"}
FEW = 160  # more than any cache of addresses holds
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
    with hosting() as lonely, hosting() as small, hosting() as crowded:
        one = [_look(_begin(lonely, 1)[0])]
        alone = [one for _ in range(CONNECTIONS)]
        few, many = _dealt(_begin(small, FEW)), _dealt(_begin(crowded, scale.crowd))
        for host, asks in ((lonely, alone), (small, few), (crowded, many)):
            volley(host.port, asks, each=len(asks[0]))  # once each: from now on nothing is news
        rounds = [
            Round(
                one=volley(lonely.port, alone, seconds=scale.seconds),
                few=volley(small.port, few, seconds=scale.seconds),
                many=volley(crowded.port, many, seconds=scale.seconds),
            )
            for _ in range(scale.rounds)
        ]
    return Chapter(
        name="crowd",
        title=f"Polls among {scale.crowd:,} rehearsals against one",
        method=(
            f"three servers with 1, {FEW} and {scale.crowd:,} rehearsals, memory store; "
            f"{CONNECTIONS} connections poll the Jadwal of all of them in turn; {scale.rounds} "
            f"rounds of {scale.seconds:g} s in turn, median of the rounds' ratios. One alone also "
            "has the good of every cache of addresses that Python's library keeps (128 of them); "
            f"{FEW} have not, and tell that apart from what their number costs."
        ),
        figures=_figures(rounds),
    )


class Round(NamedTuple):
    """One volley of each kind."""

    one: Tally
    few: Tally
    many: Tally


def _figures(rounds: list[Round]) -> list[Figure]:
    return [
        Figure(
            name="crowd-to-one",
            what="requests/s, many to one",
            value=median(each.many.per_s / each.one.per_s for each in rounds),
            unit="x",
            at_least=0.95,
        ),
        Figure(
            name="few-to-one",
            what=f"requests/s, {FEW} to one",
            value=median(each.few.per_s / each.one.per_s for each in rounds),
            unit="x",
        ),
        Figure(
            name="crowd-to-few",
            what=f"requests/s, many to {FEW}",
            value=median(each.many.per_s / each.few.per_s for each in rounds),
            unit="x",
            at_least=0.95,
        ),
        Figure(
            name="crowd-failed",
            what="failed",
            value=sum(tally.failed for each in rounds for tally in each),
            at_most=0,
        ),
    ]


def _dealt(names: list[str]) -> list[list[bytes]]:
    """Deal rehearsals out to the connections."""
    return [[_look(name) for name in names[n::CONNECTIONS]] for n in range(CONNECTIONS)]


def _begin(host: Host, count: int) -> list[str]:
    with host.steering() as steering:
        return [steering.begin(NORMAL) for _ in range(count)]


def _look(name: str) -> bytes:
    return request("GET", f"/r/{name}/api/portal/schedule")
