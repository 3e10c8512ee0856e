"""Rehearsals as people see them: a live table in a terminal, a line each elsewhere."""

from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from client.notices import Notice, StepBegan
from client.rehearse import Case, Judged
from client.texts import Texts
from client.verdict import codes

if TYPE_CHECKING:
    from rich.table import Table


class RehearsalView(Protocol):
    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def watch(self, case: Case, notice: Notice) -> None: ...

    def judged(self, one: Judged) -> None: ...


class Silent:
    """Shows nothing: the document is for a program."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pass

    def watch(self, case: Case, notice: Notice) -> None:
        pass

    def judged(self, one: Judged) -> None:
        pass


class PlainRehearsals(Silent):
    """One line for each finished rehearsal, and what differs below it."""

    def __init__(self, write: Callable[[str], None], texts: Texts, longest: int) -> None:
        self._write = write
        self._texts = texts
        self._width = longest

    def judged(self, one: Judged) -> None:
        case, texts = one.case, self._texts
        word = texts.get("rehearse.passed" if case.passed else "rehearse.failed")
        ending = texts.get(f"ending.{case.ending}")
        self._write(
            f"{'✓' if case.passed else '✗'} {case.scenario:<{self._width}}  {ending:<10}  "
            f"{word}  {codes(case.violations)}  {case.virtual_seconds / 60:.1f} min  "
            f"{case.real_seconds:.2f} s"
        )
        for reason in one.differs:
            self._write(f"    {texts.say(reason)}")


class LiveRehearsals:
    """The table of all rehearsals; the running one shows its step."""

    def __init__(self, cases: list[Case], texts: Texts) -> None:
        # rich costs 60 ms to load; whoever pipes the output does without.
        from rich.console import Console
        from rich.live import Live

        self._cases = cases
        self._texts = texts
        self._step: dict[str, int] = {}
        self._judged: list[Judged] = []
        self._live = Live(
            console=Console(), get_renderable=self.table, refresh_per_second=8, transient=False
        )

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._live.stop()

    def watch(self, case: Case, notice: Notice) -> None:
        if isinstance(notice, StepBegan):
            self._step[case.name] = notice.number

    def judged(self, one: Judged) -> None:
        self._judged.append(one)

    def table(self) -> "Table":
        from rich.table import Table

        get = self._texts.get
        table = Table(title=get("rehearse.title"), title_justify="left")
        for key in ("scenario", "ending", "data", "participants", "violations"):
            table.add_column(get(f"rehearse.{key}"))
        for key in ("virtual", "real", "requests"):
            table.add_column(get(f"rehearse.{key}"), justify="right")
        for key in ("faults", "verdict"):
            table.add_column(get(f"rehearse.{key}"))
        for number, case in enumerate(self._cases):
            if number < len(self._judged):
                table.add_row(*self._finished(self._judged[number]))
            elif number == len(self._judged):
                table.add_row(case.name, self._running(case))
            else:
                table.add_row(case.name, get("rehearse.waiting"), style="dim")
        return table

    def _running(self, case: Case) -> str:
        step = self._step.get(case.name, 0)
        return self._texts.get("view.step", number=step) if step else "…"

    def _finished(self, one: Judged) -> tuple[str, ...]:
        case, get = one.case, self._texts.get
        passed = f"[green]✓ {get('rehearse.passed')}[/]"
        failed = f"[bold red]✗ {get('rehearse.failed')}[/]"
        return (
            case.scenario,
            get(f"ending.{case.ending}"),
            str(case.truth.datasets_complete),
            str(case.truth.participants),
            codes(case.violations),
            f"{case.virtual_seconds / 60:.1f}",
            f"{case.real_seconds:.2f}",
            str(case.requests),
            " ".join(case.faults_fired) or "-",
            passed if case.passed else failed,
        )
