"""A fault as data: which one, on what, with which values, when, and with which effect.

Plain values only. ``catalogue.py`` says which names and values exist; ``striking.py`` says when
one strikes.
"""

from typing import Literal

import msgspec

Effect = Literal["none", "applied", "partial"]
Layer = Literal["domain", "http", "net"]
Basis = Literal["documented", "reported", "assumed"]
Value = int | str | bool | None | tuple[int, ...]

Reason = Literal[
    "OPERATION_DIFFERS",  # what it strikes was not asked (a question before HAPUS is not HAPUS)
    "WINDOW_NOT_OPEN",  # its trigger is not open; the detail says in which way
    "COUNT_SPENT",
    "PRECEDENCE",  # another fault struck this request and left it nothing to do
    "STATE",  # the station stands so that it would change nothing
    "DISARMED",
]
Detail = Literal["", "not-yet", "over", "ttl", "skip", "draw"]


class WhyNot(msgspec.Struct, frozen=True, kw_only=True):
    """Why a fault did not strike. ``detail`` is said for WINDOW_NOT_OPEN only."""

    reason: Reason
    detail: Detail = ""


class Draw(msgspec.Struct, frozen=True, kw_only=True):
    """The dice of a storm: the chance that a request which the fault could strike is struck."""

    seed: int
    p_ppm: int  # parts per million, 1 to 1,000,000


class Trigger(msgspec.Struct, frozen=True, kw_only=True):
    """When an armed fault may strike. Instants are virtual epoch milliseconds.

    ``times`` is None for no limit (sticky). ``ttl_ms`` counts from the arming. ``skip`` counts
    the requests that it could have struck and lets pass.
    """

    skip: int = 0
    times: int | None = 1
    from_ms: int | None = None
    until_ms: int | None = None  # exclusive
    ttl_ms: int | None = None
    draw: Draw | None = None


class FaultSpec(msgspec.Struct, frozen=True, kw_only=True):
    """One fault, ready to be armed. ``on`` is '' for domain faults, which know their operations.

    ``values`` holds the fault's parameters in plain form: milliseconds, permille, counts, words;
    a key carries its unit (``at_permille``).
    """

    id: str
    fault: str
    on: str = ""
    values: dict[str, Value] = {}
    when: Trigger = Trigger()
    effect: Effect = "none"
