"""Whole rehearsals, start-up and memory."""

import json
import subprocess
import sys
import tempfile
import time
from statistics import median

from benchmarks import servers
from benchmarks.load import measure, request_bytes
from benchmarks.report import Report
from benchmarks.speed import opened, rehearsal


def rehearsals(report: Report, *, rounds: int) -> None:
    report.section(
        "The whole nominal rehearsal through the client",
        f"cbtsync-client rehearse normal, virtual clock, median of {rounds} in one process; "
        "`real_seconds` of its own report",
    )
    results = _rehearse(["normal"] * (rounds + 1))[1:]
    took = median(one["real_seconds"] for one in results) * 1000
    requests = results[0]["requests"]
    report.plain("requests, answers of the clock not counted", str(requests))
    report.most("in one process, through the adapter", took, 40, " ms")
    with servers.ours() as ours:
        over = _rehearse(
            ["normal"] * (rounds + 1),
            "--server",
            f"http://{servers.HOST}:{ours.port}",
            "--token",
            servers.TOKEN,
        )[1:]
        socket_ms = median(one["real_seconds"] for one in over) * 1000
        report.plain("over a socket", f"{socket_ms:.0f} ms")
        report.plain("over a socket, each request", f"{socket_ms / requests:.2f} ms")


def _rehearse(scenarios: list[str], *options: str) -> list[dict[str, float]]:
    with tempfile.TemporaryDirectory(prefix="cbtsync-bench-") as folder:
        command = [
            sys.executable, "-m", "client", "rehearse", *scenarios, *options,
            "--json", "--out", folder,
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    return list(json.loads(done.stdout)["results"])


def cold_run(report: Report) -> None:
    report.section(
        "A cold run as CI has it", "start, every scenario once, exit; wall clock of the process"
    )
    begun = time.perf_counter()
    results = _rehearse([])
    took = time.perf_counter() - begun
    report.plain("scenarios", str(len(results)))
    report.most("for forty scenarios", took * 40 / len(results), 3, " s")


def start_and_memory(report: Report, *, rounds: int, requests_s: float) -> None:
    report.section("Start-up and memory", f"median of {rounds} starts; resident memory")
    starts = []
    for _ in range(rounds):
        with servers.ours() as ours:
            starts.append(ours.first_answer_s)
    report.most("start of the process to its first answer", median(starts), 0.45, " s")
    with servers.durable() as ours:
        before = ours.memory_mib()
        load = measure(ours.port, [request_bytes(f"{opened(ours)}api/patch")], 16, requests_s)
        after = ours.memory_mib()
        if before is None or after is None:
            report.plain("memory", "not told by this system")
            return
        report.plain("memory at the start", f"{before:.1f} MiB")
        report.most(f"memory after {load.answers} requests", after, 60, " MiB")


def idle(report: Report, *, count: int) -> None:
    report.section("Idle rehearsals", f"{count} of them in the memory store, resident memory")
    with servers.ours() as ours:
        for _ in range(50):
            rehearsal(ours)
        before = ours.memory_mib()
        for _ in range(count):
            rehearsal(ours)
        after = ours.memory_mib()
        if before is None or after is None:
            report.plain("memory", "not told by this system")
            return
        report.most("memory of one idle rehearsal", (after - before) * 1024 / count, 8, " KiB")
