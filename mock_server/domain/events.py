"""What happened to a station. Past-tense names; frozen; the only thing that is stored.

What fell due carries the moment it fell due, not the moment somebody looked.
"""

from typing import Literal

from mock_server.domain.commands import Interval
from mock_server.domain.deliveries import CopyDelivered as CopyDelivered
from mock_server.domain.deliveries import RequestHeld as RequestHeld
from mock_server.domain.happened import DataBefore as DataBefore
from mock_server.domain.happened import Happened as Happened
from mock_server.domain.happened import IdVerdict as IdVerdict
from mock_server.domain.happened import StopReason as StopReason
from mock_server.domain.hazards import Hazard, PatchCause
from mock_server.domain.job_events import BackupDownloaded as BackupDownloaded
from mock_server.domain.job_events import BackupFailed as BackupFailed
from mock_server.domain.job_events import BackupFinished as BackupFinished
from mock_server.domain.job_events import BackupStarted as BackupStarted
from mock_server.domain.job_events import DataReceived as DataReceived
from mock_server.domain.job_events import DeleteAsked as DeleteAsked
from mock_server.domain.job_events import DeleteCancelled as DeleteCancelled
from mock_server.domain.job_events import DeleteFailed as DeleteFailed
from mock_server.domain.job_events import DeleteFinished as DeleteFinished
from mock_server.domain.job_events import DeleteStarted as DeleteStarted
from mock_server.domain.job_events import StatusClosed as StatusClosed
from mock_server.domain.job_events import StatusOpened as StatusOpened
from mock_server.domain.job_events import SyncCompleted as SyncCompleted
from mock_server.domain.job_events import SyncStarted as SyncStarted
from mock_server.domain.job_events import SyncStopped as SyncStopped
from mock_server.domain.setup import Say, Setup


class StationPrepared(Happened, frozen=True, kw_only=True):
    """The first event of every rehearsal."""

    setup: Setup


class ScreenSeen(Happened, frozen=True, kw_only=True):
    """A screen said something it had not said before, and somebody looked.

    ``word`` is the screen's main word (a phase, a condition, a version); ``count`` its main
    number (rows done, participants, tests), or -1 where it has none.
    """

    screen: str
    word: str = ""
    count: int = -1


class CommandRefused(Happened, frozen=True, kw_only=True):
    """The station said no. ``code`` is the key of the message on the screen."""

    command: str
    code: str
    copy: bool = False


class MachineUsed(Happened, frozen=True, kw_only=True):
    machine: str


class MachineClockSet(Happened, frozen=True, kw_only=True):
    machine: str


class LicenceSpoiled(Happened, frozen=True, kw_only=True):
    machine: str


class ExambroOpened(Happened, frozen=True, kw_only=True):
    machine: str
    version: str


class CbtsyncOpened(Happened, frozen=True, kw_only=True):
    machine: str


class CbtsyncClosed(Happened, frozen=True, kw_only=True):
    """ALT+F4. ``during`` names the job that was advancing, or is empty."""

    machine: str
    during: str = ""


class CbtsyncCrashed(Happened, frozen=True, kw_only=True):
    machine: str


class MenuOpened(Happened, frozen=True, kw_only=True):
    """``during`` names the job that was advancing on another page, or is empty."""

    machine: str
    menu: str
    during: str = ""


class ServiceStartRequested(Happened, frozen=True, kw_only=True):
    machine: str
    due_ms: int
    fails: bool = False


class ServiceStarted(Happened, frozen=True, kw_only=True):
    machine: str


class ServiceStartFailed(Happened, frozen=True, kw_only=True):
    machine: str


class ServiceStopped(Happened, frozen=True, kw_only=True):
    machine: str


class ServiceRead(Happened, frozen=True, kw_only=True):
    """Refresh on the tab Service Restart: this is what the tab shows from now on."""

    machine: str
    shown: Literal["running", "stopped", "starting"]


