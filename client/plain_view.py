"""A run as plain lines: for pipes, logs, and terminals that cannot do more."""

from collections.abc import Callable
from typing import assert_never

from client.notices import JobMoved, Notice, Recovering, StepBegan, StepDone, Stopping, Waiting
from client.report_form import wib
from client.texts import Texts

PROGRESS_STEP = 10  # percent between two lines about one job


def clock_time(at_ms: int) -> str:
    return wib(at_ms).strftime("%H:%M:%S")


def span(ms: int) -> str:
    """Return a length of time as people read it: 1:05:00, 4:30, 0:08."""
    minutes, seconds = divmod(max(0, ms) // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


class PlainView:
    """Writes one line for each thing worth one; a poll that says nothing new is not."""

    def __init__(self, write: Callable[[str], None], texts: Texts) -> None:
        self._write = write
        self._texts = texts
        self._waited_for = ""
        self._shown: dict[str, int] = {}

    def __call__(self, notice: Notice) -> None:
        line = self._line(notice)
        if line:
            self._write(f"{clock_time(notice.now_ms)}  {line}")

    def _line(self, notice: Notice) -> str:
        texts = self._texts
        match notice:
            case StepBegan():
                self._waited_for = ""
                self._shown.clear()
                return ""
            case StepDone(number=number):
                notes = [] if notice.note is None else [notice.note]
                said = [texts.say(reason) for reason in (*notes, *notice.findings)]
                mark = "!" if notice.findings else "✓"
                return f"{mark} {number:>2} {': '.join((texts.get(f'step.{number}'), *said))}"
            case Waiting():
                return self._waiting(notice)
            case JobMoved():
                return self._moved(notice)
            case Recovering():
                return f"! {notice.step:>2} {texts.get('view.recovering')}: {texts.say(notice.why)}"
            case Stopping():
                return f"■ {notice.step:>2} {texts.get('view.stopping')}: {texts.say(notice.why)}"
            case _:
                assert_never(notice)

    def _waiting(self, notice: Waiting) -> str:
        if notice.why.key == self._waited_for:
            return ""
        self._waited_for = notice.why.key
        return f"…    {self._texts.say(notice.why)}"

    def _moved(self, notice: JobMoved) -> str:
        shown = self._shown.get(notice.job, -PROGRESS_STEP)
        is_last = notice.percent == 100 > shown
        if notice.percent < shown + PROGRESS_STEP and not is_last:
            return ""
        self._shown[notice.job] = notice.percent
        return f"     {progress_words(notice, self._texts)}"


def progress_words(notice: JobMoved, texts: Texts) -> str:
    """Return where a job stands: percent, data sets, and the estimate."""
    parts = [f"{texts.get(f'job.{notice.job}')} {notice.percent}%"]
    if notice.job == "sync":
        parts.append(texts.get("view.sets", done=notice.done, total=notice.total))
    if notice.eta_ms is not None and notice.eta_ms > 0:
        parts.append(texts.get("view.left", time=span(notice.eta_ms)))
    return ", ".join(parts)
