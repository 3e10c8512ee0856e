"""The station as a rehearsal finds it: every start condition, built from plain setup values.

Each condition includes those before it. Time-dependent parts (is access open?) are never stored.
"""

from collections.abc import Callable

from msgspec.structs import replace

from mock_server.domain.backup import EMPTY_BACKUP_BYTES
from mock_server.domain.events import StationPrepared
from mock_server.domain.setup import Condition, MachineSetup, ServerSetup, Setup
from mock_server.domain.state import (
    Backup,
    Central,
    Delete,
    ExamData,
    Identity,
    Landed,
    Machine,
    Server,
    Station,
    Sync,
)
from mock_server.domain.truth import exam_machine

ORDER = tuple(Condition)


def station_of(event: StationPrepared) -> Station:
    """Return the station at its first event."""
    setup = event.setup
    fresh = Station(
        setup=setup,
        here="",
        machines={one.id: _machine(setup, one) for one in setup.machines},
        central=Central(servers=tuple(_server(one) for one in setup.servers)),
        seen={},
        at_ms=event.at_ms,
        events=1,
    )
    reached = ORDER[1 : ORDER.index(setup.condition) + 1]
    for condition in reached:
        fresh = _ADVANCES[condition](fresh, exam_machine(fresh))
    return fresh


def _machine(setup: Setup, of: MachineSetup) -> Machine:
    zeros = tuple(0 for _ in setup.data_sets)
    has_old = setup.old_data and of.role == "exam-server"
    old = tuple(one.old_rows for one in setup.data_sets) if has_old else zeros
    return Machine(
        id=of.id,
        label=of.label,
        role=of.role,
        sn=of.sn,
        exambro_installed=of.exambro,
        version=setup.old_version,
        data=ExamData(old=old, received=zeros, unseen=zeros),
    )


def _server(of: ServerSetup) -> Server:
    return Server(
        label=of.label,
        server_id=of.server_id,
        participants=of.participants,
        opens_ms=of.opens_ms,
        closes_ms=of.closes_ms,
    )


def _put(station: Station, machine: Machine) -> Station:
    return replace(station, machines={**station.machines, machine.id: machine})


def _patched(station: Station, machine: Machine) -> Station:
    version = station.setup.exambro_version
    installed = machine.exambro_installed
    opened = replace(
        machine,
        exambro=version if version in installed else installed[-1],
        cbtsync_open=True,
        version=station.setup.cbtsync_version,
    )
    return _put(station, opened)


def _identified(station: Station, machine: Machine) -> Station:
    own = station.central.servers[0]
    identity = Identity(server_id=own.server_id, verdict="bound")
    bound = replace(own, bound_sn=machine.sn)
    central = replace(station.central, servers=(bound, *station.central.servers[1:]))
    return replace(_put(station, replace(machine, identity=identity)), central=central)


def _active(station: Station, _machine: Machine) -> Station:
    """Whether access is open is the window's business, not ours."""
    return station


def _backed_up(station: Station, machine: Machine) -> Station:
    rows = sum(machine.data.old)
    size = station.setup.backup_bytes if rows else EMPTY_BACKUP_BYTES
    backup = Backup(
        phase="done",
        number=1,
        rows=rows,
        size_bytes=size,
        link=True,
        sent_bytes=size,
        covers_data=True,
        landed=(Landed(backup=1, rows=rows, size_bytes=size, landed_bytes=size),),
    )
    return _put(station, replace(machine, backup=backup, data_version=2))


def _ready_to_sync(station: Station, machine: Machine) -> Station:
    zeros = tuple(0 for _ in machine.data.old)
    empty = ExamData(old=zeros, received=zeros, unseen=zeros)
    return _put(station, replace(machine, data=empty, delete=Delete(phase="done"), data_version=4))


def _partial(station: Station, machine: Machine) -> Station:
    """Two thirds of the data sets are whole, the next one is half there."""
    sets = station.setup.data_sets
    whole = len(sets) * 2 // 3
    received = tuple(
        one.rows if one.n <= whole else one.rows // 2 if one.n == whole + 1 else 0 for one in sets
    )
    data = replace(machine.data, received=received, server_id=machine.identity.server_id)
    sync = Sync(
        phase="stopped", stopped_data=whole + 1, stopped_reason="line", changed_ms=station.at_ms
    )
    return _put(station, replace(machine, data=data, sync=sync, data_version=6))


def _synced(station: Station, machine: Machine) -> Station:
    data = replace(machine.data, received=tuple(one.rows for one in station.setup.data_sets))
    identity = replace(machine.identity, synced_under=machine.identity.server_id)
    sync = Sync(phase="complete", changed_ms=station.at_ms)
    own = replace(station.central.servers[0], synced=True)
    central = replace(station.central, servers=(own, *station.central.servers[1:]))
    done = replace(machine, data=data, identity=identity, sync=sync, data_version=8)
    return replace(_put(station, done), central=central)


_ADVANCES: dict[Condition, Callable[[Station, Machine], Station]] = {
    Condition.PATCHED: _patched,
    Condition.IDENTIFIED: _identified,
    Condition.ACTIVE: _active,
    Condition.BACKED_UP: _backed_up,
    Condition.READY_TO_SYNC: _ready_to_sync,
    Condition.PARTIAL: _partial,
    Condition.SYNCED: _synced,
}
