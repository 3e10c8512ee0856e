"""The five gates of a pass, each with how it stands in words.

Pure. Every one of them must hold; none makes up for another.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec

from mock_server.procedure.outcome import Outcome
from mock_server.procedure.pack import Gates
from mock_server.procedure.rubric import Finding
from mock_server.procedure.texts import Severity, Text

GateName = Literal["critical", "major", "minor", "outcome", "process"]


class Gate(msgspec.Struct, frozen=True, kw_only=True):
    """One condition of passing; ``why`` says how it stands."""

    name: GateName
    held: bool
    why: Text


def judged_gates(
    findings: Sequence[Finding],
    raised: Sequence[str],
    reached: Outcome,
    process_permille: int,
    limits: Gates,
) -> tuple[Gate, ...]:
    """``raised`` has a minor code once for each major that its repeats make."""
    minor = sum(one.severity is Severity.MINOR for one in findings)
    return (
        _none_of("critical", "Kritis", _gating(findings, Severity.CRITICAL)),
        _none_of("major", "Berat", _gating(findings, Severity.MAJOR) + len(raised)),
        Gate(
            name="minor",
            held=minor <= limits.minor_max,
            why=Text(
                id=f"Ringan: {minor}, paling banyak {limits.minor_max}.",
                en=f"Minor: {minor}, at most {limits.minor_max}.",
            ),
        ),
        Gate(name="outcome", held=reached.reached, why=reached.why),
        _enough(process_permille, limits.process_min_permille),
    )


def _gating(findings: Sequence[Finding], severity: Severity) -> int:
    return sum(one.gates and one.severity is severity for one in findings)


def _none_of(name: Literal["critical", "major"], name_id: str, count: int) -> Gate:
    text_id, text_en = f"{name_id}: {count}, harus 0.", f"{name.capitalize()}: {count}, must be 0."
    return Gate(name=name, held=count == 0, why=Text(id=text_id, en=text_en))


def _enough(permille: int, least: int) -> Gate:
    return Gate(
        name="process",
        held=permille >= least,
        why=Text(
            id=f"Proses: {_percent(permille, ',')}, paling sedikit {_percent(least, ',')}.",
            en=f"Process: {_percent(permille, '.')}, at least {_percent(least, '.')}.",
        ),
    )


def _percent(permille: int, point: str) -> str:
    whole, tenth = divmod(permille, 10)
    return f"{whole}{point}{tenth}%" if tenth else f"{whole}%"
