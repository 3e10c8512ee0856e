"""How fast a command is obeyed whose commit survives a power cut, beside what the disk costs."""

import sqlite3
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.figures import Chapter, Figure
from benchmarks.host import Host, hosting
from benchmarks.load import Reply, Tally, volley
from benchmarks.polls import MANY, NULL, middle, p50_ms, p99_ms, per_s, syncing
from benchmarks.processes import folder
from benchmarks.scale import Scale
from benchmarks.steering import commands_of, poll_of

BROWSERS = 40
BETWEEN_POLLS_S = 0.1
ASKS_TO_AN_ACT = 20
BETWEEN_COMMANDS_S = 0.1
ENTRY_BYTES = 500  # as long as an entry of the journal
ALONE_MS = 1.5
TAIL_MS = 6.0


def measured(scale: Scale) -> Chapter:
    with folder() as disk, hosting(disk / "bench.db") as host, hosting() as memory:
        asks = [commands_of(name) for name in syncing(host, MANY)]
        in_memory = [commands_of(name) for name in syncing(memory, 1)]
        volley(host.port, asks, seconds=scale.seconds)
        volley(memory.port, in_memory, seconds=scale.seconds)
        rounds = [_round(host, memory, asks, in_memory, disk, scale) for _ in range(scale.rounds)]
        nothing = [[NULL] for _ in asks]
        pairs = [
            (
                volley(host.port, nothing, seconds=scale.paced_s / 3, every_s=BETWEEN_COMMANDS_S),
                volley(host.port, asks, seconds=scale.paced_s / 3, every_s=BETWEEN_COMMANDS_S),
            )
            for _ in range(3)
        ]
    failed = sum(one.failed for some in (*rounds, *pairs) for one in some)
    return Chapter(
        name="commands",
        title="A command with a durable commit",
        method=(
            "REFRESH STATUS and its Close in turn: one event, one commit each (SQLite, WAL, "
            "synchronous=FULL), on the disk that holds the project. A bare commit is one row of "
            f"{ENTRY_BYTES} bytes by sqlite3 alone, same settings, same disk, in turn with the "
            f"rest; {scale.rounds} rounds of {scale.seconds:g} s, medians. Paced: {MANY} "
            "connections with 10 requests/s each, null and command in turn; a latency counts from "
            "when its request was due. There both cores sleep between requests, and waking them "
            "is a part of every figure: see the null handler's."
        ),
        figures=[
            *_alone(rounds),
            *_paced(pairs),
            *_together(rounds),
            Figure(name="command-failed", what="failed", value=failed, at_most=0),
        ],
    )


class Round(NamedTuple):
    """One volley of each kind."""

    bare: Tally  # commits without a server
    alone: Tally  # commands, one connection
    undone: Tally  # the same over the memory store
    at_once: Tally  # commands, many connections


def _round(
    host: Host,
    memory: Host,
    asks: list[tuple[bytes, bytes]],
    in_memory: list[tuple[bytes, bytes]],
    disk: Path,
    scale: Scale,
) -> Round:
    return Round(
        bare=_bare_commits(disk / "bare.db", scale.seconds),
        alone=volley(host.port, asks[:1], seconds=scale.seconds),
        undone=volley(memory.port, in_memory, seconds=scale.seconds),
        at_once=volley(host.port, asks, seconds=scale.seconds),
    )


