"""An assessment asked for in one word, of a trainee or of a bare trace."""

from msgspec.structs import replace

from mock_server.domain.events import Event
from mock_server.procedure.assessment import Assessment, assess
from mock_server.procedure.numbers import StepNumber
from tests.procedure.traces import UNBK, Trainee, numbered

Run = Trainee | list[Event]


def assessed(run: Run, **switches: bool) -> Assessment:
    """Assess by the trainee's own pack; a bare trace by unbk-2017."""
    journal, pack = (run.journal, run.pack) if isinstance(run, Trainee) else (run, UNBK)
    return assess(numbered(journal), pack, replace(pack.rubric_switches, **switches))


def codes(run: Run) -> list[str]:
    """All findings in order, each occurrence by its code."""
    return [finding.code for finding in assessed(run).findings]


def findings(run: Run) -> list[tuple[str, str]]:
    """All findings in order: code, and what it is about."""
    return [(finding.code, finding.about) for finding in assessed(run).findings]


def credits(run: Run) -> dict[StepNumber, int | None]:
    """Permille of each step's weight; None where it was not observed."""
    return {one.step: one.credit_permille for one in assessed(run).steps}


def missed(run: Run) -> dict[StepNumber, int]:
    """The steps that were called for and not done in full."""
    return {step: credit for step, credit in credits(run).items() if credit not in (None, 1000)}
