"""Traces for the rubric: a trainee drives a real station, and its journal is what is assessed.

Plain functions that return lists of events. ``Trainee`` has one method a block of the procedure,
so that a trace reads as what somebody did; each trace is named by what sets it apart.
"""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from msgspec.structs import replace

from mock_server.domain import commands as c
from mock_server.domain.events import CommandRefused, Event
from mock_server.domain.hazards import At, Hazard, SyncHazard
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
from mock_server.domain.truth import truth_of
from mock_server.procedure.pack import ProcedurePack
from mock_server.scenario.packs import load_pack
from tests.builders import Proctor

MINUTE_MS = 60_000
DAY = "2017-04-08"
SERVER, LAPTOP = "exam-server", "laptop"
OWN_ID, OTHER_ID, UNKNOWN_ID = "U99-0001-AAA", "U99-0002-BBB", "U99-OOO1-AAA"
PARTICIPANTS = 36
UNBK = load_pack("unbk-2017")
TINY = load_pack(Path(__file__).parent / "packs" / "tiny-7.yaml")
FAILS = Hazard(fail_permille=400)


def instant_ms(clock: str) -> int:
    """The epoch milliseconds of HH:MM WIB on the day of the sync."""
    return int(datetime.fromisoformat(f"{DAY}T{clock}:00+07:00").timestamp() * 1000)


def setup_for(pack: ProcedurePack, **changes: object) -> Setup:
    """An ordinary day of a pack: five minutes after its window has opened, nothing wrong."""
    opens_ms, closes_ms = instant_ms(pack.window.opens), instant_ms(pack.window.closes)
    values, exambro = pack.values, (pack.values.exambro_version,)
    base = Setup(
        scenario="trace",
        seed=1,
        procedure=pack.id,
        start_ms=opens_ms + 5 * MINUTE_MS,
        zone="Asia/Jakarta",
        condition=Condition.FRESH_BOOT,
        exambro_version=values.exambro_version,
        cbtsync_version=values.cbtsync_version,
        old_version=values.old_cbtsync_version,
        patch_opens_ms=instant_ms(values.patching_opens),
        exam_day=Say(id=values.exam_day.id, en=values.exam_day.en),
        data_sets=tuple(
            DataSet(
                n=one.n,
                rows=one.central_rows(participants=PARTICIPANTS, tests=len(pack.tests)),
                share_permille=one.share_permille,
                feeds=one.feeds,
                old_rows=one.old_rows,
            )
            for one in pack.data_sets
        ),
        tests=tuple(test.name for test in pack.tests),
        menus=tuple(menu.menu for menu in pack.menus),
        machines=(
            MachineSetup(
                id=SERVER, label="SRV-01", role="exam-server", sn="AAAA-1", exambro=exambro
            ),
            MachineSetup(
                id=LAPTOP, label="Laptop Bu Rina", role="laptop", sn="BBBB-2", exambro=exambro
            ),
        ),
        servers=tuple(
            ServerSetup(
                label=label,
                server_id=server_id,
                participants=PARTICIPANTS,
                opens_ms=opens_ms,
                closes_ms=closes_ms,
            )
            for label, server_id in (("SRV-01", OWN_ID), ("SRV-02", OTHER_ID))
        ),
        durations=Durations(
            patch_ms=pack.durations.patch_ms,
            service_start_ms=pack.durations.service_start_ms,
            backup_ms=pack.durations.backup_ms,
            delete_ms=pack.durations.delete_ms,
            sync_ms=pack.durations.sync_ms,
            stopped_after_ms=pack.waits.stopped_after_ms,
            sn_reset_after_ms=pack.waits.sn_reset_after_ms,
            reopen_after_ms=pack.waits.reopen_after_ms,
            reopen_for_ms=pack.waits.reopen_for_ms,
        ),
        backup_bytes=5000,
        school=School(name="SMA Contoh", npsn="99000001"),
    )
    return replace(base, **changes)


def window(pack: ProcedurePack, opens: str, closes: str = "17:00") -> dict[str, object]:
    """The change of a setup that gives this server another window."""
    of = setup_for(pack)
    opens_ms, closes_ms = instant_ms(opens), instant_ms(closes)
    own = replace(of.servers[0], opens_ms=opens_ms, closes_ms=closes_ms)
    return {"servers": (own, *of.servers[1:])}


