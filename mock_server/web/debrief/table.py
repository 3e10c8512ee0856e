"""The timeline as a table: every step that was come to, act and mark, in the journal's order.

It says all that the drawing says. Pure.
"""

from collections.abc import Iterator
from typing import Literal

import msgspec

from mock_server.procedure.numbers import StepNumber
from mock_server.procedure.pack import ProcedurePack
from mock_server.procedure.texts import Text
from mock_server.training.debrief import Debrief
from mock_server.training.marks import MarkKind, step_at
from mock_server.web.debrief.chart import NO_LETTER, letter_of


class TableRow(msgspec.Struct, frozen=True, kw_only=True):
    kind: MarkKind | Literal["step"]
    step: StepNumber
    at_ms: int
    seq: int
    retry_seq: int
    text: Text
    letter: str = NO_LETTER
    code: str = ""
    counts: bool = True


def table(told: Debrief, pack: ProcedurePack) -> tuple[TableRow, ...]:
    rows = [*_marks(told), *_steps(told, pack), *_acts(told)]
    return tuple(sorted(rows, key=lambda row: (row.seq, row.kind == "step")))


def _marks(told: Debrief) -> Iterator[TableRow]:
    for mark in told.marks:
        yield TableRow(
            kind=mark.kind,
            letter=letter_of(mark.kind),
            code=mark.code,
            step=mark.step,
            at_ms=mark.at_ms,
            seq=mark.seq,
            retry_seq=mark.retry_seq,
            text=mark.text,
            counts=mark.counts,
        )


def _steps(told: Debrief, pack: ProcedurePack) -> Iterator[TableRow]:
    first = told.retries[-1].seq
    for stand in told.mine:
        yield TableRow(
            kind="step",
            step=stand.step,
            at_ms=stand.at_ms,
            seq=max(stand.seq, first),
            retry_seq=max(stand.seq, first),
            text=pack.step(stand.step).title,
        )


def _acts(told: Debrief) -> Iterator[TableRow]:
    first = told.retries[-1].seq
    for act in told.acts:
        yield TableRow(
            kind="act",
            step=step_at(told.mine, act.seq),
            at_ms=act.at_ms,
            seq=act.seq,
            retry_seq=max(act.seq - 1, first),
            text=act.text,
        )
