"""Rehearsals: every scenario carried out by the client against a simulator, and judged."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from client import journal, report, verdict
from client.clock import Clock, RealClock, RealTime, VirtualClock
from client.control import Control, Expect, Rehearsal
from client.files import write_whole
from client.notices import Notice
from client.problems import UsageProblem
from client.procedure import UNBK_2017, Procedure
from client.result import Result
from client.run import Place, carry_out
from client.settings import Bounds, Rules
from client.texts import Reason, Texts
from client.transport import Http
from client.wsgi import WsgiApp

LABEL = "cbtsync-client rehearse"
CHECKOUT = Path(__file__).parents[1] / "scenarios"


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One scenario to rehearse: ``what`` is sent to the control plane, ``name`` told to people."""

    name: str
    what: dict[str, Any]


class CaseTruth(msgspec.Struct, frozen=True, kw_only=True):
    datasets_complete: int
    participants: int
    tests_visible: bool


class CaseResult(msgspec.Struct, frozen=True, kw_only=True):
    """What ``--json`` prints of one rehearsal. ``journal`` is the simulator's, or None."""

    scenario: str
    seed: int
    ending: str
    expected_ending: str
    passed: bool
    violations: tuple[str, ...]
    truth: CaseTruth
    virtual_seconds: float
    real_seconds: float
    requests: int
    faults_fired: tuple[str, ...]
    journal: str | None


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """A result with what differs from the expectation, in no language yet."""

    case: CaseResult
    differs: tuple[Reason, ...]


class Stage(msgspec.Struct, frozen=True, kw_only=True):
    """Where rehearsals take place. ``speed`` None: the client moves the clock itself."""

    server: str  # base URL, ends in /
    token: str
    app: WsgiApp | None
    scenarios: Path | None
    out: Path | None
    seed: int | None
    speed: int | None
    bounds: Bounds
    texts: Texts


Watch = Callable[[Case, Notice], None]


def cases(names: tuple[str, ...], control: Control) -> list[Case]:
    """Return what to rehearse: each named scenario, or every one that the simulator has."""
    if not names:
        listed = control.scenarios()
        if listed.broken:
            first = listed.broken[0]
            raise UsageProblem(Reason.of("rehearse.broken", scenario=first.id, why=first.problem))
        return [Case(name=one.id, what={"scenario": one.id}) for one in listed.scenarios]
    return [_case(name) for name in names]


def _case(name: str) -> Case:
    path = Path(name)
    if path.suffix.lower() not in (".yaml", ".yml") and not path.is_file():
        return Case(name=name, what={"scenario": name})
    from client.yaml_files import read_mapping

    try:
        document = read_mapping(path)
    except (OSError, ValueError) as error:
        reason = Reason.of("usage.scenario_unreadable", path=name, error=str(error))
        raise UsageProblem(reason) from error
    return Case(name=str(document.get("id", path.stem)), what={"document": document})


def rehearse(case: Case, stage: Stage, control: Control, time: RealTime, watch: Watch) -> Judged:
    """Carry out one scenario in a rehearsal of its own, and judge it."""
    began_s = time.monotonic_s()
    mode: dict[str, Any] = {"mode": "manual"}
    if stage.speed is not None:
        mode = {"mode": "running", "speed": stage.speed}
    made = control.create(case.what, seed=stage.seed, clock=mode, label=LABEL)
    with TemporaryDirectory(prefix="cbtsync-") as scratch:
        result = _run(case, made, stage, control, time, watch, Path(scratch))
    if stage.out is not None:
        report.write(result, stage.out / made.scenario, stage.texts, time.now())
    real_s = time.monotonic_s() - began_s
    return _judged(made, stage, control, result, real_s)


def _run(
    case: Case,
    made: Rehearsal,
    stage: Stage,
    control: Control,
    time: RealTime,
    watch: Watch,
    folder: Path,
) -> Result:
    bounds = stage.bounds
    base = stage.server.rstrip("/") + made.url.rstrip("/") + "/"
    http = Http(base + "api/", bounds=bounds, lang=stage.texts.lang, app=stage.app)
    clock: Clock = RealClock(time, still_s_max=bounds.clock_still_s)
    if stage.speed is None:
        clock = VirtualClock(lambda to_ms: control.advance_to(made.name, to_ms), time)
    rules = Rules(procedure=_procedure(made.procedure, stage.scenarios), bounds=bounds)
    try:
        return carry_out(
            sender=http,
            clock=clock,
            rules=rules,
            place=Place(folder=folder, durable=False),
            texts=stage.texts,
            tell=lambda notice: watch(case, notice),
            first=journal.Run(url=base, real=time.now().isoformat(), resumed=False),
        )
    finally:
        http.close()


def _procedure(pack: str, scenarios: Path | None) -> Procedure:
    """Return the facts of the scenario's procedure: our own copy, or its pack by the scenarios."""
    if pack == UNBK_2017.pack:
        return UNBK_2017
    folder = (scenarios or CHECKOUT) / "procedures"
    path = folder / f"{pack}.yaml"
    if not path.is_file():
        raise UsageProblem(Reason.of("usage.no_pack", pack=pack, folder=str(folder)))
    from client import procedure_file

    return procedure_file.read(path)


def _judged(
    made: Rehearsal, stage: Stage, control: Control, result: Result, real_s: float
) -> Judged:
    truth, violations = control.truth(made.name), control.violations(made.name)
    expect = made.expect or Expect(ending="")
    differs = verdict.differences(expect, result, truth, violations, stage.texts)
    path = _export(made, stage, control)
    case = CaseResult(
        scenario=made.scenario,
        seed=made.seed,
        ending=result.ending,
        expected_ending=expect.ending,
        passed=not differs,
        violations=violations,
        truth=CaseTruth(
            datasets_complete=truth.datasets_complete,
            participants=truth.participants,
            tests_visible=truth.tests_visible,
        ),
        virtual_seconds=(result.now_ms - result.began_ms) / 1000,
        real_seconds=round(real_s, 3),
        requests=control.requests_heard(made.name),
        faults_fired=control.faults_fired(made.name),
        journal=None if path is None else str(path),
    )
    return Judged(case=case, differs=differs)


def _export(made: Rehearsal, stage: Stage, control: Control) -> Path | None:
    if stage.out is None:
        return None
    path = stage.out / f"{made.scenario}.jsonl"
    write_whole(path, control.journal(made.name))
    return path
