"""Right under load: 16 connections at once, and every answer belongs where it was asked."""

import json
import threading

from benchmarks import servers
from benchmarks.load import Connection, request_bytes
from benchmarks.report import Report
from benchmarks.servers import Running
from benchmarks.speed import MACHINE, opened

CONNECTIONS, EACH = 16, 250


def concurrent(report: Report) -> None:
    report.section(
        f"{CONNECTIONS} x {EACH} at once, two connections on each rehearsal",
        "misplaced: another rehearsal's answer, or one whose clock or counts go back",
    )
    with servers.durable() as ours:
        for name, every in (("polls", 0), ("mixed polls and commands", 3)):
            misplaced, failed = _round(ours, every)
            report.most(f"{name}: misplaced", misplaced, 0)
            report.most(f"{name}: failed", failed, 0)


def _round(ours: Running, commands_every: int) -> tuple[int, int]:
    paths = [opened(ours) for _ in range(CONNECTIONS // 2)]
    wrong = {"misplaced": 0, "failed": 0}
    threads = [
        threading.Thread(target=_one, args=(ours.port, paths[number // 2], commands_every, wrong))
        for number in range(CONNECTIONS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong["misplaced"], wrong["failed"]


def _one(port: int, path: str, commands_every: int, wrong: dict[str, int]) -> None:
    connection = Connection(port)
    poll = request_bytes(f"{path}api/patch")
    refresh = request_bytes(f"{path}api/service/refresh", b"{}")
    now_ms, read_at = 0, ""
    for number in range(EACH):
        asks_refresh = commands_every > 0 and number % commands_every == 0
        status, body = connection.exchange(refresh if asks_refresh else poll)
        answer = json.loads(body)
        if status != 200 or ("read_at" if asks_refresh else "version") not in answer:
            wrong["failed"] += 1
            continue
        if answer["now_ms"] < now_ms or answer["machine"] != MACHINE:
            wrong["misplaced"] += 1
        if asks_refresh:
            wrong["misplaced"] += answer["read_at"] < read_at
            read_at = answer["read_at"]
        now_ms = answer["now_ms"]
    connection.close()
