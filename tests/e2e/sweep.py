"""The sweep: every operation, every trouble, the n-th message, once or for ever; and its promises.

``python -m tests.e2e.sweep [SCENARIO...]`` runs all of it and prints its size and what broke.
"""

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from client.step import Ending
from mock_server.domain.operations import Operation
from tests.e2e.troubled import ALWAYS, Case, Outcomes, Stage, Trouble

SCENARIOS = ("normal", "partial-sync", "patch-fails-once", "sn-mismatch", "sync-stalls")
FIRSTS, TIMES = (1, 2, 3), (1, 3, ALWAYS)
UNUSED = {Operation.MACHINE_SET_CLOCK, Operation.PORTAL_REOPEN}  # the client never asks for these
OPERATIONS = ("desk", *(op.value for op in Operation if op not in UNUSED))
DELETES_MAX, SYNCS_MAX, REQUESTS_MAX = 1, 6, 900
BACKUPS_TRIED_MAX = 3
HOURS_MAX_MS = 5 * 3_600_000  # the run's bound of four, and the wait it may end in


def cases(scenarios: Iterable[str], firsts: Iterable[int], times: Iterable[int]) -> Iterator[Case]:
    """Yield the cases; a client that is killed for ever is nobody's to save."""
    for scenario in scenarios:
        for op in OPERATIONS:
            for trouble in Trouble:
                for first in firsts:
                    for often in times:
                        if "dies" in trouble and often > 3:
                            continue
                        yield Case(scenario, op, trouble, first, often)


def broken_promises(outcomes: Outcomes) -> list[str]:
    """Return what should have held and did not."""
    result, events = outcomes.result, outcomes.events
    if result is None:
        return ["the client never came to an end"]
    found = []
    if result.ending is Ending.READY and not outcomes.ready:
        found.append("ready, but the truth is not")
    if result.ending is not Ending.READY and outcomes.case.is_transient and _must_survive(outcomes):
        found.append(f"not survived: {result.ending} in step {result.step}, {result.why.key}")
    if result.ending is Ending.HALTED and "interlock" in result.why.key:
        found.append(f"an interlock was run into: {result.why.key}")
    if events["delete-finished"] > DELETES_MAX:
        found.append(f"HAPUS completed {events['delete-finished']} times")
    if events["sync-started"] > SYNCS_MAX:
        found.append(f"{events['sync-started']} syncs were started")
    if theirs := set(outcomes.violations) - _of_the_copy(outcomes.case):
        found.append(f"violations: {', '.join(sorted(theirs))}")
    if outcomes.wrong_fields:
        found.append(f"the report is untrue in {', '.join(outcomes.wrong_fields)}")
    if result.requests > REQUESTS_MAX or result.now_ms - result.began_ms > HOURS_MAX_MS:
        found.append(f"not bounded: {result.requests} requests")
    return found


def _of_the_copy(case: Case) -> set[str]:
    """Return what a copy that the server cannot know for one may be charged with."""
    return {"R5", "B8"} if case.trouble in (Trouble.TWICE, Trouble.LATE) else set()


def _must_survive(outcomes: Outcomes) -> bool:
    """Three lost answers to BACKUP spend the three backups, by the client's own bound."""
    return outcomes.events["backup-started"] < BACKUPS_TRIED_MAX


def sweep(chosen: Iterable[Case], stage: Stage) -> Iterator[tuple[Outcomes, list[str]]]:
    """Play the cases; those whose trouble never came are left out."""
    for case in chosen:
        with tempfile.TemporaryDirectory(prefix="cbtsync-sweep-") as folder:
            outcomes = stage.play(case, Path(folder))
        if outcomes.met >= case.first:
            yield outcomes, broken_promises(outcomes)


def main() -> None:
    scenarios = sys.argv[1:] or SCENARIOS
    begun = time.perf_counter()
    endings: Counter[str] = Counter()
    broken = 0
    for outcomes, found in sweep(cases(scenarios, FIRSTS, TIMES), Stage()):
        endings["none" if outcomes.result is None else str(outcomes.result.ending)] += 1
        if found:
            broken += 1
            sys.stdout.write(f"{outcomes.case}: {'; '.join(found)}\n")
            sys.stdout.flush()
    took = time.perf_counter() - begun
    told = ", ".join(f"{count} {ending}" for ending, count in endings.most_common())
    size = f"{endings.total()} rehearsals in {took:.0f} s"
    sys.stdout.write(f"{size}: {told}; {broken} broke a promise\n")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
