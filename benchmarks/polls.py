"""How fast a status poll is answered, beside what an empty Flask handler costs in any case."""

from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

from benchmarks.alone import own_cost
from benchmarks.figures import Chapter, Figure
from benchmarks.host import NULL_PATH, Host, hosting
from benchmarks.load import Tally, request, volley
from benchmarks.processes import folder
from benchmarks.scale import Scale
from benchmarks.steering import desk_of, poll_of

CONNECTIONS = (1, 4, 16)
MANY = CONNECTIONS[-1]
NULL = request("GET", NULL_PATH)
Pair = tuple[Tally, Tally]  # the null handler's and the poll's volley of one round


def measured(scale: Scale) -> Chapter:
    figures: list[Figure] = []
    with folder() as disk, hosting(disk / "bench.db") as host:
        names = syncing(host, MANY)
        asks = [[poll_of(name)] for name in names]
        volley(host.port, [[NULL], *asks[1:]], seconds=scale.seconds)
        for connections in CONNECTIONS:
            figures += _figures(connections, _pairs(host, asks[:connections], scale))
        figures.append(_four_to_one(host, asks, scale))
        figures.append(_long_way(_pairs(host, [[desk_of(name)] for name in names], scale)))
    return Chapter(
        name="polls",
        title="A status poll against an empty Flask handler",
        method=(
            f"both on the same embedded server in the same process; {scale.rounds} rounds of "
            f"{scale.seconds:g} s each in turn (null, poll, null, poll); a ratio is the median of "
            "the rounds' ratios. The poll is Status Download with nine rows while a sync runs, one "
            "rehearsal a connection, journal on, SQLite file. Load: one thread in another process, "
            "kept-alive connections, the next request right after the answer. A poll that finds "
            "nothing new does not pass through Flask at all; the desk's page does."
        ),
        figures=[*figures, *own_cost(scale)],
    )


def syncing(host: Host, count: int) -> list[str]:
    """Begin ``count`` rehearsals whose downloads are under way and return their names."""
    with host.steering() as steering:
        return [steering.syncing() for _ in range(count)]


def middle(tallies: Sequence[Tally], of: Callable[[Tally], float]) -> float:
    """Return the median of the rounds' figures."""
    return median(of(one) for one in tallies)


def p50_ms(tally: Tally) -> float:
    return tally.quantile_ms(0.5)


def p99_ms(tally: Tally) -> float:
    return tally.quantile_ms(0.99)


def per_s(tally: Tally) -> float:
    return tally.per_s


def _pairs(host: Host, asks: list[list[bytes]], scale: Scale) -> list[Pair]:
    nothing = [[NULL] for _ in asks]
    return [
        (
            volley(host.port, nothing, seconds=scale.seconds),
            volley(host.port, asks, seconds=scale.seconds),
        )
        for _ in range(scale.rounds)
    ]


def _figures(connections: int, pairs: list[Pair]) -> list[Figure]:
    nulls, polls = [null for null, _ in pairs], [poll for _, poll in pairs]
    rows: list[tuple[str, str, float, dict[str, Any]]] = [
        ("ratio", "poll to null", median(poll.per_s / null.per_s for null, poll in pairs),
         {"unit": "x", "at_least": 0.9}),
        ("null-per-s", "null", middle(nulls, per_s), {"unit": "requests/s"}),
        ("per-s", "poll", middle(polls, per_s), {"unit": "requests/s"}),
        ("null-p50", "null, p50", middle(nulls, p50_ms), {"unit": "ms"}),
        ("p50", "poll, p50", middle(polls, p50_ms), {"unit": "ms"}),
        ("null-p99", "null, p99", middle(nulls, p99_ms), {"unit": "ms"}),
        ("p99", "poll, p99", middle(polls, p99_ms),
         {"unit": "ms", "at_most": 15 if connections == MANY else None}),
        ("failed", "failed", sum(one.failed for pair in pairs for one in pair), {"at_most": 0}),
    ]  # fmt: skip
    at = "1 connection" if connections == 1 else f"{connections} connections"
    return [
        Figure(name=f"poll-{connections}-{key}", what=f"{at}: {what}", value=value, **rest)
        for key, what, value, rest in rows
    ]


def _long_way(pairs: list[Pair]) -> Figure:
    return Figure(
        name="long-way-ratio",
        what=f"{MANY} connections: a look through Flask (the desk) to null",
        value=median(look.per_s / null.per_s for null, look in pairs),
        unit="x",
    )


def _four_to_one(host: Host, asks: list[list[bytes]], scale: Scale) -> Figure:
    ratios = []
    for _ in range(scale.rounds):
        one = volley(host.port, asks[:1], seconds=scale.seconds)
        four = volley(host.port, asks[:4], seconds=scale.seconds)
        ratios.append(four.per_s / one.per_s)
    return Figure(
        name="poll-4-to-1",
        what="polls/s at 4 connections to those at 1, in turn",
        value=median(ratios),
        unit="x",
        at_least=0.9,
    )
