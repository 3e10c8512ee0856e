"""A figure that was measured, the aim it is held against, and how both are shown."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

Unit = Literal[
    "",
    "x",
    "us",
    "ms",
    "s",
    "KiB",
    "MiB",
    "requests/s",
    "requests",
    "core",
    "rehearsals/s",
    "rehearsals",
]
Verdict = Literal["held", "MISSED", "-"]
_WIDTH = 68


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One line of the report. Without ``at_least`` or ``at_most`` it is there for context.

    ``name`` is the key in the JSON file and stays the same from version to version.
    """

    name: str
    what: str
    value: float
    unit: Unit = ""
    at_least: float | None = None
    at_most: float | None = None

    @property
    def verdict(self) -> Verdict:
        if self.at_least is None and self.at_most is None:
            return "-"
        low = self.at_least is not None and self.value < self.at_least
        high = self.at_most is not None and self.value > self.at_most
        return "MISSED" if low or high else "held"

    @property
    def aim(self) -> str:
        if self.at_least is not None:
            return f">= {shown(self.at_least, self.unit)}"
        if self.at_most is not None:
            return f"<= {shown(self.at_most, self.unit)}"
        return ""

    def line(self) -> str:
        value = shown(self.value, self.unit)
        verdict = "" if self.verdict == "-" else self.verdict
        return f"  {self.what:<{_WIDTH}} {value:>16}  {self.aim:<12} {verdict}".rstrip()

    def document(self) -> dict[str, object]:
        return {**asdict(self), "verdict": self.verdict}


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """What one measurement found. ``method`` says how, for who wants to believe it."""

    name: str
    title: str
    method: str
    figures: Sequence[Figure]
    seconds: float = 0.0

    def text(self) -> str:
        lines = [f"{self.title}", *(f"    {line}" for line in _wrapped(self.method))]
        return "\n".join([*lines, *(figure.line() for figure in self.figures)])

    def document(self) -> dict[str, object]:
        return {
            "name": self.name,
            "title": self.title,
            "method": self.method,
            "seconds": round(self.seconds, 1),
            "figures": [figure.document() for figure in self.figures],
        }


def shown(value: float, unit: Unit) -> str:
    is_plain = value >= 100 or value == int(value)
    number = f"{value:,.0f}" if is_plain else f"{value:.2f}"
    return f"{number} {unit}".rstrip() if unit else number


def _wrapped(text: str, width: int = 100) -> list[str]:
    lines: list[str] = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
