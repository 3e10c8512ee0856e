"""A fault bites, a silent one does not, and its effect is what it says: the truth decides.

Every fault that strikes a command is let loose on it three times: armed, armed but skipping, and
not armed.
"""

from collections.abc import Callable

import pytest

from mock_server.domain import commands as c
from mock_server.domain.truth import truth
from mock_server.faults.catalogue import KINDS
from mock_server.faults.kind import StrikesCommand
from tests.builders import HOUR, at_dashboard, emptied
from tests.faults.rehearsing import Rehearsed, spec, submit, with_exambro


def with_stopped_service() -> Rehearsed:
    return with_exambro().arm(spec("service.stopped", id="stopped"))


def at_the_dashboard() -> Rehearsed:
    return Rehearsed(proctor=at_dashboard())


def ready_to_sync() -> Rehearsed:
    return Rehearsed(proctor=emptied())


def whether_it_runs(one: Rehearsed) -> object:
    return one.proctor.machine.service.running


def version(one: Rehearsed) -> object:
    return one.proctor.machine.version


def binding(one: Rehearsed) -> object:
    return one.station.central.servers[0].bound_sn == one.proctor.machine.sn


def backups(one: Rehearsed) -> object:
    return one.proctor.machine.backup.number


def rows(one: Rehearsed) -> object:
    data = one.proctor.machine.data
    return sum(data.old) + sum(data.received)


def exam(one: Rehearsed) -> object:
    is_now = truth(one.station)
    received = one.proctor.machine.data.received
    return sum(received), is_now.datasets_complete, is_now.participants, is_now.tests_visible


SERVICE = (with_stopped_service, c.StartService(), whether_it_runs)
PATCH = (with_exambro, c.StartPatch(), version)
SUBMIT = (with_exambro, submit(), binding)
BACKUP = (at_the_dashboard, c.StartBackup(), backups)
DELETE = (at_the_dashboard, c.StartDelete(), rows)
SYNC = (ready_to_sync, c.StartSync(), exam)

CASES = [
    ("service.start-fails", {}, SERVICE),
    ("patch.fails", {"reason": "service-stopped"}, PATCH),
    ("patch.fails", {"reason": "network"}, PATCH),
    ("patch.fails", {"reason": "central"}, PATCH),
    ("patch.stalls", {}, PATCH),
    ("patch.claims-success", {}, PATCH),
    ("service.dies", {"during": "patch"}, PATCH),
    ("cbtsync.crashes", {"during": "patch"}, PATCH),
    ("id.unknown", {}, SUBMIT),
    ("backup.fails", {}, BACKUP),
    ("backup.slow", {}, BACKUP),
    ("backup.corrupt", {}, BACKUP),
    ("backup.link-missing", {}, BACKUP),
    ("service.dies", {"during": "backup"}, BACKUP),
    ("cbtsync.crashes", {"during": "backup"}, BACKUP),
    ("delete.stalls", {}, DELETE),
    ("delete.stalls", {"at": "0%"}, DELETE),
    ("delete.partial", {}, DELETE),
    ("service.dies", {"during": "delete"}, DELETE),
    ("cbtsync.crashes", {"during": "delete"}, DELETE),
    ("sync.stalls", {}, SYNC),
    ("sync.drops", {}, SYNC),
    ("sync.drops", {"data": 1, "at": "0%"}, SYNC),
    ("sync.short", {}, SYNC),
    ("sync.short", {"data": 7, "missing": 1}, SYNC),
    ("sync.slow", {}, SYNC),
    ("participants.missing", {}, SYNC),
    ("participants.duplicate", {}, SYNC),
    ("tests.missing", {}, SYNC),
    ("service.dies", {"during": "sync"}, SYNC),
    ("cbtsync.crashes", {"during": "sync"}, SYNC),
]
each_case = pytest.mark.parametrize(
    ("fault", "with_", "case"), CASES, ids=[f"{name} {with_}" for name, with_, _ in CASES]
)


def carried_out(case: tuple, *specs) -> Rehearsed:
    """Give the one command, wait until all is over, and reopen CBTSync Web as a person would."""
    prepare, command, _ = case
    rehearsed: Rehearsed = prepare().arm(*specs)
    rehearsed.does(command)
    rehearsed.wait(3 * HOUR)
    rehearsed.proctor.does(c.CloseCbtsync(), c.OpenCbtsync())
    return rehearsed


def test_every_fault_of_a_command_is_here() -> None:
    striking = {name for name, kind in KINDS.items() if isinstance(kind.act, StrikesCommand)}

    assert {name for name, _, _ in CASES} == striking


@each_case
def test_an_armed_fault_makes_another_history(fault, with_, case) -> None:
    armed = carried_out(case, spec(fault, with_=with_))

    assert armed.report().hits == 1
    assert armed.proctor.journal != carried_out(case).proctor.journal


@each_case
def test_an_armed_fault_that_is_not_triggered_makes_none(fault, with_, case) -> None:
    silent = carried_out(case, spec(fault, with_=with_, when={"skip": 1000}))

    assert silent.report().hits == 0
    assert silent.proctor.journal == carried_out(case).proctor.journal


@each_case
def test_the_effect_is_what_the_fault_declares(fault, with_, case) -> None:
    prepare, _, measure = case
    made = spec(fault, with_=with_)

    before, undisturbed = measure(prepare()), measure(carried_out(case))
    after = measure(carried_out(case, made))

    assert before != undisturbed
    if made.effect == "none":
        assert after == before
    elif made.effect == "applied":
        assert after == undisturbed
    else:
        assert after not in (before, undisturbed)


@pytest.mark.parametrize(
    ("fault", "seen"),
    [
        ("service.stopped", lambda one: not one.proctor.machine.service.running),
        ("licence.invalid", lambda one: not one.proctor.machine.clock_ok),
        ("id.bound-elsewhere", lambda one: one.does(submit()) and not binding(one)),
        ("central.unreachable", lambda one: one.does(submit()) and not binding(one)),
        ("central.closed", lambda one: bool(one.station.central.closures)),
        ("central.slow", lambda one: bool(one.station.central.slowdowns)),
    ],
)
def test_a_condition_holds_once_it_is_armed(fault: str, seen: Callable[[Rehearsed], bool]) -> None:
    assert seen(with_exambro().arm(spec(fault)))
    assert not seen(with_exambro())
