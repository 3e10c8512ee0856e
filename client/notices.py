"""What a run tells while it goes on, as values: to the live view, to plain lines, to a test."""

from collections.abc import Callable

import msgspec

from client.texts import Reason


class StepBegan(msgspec.Struct, frozen=True, kw_only=True):
    number: int
    now_ms: int


class StepDone(msgspec.Struct, frozen=True, kw_only=True):
    number: int
    now_ms: int
    note: Reason | None
    findings: tuple[Reason, ...] = ()


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """``until_ms``: when the next look is due, on the station's clock."""

    why: Reason
    now_ms: int
    until_ms: int


class JobMoved(msgspec.Struct, frozen=True, kw_only=True):
    """Where a job stands. ``done`` of ``total`` counts data sets in a sync, else percent."""

    job: str
    now_ms: int
    percent: int
    eta_ms: int | None
    done: int
    total: int


class Recovering(msgspec.Struct, frozen=True, kw_only=True):
    """Something went wrong and is being put right."""

    step: int
    now_ms: int
    why: Reason


class Stopping(msgspec.Struct, frozen=True, kw_only=True):
    """The run ends here; what is left is looking once more and filing the form."""

    step: int
    now_ms: int
    why: Reason


Notice = StepBegan | StepDone | Waiting | JobMoved | Recovering | Stopping
Tell = Callable[[Notice], None]


def nobody(_notice: Notice) -> None:
    """Tell nobody."""
