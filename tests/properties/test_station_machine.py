"""Any order of any commands at any times: the promises of the station hold."""

from functools import reduce

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from mock_server.domain import commands as c
from mock_server.domain import events as e
from mock_server.domain import station as rules
from mock_server.domain.hazards import At, Hazard, Short, SyncHazard
from mock_server.domain.setup import Condition
from mock_server.domain.sync_plan import received_rows
from mock_server.domain.truth import truth
from tests.builders import (
    EXAMBRO,
    LAPTOP,
    MINUTE,
    OTHER_ID,
    OWN_ID,
    SECOND,
    SERVER,
    Proctor,
    setup,
    synced,
)

PERMILLE = st.sampled_from([0, 1, 400, 500, 999, 1000])
PLACES = st.builds(At, data=st.integers(1, 9), permille=PERMILLE)
HAZARDS = st.builds(
    Hazard,
    fail_permille=st.none() | PERMILLE,
    stall_permille=st.none() | PERMILLE,
    service_dies_permille=st.none() | PERMILLE,
    crash_permille=st.none() | PERMILLE,
    factor_permille=st.sampled_from([1, 1000, 4000]),
    claims_success=st.booleans(),
    no_link=st.booleans(),
    left_rows=st.sampled_from([0, 12]),
)
SYNC_HAZARDS = st.builds(
    SyncHazard,
    stall=st.none() | PLACES,
    drop=st.none() | PLACES,
    service_dies=st.none() | PLACES,
    crash=st.none() | PLACES,
    short=st.sampled_from([(), (Short(data=3, missing=4),), (Short(data=5, missing=9999),)]),
    participants_missing=st.sampled_from([0, 3, 99]),
    tests_missing=st.booleans(),
)
IDS = st.sampled_from([OWN_ID, OTHER_ID, "U99-9999-ZZZ", ""])
VERSIONS = st.none() | st.integers(0, 8)
SIMPLE = st.sampled_from(
    [
        c.UseMachine(machine=SERVER),
        c.UseMachine(machine=LAPTOP),
        c.OpenExambro(version=EXAMBRO),
        c.OpenCbtsync(),
        c.CloseCbtsync(),
        c.StartService(),
        c.StartService(fails=True),
        c.RefreshService(),
        c.SetMachineClock(),
        c.AskDelete(),
        c.CancelDelete(),
        c.RefreshStatus(),
        c.CloseStatus(),
        c.LeaveIdForm(),
        c.OpenMenu(menu="backup"),
        c.OpenMenu(menu="status-download"),
        c.StopService(),
        c.SpoilLicence(),
        c.BindElsewhere(granted_after_ms=MINUTE),
        c.RequestSnReset(server_id=OWN_ID),
        c.RequestReopening(server_id=OWN_ID),
    ]
)
LOOKS = st.sampled_from(["desk", "patch", "dashboard", "backup", "delete", "sync", "participants"])
STEPS = st.sampled_from([0, 1, SECOND, 8 * SECOND, MINUTE, 10 * MINUTE, 31 * MINUTE, 120 * MINUTE])


