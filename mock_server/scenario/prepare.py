"""From a scenario, its pack and fictional people to the plain values that a rehearsal starts from.

What the scenario does not say is the pack's. Times of day of a pack hold on the day of the start,
in the pack's own zone. Nothing here reads a file or throws dice.
"""

from collections.abc import Mapping

import msgspec

from mock_server.domain.clock import ClockMode
from mock_server.domain.setup import (
    DataSet,
    Durations,
    Inject,
    MachineSetup,
    Role,
    Say,
    School,
    ServerSetup,
    Setup,
)
from mock_server.faults.plan import FaultSpec
from mock_server.procedure.pack import ProcedurePack, minute_of_day
from mock_server.procedure.texts import Text
from mock_server.scenario import fault_lines
from mock_server.scenario.model import DurationsPart, Scenario

MINUTE_MS = 60_000
DAY_MINUTES = 24 * 60
MACHINE_IDS: Mapping[Role, str] = {"exam-server": "srv-ujian-01", "laptop": "laptop"}
LAPTOP_LABEL = "Laptop Bu Rina"  # nobody: a name that a sticker may bear


class Cast(msgspec.Struct, frozen=True, kw_only=True):
    """The fictional people and things that a scenario needs, already chosen."""

    school: School
    server_ids: tuple[str, ...]  # ``school.servers`` different ones; the first is ours
    serial_numbers: Mapping[str, str]  # SN by machine id, for all of ``machine_ids``


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """What an engine creates a rehearsal from."""

    setup: Setup
    faults: tuple[FaultSpec, ...]  # in the file's order; those of a storm come last
    clock: ClockMode  # for people; programs choose their own
    speed: int


def machine_ids(scenario: Scenario) -> tuple[str, ...]:
    """The machines in the room, in the order in which one sees them."""
    return tuple(MACHINE_IDS[role] for role in scenario.room.machines)


def prepare(
    scenario: Scenario, pack: ProcedurePack, cast: Cast, seed: int | None = None
) -> Prepared:
    """Prepare a rehearsal; ``seed`` replaces the scenario's own. The cast must fit the seed.

    Raises FaultError for a fault that the loader would have refused.
    """
    return Prepared(
        setup=to_setup(scenario, pack, cast, seed),
        faults=fault_lines.specs(scenario, pack),
        clock=scenario.clock.mode,
        speed=scenario.clock.speed,
    )


def to_setup(scenario: Scenario, pack: ProcedurePack, cast: Cast, seed: int | None = None) -> Setup:
    start_ms = scenario.start.at_ms
    servers = _servers(scenario, pack, cast)
    slips = sorted(server.server_id for server in servers[: scenario.room.id_slips])
    return Setup(
        scenario=scenario.id,
        seed=scenario.seed if seed is None else seed,
        procedure=pack.id,
        start_ms=start_ms,
        zone=scenario.start.zone,
        condition=scenario.start.condition,
        exambro_version=pack.values.exambro_version,
        cbtsync_version=pack.values.cbtsync_version,
        old_version=pack.values.old_cbtsync_version,
        patch_opens_ms=on_the_day_ms(pack, start_ms, pack.values.patching_opens),
        exam_day=_say(pack.values.exam_day),
        data_sets=_data_sets(scenario, pack),
        tests=tuple(test.name for test in pack.tests),
        menus=tuple(menu.menu for menu in pack.menus),
        machines=_machines(scenario, pack, cast),
        servers=servers,
        durations=to_durations(scenario.durations, pack),
        backup_bytes=scenario.backup_bytes or pack.sizes.backup_bytes,
        school=cast.school,
        old_data=scenario.school.old_data,
        slips=tuple(slips),
        injects=tuple(
            Inject(
                at_ms=start_ms + inject.at_ms,
                sender=inject.sender,
                say=Say(id=inject.say.id, en=inject.say.en),
                tempts=inject.tempts or "",
                after=inject.after or "",
            )
            for inject in scenario.injects
        ),
    )


def window_ms(scenario: Scenario, pack: ProcedurePack) -> tuple[int, int]:
    """When the centre lets our server sync: from the first instant until before the second."""
    if scenario.window is not None:
        return scenario.window.opens_ms, scenario.window.closes_ms
    start_ms = scenario.start.at_ms
    opens_ms = on_the_day_ms(pack, start_ms, pack.window.opens)
    return opens_ms, on_the_day_ms(pack, start_ms, pack.window.closes)


def on_the_day_ms(pack: ProcedurePack, start_ms: int, clock: str) -> int:
    """The instant of a pack's time of day on the day of the start."""
    offset_ms = pack.zone(pack.values.patching_zone).utc_offset_minutes * MINUTE_MS
    day_ms = DAY_MINUTES * MINUTE_MS
    midnight_ms = (start_ms + offset_ms) // day_ms * day_ms - offset_ms
    return midnight_ms + minute_of_day(clock) * MINUTE_MS


def _say(text: Text) -> Say:
    return Say(id=text.id, en=text.en)


def _data_sets(scenario: Scenario, pack: ProcedurePack) -> tuple[DataSet, ...]:
    participants = scenario.school.participants
    return tuple(
        DataSet(
            n=of.n,
            rows=of.central_rows(participants=participants, tests=len(pack.tests)),
            share_permille=of.share_permille,
            feeds=of.feeds,
            old_rows=of.old_rows,
        )
        for of in pack.data_sets
    )


def _machines(scenario: Scenario, pack: ProcedurePack, cast: Cast) -> tuple[MachineSetup, ...]:
    labels: Mapping[Role, str] = {"exam-server": _server_label(0), "laptop": LAPTOP_LABEL}
    return tuple(
        MachineSetup(
            id=MACHINE_IDS[role],
            label=labels[role],
            role=role,
            sn=cast.serial_numbers[MACHINE_IDS[role]],
            exambro=scenario.room.exambro or (pack.values.exambro_version,),
        )
        for role in scenario.room.machines
    )


def _servers(scenario: Scenario, pack: ProcedurePack, cast: Cast) -> tuple[ServerSetup, ...]:
    opens_ms, closes_ms = window_ms(scenario, pack)
    return tuple(
        ServerSetup(
            label=_server_label(index),
            server_id=cast.server_ids[index],
            participants=scenario.school.participants,
            opens_ms=opens_ms,
            closes_ms=closes_ms,
        )
        for index in range(scenario.school.servers)
    )


def _server_label(index: int) -> str:
    return f"SRV-UJIAN-{index + 1:02}"


def to_durations(own: DurationsPart, pack: ProcedurePack) -> Durations:
    usual, waits = pack.durations, pack.waits
    return Durations(
        patch_ms=own.patch_ms or usual.patch_ms,
        service_start_ms=own.service_start_ms or usual.service_start_ms,
        backup_ms=own.backup_ms or usual.backup_ms,
        delete_ms=own.delete_ms or usual.delete_ms,
        sync_ms=own.sync_ms or usual.sync_ms,
        stopped_after_ms=waits.stopped_after_ms,
        sn_reset_after_ms=waits.sn_reset_after_ms,
        reopen_after_ms=waits.reopen_after_ms,
        reopen_for_ms=waits.reopen_for_ms,
    )
