"""What really is, whatever any screen says: the truth about one rehearsal's exam server."""

import msgspec

from mock_server.domain import central, exam_data, lists
from mock_server.domain.state import Machine, Station
from mock_server.domain.sync_plan import received_rows


class Truth(msgspec.Struct, frozen=True, kw_only=True):
    """``ready``: on Monday every registered pupil of this server can take the test from it."""

    machine_ok: bool  # the data are on the exam server
    id_ok: bool  # they came under its own ID, which was not changed afterwards
    version_ok: bool
    datasets_complete: int
    participants: int  # registered ones that are listed, each counted once
    tests_visible: bool
    ready: bool


def exam_machine(station: Station) -> Machine:
    """Return the machine that our server's participants will use.

    Raises ValueError if the room lacks it; a loader must not let that happen.
    """
    label = central.own(station).label
    for machine in station.machines.values():
        if machine.role == "exam-server" and machine.label == label:
            return machine
    raise ValueError(f"no exam server labelled {label!r} stands in the room")


def truth(station: Station, at_ms: int | None = None) -> Truth:
    return truth_of(station, exam_machine(station), at_ms)


def truth_of(station: Station, machine: Machine, at_ms: int | None = None) -> Truth:
    """Return the truth as if ``machine`` were the one that matters.

    ``at_ms`` counts what a running sync has brought by then; None: what the last event says.
    """
    setup = station.setup
    own = central.own(station)
    received = machine.data.received if at_ms is None else received_rows(machine, at_ms)
    complete = exam_data.complete_count(machine.data, setup)
    listed = lists.participants(station, machine, received)
    here = len(set(listed)) if machine.data.server_id == own.server_id else 0
    tests_visible = bool(lists.tests(station, machine, received))
    machine_ok = machine is exam_machine(station) and any(received)
    id_ok = machine.identity.synced_under == own.server_id and not machine.identity.tainted
    version_ok = machine.version == setup.cbtsync_version
    lists_ok = here == own.participants == len(listed) and tests_visible
    clean = not any(machine.data.old)
    whole = complete == len(setup.data_sets)
    return Truth(
        machine_ok=machine_ok,
        id_ok=id_ok,
        version_ok=version_ok,
        datasets_complete=complete,
        participants=here,
        tests_visible=tests_visible,
        ready=machine_ok and id_ok and version_ok and whole and lists_ok and clean,
    )
