"""``cbtsync-client rehearse``: scenarios against a simulator, for people and for build machines."""

import sys
from pathlib import Path

import click
import msgspec

from client import addresses, folders, junit, simulator
from client.clock import RealTime
from client.control import Control
from client.problems import UsageProblem
from client.rehearsal_view import LiveRehearsals, PlainRehearsals, RehearsalView, Silent
from client.rehearse import Case, Judged, Stage, cases, rehearse
from client.settings import Bounds
from client.texts import Reason, Texts
from client.transport import Http

SPEED_MAX = 1000
KEPT = Path("build", "rehearsals")  # where the journals go that a JSON document names


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    names: tuple[str, ...]
    server: str | None
    token: str
    seed: int | None
    clock: str
    scenarios: Path | None
    out: Path | None
    junit: Path | None
    as_json: bool


def run(asked: Asked, texts: Texts) -> int:
    """Rehearse and show. Returns 0 only if every expectation holds."""
    time = RealTime()
    began_s = time.monotonic_s()
    stage = _stage(asked, texts)
    if stage.out is not None:
        folders.prepare_for_rehearsals(stage.out, is_ours=asked.out is None)
    http = Http(stage.server, bounds=stage.bounds, token=stage.token, app=stage.app)
    try:
        control = Control(http)
        chosen = cases(asked.names, control)
        if not chosen:
            raise UsageProblem(Reason.of("rehearse.none"))
        results: list[Judged] = []
        with _view(asked, chosen, texts) as view:
            for case in chosen:
                one = rehearse(case, stage, control, time, view.watch)
                results.append(one)
                view.judged(one)
    finally:
        http.close()
    _show(asked, results, texts, time.monotonic_s() - began_s)
    if asked.junit is not None:
        junit.write(results, asked.junit, texts)
    return 0 if all(one.case.passed for one in results) else 1


def _stage(asked: Asked, texts: Texts) -> Stage:
    server, token, app = simulator.BASE, _token(asked.token), None
    if asked.server is not None:
        server = addresses.server_url(asked.server)
    else:
        app, token = simulator.start(asked.scenarios)
    return Stage(
        server=server,
        token=token,
        app=app,
        scenarios=asked.scenarios,
        out=asked.out or (KEPT if asked.as_json else None),
        seed=asked.seed,
        speed=_speed(asked.clock),
        bounds=Bounds(),
        texts=texts,
    )


def _token(given: str) -> str:
    """Return the token as a header may carry it: a file that holds it ends in a line break."""
    token = given.strip()
    if not all("!" <= char <= "~" for char in token):
        raise UsageProblem(Reason.of("usage.token"))
    return token


def _speed(clock: str) -> int | None:
    if clock == "virtual":
        return None
    if not (clock.isascii() and clock.isdecimal() and 1 <= int(clock) <= SPEED_MAX):
        raise UsageProblem(Reason.of("usage.clock", value=clock))
    return int(clock)


def _view(asked: Asked, chosen: list[Case], texts: Texts) -> RehearsalView:
    if asked.as_json:
        return Silent()
    if sys.stdout.isatty():
        return LiveRehearsals(chosen, texts)
    return PlainRehearsals(click.echo, texts, max(len(case.name) for case in chosen))


def _show(asked: Asked, results: list[Judged], texts: Texts, seconds: float) -> None:
    if asked.as_json:
        document = {"results": [one.case for one in results]}
        click.echo(msgspec.json.encode(document))
    if asked.as_json or sys.stdout.isatty():
        for one in results:
            for reason in one.differs:
                click.echo(f"{one.case.scenario}: {texts.say(reason)}", err=True)
    if not asked.as_json:
        passed = sum(one.case.passed for one in results)
        click.echo(
            texts.get(
                "rehearse.summary", passed=passed, total=len(results), seconds=f"{seconds:.1f}"
            )
        )
