"""What an operation of a rehearsal answers with, whoever asked."""

import msgspec

from mock_server.domain.clock import Clock
from mock_server.domain.evidence import Showing
from mock_server.domain.refusals import Refusal
from mock_server.domain.state import Station
from mock_server.faults.plan import FaultSpec


class ClockError(Exception):
    """The clock cannot be moved so; the message says why and what is allowed."""


class Refused(Exception):  # noqa: N818 -- the station's answer, not an error of ours
    """The station said no. The refusal is journaled; ``answer`` is the state it left."""

    def __init__(self, refusal: Refusal, answer: "Answer") -> None:
        super().__init__(refusal.code)
        self.refusal = refusal
        self.answer = answer


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What an operation left behind.

    ``struck`` are the faults of the http and net layers that fired on this request. ``obeyed`` is
    False when one of them struck before the work, so that the command was never given.
    ``showing`` is what a look showed, None after a command.
    """

    station: Station
    now_ms: int
    clock: Clock
    events: int
    showing: Showing | None = None
    struck: tuple[FaultSpec, ...] = ()
    obeyed: bool = True
