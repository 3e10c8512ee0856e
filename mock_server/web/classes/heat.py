"""The heat map of a class: a column a seat, a cell a step, by how long it took and how it went.

View models only: classes of the style sheet and letters.
"""

from collections.abc import Sequence

import msgspec

from mock_server.classroom.pace import is_slow, is_stuck, reference_real_ms
from mock_server.procedure.rubric import Finding
from mock_server.procedure.texts import Severity
from mock_server.web.classes.known import STEPS, Known, time_in_step_ms


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """``shade`` is a class of the style sheet, '' where nobody has come yet."""

    shade: str = ""
    letter: str = ""
    now: bool = False


def unnamed(heat: Sequence[Sequence[Cell]]) -> list[tuple[Cell, ...]]:
    """Return the rows with their columns in an order that tells nobody's seat."""
    columns = sorted(
        zip(*heat, strict=True), key=lambda of: [(cell.shade, cell.letter) for cell in of]
    )
    return list(zip(*columns, strict=True))


def column(one: Known) -> list[Cell]:
    read, answer = one.of_this_drill, one.answer
    if read is None or answer is None:
        return [Cell()] * STEPS
    speed = max(1, answer.clock.speed)
    worst = _worst(read.assessment.findings)
    here = read.pace.number
    cells = []
    for step in range(1, STEPS + 1):
        spent_ms = read.pace.spent_ms.get(step)
        reached = here is None or step <= here or spent_ms is not None
        shade, letter = worst.get(step) or ("", "")
        if not shade and reached:
            now_ms = time_in_step_ms(one) if step == here else 0
            real_ms = (spent_ms or 0) // speed + now_ms
            shade, letter = _shade(real_ms, reference_real_ms(read.setup, step, speed))
        now = step == here
        cells.append(Cell(shade=shade, letter=letter or ("●" if now else ""), now=now))
    return cells


def _shade(real_ms: int, reference_ms: int) -> tuple[str, str]:
    if is_stuck(real_ms, reference_ms):
        return "h3", "M"
    return ("h2", "L") if is_slow(real_ms, reference_ms) else ("h1", "")


def _worst(findings: Sequence[Finding]) -> dict[int, tuple[str, str]]:
    """Return by step what went gravely wrong there: at the last step that the rule speaks of."""
    worst: dict[int, tuple[str, str]] = {}
    for of in findings:
        steps = [step for step in of.steps if isinstance(step, int)]
        if steps and of.severity is Severity.CRITICAL:
            worst[steps[-1]] = ("hk", "K")
        elif steps and of.severity is Severity.MAJOR:
            worst.setdefault(steps[-1], ("hb", "B"))
    return worst
