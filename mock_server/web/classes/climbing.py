"""How far somebody has come on the ladder, from the runs of their seat."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from mock_server.classroom import Classroom
from mock_server.cohort.ladder import Result, Rung, climbed
from mock_server.cohort.state import Run
from mock_server.engine import Engine
from mock_server.ports import StoreError
from mock_server.scenario.model import Level
from mock_server.web.stories import Story


def results(
    runs: Iterable[Run], levels: Mapping[str, Level], engine: Engine, classroom: Classroom
) -> Iterator[Result]:
    """Yield what each run came to; one that was deleted, or whose story is gone, is left out."""
    for run in runs:
        level = levels.get(run.scenario)
        if level is None:
            continue
        try:
            training = engine.peek(run.rehearsal).training
            read = classroom.reading(run.rehearsal)
        except StoreError:
            continue
        practised = bool(training.answered) or training.debrief_ms is not None
        yield Result(
            level=level,
            scenario=run.scenario,
            tried=read.filed or (level is Level.EXAMPLE and practised),
            passed=read.filed and read.assessment.passed and not training.is_practice,
        )


def ladder(of: Iterable[Result], stories: Iterable[Story]) -> tuple[Rung, ...]:
    counts = Counter(story.scenario.level for story in stories)
    return climbed(list(of), counts)
