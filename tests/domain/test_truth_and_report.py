"""Lists, truth and the Berita Acara: a screen can be wrong, the truth never is."""

import pytest

from mock_server.domain import commands as c
from mock_server.domain import events as e
from mock_server.domain import screens
from mock_server.domain.hazards import Short, SyncHazard
from mock_server.domain.setup import Condition
from mock_server.domain.truth import truth
from tests.builders import (
    EXAMBRO,
    LAPTOP,
    MINUTE,
    OTHER_ID,
    OWN_ID,
    SERVER,
    VERSION,
    Proctor,
    at_dashboard,
    emptied,
    setup,
    synced,
    syncing,
)


def report(**changes) -> c.FileReport:
    claims = {
        "decision": "ready",
        "machine": "SRV-01",
        "server_id": OWN_ID,
        "version": VERSION,
        "datasets_complete": 9,
        "participants": 36,
        "tests_visible": True,
        "time": "08:35",
    }
    return c.FileReport(**{**claims, **changes})


def listed(proctor: Proctor) -> int:
    return len(screens.participants(proctor.station, proctor.now_ms).listed)


def shown_tests(proctor: Proctor) -> int:
    return len(screens.tests(proctor.station, proctor.now_ms).tests)


def test_a_complete_sync_on_the_right_machine_is_ready():
    assert truth(synced().station).ready


def test_participants_come_from_what_was_received():
    proctor = syncing(hazard=SyncHazard(short=(Short(data=1, missing=4),))).wait(31 * MINUTE)

    assert listed(proctor) == 32
    assert not truth(proctor.station).ready


def test_daftar_test_stays_empty_when_its_data_set_is_short():
    proctor = syncing(hazard=SyncHazard(short=(Short(data=3, missing=1),))).wait(31 * MINUTE)

    assert shown_tests(proctor) == 0


@pytest.mark.parametrize(
    ("hazard", "count", "distinct"),
    [
        (SyncHazard(participants_missing=3), 33, 33),
        (SyncHazard(participants_duplicate=1), 37, 36),
    ],
    ids=["three missing", "one twice"],
)
def test_a_list_can_differ_from_the_registration(hazard, count, distinct):
    proctor = syncing(hazard=hazard).wait(31 * MINUTE)

    assert listed(proctor) == count
    assert truth(proctor.station).participants == distinct
    assert not truth(proctor.station).ready


def test_tests_can_be_missing_behind_nine_green_rows():
    proctor = syncing(hazard=SyncHazard(tests_missing=True)).wait(31 * MINUTE)

    assert screens.sync(proctor.station, proctor.now_ms).done == 9
    assert shown_tests(proctor) == 0
    assert not truth(proctor.station).tests_visible


def test_a_sync_on_the_laptop_leaves_the_exam_server_empty():
    proctor = Proctor().does(
        c.UseMachine(machine=LAPTOP),
        c.OpenExambro(version=EXAMBRO),
        c.OpenCbtsync(),
        c.StartPatch(),
    )
    proctor.wait(10 * MINUTE).does(c.SubmitId(server_id=OWN_ID), c.StartSync()).wait(31 * MINUTE)

    assert proctor.machine.sync.phase == "complete"
    assert truth(proctor.station).datasets_complete == 0
    assert not truth(proctor.station).machine_ok


def test_a_sync_under_another_servers_id_is_not_ours():
    proctor = at_dashboard().does(c.SubmitId(server_id=OTHER_ID), c.StartBackup()).wait(3 * MINUTE)
    proctor.does(c.StartDelete()).wait(MINUTE).does(c.StartSync()).wait(31 * MINUTE)

    assert truth(proctor.station).datasets_complete == 9
    assert not truth(proctor.station).id_ok
    assert truth(proctor.station).participants == 0


def test_old_rows_mixed_in_are_not_ready():
    proctor = at_dashboard().does(c.StartSync()).wait(31 * MINUTE)

    assert truth(proctor.station).datasets_complete == 9
    assert not truth(proctor.station).ready


def test_another_id_after_the_sync_is_not_ready():
    assert not truth(synced().does(c.SubmitId(server_id=OTHER_ID)).station).ready


def test_a_true_report_has_no_wrong_field():
    [filed] = synced().does(report()).happened(e.ReportFiled)

    assert filed.wrong == ()


@pytest.mark.parametrize(
    ("field", "claim"),
    [
        ("machine", "SRV-02"),
        ("server_id", OTHER_ID),
        ("version", "5.0.4"),
        ("datasets_complete", 8),
        ("participants", 35),
        ("tests_visible", False),
        ("time", "09:00"),
    ],
)
def test_a_report_names_the_field_that_does_not_agree(field, claim):
    [filed] = synced().does(report(**{field: claim})).happened(e.ReportFiled)

    assert filed.wrong == (field,)


@pytest.mark.parametrize("field", ["machine", "server_id", "version"])
def test_a_text_left_blank_claims_nothing(field):
    [filed] = synced().does(report(**{field: ""})).happened(e.ReportFiled)

    assert filed.wrong == ()


def test_a_report_may_be_some_minutes_late_and_cross_midnight():
    proctor = synced().wait_until("00:03", day="2017-04-09")

    assert proctor.does(report(time="23:55")).happened(e.ReportFiled)[0].wrong == ()


@pytest.mark.parametrize("condition", list(Condition))
def test_every_start_condition_includes_those_before_it(condition):
    station = Proctor(setup(condition=condition)).station
    machine = station.machines[SERVER]
    order = list(Condition)
    at_least = order.index(condition).__ge__

    assert (machine.version == VERSION) == at_least(order.index(Condition.PATCHED))
    assert (machine.identity.server_id == OWN_ID) == at_least(order.index(Condition.IDENTIFIED))
    assert machine.backup.covers_data == at_least(order.index(Condition.BACKED_UP))
    assert (not any(machine.data.old)) == at_least(order.index(Condition.READY_TO_SYNC))
    assert any(machine.data.received) == at_least(order.index(Condition.PARTIAL))
    assert truth(station).ready == at_least(order.index(Condition.SYNCED))


def test_a_partial_start_can_be_completed():
    proctor = Proctor(setup(condition=Condition.PARTIAL)).does(c.UseMachine(machine=SERVER))
    proctor.wait(10 * MINUTE).does(c.StartSync()).wait(31 * MINUTE)

    assert truth(proctor.station).ready


def test_looking_is_evidence_once_for_every_change():
    proctor = emptied()
    proctor.does(*[c.Look(screen="sync")] * 3)
    proctor.does(c.StartSync()).wait(MINUTE).does(*[c.Look(screen="sync")] * 3)

    seen = [(one.word, one.count) for one in proctor.happened(e.ScreenSeen)]
    assert seen == [("none", 0), ("running", 0)]


def test_a_list_looked_at_before_the_sync_counts_anew_after_it():
    proctor = synced().does(c.Look(screen="participants"))

    assert [one.count for one in proctor.happened(e.ScreenSeen)] == [36]


def test_looking_never_moves_the_truth():
    proctor = syncing().wait(MINUTE)
    before = truth(proctor.station), proctor.machine
    for screen in ("desk", "patch", "service", "dashboard", "backup", "delete", "overlay", "sync"):
        proctor.does(c.Look(screen=screen))

    assert (truth(proctor.station), proctor.machine) == before
