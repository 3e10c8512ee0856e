"""The verdict in words: one headline, one sentence, and the gates as a table.

Pure. A gate that does not hold is never made up for, and the headline says what to repeat.
"""

from collections.abc import Sequence

import msgspec

from mock_server.domain.state import Station
from mock_server.domain.truth import truth
from mock_server.procedure.assessment import Assessment
from mock_server.procedure.gates import Gate, GateName
from mock_server.procedure.numbers import StepNumber, step_order
from mock_server.procedure.rubric import Finding
from mock_server.procedure.texts import Severity, Text, Texts, Violation
from mock_server.training.concerned import concerned

_NAMES: dict[GateName, Text] = {
    "critical": Text(id="Kritis", en="Critical"),
    "major": Text(id="Berat", en="Major"),
    "minor": Text(id="Ringan", en="Minor"),
    "outcome": Text(id="Hasil tercapai", en="Outcome reached"),
    "process": Text(id="Proses", en="Process"),
}
_SEVERITIES: dict[GateName, Severity] = {
    "critical": Severity.CRITICAL,
    "major": Severity.MAJOR,
    "minor": Severity.MINOR,
}


class GateRow(msgspec.Struct, frozen=True, kw_only=True):
    """``wanted`` and ``yours`` are short enough for a cell of a table."""

    name: GateName
    title: Text
    wanted: Text
    yours: Text
    held: bool


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    passed: bool
    headline: Text
    sentence: Text
    gates: tuple[GateRow, ...]
    repeat: tuple[StepNumber, ...]  # the steps to do again


def grave(assessment: Assessment) -> tuple[Finding, ...]:
    """Return what keeps this run from passing, the gravest first, each code once."""
    order = tuple(Severity)
    found: dict[str, Finding] = {}
    for one in sorted(assessment.findings, key=lambda f: (order.index(f.severity), f.seq)):
        if one.gates or one.code in assessment.raised:
            found.setdefault(one.code, one)
    return tuple(found.values())


def verdict(
    assessment: Assessment,
    end: Station,
    violations: Texts[Violation],
    *,
    practice: bool = False,
) -> Verdict:
    """``practice``: a run that did not begin at its beginning can be done, but never passed."""
    repeat = _repeat(assessment)
    return Verdict(
        passed=assessment.passed and not practice,
        headline=_headline(assessment, repeat, practice=practice),
        sentence=_sentence(assessment, violations),
        gates=tuple(_row(gate, assessment, end) for gate in assessment.gates),
        repeat=repeat,
    )


def _repeat(assessment: Assessment) -> tuple[StepNumber, ...]:
    wanted = {step for one in grave(assessment) for step in concerned(one)}
    if not wanted:
        wanted = {
            one.step
            for one in assessment.steps
            if one.credit_permille == 0 and isinstance(one.step, int)
        }
    return tuple(sorted(wanted, key=step_order))


def _headline(assessment: Assessment, repeat: Sequence[StepNumber], *, practice: bool) -> Text:
    if assessment.passed and practice:
        return Text(id="Tuntas sebagai latihan.", en="Done, as practice.")
    if assessment.passed:
        return Text(id="Lulus.", en="Passed.")
    if assessment.outcome == "not-declared":
        return Text(
            id="Belum lulus – berita acara belum dikirim.",
            en="Not passed yet – no report has been filed.",
        )
    if not repeat:
        return Text(
            id="Belum lulus – periksa lagi keputusan akhirnya.",
            en="Not passed yet – look at the last decision again.",
        )
    said_id = _listed(repeat, "sampai", "dan", serial_comma=True)
    said_en = _listed(repeat, "to", "and", serial_comma=False)
    return Text(
        id=f"Belum lulus – ulangi langkah {said_id}.",
        en=f"Not passed yet – repeat step{'s' if len(repeat) > 1 else ''} {said_en}.",
    )


def _listed(steps: Sequence[StepNumber], to: str, and_: str, *, serial_comma: bool) -> str:
    """``18 sampai 21``, ``8 dan 9``, ``6 sampai 8, 18, dan 21``; English without the last comma."""
    runs: list[list[StepNumber]] = []
    for step in steps:
        last = runs[-1][-1] if runs else None
        if isinstance(last, int) and isinstance(step, int) and step == last + 1:
            runs[-1].append(step)
        else:
            runs.append([step])
    parts: list[str] = []
    for run in runs:
        whole = [f"{run[0]} {to} {run[-1]}"]
        parts += whole if len(run) > 2 else [str(one) for one in run]
    last = f", {and_} " if serial_comma and len(parts) > 2 else f" {and_} "
    return last.join([", ".join(parts[:-1]), parts[-1]] if parts[1:] else parts)


def _sentence(assessment: Assessment, violations: Texts[Violation]) -> Text:
    by_name = {gate.name: gate for gate in assessment.gates}
    worst = grave(assessment)
    if assessment.passed or not worst:
        failed = [gate for gate in assessment.gates if not gate.held]
        outcome = by_name["outcome"]
        if outcome.held and failed:
            return failed[0].why
        return outcome.why
    return violations[worst[0].code].happened


def _row(gate: Gate, assessment: Assessment, end: Station) -> GateRow:
    wanted, yours = _cells(gate, assessment, end)
    return GateRow(
        name=gate.name, title=_NAMES[gate.name], wanted=wanted, yours=yours, held=gate.held
    )


def _cells(gate: Gate, assessment: Assessment, end: Station) -> tuple[Text, Text]:
    limits = assessment.limits
    match gate.name:
        case "critical" | "major":
            return _same("0"), _same(_counted(gate.name, assessment))
        case "minor":
            most = limits.minor_max
            wanted = Text(id=f"paling banyak {most}", en=f"at most {most}")
            return wanted, _same(_counted("minor", assessment))
        case "process":
            least, have = limits.process_min_permille, assessment.process_permille
            wanted = Text(
                id=f"paling sedikit {_percent(least, ',')}", en=f"at least {_percent(least, '.')}"
            )
            return wanted, Text(id=_percent(have, ","), en=_percent(have, "."))
        case "outcome":
            return _outcome(end)


def _outcome(end: Station) -> tuple[Text, Text]:
    true, sets = truth(end), len(end.setup.data_sets)
    pupils = end.central.servers[0].participants
    wanted = Text(
        id=f"{sets} data, {pupils} peserta, atau ditunda dengan benar",
        en=f"{sets} data sets, {pupils} participants, or rightly put off",
    )
    have, there = true.datasets_complete, true.participants
    return wanted, Text(
        id=f"{have} data, {there} peserta", en=f"{have} data sets, {there} participants"
    )


def _counted(name: GateName, assessment: Assessment) -> str:
    severity = _SEVERITIES[name]
    codes = [
        one.code
        for one in assessment.findings
        if one.severity is severity and (one.gates or severity is Severity.MINOR)
    ]
    raised = list(assessment.raised) if severity is Severity.MAJOR else []
    every = [*codes, *raised]
    return f"{len(every)} ({', '.join(dict.fromkeys(every))})" if every else "0"


def _same(text: str) -> Text:
    return Text(id=text, en=text)


def _percent(permille: int, point: str) -> str:
    whole, tenth = divmod(permille, 10)
    return f"{whole}{point}{tenth}%" if tenth else f"{whole}%"
