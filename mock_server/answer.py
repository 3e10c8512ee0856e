"""What an operation of a rehearsal answers with, whoever asked."""

import msgspec

from mock_server.domain.clock import Clock
from mock_server.domain.evidence import Showing
from mock_server.domain.refusals import Refusal
from mock_server.domain.state import Station
from mock_server.faults.plan import FaultSpec
from mock_server.live import Moment
from mock_server.rehearsal import Decided
from mock_server.training.desk import Training


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
    ``showing`` is what a look showed, None after a command. The last ``caused`` of ``events`` are
    what this request added itself. ``events`` and ``mark`` together name the history behind it, as
    an ETag may: a reset rehearsal reaches a number of events again, but not their mark.
    """

    station: Station
    now_ms: int
    clock: Clock
    events: int
    mark: int
    caused: int = 0
    showing: Showing | None = None
    struck: tuple[FaultSpec, ...] = ()
    obeyed: bool = True
    training: Training = Training()


def answer_of(
    moment: Moment, now_ms: int, showing: Showing | None, decided: Decided | None = None
) -> Answer:
    state = moment.state
    return Answer(
        station=state.station,
        now_ms=now_ms,
        clock=state.clock,
        events=state.seq,
        mark=moment.mark,
        showing=showing,
        struck=() if decided is None else decided.struck,
        obeyed=decided is None or decided.obeyed,
        caused=0 if decided is None else len(decided.events),
        training=state.training,
    )
