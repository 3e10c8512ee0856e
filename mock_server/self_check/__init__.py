"""The self-check: a reference proctor proves each fault on each server that the project supports.

A fault must bite when it is armed, change nothing when it is armed and does not strike, and have
the effect that it declares. What a server cannot carry out it must refuse to arm.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing

from mock_server.self_check.cases import Case, cases
from mock_server.self_check.judging import Row
from mock_server.self_check.proving import Prover
from mock_server.self_check.served import ServedStage
from mock_server.self_check.stage import Stage, WsgiStage
from mock_server.self_check.table import table

MakeStage = Callable[[], Stage]
STAGES: tuple[MakeStage, ...] = (WsgiStage, ServedStage)
"""One for each server; what it serves is a simulator of its own."""


def rows(stages: Sequence[MakeStage] = STAGES) -> Iterator[Row]:
    """Check every fault of the catalogue on every server, in the order of the catalogue."""
    every: tuple[Case, ...] = tuple(cases())
    for make in stages:
        with closing(make()) as stage:
            prover = Prover(stage)
            for case in every:
                yield prover.row(case)


def report_lines(stages: Sequence[MakeStage] = STAGES) -> tuple[list[str], bool]:
    """Return the table for people, and whether all of it holds."""
    found = tuple(rows(stages))
    return table(found), all(row.holds for row in found)
