"""Print every figure beside its aim; keep them in a JSON file too."""

import argparse
import json
import os
import platform
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import (
    classroom,
    commands,
    crowd,
    journey,
    killed,
    polls,
    rehearsals,
    right,
    silent,
    start,
)
from benchmarks.figures import Chapter
from benchmarks.processes import BUILD
from benchmarks.scale import FULL, QUICK, Scale

RESULTS = BUILD / "bench.json"
CHAPTERS: dict[str, Callable[[Scale], Chapter]] = {
    "polls": polls.measured,
    "commands": commands.measured,
    "browsers": commands.browsers,
    "right": right.measured,
    "silent": silent.measured,
    "journey": journey.measured,
    "rehearsals": rehearsals.measured,
    "cold-run": start.cold_run,
    "start-up": start.start_up,
    "memory": start.memory,
    "idle": crowd.idle,
    "crowd": crowd.crowd,
    "classroom": classroom.measured,
    "killed": killed.measured,
}


def main() -> None:
    arguments = _parser().parse_args()
    scale = QUICK if arguments.quick else FULL
    begin_s = time.perf_counter()
    machine = _machine()
    print(f"{', '.join(f'{key} {value}' for key, value in machine.items())}.")
    print("All loads go to this machine only. Figures move from one to another; ratios hold.")
    if machine["busy"] == "yes":
        print("Busy with something else too: times are longer than they could be, tails above all.")
    chapters = []
    for name in arguments.only or list(CHAPTERS):
        chapter_s = time.perf_counter()
        chapter = CHAPTERS[name](scale)
        chapters.append(chapter)
        print(f"\n{chapter.text()}\n  {time.perf_counter() - chapter_s:.0f} s", flush=True)
    _keep(arguments.json, machine, chapters)
    _summarise(chapters, time.perf_counter() - begin_s, arguments.json)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="half a minute, rougher figures")
    parser.add_argument("--json", type=Path, default=RESULTS, help="default: %(default)s")
    parser.add_argument(
        "--only", action="append", choices=CHAPTERS, help="may be given again; default: all"
    )
    return parser


def _machine() -> dict[str, str | int]:
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
        "system": platform.system(),
        "machine": platform.machine(),
        "cores": os.cpu_count() or 0,
        "busy": "yes" if _is_busy() else "no",
    }


def _is_busy() -> bool:
    """Tell whether other programs keep more than a quarter of a core busy, where that is known."""
    try:
        return os.getloadavg()[0] > 0.25 * (os.cpu_count() or 1)
    except (AttributeError, OSError):
        return False


def _keep(path: Path, machine: dict[str, str | int], chapters: list[Chapter]) -> None:
    document = {"machine": machine, "chapters": [chapter.document() for chapter in chapters]}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


def _summarise(chapters: list[Chapter], seconds: float, path: Path) -> None:
    figures = [figure for chapter in chapters for figure in chapter.figures]
    held = sum(figure.verdict == "held" for figure in figures)
    missed = [figure for figure in figures if figure.verdict == "MISSED"]
    print(f"\n{held} aims held, {len(missed)} missed; {seconds:.0f} s; kept in {path}")
    for figure in missed:
        print(figure.line())


if __name__ == "__main__":
    main()