class Trainee(Proctor):
    """Carries out the procedure block by block; every method returns the trainee."""

    def __init__(self, pack: ProcedurePack = UNBK, **changes: object) -> None:
        super().__init__(setup_for(pack, **changes))
        self.pack = pack

    def tries(self, command: c.AnyCommand, *, copy: bool = False) -> "Trainee":
        """Give a command that the station refuses; the journal keeps the refusal."""
        words = "".join(f"-{x.lower()}" if x.isupper() else x for x in type(command).__name__)
        try:
            self.does(command)
        except Refusal as no:
            event = CommandRefused(
                at_ms=self.now_ms, command=words.lstrip("-"), code=no.code, copy=copy
            )
            self._fold((event,))
            return self
        raise AssertionError(f"{command} was obeyed")

    def looks(self, *screens: str) -> "Trainee":
        return self.does(*(c.Look(screen=screen) for screen in screens))

    def opens(self, menu: str, *screens: str) -> "Trainee":
        return self.does(c.OpenMenu(menu=menu)).looks(*screens)

    # --- the blocks of the procedure, as they ought to be done ---------------------------------

    def sits_down(self, machine: str = SERVER) -> "Trainee":
        return self.looks("portal-ids", "desk").does(c.UseMachine(machine=machine))

    def opens_cbtsync(self) -> "Trainee":
        exambro = self.pack.values.exambro_version
        return self.does(c.OpenExambro(version=exambro), c.OpenCbtsync()).looks("patch")

    def patches(self, hazard: Hazard | None = None) -> "Trainee":
        self.does(c.StartPatch(hazard=hazard or Hazard()))
        return self.wait(self.station.setup.durations.patch_ms).looks("patch")

    def patches_again(self, hazard: Hazard | None = None) -> "Trainee":
        """Close, reopen and patch, and nothing else."""
        return self.does(c.CloseCbtsync(), c.OpenCbtsync()).patches(hazard)

    def restarts_service(self) -> "Trainee":
        """Parts 7a to 7c."""
        self.looks("service").does(c.StartService())
        self.wait(self.station.setup.durations.service_start_ms)
        return self.does(c.RefreshService()).looks("service")

    def submits(self, server_id: str = OWN_ID) -> "Trainee":
        return self.does(c.SubmitId(server_id=server_id)).looks("dashboard")

    def backs_up(self) -> "Trainee":
        self.opens("backup", "backup").does(c.StartBackup())
        return self.wait(self.station.setup.durations.backup_ms).looks("backup").downloads()

    def downloads(self, *, corrupt: bool = False) -> "Trainee":
        here, backup = self.station.here, self.machine.backup
        whole = c.RecordDownload(
            machine=here, backup=backup.number, start=0, stop=backup.size_bytes, corrupt=corrupt
        )
        return self.does(whole)

    def deletes(self) -> "Trainee":
        self.does(c.AskDelete(), c.StartDelete())
        return self.wait(self.station.setup.durations.delete_ms).looks("delete")

    def refreshes_status(self) -> "Trainee":
        self.opens("status-download", "sync").does(c.RefreshStatus()).looks("overlay")
        return self.does(c.CloseStatus())

    def starts_sync(self, hazard: SyncHazard | None = None) -> "Trainee":
        return self.does(c.StartSync(hazard=hazard or SyncHazard())).looks("sync")

    def waits_for_sync(self) -> "Trainee":
        return self.wait(self.station.setup.durations.sync_ms).looks("sync")

    def checks_lists(self) -> "Trainee":
        return self.opens("participants", "participants").opens("tests", "tests")

    def reports(
        self, decision: Literal["ready", "postpone"] = "ready", **claims: object
    ) -> "Trainee":
        """File the report as things are, but for the ``claims`` given."""
        machine = self.machine
        true = truth_of(self.station, machine)
        at = datetime.fromisoformat(f"{DAY}T00:00:00+07:00")
        at += timedelta(milliseconds=self.now_ms - instant_ms("00:00"))
        honest = c.FileReport(
            decision=decision,
            machine=machine.label,
            server_id=machine.identity.server_id or machine.identity.synced_under,
            version=machine.version,
            datasets_complete=true.datasets_complete,
            participants=true.participants,
            tests_visible=true.tests_visible,
            time=f"{at:%H:%M}",
        )
        return self.does(replace(honest, **claims))

    # --- several blocks at once ----------------------------------------------------------------

    def gets_to_dashboard(self) -> "Trainee":
        return self.sits_down().opens_cbtsync().patches().submits()

    def gets_ready_to_sync(self) -> "Trainee":
        return self.gets_to_dashboard().backs_up().deletes()

    def gets_synced(self, hazard: SyncHazard | None = None) -> "Trainee":
        return self.gets_ready_to_sync().refreshes_status().starts_sync(hazard).waits_for_sync()

    def claims_all(self, **claims: object) -> "Trainee":
        """Declare it done with the numbers that a ready server would have."""
        wanted = {
            "datasets_complete": len(self.pack.data_sets),
            "participants": PARTICIPANTS,
            "tests_visible": True,
        }
        return self.reports(**{**wanted, **claims})


