"""The class's debrief: the commonest slips, the hardest step, what is ambiguous, two questions."""

from collections import Counter
from collections.abc import Sequence

import msgspec

from mock_server.classroom import Classroom
from mock_server.classroom.pace import reference_real_ms
from mock_server.cohort.state import Cohort
from mock_server.engine import Engine
from mock_server.ports import StoreError
from mock_server.procedure.pack import ProcedurePack, Step
from mock_server.procedure.texts import Provenance, Severity, Texts, Violation
from mock_server.web.classes.known import Known

SLIPS_MAX = 3


class Slip(msgspec.Struct, frozen=True, kw_only=True):
    """``seats`` of ``of`` did it at least once; nobody is named."""

    violation: Violation
    seats: int
    of: int


class Discussed(msgspec.Struct, frozen=True, kw_only=True):
    """``gravest`` is the worst of all that happened. ``hardest`` took the class longest against
    the reference, None if nobody was slower than it. ``ambiguous`` are the steps that the
    announcement itself leaves open, with how often it showed.
    """

    runs: int
    filed: int
    passed: int
    slips: tuple[Slip, ...]
    gravest: Violation | None
    hardest: Step | None
    ambiguous: tuple[tuple[Step, int], ...]
    near_misses: int


def last_runs(cohort: Cohort, engine: Engine, room: Classroom) -> tuple[Known, ...]:
    """Return each seat with the run of the present drill, or of the last one that it did."""
    found = []
    for number, seat in cohort.seats.items():
        run = cohort.current(number) or seat.run
        try:
            found.append(
                Known(seat=seat, run=None)
                if run is None
                else Known(
                    seat=seat,
                    run=run,
                    answer=engine.peek(run.rehearsal),
                    reading=room.reading(run.rehearsal),
                )
            )
        except StoreError:
            found.append(Known(seat=seat, run=None))
    return tuple(found)


def discussed(
    seats: Sequence[Known], pack: ProcedurePack, violations: Texts[Violation]
) -> Discussed:
    readings = [one.reading for one in seats if one.reading is not None]
    codes: Counter[str] = Counter()
    near = 0
    for read in readings:
        codes.update(
            {of.code for of in read.assessment.findings if of.severity is not Severity.NEAR_MISS}
        )
        near += sum(of.severity is Severity.NEAR_MISS for of in read.assessment.findings)
    common = sorted(codes.items(), key=lambda of: (-of[1], of[0]))
    return Discussed(
        runs=len(readings),
        filed=sum(read.filed for read in readings),
        passed=sum(read.shown.clean and not read.shown.practice for read in readings),
        slips=tuple(
            Slip(violation=violations[code], seats=count, of=len(readings))
            for code, count in common[:SLIPS_MAX]
        ),
        gravest=min((violations[code] for code, _ in common), key=_rank, default=None),
        hardest=_hardest(seats, pack),
        ambiguous=_ambiguous(readings_codes=codes, pack=pack, violations=violations),
        near_misses=near,
    )


def _rank(violation: Violation) -> int:
    return tuple(Severity).index(violation.severity)


def _hardest(seats: Sequence[Known], pack: ProcedurePack) -> Step | None:
    """Return the step with the largest sum of time above the reference."""
    above: Counter[int] = Counter()
    for one in seats:
        if one.reading is None or one.answer is None:
            continue
        speed = max(1, one.answer.clock.speed)
        for step, spent_ms in one.reading.pace.spent_ms.items():
            reference_ms = reference_real_ms(one.reading.setup, step, speed)
            above[step] += max(0, spent_ms // speed - reference_ms)
    worst = above.most_common(1)
    if not worst or worst[0][1] == 0:
        return None
    return next((step for step in pack.steps if step.number == worst[0][0]), None)


def _ambiguous(
    *, readings_codes: Counter[str], pack: ProcedurePack, violations: Texts[Violation]
) -> tuple[tuple[Step, int], ...]:
    shown: Counter[object] = Counter()
    for violation in violations:
        if violation.provenance.basis is Provenance.AMBIGUOUS:
            for step in violation.steps:
                shown[step] = max(shown[step], readings_codes[violation.code])
    return tuple(
        (step, shown[step.number])
        for step in pack.steps
        if step.basis is Provenance.AMBIGUOUS or step.number in shown
    )
