"""What the console shows of a class: tiles by who needs somebody first, and the heat map.

View models only: codes, numbers and letters. The words are the templates'.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import msgspec

from mock_server.answer import Answer
from mock_server.classroom import Classroom
from mock_server.classroom.pace import is_slow, is_stuck, reference_real_ms
from mock_server.classroom.readings import Reading
from mock_server.cohort.state import Cohort, Run, Seat
from mock_server.engine import Engine
from mock_server.ports import StoreError
from mock_server.procedure.rubric import Finding
from mock_server.procedure.texts import Severity
from mock_server.scenario.model import Level
from mock_server.training.mastery import attempt_of, failures_in_a_row
from mock_server.training.next_drill import FAILURES_MAX

Letter = Literal["K", "T", "M", "P", "L", "J", "S"]
LETTERS: tuple[Letter, ...] = ("K", "T", "M", "P", "L", "J", "S")
AWAY_MS = 20_000  # real time without a poll; a hidden page polls every 15 s
STEPS = 21
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


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """``shade`` is a class of the style sheet, '' where nobody has come yet."""

    shade: str = ""
    letter: str = ""
    now: bool = False


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A seat with what its present run says; None where nothing runs, or it was deleted.

    ``behind`` is the level of a run that the class has left and the seat has not ended; else ''.
    """

    seat: Seat
    run: Run | None
    answer: Answer | None = None
    reading: Reading | None = None
    failures: int = 0  # of this drill, one after the other; twice calls for somebody
    behind: str = ""

    @property
    def of_this_drill(self) -> Reading | None:
        return None if self.behind else self.reading


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


def known(
    cohort: Cohort, engine: Engine, room: Classroom, levels: Mapping[str, Level] | None = None
) -> tuple[Known, ...]:
    """``levels`` of the stories by their ids: without them nobody's failures are counted."""
    found = []
    for number, seat in cohort.seats.items():
        run = cohort.current(number)
        try:
            if run is not None:
                failed = failures(cohort, seat, run, levels or {}, room)
                one = _read(seat, run, engine, room, failures=failed)
            else:
                one = _left_behind(seat, engine, room, levels or {})
        except StoreError:
            one = Known(seat=seat, run=None)
        found.append(one)
    return tuple(found)


def _read(
    seat: Seat, run: Run, engine: Engine, room: Classroom, *, failures: int = 0, behind: str = ""
) -> Known:
    """Raises StoreError."""
    return Known(
        seat=seat,
        run=run,
        answer=engine.peek(run.rehearsal),
        reading=room.reading(run.rehearsal),
        failures=failures,
        behind=behind,
    )


def _left_behind(seat: Seat, engine: Engine, room: Classroom, levels: Mapping[str, Level]) -> Known:
    """Read what a seat still works at while its class has gone on. Raises StoreError."""
    if seat.run is None or room.reading(seat.run.rehearsal).filed:
        return Known(seat=seat, run=None)
    level = levels.get(seat.run.scenario)
    behind = str(level) if level is not None else seat.run.scenario
    return _read(seat, seat.run, engine, room, behind=behind)


def failures(
    cohort: Cohort, seat: Seat, run: Run, levels: Mapping[str, Level], room: Classroom
) -> int:
    """Return how often in a row the seat has failed the drill that the class is at.

    Raises StoreError.
    """
    level = levels.get(run.scenario)
    runs = [of for of in seat.runs if of.round == cohort.round and of.scenario == run.scenario]
    if level is None or len(runs) < FAILURES_MAX:
        return 0
    attempts = [attempt_of(level, of.scenario, room.reading(of.rehearsal).shown) for of in runs]
    return failures_in_a_row(attempts, level)


def watched(cohort: Cohort, seats: Sequence[Known], room: Classroom) -> Watched:
    tiles = [tile(cohort, one, room.seen_ago_ms(cohort.name, one.seat.number)) for one in seats]
    in_order = sorted(tiles, key=lambda of: (LETTERS.index(of.letter), of.seen, of.seat))
    columns = [_column(one) for one in seats]
    steps = [_number(one) for one in seats if one.of_this_drill is not None]
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
    in_step_ms = _in_step_ms(one)
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


def _in_step_ms(one: Known) -> int:
    if one.reading is None or one.answer is None or one.reading.filed:
        return 0
    virtual_ms = one.answer.now_ms - one.reading.pace.since_ms
    return max(0, virtual_ms // max(1, one.answer.clock.speed))


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


def _number(one: Known) -> int:
    read = one.of_this_drill
    return 0 if read is None else read.pace.number or STEPS


def _column(one: Known) -> list[Cell]:
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
            now_ms = _in_step_ms(one) if step == here else 0
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
    numbers = [STEPS + 1 if one.reading and one.reading.filed else _number(one) for one in seats]
    return [(name, first, last, sum(n > last for n in numbers)) for name, first, last in BLOCKS]
