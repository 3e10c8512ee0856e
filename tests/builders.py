"""Builders for plain domain values, and a proctor who drives a station without any server."""

from datetime import datetime
from functools import reduce

from msgspec.structs import replace

from mock_server.domain import commands as c
from mock_server.domain import station as rules
from mock_server.domain.events import CommandRefused, Event, StationPrepared
from mock_server.domain.refusals import Refusal
from mock_server.domain.setup import (
    Condition,
    DataSet,
    Durations,
    MachineSetup,
    Say,
    School,
    ServerSetup,
    Setup,
)
from mock_server.domain.state import Station

SECOND, MINUTE, HOUR = 1000, 60_000, 3_600_000
SERVER, LAPTOP = "exam-server", "laptop"
OWN_ID, OTHER_ID = "U99-0001-AAA", "U99-0002-BBB"
OLD_VERSION, VERSION, EXAMBRO = "5.0.4", "5.1.0", "50.170406"


def instant_ms(clock: str, *, day: str = "2017-04-08") -> int:
    """Return the epoch milliseconds of HH:MM WIB on ``day``."""
    return int(datetime.fromisoformat(f"{day}T{clock}:00+07:00").timestamp() * 1000)


START_MS = instant_ms("07:50")
DATA_SETS = tuple(
    DataSet(n=n, rows=rows, share_permille=share, feeds=feeds, old_rows=rows // 2)
    for n, rows, share, feeds in (
        (1, 36, 40, "participants"),
        (2, 120, 50, None),
        (3, 6, 50, "tests"),
        (4, 240, 60, None),
        (5, 1024, 220, None),
        (6, 900, 220, None),
        (7, 120, 80, None),
        (8, 400, 140, None),
        (9, 380, 140, None),
    )
)
DURATIONS = Durations(
    patch_ms=90 * SECOND,
    service_start_ms=8 * SECOND,
    backup_ms=2 * MINUTE,
    delete_ms=40 * SECOND,
    sync_ms=30 * MINUTE,
    stopped_after_ms=10 * MINUTE,
    sn_reset_after_ms=15 * MINUTE,
    reopen_after_ms=60 * MINUTE,
    reopen_for_ms=2 * HOUR,
)
MENUS = ("dashboard", "status-download", "participants", "tests", "logs", "backup")


def setup(**changes: object) -> Setup:
    """Return an ordinary Saturday: window 08:00 to 17:00 WIB, start 07:50, nothing wrong."""
    base = Setup(
        scenario="test",
        seed=1,
        procedure="unbk-2017",
        start_ms=START_MS,
        zone="Asia/Jakarta",
        condition=Condition.FRESH_BOOT,
        exambro_version=EXAMBRO,
        cbtsync_version=VERSION,
        old_version=OLD_VERSION,
        patch_opens_ms=instant_ms("07:45"),
        exam_day=Say(id="Senin", en="Monday"),
        data_sets=DATA_SETS,
        tests=("Bahasa", "Matematika"),
        menus=MENUS,
        machines=(
            MachineSetup(
                id=SERVER, label="SRV-01", role="exam-server", sn="AAAA-1", exambro=(EXAMBRO,)
            ),
            MachineSetup(
                id=LAPTOP, label="Laptop Bu Rina", role="laptop", sn="BBBB-2", exambro=(EXAMBRO,)
            ),
        ),
        servers=(
            server_setup("SRV-01", OWN_ID),
            server_setup("SRV-02", OTHER_ID),
        ),
        durations=DURATIONS,
        backup_bytes=5000,
        school=School(name="SMA Contoh", npsn="99000001"),
    )
    return replace(base, **changes)


def server_setup(label: str, server_id: str, **changes: object) -> ServerSetup:
    base = ServerSetup(
        label=label,
        server_id=server_id,
        participants=36,
        opens_ms=instant_ms("08:00"),
        closes_ms=instant_ms("17:00"),
    )
    return replace(base, **changes)


class Proctor:
    """Gives commands to a station and keeps its journal. Refusals are journaled and returned."""

    def __init__(self, of: Setup | None = None) -> None:
        prepared = StationPrepared(at_ms=(of or setup()).start_ms, setup=of or setup())
        self.now_ms = prepared.at_ms
        self.journal: list[Event] = [prepared]
        self.station = rules.begin(prepared)

    def wait(self, ms: int) -> "Proctor":
        """Let time pass; what falls due is journaled at its own instant."""
        self.now_ms += ms
        self.station, happened = rules.advance(self.station, self.now_ms)
        self.journal.extend(happened)
        return self

    def wait_until(self, clock: str, *, day: str = "2017-04-08") -> "Proctor":
        return self.wait(instant_ms(clock, day=day) - self.now_ms)

    def does(self, *commands: c.AnyCommand) -> "Proctor":
        """Give commands that must be obeyed."""
        for command in commands:
            self._fold(rules.decide(self.station, command, self.now_ms))
        return self

    def tries(self, command: c.AnyCommand) -> str | None:
        """Give a command that may be refused; return the refusal's code, or None."""
        try:
            self.does(command)
        except Refusal as refusal:
            name = type(command).__struct_config__.tag or type(command).__name__
            self._fold((CommandRefused(at_ms=self.now_ms, command=str(name), code=refusal.code),))
            return refusal.code
        return None

    def _fold(self, events: tuple[Event, ...]) -> None:
        self.journal.extend(events)
        self.station = reduce(rules.evolve, events, self.station)

    def happened(self, kind: type[Event]) -> list[Event]:
        return [event for event in self.journal if isinstance(event, kind)]

    @property
    def machine(self):
        return self.station.machines[self.station.here]

    def replayed(self) -> Station:
        first, *rest = self.journal
        return reduce(rules.evolve, rest, rules.begin(first))


def at_dashboard(of: Setup | None = None) -> Proctor:
    """A proctor at the exam server, patched and submitted, waiting for 08:00 to have come."""
    proctor = Proctor(of)
    proctor.does(
        c.UseMachine(machine=SERVER),
        c.OpenExambro(version=EXAMBRO),
        c.OpenCbtsync(),
        c.StartPatch(),
    )
    proctor.wait(2 * MINUTE)
    own = (of or setup()).servers[0].server_id
    proctor.does(c.SubmitId(server_id=own))
    return proctor.wait(max(0, instant_ms("08:00") - proctor.now_ms))


def download_whole(proctor: Proctor) -> Proctor:
    backup = proctor.machine.backup
    return proctor.does(
        c.RecordDownload(machine=SERVER, backup=backup.number, start=0, stop=backup.size_bytes)
    )


def emptied(of: Setup | None = None) -> Proctor:
    """Backed up, downloaded and deleted; ready for REFRESH STATUS."""
    proctor = at_dashboard(of).does(c.OpenMenu(menu="backup"), c.StartBackup()).wait(3 * MINUTE)
    return download_whole(proctor).does(c.AskDelete(), c.StartDelete()).wait(MINUTE)


def syncing(of: Setup | None = None, **start: object) -> Proctor:
    proctor = emptied(of).does(c.OpenMenu(menu="status-download"), c.RefreshStatus())
    return proctor.does(c.CloseStatus(), c.StartSync(**start))


def synced(of: Setup | None = None) -> Proctor:
    return syncing(of).wait(31 * MINUTE)
