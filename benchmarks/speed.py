"""Polls and commands against a null handler on the same server in the same run."""

from statistics import median

from benchmarks import servers
from benchmarks.load import Load, measure, request_bytes
from benchmarks.report import Report
from benchmarks.servers import Running

POLL_AIM, POLL_LEAST = 0.9, 0.75
MACHINE = "srv-ujian-01"


def rehearsal(server: Running, scenario: str = "normal", clock: str = "running") -> str:
    """Make a rehearsal that stands at the dashboard, and return its path."""
    asked = {"scenario": scenario, "clock": {"mode": clock, "speed": 1}}
    return str(server.control("POST", "/rehearsals", asked)["url"])


def opened(server: Running) -> str:
    """Return a rehearsal with Exambro open, where Refresh is a durable command."""
    path = rehearsal(server)
    server.post(f"{path}api/machine/use", {"machine": MACHINE})
    server.post(f"{path}api/exambro/open", {"version": "50.170406"})
    server.post(f"{path}api/cbtsync/open", {})
    return path


def polls(report: Report, *, rounds: int, seconds: float) -> None:
    report.section(
        "Status poll against a null Flask handler",
        f"same embedded server, interleaved, median of {rounds} rounds of {seconds:g} s, "
        "journal on, load from another process",
    )
    with servers.null() as null, servers.durable() as ours:
        poll = request_bytes(f"{opened(ours)}api/patch")
        nothing = request_bytes("/null")
        measure(ours.port, [poll], 4, 0.5)
        by_connections: dict[int, Load] = {}
        for connections in (1, 4, 16):
            base, our = _interleaved(null, nothing, ours, poll, connections, rounds, seconds)
            by_connections[connections] = our
            report.plain(
                f"requests/s at {connections} connections, null / ours",
                f"{base.per_second:.0f} / {our.per_second:.0f}",
            )
            report.least(
                f"ratio at {connections} connections (at the least {POLL_LEAST})",
                our.per_second / base.per_second,
                POLL_AIM,
            )
            report.plain(
                f"p50 / p99 ms at {connections} connections, ours",
                f"{our.p50_ms:.2f} / {our.p99_ms:.2f}",
            )
        report.most("p99 of a poll at 16 connections", by_connections[16].p99_ms, 15, " ms")
        report.least(
            "throughput at 4 connections against one",
            by_connections[4].per_second / by_connections[1].per_second,
            0.9,
        )


def _interleaved(
    null: Running,
    nothing: bytes,
    ours: Running,
    poll: bytes,
    connections: int,
    rounds: int,
    seconds: float,
) -> tuple[Load, Load]:
    bases, mine = [], []
    for _ in range(rounds):
        bases.append(measure(null.port, [nothing], connections, seconds))
        mine.append(measure(ours.port, [poll], connections, seconds))
    return _median(bases), _median(mine)


def _median(loads: list[Load]) -> Load:
    return Load(
        per_second=median(one.per_second for one in loads),
        p50_ms=median(one.p50_ms for one in loads),
        p99_ms=median(one.p99_ms for one in loads),
        answers=sum(one.answers for one in loads),
        failed=sum(one.failed for one in loads),
    )


def commands(report: Report, *, rounds: int, seconds: float) -> None:
    report.section(
        "A command with a durable commit",
        "Refresh on the tab Service Restart, one rehearsal a connection, SQLite in WAL mode with "
        f"synchronous=FULL, median of {rounds} rounds of {seconds:g} s",
    )
    with servers.null() as null, servers.durable() as ours:
        requests = [request_bytes(f"{opened(ours)}api/service/refresh", b"{}") for _ in range(16)]
        alone = _rounds(ours, requests[:1], 1, rounds, seconds)
        report.most("p50, one connection without a pause", alone.p50_ms, 1.5, " ms")
        paced = _rounds(ours, requests, 16, rounds, max(1.0, seconds), pace_s=0.1)
        report.most("p50, 16 connections, each 10 commands/s", paced.p50_ms, 1.5, " ms")
        report.most("p99, 16 connections, each 10 commands/s", paced.p99_ms, 6, " ms")
        flat_out = _rounds(ours, requests, 16, rounds, seconds)
        nothing = _rounds(null, [request_bytes("/null")], 16, rounds, seconds)
        report.plain("commands/s, 16 connections without a pause", f"{flat_out.per_second:.0f}")
        report.plain(
            "p50 ms, 16 connections without a pause, null / ours",
            f"{nothing.p50_ms:.1f} / {flat_out.p50_ms:.1f}",
        )


def _rounds(
    server: Running,
    requests: list[bytes],
    connections: int,
    rounds: int,
    seconds: float,
    pace_s: float = 0,
) -> Load:
    return _median(
        [measure(server.port, requests, connections, seconds, pace_s) for _ in range(rounds)]
    )


def many(report: Report, *, seconds: float, rehearsals: int) -> None:
    report.section(
        f"Polls with {rehearsals} rehearsals against one",
        "16 connections, each polling a rehearsal of its own, memory store",
    )
    with servers.ours() as ours:
        one = request_bytes(f"{opened(ours)}api/patch")
        alone = measure(ours.port, [one], 16, seconds)
        paths = [rehearsal(ours) for _ in range(rehearsals)]
        spread = [request_bytes(f"{path}api/desk") for path in paths[:: max(1, rehearsals // 16)]]
        desk_alone = measure(ours.port, spread[:1], 16, seconds)
        crowd = measure(ours.port, spread, 16, seconds)
        report.plain("requests/s, a status poll of one", f"{alone.per_second:.0f}")
        report.least("ratio, many against one", crowd.per_second / desk_alone.per_second, 0.95)
