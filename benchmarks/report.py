"""How a figure is printed: what was measured, how much, what was aimed at, and whether it holds."""

from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Figure:
    """``holds`` is None for a figure without an aim."""

    name: str
    value: str
    aim: str = ""
    holds: bool | None = None

    def line(self) -> str:
        verdict = {None: "", True: "held", False: "MISSED"}[self.holds]
        return f"  {self.name:58} {self.value:>22}   {self.aim:24} {verdict}".rstrip()


@dataclass
class Report:
    """Prints as it goes, and keeps all for the machine-readable file."""

    sections: dict[str, list[Figure]] = field(default_factory=dict)

    def section(self, title: str, method: str) -> None:
        self._current = self.sections.setdefault(title, [])
        print(f"\n{title}\n  ({method})", flush=True)

    def add(self, figure: Figure) -> None:
        self._current.append(figure)
        print(figure.line(), flush=True)

    def least(self, name: str, value: float, aim: float, unit: str = "") -> None:
        self.add(Figure(name, f"{value:.2f}{unit}", f">= {aim:g}{unit}", value >= aim))

    def most(self, name: str, value: float, aim: float, unit: str = "") -> None:
        self.add(Figure(name, f"{value:.2f}{unit}", f"<= {aim:g}{unit}", value <= aim))

    def plain(self, name: str, value: str) -> None:
        self.add(Figure(name, value))

    def as_dict(self) -> dict[str, list[dict[str, object]]]:
        return {title: [asdict(one) for one in some] for title, some in self.sections.items()}
