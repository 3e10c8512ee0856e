"""Rehearsals: create, list, show, delete, reset, fork."""

from difflib import get_close_matches

from mock_server.domain.clock import ClockMode
from mock_server.journal import iso_wib
from mock_server.ports import UnknownRehearsalError
from mock_server.scenario.library import UnknownScenarioError
from mock_server.scenario.problems import ScenarioError
from mock_server.web.control_v1 import asks, wire
from mock_server.web.control_v1.desk import Desk, unknown_rehearsal
from mock_server.web.control_v1.problems import invalid, of_scenario
from mock_server.web.stories import Story


def create(desk: Desk, asked: asks.CreateRehearsal) -> wire.RehearsalTold:
    story = _story(desk, asked)
    clock = asked.clock
    try:
        name = desk.stories.begin(
            story,
            has_socket=desk.has_socket,
            seed=asked.seed,
            mode=None if clock is None else ClockMode(clock.mode),
            speed=None if clock is None else clock.speed,
            label=asked.label,
        )
    except ScenarioError as error:
        raise of_scenario(error, _place(asked)) from None
    return desk.told(name)


def _story(desk: Desk, asked: asks.CreateRehearsal) -> Story:
    if (asked.scenario is None) == (asked.document is None):
        raise invalid("", "give either scenario or document", "exactly one of the two")
    try:
        if asked.document is not None:
            return desk.stories.sent(asked.document)
        assert asked.scenario is not None  # noqa: S101 -- the check above
        return desk.stories.named(asked.scenario)
    except ScenarioError as error:
        raise of_scenario(error, _place(asked)) from None
    except UnknownScenarioError as error:
        ids = desk.stories.ids()
        near = get_close_matches(asked.scenario or "", ids, 3)
        raise invalid("/scenario", str(error), ", ".join(near or ids)) from None


def _place(asked: asks.CreateRehearsal) -> str:
    return "/document" if asked.document is not None else "/scenario"


def listed(desk: Desk, _asked: asks.NoFields) -> wire.RehearsalsTold:
    return wire.RehearsalsTold(rehearsals=desk.all_told())


def show(desk: Desk, _asked: asks.NoFields, name: str) -> wire.RehearsalTold:
    return desk.told(name)


def delete(desk: Desk, _asked: asks.NoFields, name: str) -> None:
    try:
        desk.engine.delete(name)
    except UnknownRehearsalError:
        raise unknown_rehearsal(name) from None
    desk.parts.log.forget(name)


def reset(desk: Desk, _asked: asks.NoFields, name: str) -> wire.RehearsalTold:
    desk.peek(name)
    desk.engine.reset(name)
    desk.parts.log.forget(name)
    return desk.told(name)


def snapshot(desk: Desk, _asked: asks.NoFields, name: str) -> wire.SnapshotTold:
    """Note where the rehearsal stands; under a running clock, the instant too."""
    answer = desk.peek(name)
    if answer.clock.mode is ClockMode.RUNNING:
        answer = desk.engine.advance(name, by_ms=0)
    now_ms = answer.now_ms
    return wire.SnapshotTold(at=answer.events, now=iso_wib(now_ms), now_ms=now_ms)


def rewind(desk: Desk, asked: asks.RewindAsked, name: str) -> wire.RehearsalTold:
    desk.peek(name)
    try:
        desk.engine.rewind(name, asked.at)
    except ValueError as error:
        raise invalid("/at", str(error), str(error).rpartition("one of ")[2]) from None
    desk.parts.log.rewind(name, asked.at)
    return desk.told(name)


def fork(desk: Desk, asked: asks.ForkAsked, name: str) -> wire.RehearsalTold:
    last = desk.peek(name).events
    if asked.at is not None and asked.at > last:
        raise invalid("/at", f"the journal ends at event {last}", f"1 to {last}")
    return desk.told(desk.engine.fork(name, asked.at, asked.label))
