"""What a kind of fault is: its parameters, its effects, and the one way in which it acts.

Types only; the kinds themselves are in ``kinds/``, one module a subsystem.
"""

from collections.abc import Callable
from typing import Any, Generic, Literal, TypeAlias, TypeVar

import msgspec

from mock_server.domain.commands import Trainee, World
from mock_server.domain.operations import Operation
from mock_server.domain.setup import Setup
from mock_server.domain.state import Station
from mock_server.faults.params import Params
from mock_server.faults.plan import Basis, Effect, Layer

P = TypeVar("P", bound=Params)

CentralPart = Literal["outages", "closures", "slowdowns"]
Role = Literal["ends", "slows", "dribbles"]


def nowhere(_params: Params, _setup: Setup) -> int | None:
    """Say that the fault interrupts nothing."""
    return None


class StrikesCommand(msgspec.Struct, Generic[P], frozen=True, kw_only=True):
    """A domain fault that changes what a command carries into the domain.

    ``apply`` returns the command with the fault's values, or the same command where they would
    change nothing. ``place`` says where on its way it ends the job or turns it into a sham (any
    scale, equal within one operation), or None if it does neither: such faults compose.
    """

    on: Callable[[P], Operation]
    apply: Callable[[P, Trainee, Station, int], Trainee]
    place: Callable[[P, Setup], int | None] = nowhere


class StrikesStation(msgspec.Struct, Generic[P], frozen=True, kw_only=True):
    """A condition that strikes once, at its arming; ``command`` gives None where it holds already.

    Disarming does not undo it: what happened has happened.
    """

    command: Callable[[P, Station], World | None]


class PlansCentral(msgspec.Struct, Generic[P], frozen=True, kw_only=True):
    """A condition of the centre that holds for a stretch of time, or until disarmed.

    ``met_by`` are the operations that feel it.
    """

    part: CentralPart
    met_by: frozenset[Operation]
    factor_permille: Callable[[P], int]


class SpoilsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A fault of the answer or of the connection, carried out by the layer that speaks HTTP.

    ``postpones``: the command is not decided now although the effect is ``applied``.
    ``doubles``: it is decided once more, right after the first time, whose answer it leaves alone.
    ``bodiless``: nothing is left that could come in pieces.
    """

    on: frozenset[Operation]
    role: Role = "ends"
    postpones: bool = False
    doubles: bool = False
    bodiless: bool = False


class FaultKind(msgspec.Struct, Generic[P], frozen=True, kw_only=True):
    """One entry of the catalogue. ``effects`` are those allowed, the default first.

    ``lacks`` says why this build does not carry it out. ``needs_socket``: it breaks a connection.
    """

    name: str
    params: type[P]
    act: StrikesCommand[P] | StrikesStation[P] | PlansCentral[P] | SpoilsAnswer
    effects: Callable[[P], tuple[Effect, ...]]
    basis: Basis
    carried_out: bool = True  # by this build
    lacks: str = ""
    needs_socket: bool = False

    @property
    def layer(self) -> Layer:
        match self.name.partition(".")[0]:
            case "http":
                return "http"
            case "net":
                return "net"
            case _:
                return "domain"

    @property
    def is_condition(self) -> bool:
        return isinstance(self.act, StrikesStation | PlansCentral)


AnyKind: TypeAlias = FaultKind[Any]


def always(*effects: Effect) -> Callable[[Params], tuple[Effect, ...]]:
    """Return the function of a kind whose effects do not depend on its parameters."""
    return lambda _params: effects
