"""``--evidence DIR``: writes for each scenario what its steps did and saw, for the handbook.

A plugin of its own; without the option nothing of it runs. Each scenario has its own file, so any
number of workers may write into one folder.
"""

import inspect
import json
import platform
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from pytest_bdd.parser import Feature, Scenario, Step

from client.wsgi import WsgiApp
from mock_server.handbook.evidence import (
    HIDDEN,
    RUN,
    Result,
    StepEvidence,
    StoryEvidence,
    sha256_of,
    write,
)
from tests.bdd.step_rules import ON_SCREEN
from tests.bdd.tape import Heard, Tape

ROOT = Path(__file__).parents[2]
ERROR_MAX = 400


def add_option(parser: pytest.Parser) -> None:
    parser.addoption(
        "--evidence",
        metavar="DIR",
        help="write what every scenario did and saw into DIR, for the handbook",
    )


def configure(config: pytest.Config) -> None:
    folder = config.getoption("--evidence", default=None)
    if folder:
        config.pluginmanager.register(Recorder(Path(folder)), "evidence")


def taped(config: pytest.Config, app: WsgiApp, token: str) -> WsgiApp:
    """Return the application with a tape around it if evidence is wanted, else the application."""
    recorder = config.pluginmanager.get_plugin("evidence")
    if not isinstance(recorder, Recorder):
        return app
    recorder.tape = Tape(app, {token: HIDDEN})
    return recorder.tape


class Story:
    """A scenario while it runs."""

    def __init__(self, feature: Feature, scenario: Scenario, row: dict[str, str]) -> None:
        self.feature = Path(feature.filename)
        self.scenario = scenario
        self.row = row
        self.steps: list[StepEvidence] = []
        self.seconds: list[float] = []
        self.rehearsals: dict[str, None] = {}
        self.faults: dict[str, None] = {}
        self.definitions: dict[str, str] = {}
        self.result: Result = "passed"

    def note(self, heard: Heard) -> None:
        """Remember which scenario files it began, and which faults it armed."""
        asked = heard.asked()
        if heard.plane != "control" or heard.method != "POST" or not isinstance(asked, dict):
            return
        if heard.path.endswith("/rehearsals") and "scenario" in asked:
            self.rehearsals[asked["scenario"]] = None
        if heard.path.endswith("/faults") and "fault" in asked:
            self.faults[asked["fault"]] = None

    def evidence(self, test: str) -> StoryEvidence:
        ran = len(self.steps)
        left = [_unfinished(step) for step in self.scenario.steps[ran:]]
        return StoryEvidence(
            feature=self.feature.name,
            feature_sha256=sha256_of(self.feature),
            scenario=self.scenario.name,
            line=self.scenario.line_number,
            test=test,
            result=self.result,
            row=self.row,
            rehearsals=tuple(self.rehearsals),
            faults=tuple(self.faults),
            definitions=dict(sorted(self.definitions.items())),
            steps=(*self.steps, *left),
        )


class Recorder:
    """The hooks. ``tape`` is put in when the simulator is made."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tape: Tape | None = None
        self._story: Story | None = None
        self._began = 0.0

    def pytest_bdd_before_scenario(
        self, request: pytest.FixtureRequest, feature: Feature, scenario: Scenario
    ) -> None:
        row: dict[str, str] = request.getfixturevalue("_pytest_bdd_example")
        self._story = Story(feature, scenario, dict(row))
        self._take()  # what lies before the first step belongs to none

    @pytest.hookimpl(tryfirst=True)
    def pytest_bdd_before_step(self) -> None:
        self._began = _now()

    def pytest_bdd_after_step(self, step: Step, step_func: Callable[..., Any]) -> None:
        self._close(step, step_func, None)

    def pytest_bdd_step_error(
        self, step: Step, step_func: Callable[..., Any], exception: BaseException
    ) -> None:
        self._close(step, step_func, exception)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Note when it was, and with what; workers leave that to their controller."""
        if not hasattr(session.config, "workerinput"):
            run = {
                "finished_at": f"{datetime.now(tz=UTC):%Y-%m-%dT%H:%M:%SZ}",
                "python": platform.python_version(),
                "versions": {name: version(name) for name in ("cbtsync-sim", "pytest-bdd")},
            }
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / RUN).write_text(json.dumps(run, indent=1) + "\n", encoding="utf-8")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item
    ) -> Iterator[None]:  # a wrapper sends the report back and forth
        report: pytest.TestReport = yield  # type: ignore[assignment]
        story = self._story
        if story is not None:
            if report.failed:
                story.result = "failed"
            elif report.skipped:
                story.result = "skipped"
            if report.when == "teardown":
                self._story = None
                timings = {"test": item.nodeid, "steps_s": [round(s, 4) for s in story.seconds]}
                write(self.folder, story.evidence(item.nodeid), timings)
        return report  # type: ignore[return-value]

    def _close(
        self, step: Step, step_func: Callable[..., Any], error: BaseException | None
    ) -> None:
        story = self._story
        assert story is not None
        taken = self._take()
        for heard in taken:
            story.note(heard)
        code = inspect.unwrap(step_func).__code__
        file = Path(code.co_filename)
        name = file.relative_to(ROOT).as_posix()
        story.definitions[name] = story.definitions.get(name) or sha256_of(file)
        story.seconds.append(_now() - self._began)
        tape = self.tape
        story.steps.append(
            StepEvidence(
                line=step.line_number,
                keyword=step.keyword.strip(),
                text=step.name,
                result="passed" if error is None else "failed",
                on_screen=on_screen(step_func),
                definition=f"{name}:{code.co_firstlineno}",
                exchanges=() if tape is None else tape.exchanges(taken),
                seen=() if tape is None else tape.seen(taken),
                error="" if error is None else f"{type(error).__name__}: {error}"[:ERROR_MAX],
            )
        )

    def _take(self) -> list[Heard]:
        return [] if self.tape is None else self.tape.take()


def on_screen(step_func: Callable[..., Any]) -> str:
    """Return the click path that the docstring of a step definition gives, on one line."""
    text = " ".join((inspect.getdoc(step_func) or "").split())
    return text.removeprefix(ON_SCREEN).strip()


def _unfinished(step: Step) -> StepEvidence:
    return StepEvidence(
        line=step.line_number, keyword=step.keyword.strip(), text=step.name, result="skipped"
    )


def _now() -> float:
    """Return real seconds that no frozen clock touches."""
    return time.clock_gettime(time.CLOCK_MONOTONIC)
