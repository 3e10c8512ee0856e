"""The client at work in a room: as a whole, one step, or one request against its interlocks."""

from collections.abc import Callable
from pathlib import Path

from client import calls, journal
from client.belief import Belief
from client.calls import Call
from client.clock import RealTime, VirtualClock
from client.courier import Courier, Ended
from client.notices import nobody
from client.result import Result as Result
from client.run import Place, carry_out
from client.runner import Runner
from client.settings import Bounds, Rules
from client.steps import PROCEDURE
from client.texts import Texts
from tests.bdd.world import Room

# What a client reads before anything: the desk, the school's account, and every page of the data.
FIRST_LOOKS = (
    calls.DESK,
    calls.IDS,
    calls.PATCH,
    calls.DASHBOARD,
    calls.SYNC,
    calls.BACKUP,
    calls.DELETE,
)
A_REAL_TIME = "2017-04-08T00:00:00+00:00"  # when its process began; the journal is not kept


class Client:
    """It moves the rehearsal's clock instead of waiting, and keeps its files in ``folder``."""

    def __init__(self, room: Room, folder: Path) -> None:
        self._room = room
        self._folder = folder
        self._rules = Rules(bounds=Bounds())
        self._http = room.sender()
        self._clock = VirtualClock(self._advance_to, RealTime())
        self._texts = Texts("id")

    def run(self) -> Result:
        """Carry out the whole procedure."""
        return carry_out(
            sender=self._http,
            clock=self._clock,
            rules=self._rules,
            place=Place(folder=self._folder, durable=False),
            texts=self._texts,
            first=journal.Run(url=self._room.url, real=A_REAL_TIME, resumed=False),
        )

    def carry_out(self, number: int) -> None:
        """Carry out one step; raises AssertionError unless it is done."""
        step = next(one for one in PROCEDURE if one.number == number)
        runner = Runner(
            courier=self._courier(),
            clock=self._clock,
            rules=self._rules,
            folder=self._folder,
            tell=nobody,
            belief=Belief(),
            durable=False,
        )
        assert runner.run((step,)) is None

    def asked_for(self, make: Callable[[int], Call]) -> str:
        """Ask for one act, made for the data version that is seen, and return why it is not sent
        (a key of the client's texts).

        '' if it was sent: no interlock was shut.
        """
        courier, belief = self._courier(), Belief()
        for look in FIRST_LOOKS:
            belief = courier.look(belief, look)
        try:
            courier.act(belief, make(belief.data_version))
        except Ended as ended:
            return ended.stop.why.key
        return ""

    def _courier(self) -> Courier:
        kept = journal.Journal(None, durable=False)
        return Courier(sender=self._http, journal=kept, clock=self._clock, rules=self._rules)

    def _advance_to(self, to_ms: int) -> bool:
        self._room.advance_to(max(to_ms, self._room.now_ms()))
        return True
