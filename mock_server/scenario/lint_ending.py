"""Lints of the ending: a good run can end as expected, within the time that is allowed.

They reason from the window, the lengths of the jobs and the faults. What they call impossible is
impossible for whoever keeps to the procedure; what they let pass may still be hard.
"""

from collections.abc import Iterator

from mock_server.domain.quantities import format_duration
from mock_server.domain.setup import Condition
from mock_server.faults.plan import FaultSpec
from mock_server.procedure.texts import GateRule
from mock_server.scenario.findings import Found, Subject
from mock_server.scenario.prepare import on_the_day_ms, to_durations, window_ms

RUN_MAX_MS = 4 * 60 * 60_000  # a client's whole run; whoever must wait longer postpones

# Faults after which only the helpdesk can make the server whole.
_BEYOND_REPAIR = frozenset(
    {"sync.short", "participants.missing", "participants.duplicate", "tests.missing"}
)
# Faults that do not get in the way of a good ending, however often they strike.
_HARMLESS = frozenset({"central.slow", "backup.slow", "sync.slow", "http.slow", "http.dribble"})


def lint_ending(subject: Subject) -> Iterator[Found]:
    yield from _ending(subject)
    yield from _expected_truth(subject)
    yield from _expected_codes(subject)
    yield from _time(subject)


def obstacles(subject: Subject) -> tuple[str, ...]:
    """Why nobody who keeps to the procedure can end ready; empty if somebody can."""
    scenario, pack = subject.scenario, subject.pack
    found = [
        f"{spec.fault} leaves what only the helpdesk can mend"
        for spec in subject.faults
        if spec.fault in _BEYOND_REPAIR
    ]
    found += [f"{spec.fault} never ends" for spec in subject.faults if _never_ends(spec)]
    exambro = scenario.room.exambro
    if exambro and pack.values.exambro_version not in exambro:
        found.append(f"Exambro {pack.values.exambro_version} is not installed")
    if subject.begins_before(Condition.SYNCED):
        opens_ms, closes_ms = window_ms(scenario, pack)
        if opens_ms - scenario.start.at_ms > RUN_MAX_MS:
            found.append(
                f"the window opens more than {format_duration(RUN_MAX_MS)} after the start"
            )
        elif closes_ms < synced_ms(subject):
            found.append("the window closes before a sync can be done")
    return tuple(found)


def _never_ends(spec: FaultSpec) -> bool:
    """Sticky, with no end to its window: whatever it strikes it strikes again."""
    when = spec.when
    endless = when.times is None and when.until_ms is None and when.ttl_ms is None
    return endless and spec.fault not in (*_BEYOND_REPAIR, *_HARMLESS)


def _ending(subject: Subject) -> Iterator[Found]:
    scenario = subject.scenario
    expect, path = scenario.expect, ("expect", "ending")
    hindered = obstacles(subject)
    if expect.ending == "ready":
        for why in hindered:
            yield Found(
                path=path,
                rule="cannot-end-so",
                message=f"it cannot end ready: {why}",
                mend="expect reported or postponed, or let it end",
            )
    elif not hindered and not subject.faults and scenario.storm is None:
        yield Found(
            path=path,
            rule="cannot-end-so",
            message=f"nothing keeps a good run from ready, so it does not end {expect.ending}",
            mend="expect ready, or give the story a reason",
        )


def _expected_truth(subject: Subject) -> Iterator[Found]:
    scenario, truth = subject.scenario, subject.scenario.expect.truth
    if scenario.expect.ending != "ready":
        return
    wanted = {
        "datasets_complete": (truth.datasets_complete, len(subject.pack.data_sets)),
        "participants": (truth.participants, scenario.school.participants),
        "tests_visible": (truth.tests_visible, True),
    }
    for key, (said, must) in wanted.items():
        if said is not None and said != must:
            yield Found(
                path=("expect", "truth", key),
                rule="cannot-end-so",
                message=f"ready with {key} {said!r} would be a lie",
                mend=f"write {must!r}, or expect another ending",
            )


def _expected_codes(subject: Subject) -> Iterator[Found]:
    expect = subject.scenario.expect
    for index, code in enumerate(expect.violations):
        path = ("expect", "violations", index)
        if code not in subject.violations:
            yield Found(
                path=path,
                rule="unknown-code",
                message=f"there is no violation {code}",
                mend=f"one of {', '.join(subject.violations.keys)}",
            )
        elif expect.ending == "ready" and subject.violations[code].gate is GateRule.ALWAYS:
            yield Found(
                path=path,
                rule="cannot-end-so",
                message=f"a run with {code} does not pass, yet a good one ends ready",
                mend="take the code away, or expect another ending",
            )


def _time(subject: Subject) -> Iterator[Found]:
    expect = subject.scenario.expect
    if expect.within_ms is None or expect.ending != "ready" or obstacles(subject):
        return
    least_ms = synced_ms(subject) - subject.scenario.start.at_ms
    if subject.begins_before(Condition.SYNCED) and expect.within_ms < least_ms:
        yield Found(
            path=("expect", "within"),
            rule="within-too-short",
            message=f"waiting and jobs alone take {format_duration(least_ms)}",
            mend="allow more",
        )


def synced_ms(subject: Subject) -> int:
    """The earliest instant at which all data can be here; jobs that are done take no time."""
    scenario, pack = subject.scenario, subject.pack
    took = to_durations(scenario.durations, pack)
    jobs = (
        (took.patch_ms, Condition.PATCHED),
        (took.backup_ms, Condition.BACKED_UP),
        (took.delete_ms, Condition.READY_TO_SYNC),
    )
    ready_ms = scenario.start.at_ms
    if subject.begins_before(Condition.PATCHED):
        ready_ms = max(ready_ms, on_the_day_ms(pack, ready_ms, pack.values.patching_opens))
    ready_ms += sum(length for length, done in jobs if subject.begins_before(done))
    sync_ms = took.sync_ms if subject.begins_before(Condition.PARTIAL) else 0
    return max(ready_ms, window_ms(scenario, pack)[0]) + sync_ms
