"""Between faults: which of those that could strike a request do, and which give way.

Precedence is net, domain, http:

- One interruption a layer. A fault of the connection strikes before those of the answer, for no
  answer is left. One that keeps the command from being obeyed strikes before those of the domain;
  an http fault that would do so gives way to them.
- An interruption ends a job or turns it into a sham. Of several the first on the job's way strikes;
  at the same place, the first armed. The others keep their count for the next attempt.
- What lets the job go on (slow, short, missing, left behind, a crash of CBTSync Web) composes with
  an interruption and with its like. What the interruption would keep from showing does not strike.
- Of the answers one is spoilt, and beside it one may come late and one in pieces.
"""

from collections.abc import Iterable
from operator import itemgetter
from typing import Any

import msgspec

from mock_server.domain.commands import Trainee
from mock_server.domain.state import Station
from mock_server.faults.kind import SpoilsAnswer, StrikesCommand
from mock_server.faults.params import Params
from mock_server.faults.plan import Effect, Layer, WhyNot

_PRECEDENCE = WhyNot(reason="PRECEDENCE")


class Blow(msgspec.Struct, frozen=True, kw_only=True):
    """A fault that changes the command, unless another one goes before it."""

    id: str
    act: StrikesCommand[Any]
    params: Params


class Spoiling(msgspec.Struct, frozen=True, kw_only=True):
    """A fault that spoils the answer, unless another one goes before it."""

    id: str
    act: SpoilsAnswer
    layer: Layer
    effect: Effect

    @property
    def holds(self) -> bool:
        """Whether it keeps the command from being decided now."""
        return self.act.postpones or self.effect == "none"


class Outcome:
    """What is being found out about one request; the caller's state is never touched."""

    def __init__(self, command: Trainee) -> None:
        self.command = command
        self.held = False
        self.fired: set[str] = set()
        self.why_not: dict[str, WhyNot] = {}

    def fire(self, one: Blow | Spoiling) -> None:
        self.fired.add(one.id)

    def give_way(self, ones: Iterable[Blow | Spoiling]) -> None:
        for one in ones:
            self.why_not[one.id] = _PRECEDENCE


def applied(
    act: StrikesCommand[Any], params: Params, command: Trainee, station: Station, now_ms: int
) -> Trainee | None:
    """Return the command with the fault's values, or None where they change nothing."""
    after: Trainee = act.apply(params, command, station, now_ms)
    return None if after == command else after


def resolve(
    outcome: Outcome,
    blows: list[Blow],
    spoilings: list[Spoiling],
    station: Station,
    now_ms: int,
) -> None:
    """Let the layers strike in their order; both lists stand in order of arming."""
    net = [one for one in spoilings if one.layer == "net"]
    http = [one for one in spoilings if one.layer == "http"]
    if net:
        outcome.fire(net[0])
        outcome.held = net[0].holds
        outcome.give_way(net[1:])
    if outcome.held:
        outcome.give_way(blows)
        blows = []
    _resolve_http(outcome, http, after_net=bool(net), for_domain=bool(blows))
    _resolve_domain(outcome, blows, station, now_ms)


def _resolve_http(
    outcome: Outcome, http: list[Spoiling], *, after_net: bool, for_domain: bool
) -> None:
    """Spoil one answer; beside it, one delay and one that comes in pieces."""
    ends = [one for one in http if one.act.role == "ends"]
    able = [one for one in ends if not after_net and not (for_domain and one.holds)]
    slow = [one for one in http if one.act.role == "slows"]
    dribbles = [one for one in http if one.act.role == "dribbles"]
    whole = not after_net and not (able and able[0].act.bodiless)
    for struck in (able[:1], slow[:1], dribbles[:1] if whole else []):
        for one in struck:
            outcome.fire(one)
            outcome.held = outcome.held or one.holds
    outcome.give_way(one for one in http if one.id not in outcome.fired)


def _resolve_domain(outcome: Outcome, blows: list[Blow], station: Station, now_ms: int) -> None:
    """Interrupt once, where the job comes first; then compose the quantities."""
    interruptions, quantities = [], []
    for order, one in enumerate(blows):
        place = one.act.place(one.params, station.setup)
        if place is None:
            quantities.append(one)
        else:
            interruptions.append((place, order, one))
    interruptions.sort(key=itemgetter(0, 1))
    first = [one for _, _, one in interruptions[:1]]
    outcome.give_way(one for _, _, one in interruptions[1:])
    for one in (*first, *quantities):
        after = applied(one.act, one.params, outcome.command, station, now_ms)
        if after is None:
            outcome.give_way((one,))
        else:
            outcome.command = after
            outcome.fire(one)
