"""From scenario, pack and cast to what a rehearsal starts from: plain values, none made up."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from mock_server.domain import station as rules
from mock_server.domain.clock import ClockMode
from mock_server.domain.events import StationPrepared
from mock_server.domain.quantities import HOUR_MS, MINUTE_MS, SECOND_MS
from mock_server.domain.setup import Setup
from mock_server.domain.truth import truth
from mock_server.procedure.pack import ProcedurePack
from mock_server.scenario.library import Library
from mock_server.scenario.loader import load_document
from mock_server.scenario.model import Scenario
from mock_server.scenario.packs import load_pack
from mock_server.scenario.prepare import Prepared, machine_ids, prepare, to_setup
from tests.scenario.casting import cast_for
from tests.scenario.documents import START, minimal

UNBK = load_pack("unbk-2017")
TINY = load_pack(Path(__file__).parents[1] / "procedure" / "packs" / "tiny-7.yaml")


def at_ms(written: str) -> int:
    return int(datetime.fromisoformat(written).timestamp() * 1000)


def setup_of(pack: ProcedurePack = UNBK, **changes: Any) -> Setup:
    scenario = load_document(minimal(**changes))
    return to_setup(scenario, pack, cast_for(scenario))


def prepared(seed: int | None = None, **changes: Any) -> Prepared:
    scenario = load_document(minimal(**changes))
    return prepare(scenario, UNBK, cast_for(scenario), seed)


# --- times ---------------------------------------------------------------------------------------


def test_patching_opens_at_the_packs_hour_in_wib_on_the_day_of_the_start() -> None:
    assert setup_of().patch_opens_ms == at_ms("2017-04-08T07:45:00+07:00")


@pytest.mark.parametrize("start", ["2017-04-09T00:30:00+09:00", "2017-04-08T00:00:00+07:00"])
def test_the_day_of_the_start_is_the_one_in_wib(start: str) -> None:
    assert setup_of(start={"at": start}).patch_opens_ms == at_ms("2017-04-08T07:45:00+07:00")


def test_an_own_window_holds_for_every_server_of_the_school() -> None:
    window = {"opens": "2017-04-09T10:00:00+07:00", "closes": "2017-04-09T12:00:00+07:00"}

    servers = setup_of(window=window, school={"servers": 3}).servers

    assert [server.label for server in servers] == [
        "SRV-UJIAN-01", "SRV-UJIAN-02", "SRV-UJIAN-03",
    ]  # fmt: skip
    assert {(server.opens_ms, server.closes_ms) for server in servers} == {
        (at_ms("2017-04-09T10:00:00+07:00"), at_ms("2017-04-09T12:00:00+07:00"))
    }


def test_injects_come_at_their_offset_from_the_start() -> None:
    say = {"id": "Hapus saja.", "en": "Just delete it."}
    one = {"at": "+12m", "from": "Kepala sekolah", "say": say, "tempts": "K2"}

    (inject,) = setup_of(injects=[one]).injects

    assert inject.at_ms == at_ms(START) + 12 * MINUTE_MS
    assert (inject.sender, inject.tempts) == ("Kepala sekolah", "K2")
    assert (inject.say.id, inject.say.en) == ("Hapus saja.", "Just delete it.")


# --- the pack ------------------------------------------------------------------------------------


def test_rows_that_a_pack_counts_in_words_are_those_of_the_school() -> None:
    sets = setup_of(school={"participants": 24}).data_sets

    rows = {of.feeds: of.rows for of in sets if of.feeds}
    assert rows == {"participants": 24, "tests": len(UNBK.tests)}
    assert sum(of.share_permille for of in sets) == 1000


def test_another_pack_brings_all_values_of_its_own() -> None:
    setup = setup_of(pack=TINY)

    assert len(setup.data_sets) == 7
    assert (setup.exambro_version, setup.cbtsync_version, setup.old_version) == (
        "77.190215", "9.9.1", "9.8.0",
    )  # fmt: skip
    assert setup.machines[0].exambro == ("77.190215",)
    assert setup.patch_opens_ms == at_ms("2017-04-08T06:30:00+07:00")
    assert setup.servers[0].opens_ms == at_ms("2017-04-08T07:00:00+07:00")
    assert setup.durations.sync_ms == 14 * MINUTE_MS
    assert setup.durations.stopped_after_ms == 5 * MINUTE_MS
    assert setup.backup_bytes == 192 * 1024
    assert setup.exam_day.en == "Wednesday"
    assert setup.tests == ("Latihan Membaca", "Latihan Berhitung")


def test_what_a_scenario_says_goes_before_what_its_pack_says() -> None:
    setup = setup_of(durations={"sync": "9s", "patch": "1m"}, backup_size="64KiB")

    assert setup.durations.sync_ms == 9 * SECOND_MS
    assert setup.durations.patch_ms == MINUTE_MS
    assert setup.durations.backup_ms == UNBK.durations.backup_ms
    assert setup.backup_bytes == 64 * 1024


# --- the room ------------------------------------------------------------------------------------


def test_machines_stand_in_the_order_of_the_room_with_labels_and_versions() -> None:
    room = {"machines": ["laptop", "exam-server"], "exambro": ["50.160328", "50.170406"]}

    laptop, server = setup_of(room=room).machines

    assert (laptop.role, laptop.label) == ("laptop", "Laptop Bu Rina")
    assert (server.role, server.label) == ("exam-server", "SRV-UJIAN-01")
    assert laptop.exambro == server.exambro == ("50.160328", "50.170406")
    assert (laptop.sn, server.sn) == ("SN-laptop", "SN-srv-ujian-01")


def test_our_id_slip_lies_among_the_others_in_no_telling_order() -> None:
    setup = setup_of(school={"servers": 3}, room={"id_slips": 2})

    own = setup.servers[0].server_id
    assert len(setup.slips) == 2
    assert own in setup.slips
    assert setup.slips == tuple(sorted(setup.slips))


def test_a_cast_needs_an_sn_for_the_machines_in_the_room_only() -> None:
    alone = load_document(minimal(room={"machines": ["exam-server"]}))

    assert machine_ids(alone) == ("srv-ujian-01",)
    assert len(to_setup(alone, UNBK, cast_for(alone)).machines) == 1


# --- seed, clock, faults -------------------------------------------------------------------------


def test_the_seed_is_the_scenarios_unless_another_is_given() -> None:
    assert prepared().setup.seed == 1
    assert prepared(seed=0).setup.seed == 0
    assert prepared(seed=7).setup.seed == 7


def test_the_clock_for_people_is_passed_on() -> None:
    one = prepared(clock={"mode": "manual", "speed": 60})

    assert (one.clock, one.speed) == (ClockMode.MANUAL, 60)


def test_faults_are_ready_to_be_armed_with_instants_counted_from_the_start() -> None:
    faults = [
        {"fault": "central.unreachable", "when": {"from": "+3m", "until": "+25m"}},
        {"id": "late", "fault": "sync.drops", "with": {"data": 7, "at": "60%"}},
    ]

    outage, drop = prepared(faults=faults).faults

    assert (outage.id, drop.id) == ("f1", "late")
    assert outage.when.from_ms == at_ms(START) + 3 * MINUTE_MS
    assert outage.when.until_ms == at_ms(START) + 25 * MINUTE_MS
    assert (drop.values["data"], drop.values["at_permille"]) == (7, 600)
    assert drop.when.times == 1
    assert drop.effect == "partial"


def test_a_storms_faults_come_last_with_its_dice() -> None:
    storm = {"seed": 7, "p": 0.05, "faults": [{"fault": "backup.fails"}]}

    planned, chance = prepared(faults=[{"fault": "patch.fails"}], storm=storm).faults

    assert planned.when.draw is None
    assert chance.id == "storm-1"
    assert chance.when.draw is not None
    assert (chance.when.draw.seed, chance.when.draw.p_ppm) == (7, 50_000)


def test_the_same_scenario_cast_and_seed_make_the_same_start() -> None:
    assert prepared(seed=3) == prepared(seed=3)


# --- shipped -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(Library().paths()))
def test_every_shipped_scenario_makes_a_station(name: str) -> None:
    one = Library().find(name)
    scenario: Scenario = one.scenario

    setup = prepare(scenario, one.pack, cast_for(scenario)).setup

    station = rules.begin(StationPrepared(at_ms=setup.start_ms, setup=setup))
    assert truth(station).ready == (scenario.start.condition == "synced")
    assert setup.start_ms - setup.patch_opens_ms < 12 * HOUR_MS
