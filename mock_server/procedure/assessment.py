"""The assessment of a rehearsal: findings, credits, gates, competencies, verdict.

Pure. A percentage never decides alone: the gates do, and the process percentage is one of them.
"""

from collections import Counter
from collections.abc import Sequence

import msgspec

from mock_server.domain.events import Happened
from mock_server.procedure.codes import hits
from mock_server.procedure.course import Course, course_of
from mock_server.procedure.gates import Gate, judged_gates
from mock_server.procedure.outcome import Outcome, OutcomeKind, outcome
from mock_server.procedure.pack import Competency, Gates, ProcedurePack, RubricSwitches
from mock_server.procedure.rubric import RUBRIC_VERSION, RULES, Finding, gates
from mock_server.procedure.steps_observed import StepCredit, observed_steps, process_permille
from mock_server.procedure.texts import Severity, Text


class CompetencyResult(msgspec.Struct, frozen=True, kw_only=True):
    """``shown`` is None where the rehearsal did not call for it. ``process_permille`` is None
    where none of its observed steps has a weight."""

    competency: str
    title: Text
    shown: bool | None
    process_permille: int | None


class Assessment(msgspec.Struct, frozen=True, kw_only=True):
    """``raised`` names the minor codes that were repeated until they counted as major.

    ``switches`` and ``limits`` are the ones in force, to be printed on every report.
    """

    pack: str
    rubric: str
    switches: RubricSwitches
    limits: Gates
    findings: tuple[Finding, ...]
    raised: tuple[str, ...]
    steps: tuple[StepCredit, ...]
    process_permille: int
    outcome: OutcomeKind
    outcome_reached: bool
    gates: tuple[Gate, ...]
    passed: bool
    competencies: tuple[CompetencyResult, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes found, each once, in the rubric's order."""
        found = {finding.code for finding in self.findings}
        return tuple(rule.code for rule in RULES if rule.code in found)


def assess(
    entries: Sequence[tuple[int, Happened]],
    pack: ProcedurePack,
    switches: RubricSwitches | None = None,
) -> Assessment:
    """Assess a journal's ``(seq, event)`` pairs, finished or not; ``switches``: the pack's own.

    Events of faults and clock are left out. Raises ValueError if the journal has no beginning.
    """
    in_force = pack.rubric_switches if switches is None else switches
    course = course_of(entries)
    findings = _findings(course, pack, in_force)
    raised = _raised(findings, pack)
    steps = observed_steps(course, pack)
    process = process_permille(steps)
    reached = outcome(course)
    held = judged_gates(findings, raised, reached, process, pack.gates)
    return Assessment(
        pack=pack.id,
        rubric=RUBRIC_VERSION,
        switches=in_force,
        limits=pack.gates,
        findings=findings,
        raised=tuple(sorted(set(raised))),
        steps=steps,
        process_permille=process,
        outcome=reached.kind,
        outcome_reached=reached.reached,
        gates=held,
        passed=all(gate.held for gate in held),
        competencies=tuple(
            _competency(one, steps, _grave(findings, raised), reached, pack)
            for one in pack.competencies
        ),
    )


def _findings(course: Course, pack: ProcedurePack, switches: RubricSwitches) -> tuple[Finding, ...]:
    """Return all findings in the order of the journal, those of one event in the rubric's."""
    found = [
        Finding(
            code=rule.code,
            severity=rule.severity,
            steps=rule.steps,
            at_ms=hit.moment.at_ms,
            seq=hit.moment.seq,
            gate=rule.gate,
            gates=gates(rule, switches),
            provenance=rule.provenance,
            about=hit.about,
        )
        for rule in RULES
        for hit in hits(rule.code, course, pack)
    ]
    return tuple(sorted(found, key=lambda finding: finding.seq))


def _raised(findings: Sequence[Finding], pack: ProcedurePack) -> tuple[str, ...]:
    """Return the minor codes that count as major, once for each full row of repeats."""
    counts = Counter(one.code for one in findings if one.severity is Severity.MINOR)
    repeats = pack.gates.repeat_minor_is_major
    return tuple(code for code, count in counts.items() for _ in range(count // repeats))


def _grave(findings: Sequence[Finding], raised: Sequence[str]) -> tuple[Finding, ...]:
    """Return the findings that keep the run from passing, repeated minor ones included."""
    return tuple(one for one in findings if one.gates or one.code in raised)


def _competency(
    of: Competency,
    steps: tuple[StepCredit, ...],
    grave: Sequence[Finding],
    reached: Outcome,
    pack: ProcedurePack,
) -> CompetencyResult:
    """Shown by its observed steps, and by no grave finding that concerns one of its steps.

    What no step speaks of concerns the competency that the report belongs to.
    """
    observed = tuple(
        one for one in steps if one.step in of.steps and one.credit_permille is not None
    )
    called_for = bool(observed) or (of.report and reached.kind != "not-declared")
    scored = any(one.weight is not None for one in observed)
    process = process_permille(observed) if scored else None
    violated = any(set(one.steps) & set(of.steps) or (of.report and not one.steps) for one in grave)
    enough = process is None or process >= pack.gates.process_min_permille
    return CompetencyResult(
        competency=of.competency,
        title=of.title,
        shown=(enough and not violated) if called_for else None,
        process_permille=process,
    )
