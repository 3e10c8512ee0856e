"""What may be asked of a station. Imperative names; frozen; already validated in shape.

Commands of people and programs name no machine: they go to the one in use. Commands of the
world outside (``SetCentral``, ``StopService``, ...) are what armed conditions are reduced to.
"""

from typing import Literal

import msgspec

from mock_server.domain.happened import kebab
from mock_server.domain.hazards import (
    NO_HAZARD,
    NO_SYNC_HAZARD,
    Hazard,
    SyncHazard,
    Verdict,
)


class Command(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="command", tag=kebab, omit_defaults=True
):
    """Base of all commands; ``copy`` marks a delivery that nobody pressed for just then: a late
    one, or a second one. On the wire its ``command`` is the class name in kebab case."""

    copy: bool = False

    @property
    def name(self) -> str:
        return kebab(type(self).__name__)


class UseMachine(Command, frozen=True, kw_only=True):
    machine: str


class SetMachineClock(Command, frozen=True, kw_only=True):
    """Set the machine's own clock to WIB; heals an invalid licence at the next opening."""


class OpenExambro(Command, frozen=True, kw_only=True):
    version: str


class OpenCbtsync(Command, frozen=True, kw_only=True):
    """Click CBTSync in Exambro: CBTSync Web opens and auto patching looks for a version."""


class CloseCbtsync(Command, frozen=True, kw_only=True):
    """ALT+F4."""


class StartService(Command, frozen=True, kw_only=True):
    fails: bool = False


class RefreshService(Command, frozen=True, kw_only=True):
    """Read the service's state onto the tab Service Restart."""


class StartPatch(Command, frozen=True, kw_only=True):
    """Pembaharuan."""

    hazard: Hazard = NO_HAZARD


class DraftId(Command, frozen=True, kw_only=True):
    """An ID was typed into the form and not sent."""

    server_id: str


class LeaveIdForm(Command, frozen=True, kw_only=True):
    """The form was left without Submit."""


class SubmitId(Command, frozen=True, kw_only=True):
    server_id: str
    verdict: Verdict | None = None  # what the centre is made to answer; None: the truth


class OpenMenu(Command, frozen=True, kw_only=True):
    menu: str


class RequestSnReset(Command, frozen=True, kw_only=True):
    server_id: str


class RequestReopening(Command, frozen=True, kw_only=True):
    server_id: str


class StartBackup(Command, frozen=True, kw_only=True):
    data_version: int | None = None  # None: a person's button, aimed at whatever is there
    hazard: Hazard = NO_HAZARD


class RecordDownload(Command, frozen=True, kw_only=True):
    """Bytes ``start`` to ``stop`` (exclusive) of backup ``backup`` left for the trainee's disk."""

    machine: str
    backup: int
    start: int
    stop: int
    corrupt: bool = False


class AskDelete(Command, frozen=True, kw_only=True):
    """HAPUS was pressed; the question is on the screen."""


class CancelDelete(Command, frozen=True, kw_only=True):
    """Batal."""


class StartDelete(Command, frozen=True, kw_only=True):
    """HAPUS, confirmed."""

    data_version: int | None = None
    hazard: Hazard = NO_HAZARD


class RefreshStatus(Command, frozen=True, kw_only=True):
    """REFRESH STATUS: opens the view with central and local counts."""


class CloseStatus(Command, frozen=True, kw_only=True):
    """Close that view."""


class StartSync(Command, frozen=True, kw_only=True):
    data_version: int | None = None
    hazard: SyncHazard = NO_SYNC_HAZARD


class FileReport(Command, frozen=True, kw_only=True):
    """Berita Acara: what the proctor claims. ``decision`` is the button that opened the form."""

    decision: Literal["ready", "postpone"]
    machine: str
    server_id: str
    version: str
    datasets_complete: int
    participants: int
    tests_visible: bool
    time: str  # HH:MM, WIB
    notes: str = ""


class Look(Command, frozen=True, kw_only=True):
    """A screen was looked at; recorded only if it says something new (never moves the truth)."""

    screen: str


class Interval(msgspec.Struct, frozen=True, kw_only=True):
    """From ``from_ms`` (inclusive) until ``until_ms`` (exclusive; None: open end)."""

    from_ms: int
    until_ms: int | None = None
    factor_permille: int = 1000  # used by slowdowns only


class SetCentral(Command, frozen=True, kw_only=True):
    """Replace what is planned for the centre: when it is out of reach, closed, slow."""

    outages: tuple[Interval, ...] = ()
    closures: tuple[Interval, ...] = ()
    slowdowns: tuple[Interval, ...] = ()


class StopService(Command, frozen=True, kw_only=True):
    """The service of the exam server stops now, unseen."""


class BindElsewhere(Command, frozen=True, kw_only=True):
    """Our ID is bound to some other machine; an SN reset is granted ``granted_after_ms`` later."""

    granted_after_ms: int


class SpoilLicence(Command, frozen=True, kw_only=True):
    """The exam server's clock is not on WIB."""


InCbtsync = (
    StartPatch
    | DraftId
    | LeaveIdForm
    | SubmitId
    | OpenMenu
    | StartBackup
    | AskDelete
    | CancelDelete
    | StartDelete
    | RefreshStatus
    | CloseStatus
    | StartSync
)
AtMachine = (
    SetMachineClock
    | OpenExambro
    | OpenCbtsync
    | CloseCbtsync
    | StartService
    | RefreshService
    | InCbtsync
)
Trainee = (
    UseMachine | RequestSnReset | RequestReopening | RecordDownload | FileReport | Look | AtMachine
)
World = SetCentral | StopService | BindElsewhere | SpoilLicence
AnyCommand = Trainee | World
