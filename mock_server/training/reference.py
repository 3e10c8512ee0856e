"""The reference proctor: how a practised one does the same day without any fault, step by step.

Pure: walks through the domain on the scenario's own setup. Serves the worked example, the line to
compare with, and what is slow.
"""

from functools import reduce
from typing import Literal

import msgspec

from mock_server.domain import central, identity
from mock_server.domain import commands as c
from mock_server.domain import station as rules
from mock_server.domain.events import Event, StationPrepared
from mock_server.domain.quantities import MINUTE_MS, SECOND_MS
from mock_server.domain.refusals import Refusal
from mock_server.domain.setup import Setup
from mock_server.domain.state import Machine, Station
from mock_server.domain.truth import exam_machine, truth
from mock_server.procedure.course import course_of
from mock_server.procedure.numbers import StepNumber
from mock_server.procedure.steps_observed import DONE_AT
from mock_server.training.position import Stand, line

PACE_MS = 20 * SECOND_MS  # to read a screen and press what is next
READING_MS = MINUTE_MS  # to compare a list of names
WIB_MS = 7 * 60 * MINUTE_MS


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """The desk just after ``step`` was done; ``narration`` is the step whose text tells it."""

    step: StepNumber
    at_ms: int
    station: Station
    narration: StepNumber


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """``entries`` are numbered as a journal is. ``whole``: the day could be brought to its end."""

    frames: tuple[Frame, ...]
    entries: tuple[tuple[int, Event], ...]
    whole: bool

    @property
    def line(self) -> tuple[Stand, ...]:
        return line(course_of(self.entries))


def reference(setup: Setup) -> Reference:
    """Walk through a day. Where the setup itself stands in the way it ends with a postponement."""
    walk = _Walk(setup)
    try:
        walk.day()
    except Refusal:
        walk.reports("postpone")
    return Reference(
        frames=tuple(walk.frames),
        entries=tuple(enumerate(walk.journal, 1)),
        whole=truth(walk.station).ready,
    )


class _Walk:
    """Keeps the station, its journal and the frames while the day goes on."""

    def __init__(self, setup: Setup) -> None:
        prepared = StationPrepared(at_ms=setup.start_ms, setup=setup)
        self.setup = setup
        self.done = DONE_AT[setup.condition]
        self.now_ms = setup.start_ms
        self.journal: list[Event] = [prepared]
        self.station = rules.begin(prepared)
        self.frames: list[Frame] = []

    @property
    def machine(self) -> Machine:
        return exam_machine(self.station)

    def day(self) -> None:
        self.sits_down()
        if self.done < 7:
            self.patches()
        if self.done < 8:
            self.submits()
        if self.done < 18:
            self.waits_for_aktif()
            if self.done < 14:
                self.clears()
            self.syncs()
        self.checks()
        self.reports("ready")

    def sits_down(self) -> None:
        if self.done < 8:
            self.does(1, c.Look(screen="portal-ids"))
        self.does(2, c.Look(screen="desk"), c.UseMachine(machine=self.machine.id))

    def patches(self) -> None:
        self.does(3, c.OpenExambro(version=self.setup.exambro_version))
        self.does(4, c.OpenCbtsync(), c.Look(screen="patch"))
        if self.now_ms < self.setup.patch_opens_ms:
            self.shows(4, "NB")
            self.wait_until(self.setup.patch_opens_ms)
        if self.machine.version != self.setup.cbtsync_version:
            self.does(5, c.StartPatch())
            self.wait(self.setup.durations.patch_ms)
        self.does(6, c.Look(screen="patch"))

    def submits(self) -> None:
        self.does(8, c.SubmitId(server_id=self.setup.servers[0].server_id))
        self.does(9, c.Look(screen="dashboard"))

    def waits_for_aktif(self) -> None:
        """Raises Refusal where access is closed for good."""
        if self.condition() != "active":
            opens_ms = central.own(self.station).opens_ms
            if opens_ms < self.now_ms:
                raise Refusal("sync.not_active")
            self.does(10, c.Look(screen="dashboard"), c.Look(screen="portal-schedule"))
            self.wait_until(opens_ms)
        self.does(11, c.OpenMenu(menu="dashboard"), c.Look(screen="dashboard"))

    def clears(self) -> None:
        lengths = self.setup.durations
        self.does(12, c.OpenMenu(menu="backup"), c.Look(screen="backup"))
        if self.done < 13:
            self.does(13, c.StartBackup(), shown=False)
            self.wait(lengths.backup_ms)
            backup = self.machine.backup
            whole = c.RecordDownload(
                machine=self.machine.id, backup=backup.number, start=0, stop=backup.size_bytes
            )
            self.does(13, c.Look(screen="backup"), whole)
        if any(self.machine.data.old):
            self.does(14, c.AskDelete(), c.StartDelete(), shown=False)
            self.wait(lengths.delete_ms)
            self.does(14, c.Look(screen="delete"))

    def syncs(self) -> None:
        self.does(15, c.OpenMenu(menu="status-download"), c.Look(screen="sync"))
        self.does(16, c.RefreshStatus(), c.Look(screen="overlay"))
        self.does(17, c.CloseStatus(), c.StartSync(), c.Look(screen="sync"))
        self.wait(self.setup.durations.sync_ms)
        if self.machine.sync.phase != "complete":
            raise Refusal("sync.not_active")
        self.does(18, c.Look(screen="sync"))

    def checks(self) -> None:
        if self.done >= 18:
            self.does(18, c.OpenMenu(menu="status-download"), c.Look(screen="sync"))
        self.does(19, c.OpenMenu(menu="participants"), c.Look(screen="participants"))
        self.wait(READING_MS)
        self.does(20, c.OpenMenu(menu="tests"), c.Look(screen="tests"))

    def reports(self, decision: Literal["ready", "postpone"]) -> None:
        true, machine = truth(self.station, self.now_ms), self.machine
        minutes = (self.now_ms + WIB_MS) // MINUTE_MS % (24 * 60)
        self.does(
            21 if decision == "ready" else 10,
            c.FileReport(
                decision=decision,
                machine=machine.label,
                server_id=machine.identity.server_id or machine.identity.synced_under,
                version=machine.version,
                datasets_complete=true.datasets_complete,
                participants=true.participants,
                tests_visible=true.tests_visible,
                time=f"{minutes // 60:02}:{minutes % 60:02}",
            ),
        )

    # --- how it goes on --------------------------------------------------------------------------

    def condition(self) -> str | None:
        return identity.condition(self.station, self.machine, self.now_ms)

    def does(self, step: StepNumber, *commands: c.AnyCommand, shown: bool = True) -> None:
        """Give commands, one after the other, and let the next step take its time to be read."""
        for command in commands:
            self._fold(rules.decide(self.station, command, self.now_ms))
        if shown:
            self.shows(step, step)
        self.wait(PACE_MS)

    def shows(self, step: StepNumber, narration: StepNumber) -> None:
        frame = Frame(step=step, at_ms=self.now_ms, station=self.station, narration=narration)
        self.frames.append(frame)

    def wait(self, ms: int) -> None:
        self.wait_until(self.now_ms + ms)

    def wait_until(self, at_ms: int) -> None:
        self.now_ms = max(self.now_ms, at_ms)
        self.station, happened = rules.advance(self.station, self.now_ms)
        self.journal.extend(happened)

    def _fold(self, events: tuple[Event, ...]) -> None:
        self.journal.extend(events)
        self.station = reduce(rules.evolve, events, self.station)
