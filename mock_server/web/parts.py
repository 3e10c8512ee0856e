"""What the web is given: everything that it needs from below, in one frozen value."""

from collections.abc import Callable
from dataclasses import dataclass

from mock_server.classroom import Classroom
from mock_server.engine import Engine
from mock_server.ports import BackupFiles, People
from mock_server.web.fault_hooks import FaultHooks, Pause
from mock_server.web.request_log import RequestLog
from mock_server.web.speech import Speeches
from mock_server.web.stories import Stories


@dataclass(frozen=True, kw_only=True, slots=True)
class Parts:
    engine: Engine
    classroom: Classroom
    people: People
    backups: BackupFiles
    stories: Stories
    speeches: Speeches
    hooks: FaultHooks
    log: RequestLog
    token: str  # of the control plane; compared in constant time
    report: Callable[[str], None]  # where a failure of ours is told
    pause: Pause  # lets real milliseconds pass
    lan_control: bool = False  # the control plane also answers other machines