def _bare_commits(database: Path, seconds: float) -> Tally:
    """Commit small rows for a while, one after the other."""
    connection = sqlite3.connect(database, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE IF NOT EXISTS entry (seq INTEGER PRIMARY KEY, payload)")
        row, tally, end_s = b"x" * ENTRY_BYTES, Tally(), time.perf_counter() + seconds
        while (begin_s := time.perf_counter()) < end_s:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO entry (payload) VALUES (?)", (row,))
            connection.execute("COMMIT")
            tally.latencies_ms.append((time.perf_counter() - begin_s) * 1000)
        return tally
    finally:
        connection.close()


def _alone(rounds: list[Round]) -> list[Figure]:
    bare, alone = [one.bare for one in rounds], [one.alone for one in rounds]
    bare_ms, alone_ms = middle(bare, p50_ms), middle(alone, p50_ms)
    return [
        Figure(name="bare-p50", what="bare commit, p50", value=bare_ms, unit="ms"),
        Figure(name="bare-p99", what="bare commit, p99", value=middle(bare, p99_ms), unit="ms"),
        Figure(
            name="command-memory-p50",
            what="1 connection: command without a disk (memory store), p50",
            value=middle([one.undone for one in rounds], p50_ms),
            unit="ms",
        ),
        Figure(
            name="command-1-p50",
            what="1 connection: command, p50",
            value=alone_ms,
            unit="ms",
            at_most=ALONE_MS,
        ),
        Figure(
            name="command-1-over-bare",
            what="1 connection: command less a bare commit, p50",
            value=alone_ms - bare_ms,
            unit="ms",
            at_most=ALONE_MS,
        ),
        Figure(
            name="command-1-p99",
            what="1 connection: command, p99",
            value=middle(alone, p99_ms),
            unit="ms",
        ),
    ]


def _paced(pairs: list[tuple[Tally, Tally]]) -> list[Figure]:
    nulls, commands = [null for null, _ in pairs], [command for _, command in pairs]
    at = f"{MANY} connections, 10/s each"
    null_ms, command_ms = middle(nulls, p50_ms), middle(commands, p50_ms)
    tail_ms = middle(commands, p99_ms)
    return [
        Figure(name="null-paced-p50", what=f"{at}: null, p50", value=null_ms, unit="ms"),
        Figure(
            name="command-paced-p50",
            what=f"{at}: command, p50",
            value=command_ms,
            unit="ms",
            at_most=ALONE_MS,
        ),
        Figure(
            name="command-paced-p99",
            what=f"{at}: command, p99",
            value=tail_ms,
            unit="ms",
            at_most=TAIL_MS,
        ),
    ]


def _together(rounds: list[Round]) -> list[Figure]:
    at_once = [one.at_once for one in rounds]
    return [
        Figure(
            name="command-16-per-s",
            what=f"{MANY} connections without a pause",
            value=middle(at_once, per_s),
            unit="requests/s",
        ),
        Figure(
            name="command-16-p99",
            what=f"{MANY} connections without a pause: p99",
            value=middle(at_once, p99_ms),
            unit="ms",
        ),
        Figure(
            name="command-16-to-1",
            what=f"commands/s at {MANY} connections to those at 1",
            value=median(one.at_once.per_s / one.alone.per_s for one in rounds),
            unit="x",
        ),
    ]


def browsers(scale: Scale) -> Chapter:
    """A class at work: everybody looks ten times a second and does something now and then."""
    polled = Tally()

    def judge(reply: Reply) -> bool:
        if reply.number % ASKS_TO_AN_ACT:
            polled.latencies_ms.append((reply.received_s - reply.sent_s) * 1000)
        return reply.status == 200

    with folder() as disk, hosting(disk / "bench.db") as host:
        asks = [_clicking(name) for name in syncing(host, BROWSERS)]
        volley(host.port, asks, seconds=scale.seconds, every_s=BETWEEN_POLLS_S)
        used_s = host.process.cpu_s()
        everything = volley(
            host.port, asks, seconds=scale.paced_s, every_s=BETWEEN_POLLS_S, judge=judge
        )
        cores = _cores(host, used_s, everything.seconds)
    acts = 1 / ASKS_TO_AN_ACT / BETWEEN_POLLS_S
    return Chapter(
        name="browsers",
        title=f"A class: {BROWSERS} browsers, 10 polls/s each, together with acts",
        method=(
            f"{scale.paced_s:g} s, {acts:g} durable commands a second and browser among the "
            "polls; a latency counts from when its request was due, so waiting behind others "
            "counts too. CPU is the server's."
        ),
        figures=[
            Figure(name="browsers-per-s", what="served", value=everything.per_s, unit="requests/s"),
            Figure(name="browsers-p50", what="poll, p50", value=p50_ms(polled), unit="ms"),
            Figure(
                name="browsers-p99", what="poll, p99", value=p99_ms(polled), unit="ms", at_most=15
            ),
            *cores,
            Figure(name="browsers-failed", what="failed", value=everything.failed, at_most=0),
        ],
    )


def _clicking(name: str) -> list[bytes]:
    refresh, close = commands_of(name)
    looks = [poll_of(name)] * (ASKS_TO_AN_ACT - 1)
    return [refresh, *looks, close, *looks]


def _cores(host: Host, before_s: float | None, seconds: float) -> list[Figure]:
    after_s = host.process.cpu_s()
    if before_s is None or after_s is None:
        return []
    value = (after_s - before_s) / seconds
    return [Figure(name="browsers-cpu", what="CPU", value=value, unit="core", at_most=0.25)]
