"""The rubric: which acts are violations or near misses, how grave, and whence the rule.

Pure data; the predicates stand in ``codes``, the numbers (how many minors pass, ...) in the pack.
``docs/rubric.md`` says each predicate in words.
"""

import msgspec

from mock_server.procedure.numbers import StepNumber
from mock_server.procedure.pack import RubricSwitches
from mock_server.procedure.texts import GateRule, Provenance, Severity

RUBRIC_VERSION = "1"  # changes with every change of a predicate, a gate or the steps' evidence


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One code. ``steps`` are those of the 21; empty where no step speaks of it."""

    code: str
    severity: Severity
    gate: GateRule
    provenance: Provenance
    steps: tuple[StepNumber, ...] = ()


def _critical(code: str, gate: GateRule, provenance: Provenance, *steps: StepNumber) -> Rule:
    return Rule(
        code=code, severity=Severity.CRITICAL, gate=gate, provenance=provenance, steps=steps
    )


def _major(code: str, provenance: Provenance, *steps: StepNumber) -> Rule:
    gate = GateRule.NEVER if provenance is Provenance.AMBIGUOUS else GateRule.ALWAYS
    return Rule(code=code, severity=Severity.MAJOR, gate=gate, provenance=provenance, steps=steps)


def _minor(code: str, provenance: Provenance, *steps: StepNumber) -> Rule:
    gate = GateRule.COUNTS
    return Rule(code=code, severity=Severity.MINOR, gate=gate, provenance=provenance, steps=steps)


def _near_miss(code: str, *steps: StepNumber) -> Rule:
    return Rule(
        code=code,
        severity=Severity.NEAR_MISS,
        gate=GateRule.NEVER,
        provenance=Provenance.OURS,
        steps=steps,
    )


RULES: tuple[Rule, ...] = (
    _critical("K1", GateRule.ALWAYS, Provenance.SOURCE, 9),
    _critical("K2", GateRule.ALWAYS, Provenance.SOURCE, 21),
    _critical("K3", GateRule.SWITCHABLE, Provenance.DERIVED, 2, 9),
    _critical("K4", GateRule.SWITCHABLE, Provenance.DERIVED, 8, 9),
    _major("B1", Provenance.AMBIGUOUS, 12, 13, 14),
    _major("B2", Provenance.DERIVED, 14, 17),
    _major("B3", Provenance.SOURCE, 10, 11),
    _major("B4", Provenance.SOURCE, 18),
    _major("B5", Provenance.DERIVED, 19),
    _major("B6", Provenance.SOURCE, 6, 7, 8),
    _major("B7", Provenance.DERIVED, 8),
    _major("B8", Provenance.DERIVED, 13, 14, 18),
    _major("B9", Provenance.DERIVED, 7),
    _major("B10", Provenance.DERIVED, 20),
    _minor("R1", Provenance.SOURCE, 16),
    _minor("R2", Provenance.DERIVED, 6),
    _minor("R3", Provenance.SOURCE, 20),
    _minor("R4", Provenance.DERIVED, 8),
    _minor("R5", Provenance.DERIVED, 13, 14, 18),
    _minor("R6", Provenance.SOURCE, 17),
    _minor("R7", Provenance.OURS),
    _minor("R8", Provenance.OURS),
    _near_miss("N1", 9),
    _near_miss("N2", 21),
)


def gates(rule: Rule, switches: RubricSwitches) -> bool:
    """Tell whether one finding of this rule alone keeps a run from passing."""
    if rule.gate is GateRule.ALWAYS:
        return True
    switched = {"K3": switches.k3_gates, "K4": switches.k4_gates, "B1": switches.b1_gates}
    return switched.get(rule.code, False)


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A violation or near miss that happened, with the event that shows it.

    ``gates`` is true if it alone keeps this run from passing, the switches applied. ``about`` is
    what it concerns where that varies: a machine, an ID, a menu, a field of the form.
    """

    code: str
    severity: Severity
    steps: tuple[StepNumber, ...]
    at_ms: int
    seq: int
    gate: GateRule
    gates: bool
    provenance: Provenance
    about: str = ""
