"""What the console shows of a class: tiles by who needs somebody first, and what goes with them.

View models only: codes, numbers and letters. The words are the templates'.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import msgspec

from mock_server.classroom import Classroom
from mock_server.classroom.pace import is_slow, is_stuck, reference_real_ms
from mock_server.cohort.state import Cohort
from mock_server.procedure.rubric import Finding
from mock_server.procedure.texts import Severity
from mock_server.training.next_drill import FAILURES_MAX
from mock_server.web.classes.heat import Cell, column
from mock_server.web.classes.known import STEPS, Known, number, time_in_step_ms

Letter = Literal["K", "T", "M", "P", "L", "J", "S"]
LETTERS: tuple[Letter, ...] = ("K", "T", "M", "P", "L", "J", "S")
AWAY_MS = 20_000  # real time without a poll; a hidden page polls every 15 s
BLOCKS: tuple[tuple[str, int, int], ...] = (
    ("readiness", 1, 3),
    ("patching", 4, 7),
    ("identity", 8, 11),
    ("data", 12, 18),
    ("checks", 19, 21),
)


class Tile(msgspec.Struct, frozen=True, kw_only=True):
    """One seat. ``alert`` names what it calls for, '' for nothing; ``seen``: somebody has seen to
    it. ``step`` is '' before the drill and after the report; lengths are real milliseconds.
    ``behind`` is the level at which it still works while the class has gone on, else ''."""

    seat: int
    name: str
    letter: Letter
    alert: str
    seen: bool
    step: str
    in_step_ms: int
    hints: int
    begun: bool
    filed: bool
    frozen: bool
    away: bool
    behind: str = ""


class Watched(msgspec.Struct, frozen=True, kw_only=True):
    """``heat`` has a row a step and a cell a seat, in the order of ``seats``."""

    seats: tuple[int, ...]
    tiles: tuple[Tile, ...]
    heat: tuple[tuple[Cell, ...], ...]
    counts: Mapping[str, int]
    connected: int
    filed: int
    average: float | None
    planned: float | None


def watched(cohort: Cohort, seats: Sequence[Known], room: Classroom) -> Watched:
    tiles = [tile(cohort, one, room.seen_ago_ms(cohort.name, one.seat.number)) for one in seats]
    in_order = sorted(tiles, key=lambda of: (LETTERS.index(of.letter), of.seen, of.seat))
    columns = [column(one) for one in seats]
    steps = [number(one) for one in seats if one.of_this_drill is not None]
    return Watched(
        seats=tuple(one.seat.number for one in seats),
        tiles=tuple(in_order),
        heat=tuple(tuple(column[row] for column in columns) for row in range(STEPS)),
        counts=Counter(of.letter for of in tiles),
        connected=sum(not of.away for of in tiles),
        filed=sum(of.filed for of in tiles),
        average=sum(steps) / len(steps) if steps else None,
        planned=_planned(cohort, room.now_ms()),
    )


def tile(cohort: Cohort, one: Known, seen_ago_ms: int | None) -> Tile:
    away = is_away(seen_ago_ms)
    read, answer = one.reading, one.answer
    in_step_ms = time_in_step_ms(one)
    letter, alert, seen = _calls(one, in_step_ms, away=away)
    return Tile(
        seat=one.seat.number,
        name=one.seat.name,
        letter=letter,
        alert=alert,
        seen=seen,
        step="" if read is None or read.pace.step is None else str(read.pace.step),
        in_step_ms=in_step_ms,
        hints=0 if answer is None else len(answer.training.hints),
        begun=read is not None,
        filed=read is not None and read.filed,
        frozen=answer is not None and answer.training.is_frozen,
        away=away,
        behind=one.behind,
    )


def is_away(seen_ago_ms: int | None) -> bool:
    """Tell whether a seat has not asked for anything for so long, real time, or never."""
    return seen_ago_ms is None or seen_ago_ms > AWAY_MS


def criticals(one: Known) -> list[Finding]:
    if one.reading is None:
        return []
    findings = one.reading.assessment.findings
    return [of for of in findings if of.severity is Severity.CRITICAL]


def _calls(one: Known, in_step_ms: int, *, away: bool) -> tuple[Letter, str, bool]:
    """Return the letter, what it is about, and whether somebody has seen to it.

    What nobody has seen to goes before what somebody has, whatever its rank.
    """
    calls = _alerts(one, in_step_ms, away=away)
    fresh = [(letter, alert) for letter, alert in calls if alert not in one.seat.seen]
    if fresh:
        return (*fresh[0], False)
    if one.reading is not None and one.reading.filed:
        return ("S", "", False)
    if calls:
        return (*calls[0], True)
    if one.behind or _compared(one, in_step_ms, is_slow):
        return ("L", "", False)
    return ("J", "", False)


def _alerts(one: Known, in_step_ms: int, *, away: bool) -> list[tuple[Letter, str]]:
    """Return what calls for somebody, by rank. The alert's name changes when it comes anew."""
    run = len(one.seat.runs)
    found: list[tuple[Letter, str]] = []
    broken = [] if one.behind else criticals(one)
    if broken:
        found.append(("K", f"K{run}.{broken[-1].seq}"))
    answer, read = one.answer, one.reading
    if one.failures >= FAILURES_MAX:
        found.append(("M", f"U{run}.{one.failures}"))
    if answer is not None and answer.training.hand_since_ms is not None:
        found.append(("T", f"T{run}.{answer.training.hand_since_ms}"))
    if read is not None and read.filed:
        return found
    step = "" if read is None else str(read.pace.step)
    if _compared(one, in_step_ms, is_stuck):
        found.append(("M", f"M{run}.{step}"))
    if away:
        found.append(("P", f"P{run}.{step}"))
    return found


def _compared(one: Known, in_step_ms: int, judge: Callable[[int, int], bool]) -> bool:
    if one.reading is None or one.answer is None or one.reading.pace.number is None:
        return False
    speed = max(1, one.answer.clock.speed)
    reference_ms = reference_real_ms(one.reading.setup, one.reading.pace.number, speed)
    return judge(in_step_ms, reference_ms)


def _planned(cohort: Cohort, now_ms: int) -> float | None:
    """Return the step at which the class would stand if it used the drill's time evenly."""
    drill, ends_ms = cohort.drill, cohort.ends_ms(now_ms)
    if drill is None or ends_ms is None or drill.kind != "drill":
        return None
    whole_ms = max(1, ends_ms - drill.since_ms)
    part = min(1.0, max(0.0, (now_ms - drill.since_ms) / whole_ms))
    return 1 + part * (STEPS - 1)


def blocks(seats: Sequence[Known]) -> list[tuple[str, int, int, int]]:
    """Return for each block its name, first and last step, and how many seats have it behind."""
    numbers = [STEPS + 1 if one.reading and one.reading.filed else number(one) for one in seats]
    return [(name, first, last, sum(n > last for n in numbers)) for name, first, last in BLOCKS]