class StationMachine(RuleBasedStateMachine):
    """A proctor, a technician and bad luck, pressing whatever they like."""

    def __init__(self) -> None:
        super().__init__()
        self.proctor = Proctor(setup(condition=Condition.READY_TO_SYNC))
        self.proctor.does(c.UseMachine(machine=SERVER)).wait(10 * MINUTE)
        self.highest = (0,) * 9

    def give(self, command: c.AnyCommand) -> None:
        before = {name: one.data for name, one in self.proctor.station.machines.items()}
        length = len(self.proctor.journal)
        self.proctor.tries(command)
        new = self.proctor.journal[length:]
        changed = [
            name
            for name, one in self.proctor.station.machines.items()
            if one.data.received != before[name].received
        ]
        assert not changed or any(isinstance(one, e.DeleteFailed) for one in new)

    @rule(command=SIMPLE)
    def press(self, command):
        self.give(command)

    @rule(hazard=HAZARDS)
    def patch(self, hazard):
        self.give(c.StartPatch(hazard=hazard))

    @rule(server_id=IDS, verdict=st.sampled_from([None, None, "unknown", "no-line"]))
    def submit(self, server_id, verdict):
        self.give(c.SubmitId(server_id=server_id, verdict=verdict))

    @rule(hazard=HAZARDS, version=VERSIONS)
    def back_up(self, hazard, version):
        self.give(c.StartBackup(hazard=hazard, data_version=version))

    @rule(start=st.sampled_from([0, 100, 2000]), stop=st.sampled_from([512, 2000, 5000]))
    def download(self, start, stop):
        number = self.proctor.station.machines[SERVER].backup.number
        self.give(c.RecordDownload(machine=SERVER, backup=number, start=start, stop=stop))

    @rule(hazard=HAZARDS, version=VERSIONS)
    def delete(self, hazard, version):
        self.give(c.StartDelete(hazard=hazard, data_version=version))

    @rule(hazard=SYNC_HAZARDS, version=VERSIONS)
    def sync(self, hazard, version):
        self.give(c.StartSync(hazard=hazard, data_version=version))

    @rule(offset=st.sampled_from([0, MINUTE]), length=st.none() | st.just(MINUTE))
    def outage(self, offset, length):
        begin = self.proctor.now_ms + offset
        until = None if length is None else begin + length
        self.give(c.SetCentral(outages=(c.Interval(from_ms=begin, until_ms=until),)))

    @rule()
    def line_back(self):
        self.give(c.SetCentral())

    @rule(screen=LOOKS)
    def look(self, screen):
        before = truth(self.proctor.station)
        self.give(c.Look(screen=screen))
        assert truth(self.proctor.station) == before

    @rule(ms=STEPS, cuts=st.integers(1, 5))
    def wait(self, ms, cuts):
        """One step or many give the same station and the same events."""
        station, happened = rules.advance(self.proctor.station, self.proctor.now_ms + ms)
        many, pieces = self.proctor.station, ()
        for cut in range(1, cuts + 1):
            many, some = rules.advance(many, self.proctor.now_ms + ms * cut // cuts)
            pieces += some
        self.proctor.wait(ms)
        assert (many, pieces) == (station, happened)
        assert self.proctor.station == station

    @invariant()
    def the_journal_is_the_station(self):
        assert self.proctor.replayed() == self.proctor.station

    @invariant()
    def time_runs_forward_in_the_journal(self):
        stamps = [one.at_ms for one in self.proctor.journal]
        assert stamps == sorted(stamps)
        assert stamps[-1] <= self.proctor.now_ms

    @invariant()
    def received_rows_fall_only_by_hapus(self):
        deleted = len(self.proctor.happened(e.DeleteStarted))
        rows = received_rows(self.proctor.station.machines[SERVER], self.proctor.now_ms)
        if deleted == getattr(self, "deleted", 0):
            assert all(now >= then for now, then in zip(rows, self.highest, strict=True))
        self.deleted, self.highest = deleted, rows

    @invariant()
    def nothing_that_is_due_was_left_behind(self):
        due = rules.next_due(self.proctor.station)
        if due is not None and due[0] <= self.proctor.now_ms:
            station, _ = rules.advance(self.proctor.station, self.proctor.now_ms)
            self.proctor.wait(0)
            assert station == self.proctor.station

    @invariant()
    def complete_means_every_row_is_shown_full(self):
        machine = self.proctor.station.machines[SERVER]
        if machine.sync.phase == "complete" and machine.delete.job is None:
            shown = [a + b for a, b in zip(machine.data.received, machine.data.unseen, strict=True)]
            assert shown == [one.rows for one in self.proctor.station.setup.data_sets]

    @invariant()
    def ready_is_never_claimed_after_a_ban_was_broken(self):
        if self.proctor.station.machines[SERVER].identity.tainted:
            assert not truth(self.proctor.station).ready


StationMachine.TestCase.settings = settings(max_examples=40, stateful_step_count=40)
TestStationMachine = StationMachine.TestCase


def test_folding_the_journal_of_a_whole_day_gives_the_same_station():
    proctor = synced()
    first, *rest = proctor.journal
    assert reduce(rules.evolve, rest, rules.begin(first)) == proctor.station
