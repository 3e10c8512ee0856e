"""What each rung of the drill ladder gives a trainee to lean on, and what it takes away."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from mock_server.scenario.model import Level

Feedback = Literal["immediate", "terminal"]


class Scaffold(msgspec.Struct, frozen=True, kw_only=True):
    """``feedback`` is terminal where nothing is said before the debrief.

    ``guard``: a forbidden act must first answer what follows from it. ``both_clocks``: the
    school's own zone stands beside WIB. ``marked``: the run can be passed or not.
    """

    level: Level
    goal: bool = True
    worksheet: bool = False
    hints: bool = False
    read_back: bool = False
    guard: bool = False
    predictions: bool = False
    feedback: Feedback = "terminal"
    both_clocks: bool = True
    marked: bool = True


SCAFFOLDS: Mapping[Level, Scaffold] = {
    scaffold.level: scaffold
    for scaffold in (
        Scaffold(level=Level.FIRST_TRY, goal=False, both_clocks=False, marked=False),
        Scaffold(
            level=Level.EXAMPLE,
            worksheet=True,
            hints=True,
            guard=True,
            predictions=True,
            feedback="immediate",
            both_clocks=False,
        ),
        Scaffold(
            level=Level.GUIDED,
            worksheet=True,
            hints=True,
            read_back=True,
            guard=True,
            feedback="immediate",
            both_clocks=False,
        ),
        Scaffold(level=Level.ALONE, hints=True),
        Scaffold(level=Level.CONSEQUENCES, hints=True, feedback="immediate"),
        Scaffold(level=Level.ONE_TROUBLE, hints=True),
        Scaffold(level=Level.TWO_TROUBLES),
        Scaffold(level=Level.EXAM, goal=False),
        Scaffold(level=Level.REFRESHER),
        Scaffold(level=Level.PROGRAMS, goal=False),
    )
}


def scaffold(level: Level) -> Scaffold:
    return SCAFFOLDS[level]
