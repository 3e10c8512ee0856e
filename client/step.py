"""The shape of a step: what it may rest on, what holds it shut, and its questions. Data only.

``act`` is pure: from what is believed it says the one next move. The runner makes the move, learns
from the answer and asks again, until the move is Done or Stop. So a step that is begun twice, or
begun halfway, does only what is still missing.
"""

from collections.abc import Callable
from enum import IntEnum, StrEnum

import msgspec

from client.belief import Belief
from client.calls import Call
from client.settings import Rules
from client.texts import Reason


class Footing(IntEnum):
    """What must stand before a step's own act; each includes those before it."""

    NOTHING = 0
    MACHINE = 1  # we sit at the exam server
    EXAMBRO = 2  # the right Exambro is open there
    CBTSYNC = 3  # CBTSync Web is open
    IDENTIFIED = 4  # our ID was submitted in this opening


class Ending(StrEnum):
    """How a run ends; its exit code."""

    READY = "ready"
    POSTPONED = "postponed"
    REPORTED = "reported"
    HALTED = "halted"


EXIT_CODES = {Ending.READY: 0, Ending.POSTPONED: 3, Ending.REPORTED: 4, Ending.HALTED: 5}


class Do(msgspec.Struct, frozen=True, kw_only=True):
    """Send this. ``why`` is told to people when it is a recovery and not the usual course."""

    call: Call
    why: Reason | None = None


class Wait(msgspec.Struct, frozen=True, kw_only=True):
    """Let the station's clock go on for ``for_ms``, then look. ``job`` names what is watched."""

    for_ms: int
    look: Call
    why: Reason
    job: str = ""


class Fetch(msgspec.Struct, frozen=True, kw_only=True):
    """Download the backup that the BACKUP page offers; one download of those allowed."""


class Back(msgspec.Struct, frozen=True, kw_only=True):
    """Go back to an earlier step: what it had done does not hold."""

    step: int
    why: Reason


class Done(msgspec.Struct, frozen=True, kw_only=True):
    note: Reason | None = None


class Stop(msgspec.Struct, frozen=True, kw_only=True):
    """End the whole run. ``come_back_ms`` is the station's time to come back, if one is known."""

    ending: Ending
    why: Reason
    come_back_ms: int | None = None


Move = Do | Wait | Fetch | Back | Done | Stop
# None: clear. A reason: why it is shut.
Interlock = Callable[[Belief, Rules, Call | None], Reason | None]


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """``interlocks`` must be clear before the step counts as done; the acts have their own guards,
    checked where they are sent (``interlocks.GUARDS``).

    ``ask`` is the look that shows where the step stands; it settles a doubt for which the act has
    no look of its own. ``findings`` are what a person must be told although the step goes on.
    """

    number: int
    name: str
    footing: Footing
    act: Callable[[Belief, Rules], Move]
    ask: Call
    interlocks: tuple[Interlock, ...] = ()
    findings: Callable[[Belief, Rules], tuple[Reason, ...]] = lambda _belief, _rules: ()
