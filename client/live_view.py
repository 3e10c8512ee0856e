"""A run in a terminal: the 21 steps, the running job with its estimate, what is waited for, and
each recovery as it happens. Loaded only where there is a terminal to show it.
"""

from collections import deque
from types import TracebackType
from typing import Self, assert_never

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from client.notices import JobMoved, Notice, Recovering, StepBegan, StepDone, Stopping, Waiting
from client.plain_view import clock_time, progress_words
from client.steps import PROCEDURE
from client.texts import Texts

RECOVERIES_SHOWN = 5
BAR_WIDTH = 30


class LiveView:
    """Redraws itself some times a second; a notice only changes what is drawn."""

    def __init__(self, console: Console, texts: Texts) -> None:
        self._texts = texts
        self._now_ms: int | None = None
        self._begun = 0
        self._notes: dict[int, Text] = {}
        self._job: JobMoved | None = None
        self._waiting: Waiting | None = None
        self._recoveries: deque[Text] = deque(maxlen=RECOVERIES_SHOWN)
        self._live = Live(
            console=console, get_renderable=self.renderable, refresh_per_second=8, transient=False
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
        self._waiting = self._job = None
        self._live.stop()

    def __call__(self, notice: Notice) -> None:
        self._now_ms = notice.now_ms
        texts = self._texts
        match notice:
            case StepBegan():
                self._begun = notice.number
                self._job = self._waiting = None
                self._notes.pop(notice.number, None)
            case StepDone():
                self._notes[notice.number] = self._note(notice)
                self._job = self._waiting = None
            case Waiting():
                self._waiting = notice
            case JobMoved():
                self._job = notice
            case Recovering():
                self._recover(notice, "yellow", texts.get("view.recovering"))
            case Stopping():
                self._recover(notice, "bold red", texts.get("view.stopping"))
            case _:
                assert_never(notice)

    def _note(self, notice: StepDone) -> Text:
        if notice.findings:
            said = " ".join(self._texts.say(reason) for reason in notice.findings)
            return Text(said, style="bold yellow")
        return Text("" if notice.note is None else self._texts.say(notice.note), style="dim")

    def _recover(self, notice: Recovering | Stopping, style: str, kind: str) -> None:
        self._job = self._waiting = None
        line = f"{clock_time(notice.now_ms)}  {kind}, "
        line += f"{self._texts.get('report.step', number=notice.step)}: "
        self._recoveries.append(Text(line + self._texts.say(notice.why), style=style))

    def renderable(self) -> RenderableType:
        parts: list[RenderableType] = [self._head(), self._steps()]
        if self._job is not None:
            parts.append(self._progress(self._job))
        if self._waiting is not None:
            parts.append(self._wait_line(self._waiting))
        parts += self._recoveries
        return Group(*parts)

    def _head(self) -> Text:
        texts = self._texts
        head = Text()
        head.append(f" {texts.get('banner')} ", style="black on yellow")
        head.append(f"  {texts.get('view.title')}", style="bold")
        if self._now_ms:
            head.append(f"   {texts.get('view.clock', time=clock_time(self._now_ms))}")
        return head

    def _steps(self) -> Table:
        table = Table(box=None, show_header=False, padding=(0, 1), pad_edge=False)
        table.add_column(width=1)
        table.add_column(justify="right", width=2)
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for step in PROCEDURE:
            number, note = step.number, self._notes.get(step.number)
            mark, style = ("✓", "green") if note is not None else ("·", "dim")
            if number == self._begun and note is None:
                mark, style = "►", "bold"
            title = Text(self._texts.get(f"step.{number}"), style="" if style == "green" else style)
            table.add_row(Text(mark, style=style), str(number), title, note or Text())
        return table

    def _progress(self, job: JobMoved) -> Table:
        line = Table.grid(padding=(0, 1))
        bar = ProgressBar(total=100, completed=job.percent, width=BAR_WIDTH)
        line.add_row(bar, Text(progress_words(job, self._texts)))
        return line

    def _wait_line(self, waiting: Waiting) -> Text:
        until = self._texts.get("view.until", time=clock_time(waiting.until_ms))
        return Text(f"… {self._texts.say(waiting.why)} ({until})", style="cyan")
