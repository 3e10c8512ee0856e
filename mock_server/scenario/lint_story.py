"""Lints of the story: what strikes can be seen, is taught, and fits the level it is given.

They reason from the start, the window and the faults, without running anything.
"""

from collections.abc import Iterator

from mock_server.domain.setup import Condition
from mock_server.faults.plan import FaultSpec
from mock_server.scenario.findings import Found, Subject
from mock_server.scenario.lint_ending import synced_ms
from mock_server.scenario.model import Level
from mock_server.scenario.prepare import on_the_day_ms, window_ms
from mock_server.scenario.yaml_files import KeyPath

LATE_MS = 10 * 60_000  # a wait for patching that one notices
TRAP_WAIT_MS = 60 * 60_000  # a wait for the window that is a story of its own

# What a start condition has behind it, so that a fault of it can no longer strike.
_BEHIND: tuple[tuple[str, Condition], ...] = (
    ("patch.", Condition.PATCHED),
    ("backup.", Condition.BACKED_UP),
    ("delete.", Condition.READY_TO_SYNC),
    ("sync.", Condition.SYNCED),
    ("participants.", Condition.SYNCED),
    ("tests.", Condition.SYNCED),
)
_FREE_LEVELS = frozenset(
    {Level.FIRST_TRY, Level.EXAMPLE, Level.GUIDED, Level.ALONE, Level.CONSEQUENCES}
)


def lint_story(subject: Subject) -> Iterator[Found]:
    for index, spec in enumerate(subject.faults):
        yield from _fault_is_told(subject, spec, ("faults", index))
        yield from _fault_can_strike(subject, spec, ("faults", index))
    yield from _tempts(subject)
    if subject.for_people:
        yield from _told(subject)
        yield from _level(subject)


def traps(subject: Subject) -> tuple[str, ...]:
    """What makes the story hard besides its faults, in a few words each."""
    scenario, pack = subject.scenario, subject.pack
    start_ms = scenario.start.at_ms
    opens_ms, closes_ms = window_ms(scenario, pack)
    patching_ms = on_the_day_ms(pack, start_ms, pack.values.patching_opens)
    too_early = patching_ms - start_ms > LATE_MS and subject.begins_before(Condition.PATCHED)
    closed = opens_ms - start_ms > TRAP_WAIT_MS or closes_ms < synced_ms(subject)
    home = pack.zone(pack.values.patching_zone)
    found = {
        "a laptop comes first": scenario.room.machines[0] == "laptop",
        "another Exambro": any(
            version != pack.values.exambro_version for version in scenario.room.exambro
        ),
        "another ID slip": scenario.room.id_slips > 1,
        "before patching opens": too_early,
        "outside the window": closed and subject.begins_before(Condition.SYNCED),
        "another time zone": pack.zone_at(scenario.start.zone) != home,
        "work already begun": scenario.start.condition in (Condition.PARTIAL, Condition.SYNCED),
    }
    return tuple(name for name, holds in found.items() if holds)


def _fault_is_told(subject: Subject, spec: FaultSpec, path: KeyPath) -> Iterator[Found]:
    if spec.fault not in subject.fault_texts:
        yield Found(
            path=(*path, "fault"),
            rule="fault-not-told",
            message=f"{spec.fault} has no visible sign, expected act and end in the texts",
            mend="describe it in procedures/texts/faults.yaml",
        )
        return
    steps, taught = subject.fault_texts[spec.fault].steps, subject.scenario.teaches
    if subject.for_people and taught and not set(steps) & set(taught):
        yield Found(
            path=("teaches",),
            rule="teaches-other-steps",
            message=f"none of them is a step of {spec.fault}",
            mend=f"add one of {', '.join(map(str, steps))}",
        )


def _fault_can_strike(subject: Subject, spec: FaultSpec, path: KeyPath) -> Iterator[Found]:
    scenario = subject.scenario
    for prefix, condition in _BEHIND:
        if spec.fault.startswith(prefix) and not subject.begins_before(condition):
            yield Found(
                path=(*path, "fault"),
                rule="cannot-strike",
                message=f"{spec.fault} is over and done with at {scenario.start.condition}",
                mend="begin earlier (`start.condition`) or take the fault away",
            )
    within_ms, from_ms = scenario.expect.within_ms, spec.when.from_ms
    over_ms = None if within_ms is None else scenario.start.at_ms + within_ms
    if over_ms is not None and from_ms is not None and from_ms >= over_ms:
        yield Found(
            path=(*path, "when", "from"),
            rule="cannot-strike",
            message=f"{spec.fault} begins when the story is over",
            mend="an offset below `expect.within`",
        )


def _tempts(subject: Subject) -> Iterator[Found]:
    for index, inject in enumerate(subject.scenario.injects):
        code = inject.tempts
        if code is None:
            continue
        if code not in subject.violations:
            yield Found(
                path=("injects", index, "tempts"),
                rule="unknown-code",
                message=f"there is no violation {code}",
                mend=f"one of {', '.join(subject.violations.keys)}",
            )
            continue
        steps = subject.violations[code].steps
        if subject.for_people and steps and not set(steps) & set(subject.scenario.teaches):
            yield Found(
                path=("injects", index, "tempts"),
                rule="teaches-other-steps",
                message=f"{code} is about a step that `teaches` does not name",
                mend=f"add one of {', '.join(map(str, steps))} to `teaches`",
            )


def _told(subject: Subject) -> Iterator[Found]:
    scenario = subject.scenario
    missing = {
        "brief": scenario.brief is None,
        "teaches": not scenario.teaches,
        "debrief": not scenario.debrief,
    }
    for key, holds in missing.items():
        if holds:
            yield Found(
                path=(key,),
                rule="not-told",
                message=f"a scenario of level {scenario.level} is for people and has no {key}",
                mend="write it, or make it level CI",
            )
    if scenario.expect.within_ms is None:
        yield Found(
            path=("expect", "within"),
            rule="no-time-set",
            message="nobody can tell how long it takes",
            mend="add the longest time that a good run may take",
        )


def _level(subject: Subject) -> Iterator[Found]:
    level = subject.scenario.level
    hard = [*(spec.fault for spec in subject.faults), *traps(subject)]
    tempting = sum(inject.tempts is not None for inject in subject.scenario.injects)
    too_much = f"it has {len(hard)} troubles ({', '.join(hard) or 'none'})"
    if level in _FREE_LEVELS and hard:
        message, mend = f"level {level} is free of trouble, but {too_much}", "make it L3 or L4"
    elif level is Level.ONE_TROUBLE and len(hard) != 1:
        message, mend = f"level L3 has exactly one trouble, but {too_much}", "make it L1 or L4"
    elif level is Level.TWO_TROUBLES and len(hard) + tempting < 2:
        message = f"level L4 has two troubles, or one with a tempting message, but {too_much}"
        mend = "make it L3, or add one"
    else:
        return
    yield Found(path=("level",), rule="wrong-level", message=message, mend=mend)
