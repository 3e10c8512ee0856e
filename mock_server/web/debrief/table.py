"""The timeline as a table: every step that was come to, and every mark, in the journal's order.

It says all that the drawing says. Pure.
"""

import msgspec

from mock_server.procedure.numbers import StepNumber
from mock_server.procedure.pack import ProcedurePack
from mock_server.procedure.texts import Text
from mock_server.training.debrief import Debrief
from mock_server.training.marks import MarkKind
from mock_server.web.debrief.chart import letter_of


class TableRow(msgspec.Struct, frozen=True, kw_only=True):
    kind: MarkKind
    letter: str
    code: str
    step: StepNumber
    at_ms: int
    seq: int
    retry_seq: int
    text: Text


def table(told: Debrief, pack: ProcedurePack) -> tuple[TableRow, ...]:
    first = told.retries[-1].seq
    rows = [
        TableRow(
            kind=mark.kind,
            letter=letter_of(mark.kind),
            code=mark.code,
            step=mark.step,
            at_ms=mark.at_ms,
            seq=mark.seq,
            retry_seq=mark.retry_seq,
            text=mark.text,
        )
        for mark in told.marks
    ]
    rows += [
        TableRow(
            kind="step",
            letter=letter_of("step"),
            code="",
            step=stand.step,
            at_ms=stand.at_ms,
            seq=max(stand.seq, first),
            retry_seq=max(stand.seq, first),
            text=pack.step(stand.step).title,
        )
        for stand in told.mine
    ]
    return tuple(sorted(rows, key=lambda row: (row.seq, row.kind == "step")))
