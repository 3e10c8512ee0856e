"""Print all figures, each with its aim; keep them in build/bench.json too."""

import argparse
import json
import platform
import sys
import time
from pathlib import Path

from benchmarks import right, speed, whole
from benchmarks.report import Report

RESULTS = Path("build/bench.json")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="shorter rounds, rougher figures")
    quick = parser.parse_args().quick
    rounds, seconds = (3, 0.7) if quick else (5, 2.0)
    begun = time.perf_counter()
    report = Report()
    print(
        f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}. Figures "
        "move from machine to machine; the ratios hold.\nNothing leaves this machine."
    )
    speed.polls(report, rounds=rounds, seconds=seconds)
    speed.commands(report, rounds=rounds, seconds=seconds)
    right.concurrent(report)
    whole.rehearsals(report, rounds=5 if quick else 15)
    whole.cold_run(report)
    whole.start_and_memory(report, rounds=3 if quick else 7, requests_s=5 if quick else 40)
    whole.idle(report, count=1000)
    speed.many(report, seconds=seconds, rehearsals=1000 if quick else 10_000)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(report.as_dict(), indent=1), encoding="utf-8")
    print(f"\n{time.perf_counter() - begun:.0f} s; kept in {RESULTS}", file=sys.stderr)


if __name__ == "__main__":
    main()
