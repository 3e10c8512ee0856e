"""Which step of the procedure a finding is about, where its rule names several.

Pure. A rule about waiting names every step at which one waits; the finding knows the job.
"""

from collections.abc import Mapping

from mock_server.procedure.numbers import StepNumber
from mock_server.procedure.rubric import Finding

STEP_OF: Mapping[str, StepNumber] = {
    "backup": 13,
    "start-backup": 13,
    "delete": 14,
    "start-delete": 14,
    "sync": 18,
    "start-sync": 18,
}


def concerned(finding: Finding) -> tuple[StepNumber, ...]:
    """Return the finding's steps, or the one of them at which its job is done."""
    step = STEP_OF.get(finding.about)
    return finding.steps if step is None or step not in finding.steps else (step,)
