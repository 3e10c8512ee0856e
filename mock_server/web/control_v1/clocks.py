"""The virtual clock of a rehearsal: show, advance, freeze, run, or move by hand only."""

from http import HTTPStatus

from mock_server.answer import Answer, ClockError
from mock_server.domain.clock import ClockMode
from mock_server.web.control_v1 import asks, wire
from mock_server.web.control_v1.desk import Desk, clock_told
from mock_server.web.control_v1.problems import ControlProblem, invalid


def show(desk: Desk, _asked: asks.NoFields, name: str) -> wire.ClockTold:
    return clock_told(desk.peek(name))


def advance(desk: Desk, asked: asks.AdvanceAsked, name: str) -> wire.ClockTold:
    if (asked.by_ms is None) == (asked.to_ms is None):
        raise invalid("", "give either by_ms or to_ms", "exactly one of the two")
    desk.peek(name)
    try:
        answer = desk.engine.advance(name, by_ms=asked.by_ms, to_ms=asked.to_ms)
    except ClockError as error:
        pointer = "/to_ms" if asked.to_ms is not None else "/by_ms"
        raise ControlProblem(
            HTTPStatus.CONFLICT,
            "clock",
            str(error),
            errors=[(pointer, str(error), "a manual or running clock, moved forward")],
        ) from None
    return clock_told(answer)


def freeze(desk: Desk, _asked: asks.NoFields, name: str) -> wire.ClockTold:
    return _set(desk, name, ClockMode.FROZEN)


def manual(desk: Desk, _asked: asks.NoFields, name: str) -> wire.ClockTold:
    return _set(desk, name, ClockMode.MANUAL)


def run(desk: Desk, asked: asks.RunAsked, name: str) -> wire.ClockTold:
    return _set(desk, name, ClockMode.RUNNING, asked.speed)


def _set(desk: Desk, name: str, mode: ClockMode, speed: int = 1) -> wire.ClockTold:
    desk.peek(name)
    answer: Answer = desk.engine.set_clock(name, mode, speed)
    return clock_told(answer)
