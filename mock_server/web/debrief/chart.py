"""The timeline as a drawing: where its lines, marks and ticks stand, in units of the picture.

Pure. Numbers only, so that the template writes an SVG without any style of its own.
"""

from collections.abc import Mapping, Sequence

import msgspec

from mock_server.journal import wib
from mock_server.procedure.numbers import StepNumber
from mock_server.training.debrief import Debrief
from mock_server.training.marks import Mark, MarkKind
from mock_server.training.position import Stand

WIDTH, HEIGHT = 1160, 276
LEFT, RIGHT, TOP, BOTTOM = 46, 1130, 14, 246
STEPS_SHOWN = (1, 4, 8, 12, 16, 18, 21)
TICKS_MAX = 12
TICK_MINUTES = (1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 720, 1440)
MINUTE_MS = 60_000
NO_LETTER = "–"
DOT = 20  # so far apart that two marks can be read beside each other
PARTS = 7.0  # parts of a step, 7a to 7f, share its height

_DOTS: Mapping[MarkKind, tuple[str, str, bool]] = {
    "critical": ("dot-k", "K", True),
    "major": ("dot-b", "B", True),
    "minor": ("", "R", False),
    "near-miss": ("dot-n", "N", False),
    "fault": ("dot-g", "G", False),
    "message": ("dot-g", "P", False),
    "hint": ("", "H", False),
    "freeze": ("", "J", False),
}


class Tick(msgspec.Struct, frozen=True, kw_only=True):
    at: float
    label: str


class Dot(msgspec.Struct, frozen=True, kw_only=True):
    """``kind`` is a class of the style sheet; ``light``: its letter is white."""

    x: float
    y: float
    kind: str
    letter: str
    light: bool
    title: str


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    width: int
    height: int
    left: int
    right: int
    bottom: int
    mine: str
    reference: str
    steps: tuple[Tick, ...]
    times: tuple[Tick, ...]
    dots: tuple[Dot, ...]


def letter_of(kind: MarkKind) -> str:
    return _DOTS[kind][1] if kind in _DOTS else NO_LETTER


def chart(told: Debrief, titles: Sequence[str]) -> Chart:
    """``titles`` are the texts of the debrief's marks, one each, in their order."""
    begins_ms = min(told.mine[0].at_ms, told.reference[0].at_ms)
    ends_ms = max(told.mine_ends_ms, told.reference_ends_ms, begins_ms + MINUTE_MS)
    scale = _Scale(begins_ms, ends_ms)
    return Chart(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=RIGHT,
        bottom=BOTTOM + 6,
        mine=scale.path(told.mine, told.mine_ends_ms),
        reference=scale.path(told.reference, told.reference_ends_ms),
        steps=tuple(Tick(at=scale.y(step), label=str(step)) for step in STEPS_SHOWN),
        times=scale.ticks(),
        dots=scale.dots(told.marks, titles),
    )


class _Scale:
    def __init__(self, begins_ms: int, ends_ms: int) -> None:
        self._begins_ms, self._ends_ms = begins_ms, ends_ms

    def x(self, at_ms: int) -> float:
        part = (at_ms - self._begins_ms) / (self._ends_ms - self._begins_ms)
        return round(LEFT + part * (RIGHT - LEFT), 1)

    def y(self, step: StepNumber) -> float:
        part = (height_of(step) - 1) / (STEPS_SHOWN[-1] - 1)
        return round(BOTTOM - part * (BOTTOM - TOP), 1)

    def path(self, line: Sequence[Stand], ends_ms: int) -> str:
        """Return a staircase: along to each change, then up or down to its step."""
        first, *rest = line
        moves = [f"M{self.x(first.at_ms)} {self.y(first.step)}"]
        moves += [f"H{self.x(stand.at_ms)}V{self.y(stand.step)}" for stand in rest]
        return "".join([*moves, f"H{self.x(max(ends_ms, line[-1].at_ms))}"])

    def ticks(self) -> tuple[Tick, ...]:
        length = (self._ends_ms - self._begins_ms) / MINUTE_MS
        every = next((one for one in TICK_MINUTES if length / one <= TICKS_MAX), TICK_MINUTES[-1])
        first = -(-self._begins_ms // (every * MINUTE_MS)) * every * MINUTE_MS
        return tuple(
            Tick(at=self.x(at_ms), label=f"{wib(at_ms):%H:%M}")
            for at_ms in range(first, self._ends_ms + 1, every * MINUTE_MS)
        )

    def dots(self, marks: Sequence[Mark], titles: Sequence[str]) -> tuple[Dot, ...]:
        """Place the marks; where two would cover each other the later one moves down."""
        placed: list[Dot] = []
        for mark, title in zip(marks, titles, strict=True):
            if mark.kind not in _DOTS:
                continue
            kind, letter, light = _DOTS[mark.kind]
            x, y = self.x(mark.at_ms), self.y(mark.step)
            while any(abs(one.x - x) < DOT and abs(one.y - y) < DOT for one in placed):
                y = y + DOT if y + DOT <= BOTTOM else TOP
                if y == TOP:
                    x += DOT
            placed.append(Dot(x=x, y=y, kind=kind, letter=letter, light=light, title=title))
        return tuple(placed)


def height_of(step: StepNumber) -> float:
    """Return 7 for step 7 and a little more for each of its parts; the note counts as step 4."""
    if isinstance(step, int):
        return float(step)
    if not step[:-1].isdecimal():
        return 4.0
    return int(step[:-1]) + (ord(step[-1]) - ord("a")) / PARTS