def numbered(events: list[Event]) -> list[tuple[int, Event]]:
    """The events as a journal numbers them."""
    return list(enumerate(events, start=1))


# --- the sixteen traces of the probe --------------------------------------------------------------


def nominal(pack: ProcedurePack = UNBK) -> list[Event]:
    return Trainee(pack).gets_synced().checks_lists().reports().journal


def refresh_forgotten() -> list[Event]:
    trainee = Trainee().gets_ready_to_sync().opens("status-download", "sync")
    return trainee.starts_sync().waits_for_sync().checks_lists().reports().journal


def hapus_before_backup() -> list[Event]:
    trainee = Trainee().gets_to_dashboard().opens("backup", "backup").deletes().backs_up()
    trainee.refreshes_status().starts_sync().waits_for_sync()
    return trainee.checks_lists().reports().journal


def hapus_after_green() -> list[Event]:
    """Declared ready first, then HAPUS: the reckless tidying up."""
    trainee = Trainee().gets_synced().checks_lists().reports()
    return trainee.opens("backup", "backup").deletes().journal


def hapus_after_green_then_declared() -> list[Event]:
    trainee = Trainee().gets_synced().checks_lists()
    return trainee.opens("backup", "backup").deletes().claims_all().journal


def hapus_cancelled() -> list[Event]:
    trainee = Trainee().gets_synced().checks_lists().opens("backup", "backup")
    return trainee.does(c.AskDelete(), c.CancelDelete()).reports().journal


def id_changed_after_sync() -> list[Event]:
    return Trainee().gets_synced().checks_lists().submits(OTHER_ID).reports().journal


def id_mistyped() -> list[Event]:
    trainee = Trainee().sits_down().opens_cbtsync().patches().submits(UNKNOWN_ID).submits()
    return _from_dashboard_on(trainee)


def other_id_corrected() -> list[Event]:
    trainee = Trainee().sits_down().opens_cbtsync().patches().submits(OTHER_ID).submits()
    return _from_dashboard_on(trainee)


def synced_on_laptop() -> list[Event]:
    trainee = Trainee().sits_down(LAPTOP).opens_cbtsync().patches().submits()
    return _from_dashboard_on(trainee)


def standby_postponed() -> list[Event]:
    trainee = Trainee(**window(UNBK, "13:00")).gets_to_dashboard()
    return trainee.looks("portal-schedule").reports("postpone").journal


def standby_started_anyway() -> list[Event]:
    trainee = Trainee(**window(UNBK, "13:00")).gets_to_dashboard().looks("portal-schedule")
    trainee.opens("status-download", "sync").tries(c.StartSync())
    return trainee.reports("postpone").journal


def partial_repeated() -> list[Event]:
    drops = SyncHazard(drop=At(data=8, permille=0))
    trainee = Trainee().gets_synced(drops).starts_sync().waits_for_sync()
    return trainee.checks_lists().reports().journal


def partial_declared_done() -> list[Event]:
    drops = SyncHazard(drop=At(data=8, permille=0))
    return Trainee().gets_synced(drops).claims_all().journal


def patch_recovered() -> list[Event]:
    trainee = Trainee().sits_down().opens_cbtsync().patches(FAILS)
    trainee.restarts_service().patches_again().submits()
    return _from_dashboard_on(trainee)


def patch_retried_blindly() -> list[Event]:
    network = Hazard(fail_permille=400, patch_cause="network")
    trainee = Trainee().sits_down().opens_cbtsync().patches(network)
    trainee.patches_again(network).patches_again(network).patches_again(FAILS)
    trainee.restarts_service().patches_again().submits()
    return _from_dashboard_on(trainee)


def participants_not_checked() -> list[Event]:
    return Trainee().gets_synced().opens("tests", "tests").reports().journal


def _from_dashboard_on(trainee: Trainee) -> list[Event]:
    trainee.backs_up().deletes().refreshes_status().starts_sync().waits_for_sync()
    return trainee.checks_lists().reports().journal
