"""How far somebody has come on the ladder, from the runs of their seat."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from mock_server.cohort.state import Run
from mock_server.domain.setup import Setup
from mock_server.ports import StoreError
from mock_server.procedure.pack import ProcedurePack
from mock_server.scenario.model import Level
from mock_server.scenario.packs import load_coach
from mock_server.training.mastery import Attempt, Rung, attempt_of, climbed, guesses_asked
from mock_server.training.reference import reference
from mock_server.web.parts import Parts
from mock_server.web.stories import Story

EXAMPLES_KEPT = 16


def results(runs: Iterable[Run], levels: Mapping[str, Level], parts: Parts) -> Iterator[Attempt]:
    """Yield what each run came to; one that was deleted, or whose story is gone, is left out."""
    for run in runs:
        level = levels.get(run.scenario)
        if level is None:
            continue
        try:
            read = parts.classroom.reading(run.rehearsal)
        except StoreError:
            continue
        pack = parts.speeches.of(read.setup.procedure, "id").pack
        yield attempt_of(level, run.scenario, read.shown, asked(level, read.setup, pack))


def asked(level: Level, setup: Setup, pack: ProcedurePack) -> tuple[str, ...]:
    """Return the questions of the example, () for every other level."""
    return _guesses(setup, pack) if level is Level.EXAMPLE else ()


@lru_cache(maxsize=EXAMPLES_KEPT)
def _guesses(setup: Setup, pack: ProcedurePack) -> tuple[str, ...]:
    return guesses_asked(reference(setup).frames, load_coach(pack))


def ladder(of: Iterable[Attempt], stories: Iterable[Story]) -> tuple[Rung, ...]:
    counts = Counter(story.scenario.level for story in stories)
    return climbed(list(of), counts)
