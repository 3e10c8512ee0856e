"""Builders for tests of the client: a run against a fake station, and steps one by one."""

from collections.abc import Callable
from pathlib import Path

from client import journal
from client.belief import Belief
from client.clock import RealTime, VirtualClock
from client.courier import Courier
from client.journal import Journal, Past
from client.notices import Notice, nobody
from client.procedure import Procedure
from client.result import Result
from client.run import Place, carry_out
from client.runner import Runner
from client.settings import Bounds, Rules
from client.steps import PROCEDURE
from client.texts import Texts
from tests.client.fake_station import FakeSender, FakeStation

RULES = Rules(procedure=Procedure(data_sets=3), bounds=Bounds())
URL = "http://station.invalid/r/x/"


class QuickTime(RealTime):
    """Real time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.slept_s = 0.0

    def monotonic_s(self) -> float:
        return self.slept_s

    def sleep(self, seconds: float) -> None:
        self.slept_s += seconds


def clock_of(station: FakeStation) -> VirtualClock:
    return VirtualClock(station.advance_to, QuickTime())


def run(
    sender: FakeSender,
    folder: Path,
    *,
    rules: Rules = RULES,
    past: Past | None = None,
    tell: Callable[[Notice], None] = nobody,
) -> Result:
    """Carry out the whole procedure against the sender's station."""
    return carry_out(
        sender=sender,
        clock=clock_of(sender.station),
        rules=rules,
        place=Place(folder=folder, journal=folder / journal.NAME, durable=False),
        texts=Texts("en"),
        tell=tell,
        first=journal.Run(url=URL, real="2030-01-01T00:00:00+00:00", resumed=past is not None),
        past=past,
    )


def runner_of(
    sender: FakeSender,
    folder: Path,
    *,
    belief: Belief | None = None,
    tell: Callable[[Notice], None] = nobody,
    rules: Rules = RULES,
) -> Runner:
    clock = clock_of(sender.station)
    courier = Courier(sender=sender, journal=Journal(None, durable=False), clock=clock, rules=rules)
    return Runner(
        courier=courier,
        clock=clock,
        rules=rules,
        folder=folder,
        tell=tell,
        belief=belief or Belief(),
        durable=False,
    )


def step(number: int):
    return next(one for one in PROCEDURE if one.number == number)


def up_to(number: int, sender: FakeSender, folder: Path) -> Runner:
    """Return a runner that has done the steps before ``number``."""
    runner = runner_of(sender, folder)
    stop = runner.run(PROCEDURE[: number - 1])
    assert stop is None, stop
    sender.calls.clear()
    sender.station.log.clear()
    return runner


def acts(sender: FakeSender) -> list[str]:
    """Return the names of what was sent, looks left out."""
    looks = {"desk", "patch.status", "dashboard.view", "backup.status", "delete.status"}
    looks |= {"sync.status", "tests.list", "participants.list", "report.view", "portal.ids"}
    looks |= {"portal.schedule", "portal.registration", "portal.sn-reset"}
    return [name for name in sender.calls if name not in looks]