class PatchStarted(Happened, frozen=True, kw_only=True):
    machine: str
    hazard: Hazard


class PatchSucceeded(Happened, frozen=True, kw_only=True):
    """The screen says success; ``version`` is what is really installed."""

    machine: str
    version: str


class PatchFailed(Happened, frozen=True, kw_only=True):
    machine: str
    cause: PatchCause
    permille: int


class PatchAborted(Happened, frozen=True, kw_only=True):
    """CBTSync Web was closed or crashed while patching."""

    machine: str


class IdDrafted(Happened, frozen=True, kw_only=True):
    machine: str
    server_id: str


class IdFormLeft(Happened, frozen=True, kw_only=True):
    machine: str
    server_id: str  # what stood in the field


class IdSubmitted(Happened, frozen=True, kw_only=True):
    """Submit. ``verdict`` is what the screen shows; ``known`` whether the ID is a registered one;
    ``version`` what CBTSync showed; ``synced_under`` the ID this machine has synced under, or ''.
    """

    machine: str
    server_id: str
    verdict: IdVerdict
    known: bool
    own: bool  # the ID that belongs to this rehearsal's server
    version: str
    synced_under: str = ""


class SnResetRequested(Happened, frozen=True, kw_only=True):
    server_id: str
    due_ms: int


class SnResetGranted(Happened, frozen=True, kw_only=True):
    server_id: str


class ReopeningRequested(Happened, frozen=True, kw_only=True):
    server_id: str
    due_ms: int


class ReopeningGranted(Happened, frozen=True, kw_only=True):
    server_id: str
    until_ms: int


class BoundElsewhere(Happened, frozen=True, kw_only=True):
    server_id: str
    granted_after_ms: int


class CentralPlanned(Happened, frozen=True, kw_only=True):
    outages: tuple[Interval, ...]
    closures: tuple[Interval, ...]
    slowdowns: tuple[Interval, ...]


class AccessClosed(Happened, frozen=True, kw_only=True):
    """The centre closed a server's access because it has synced."""

    server_id: str


class ReportFiled(Happened, frozen=True, kw_only=True):
    """The Berita Acara, with the fields that do not agree with the truth of that moment."""

    decision: Literal["ready", "postpone"]
    machine: str
    server_id: str
    version: str
    datasets_complete: int
    participants: int
    tests_visible: bool
    time: str
    notes: str
    wrong: tuple[str, ...]


class InjectShown(Happened, frozen=True, kw_only=True):
    sender: str
    say: Say
    tempts: str


DataEvent = (
    BackupStarted
    | BackupFinished
    | BackupFailed
    | BackupDownloaded
    | DeleteAsked
    | DeleteCancelled
    | DeleteStarted
    | DeleteFinished
    | DeleteFailed
    | StatusOpened
    | StatusClosed
    | SyncStarted
    | DataReceived
    | SyncStopped
    | SyncCompleted
)
MachineEvent = (
    DataEvent
    | MachineClockSet
    | LicenceSpoiled
    | ExambroOpened
    | CbtsyncOpened
    | CbtsyncClosed
    | CbtsyncCrashed
    | MenuOpened
    | ServiceStartRequested
    | ServiceStarted
    | ServiceStartFailed
    | ServiceStopped
    | ServiceRead
    | PatchStarted
    | PatchSucceeded
    | PatchFailed
    | PatchAborted
    | IdDrafted
    | IdFormLeft
    | IdSubmitted
)
PartEvent = (
    MachineEvent
    | AccessClosed
    | BoundElsewhere
    | ReopeningGranted
    | ReopeningRequested
    | SnResetGranted
    | SnResetRequested
)
Event = (
    PartEvent
    | StationPrepared
    | ScreenSeen
    | CommandRefused
    | RequestHeld
    | CopyDelivered
    | MachineUsed
    | CentralPlanned
    | ReportFiled
    | InjectShown
)
