"""Each fault of the domain: its values arrive in the command that it strikes, and nowhere else."""

import pytest

from mock_server.domain import commands as c
from mock_server.domain.hazards import At, Hazard, Short, Slow, SyncHazard
from mock_server.domain.setup import Condition, DataSet
from tests.builders import (
    DATA_SETS,
    MINUTE,
    OTHER_ID,
    OWN_ID,
    at_dashboard,
    emptied,
    setup,
    syncing,
)
from tests.faults.rehearsing import (
    OPERATION_OF,
    Rehearsed,
    fired_ids,
    reasons,
    spec,
    submit,
    with_exambro,
)


def at_dashboard_with(*specs) -> Rehearsed:
    return Rehearsed(proctor=at_dashboard()).arm(*specs)


def emptied_with(*specs) -> Rehearsed:
    return Rehearsed(proctor=emptied()).arm(*specs)


def patch_hazard(rehearsed: Rehearsed) -> Hazard:
    struck = rehearsed.strikes(c.StartPatch())
    assert fired_ids(struck) == ["f1"]
    return struck.command.hazard


def sync_hazard(*specs) -> SyncHazard:
    return emptied_with(*specs).strikes(c.StartSync()).command.hazard


# --- patching ------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["service-stopped", "network", "central"])
def test_patch_fails_carries_its_place_and_its_reason(reason: str) -> None:
    armed = with_exambro().arm(spec("patch.fails", with_={"reason": reason, "at": "30%"}))

    assert patch_hazard(armed) == Hazard(fail_permille=300, patch_cause=reason)


def test_patch_stalls_carries_its_place() -> None:
    armed = with_exambro().arm(spec("patch.stalls"))

    assert patch_hazard(armed) == Hazard(stall_permille=500)


def test_patch_claims_success() -> None:
    assert patch_hazard(with_exambro().arm(spec("patch.claims-success"))) == Hazard(
        claims_success=True
    )


@pytest.mark.parametrize("fault", ["patch.fails", "patch.stalls", "patch.claims-success"])
def test_a_fault_of_patching_waits_while_patching_fails_by_itself(fault: str) -> None:
    stopped = with_exambro().arm(spec("service.stopped", id="s"), spec(fault))
    offline = with_exambro().arm(spec("central.unreachable", id="s"), spec(fault))

    for rehearsed in (stopped, offline):
        struck = rehearsed.strikes(c.StartPatch())
        assert reasons(struck)["f1"] == "STATE"
        assert struck.command == c.StartPatch()


def test_patch_fails_once_is_the_story_of_failing_until_the_service_was_restarted() -> None:
    rehearsed = with_exambro().arm(spec("patch.fails"))
    proctor = rehearsed.proctor

    phases = []
    for restart in (False, False, True):
        if restart:
            proctor.does(c.StartService()).wait(MINUTE)
        rehearsed.does(c.StartPatch())
        proctor.wait(2 * MINUTE)
        phases.append(proctor.machine.patching.phase)
        proctor.does(c.CloseCbtsync(), c.OpenCbtsync())

    assert phases == ["failed", "failed", "succeeded"]
    assert rehearsed.report().hits == 1


# --- service -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("during", "command"),
    [("patch", c.StartPatch()), ("backup", c.StartBackup()), ("delete", c.StartDelete())],
)
def test_service_dies_during_a_job(during: str, command) -> None:
    armed = with_exambro().arm(spec("service.dies", with_={"during": during, "at": "25%"}))

    struck = armed.strikes(command)

    assert fired_ids(struck) == ["f1"]
    assert struck.command.hazard == Hazard(service_dies_permille=250)


def test_service_dies_during_a_sync_at_the_data_set_that_stands_there() -> None:
    dies = spec("service.dies", with_={"during": "sync", "at": "50%"})

    # DATA 1 to 4 take 20 %, DATA 5 the next 22 %: half of the way lies in DATA 6.
    assert sync_hazard(dies) == SyncHazard(service_dies=At(data=6, permille=363))


@pytest.mark.parametrize(
    ("at", "place"),
    [
        ("0%", At(data=1, permille=0)),
        ("4%", At(data=2, permille=0)),
        ("99.9%", At(data=9, permille=992)),
    ],
)
def test_a_part_of_the_whole_sync_is_a_place_in_one_data_set(at: str, place: At) -> None:
    assert (
        sync_hazard(spec("service.dies", with_={"during": "sync", "at": at})).service_dies == place
    )


def test_service_start_fails() -> None:
    armed = with_exambro().arm(spec("service.stopped", id="s"), spec("service.start-fails"))

    assert armed.strikes(c.StartService()).command == c.StartService(fails=True)


def test_service_start_fails_waits_while_the_service_runs() -> None:
    struck = with_exambro().arm(spec("service.start-fails")).strikes(c.StartService())

    assert struck.command == c.StartService()
    assert reasons(struck) == {"f1": "STATE"}


# --- identity ------------------------------------------------------------------------------------


def test_id_unknown_makes_the_centre_not_know_a_good_id() -> None:
    struck = with_exambro().arm(spec("id.unknown")).strikes(submit())

    assert struck.command == c.SubmitId(server_id=OWN_ID, verdict="unknown")


def test_id_unknown_strikes_any_id_that_the_centre_knows_and_no_other() -> None:
    armed = with_exambro().arm(spec("id.unknown"))

    assert armed.strikes(submit(OTHER_ID)).command.verdict == "unknown"
    assert reasons(armed.strikes(submit("U99-0009-XXX"))) == {"f1": "STATE"}


def test_id_unknown_waits_while_the_centre_is_out_of_reach() -> None:
    armed = with_exambro().arm(spec("central.unreachable", id="c"), spec("id.unknown"))

    assert reasons(armed.strikes(submit()))["f1"] == "STATE"


# --- backup and delete ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "with_", "hazard"),
    [
        ("backup.fails", {"at": "70%"}, Hazard(fail_permille=700)),
        ("backup.slow", {"factor": 2.5}, Hazard(factor_permille=2500)),
        ("backup.corrupt", {"bytes": 3}, Hazard(corrupt_bytes=3)),
        ("backup.link-missing", {}, Hazard(no_link=True)),
        ("cbtsync.crashes", {"during": "backup", "at": "10%"}, Hazard(crash_permille=100)),
    ],
)
def test_a_fault_of_backup_arrives_in_start_backup(fault, with_, hazard) -> None:
    struck = at_dashboard_with(spec(fault, with_=with_)).strikes(c.StartBackup(data_version=0))

    assert struck.command == c.StartBackup(data_version=0, hazard=hazard)


@pytest.mark.parametrize(
    ("fault", "with_", "hazard"),
    [
        ("delete.stalls", {"at": "20%"}, Hazard(stall_permille=200)),
        ("delete.partial", {"left": 5}, Hazard(left_rows=5)),
        ("cbtsync.crashes", {"during": "delete"}, Hazard(crash_permille=500)),
    ],
)
def test_a_fault_of_hapus_arrives_in_start_delete(fault, with_, hazard) -> None:
    struck = at_dashboard_with(spec(fault, with_=with_)).strikes(c.StartDelete())

    assert struck.command == c.StartDelete(hazard=hazard)


def test_hapus_leaves_no_more_rows_than_there_are() -> None:
    armed = at_dashboard_with(spec("delete.partial", with_={"left": 9999}))
    rows = sum(of.old_rows for of in DATA_SETS)

    assert armed.strikes(c.StartDelete()).command.hazard.left_rows == rows


@pytest.mark.parametrize(
    ("fault", "with_"),
    [
        ("delete.stalls", {}),
        ("delete.partial", {}),
        ("service.dies", {"during": "delete"}),
        ("cbtsync.crashes", {"during": "delete"}),
    ],
)
def test_where_nothing_is_to_be_deleted_no_fault_of_hapus_strikes(fault, with_) -> None:
    assert reasons(emptied_with(spec(fault, with_=with_)).strikes(c.StartDelete())) == {
        "f1": "STATE"
    }


# --- sync ----------------------------------------------------------------------------------------


def test_sync_stalls_at_its_place() -> None:
    assert sync_hazard(spec("sync.stalls", with_={"data": 2, "at": "10%"})) == SyncHazard(
        stall=At(data=2, permille=100)
    )


def test_sync_drops_at_its_place() -> None:
    assert sync_hazard(spec("sync.drops", with_={"data": 7, "at": "60%"})) == SyncHazard(
        drop=At(data=7, permille=600)
    )


def test_sync_short_hides_rows_of_its_data_set() -> None:
    assert sync_hazard(spec("sync.short", with_={"data": 1, "missing": 4})) == SyncHazard(
        short=(Short(data=1, missing=4),)
    )


def test_sync_slow_slows_the_data_sets_it_names() -> None:
    assert sync_hazard(spec("sync.slow")) == SyncHazard(
        slow=(Slow(data=5, factor_permille=4000), Slow(data=6, factor_permille=4000))
    )


def test_participants_missing() -> None:
    assert sync_hazard(spec("participants.missing")) == SyncHazard(participants_missing=3)


def test_participants_duplicate() -> None:
    assert sync_hazard(spec("participants.duplicate")) == SyncHazard(participants_duplicate=1)


def test_tests_missing() -> None:
    assert sync_hazard(spec("tests.missing")) == SyncHazard(tests_missing=True)


def test_cbtsync_crashes_during_a_sync() -> None:
    assert sync_hazard(spec("cbtsync.crashes")) == SyncHazard(crash=At(data=6, permille=363))


@pytest.mark.parametrize("data", [1, 6])
def test_a_place_behind_a_resumed_sync_cannot_be_met(data: int) -> None:
    """The condition `partial`: DATA 1 to 6 are whole, DATA 7 is half here."""
    partial = setup(condition=Condition.PARTIAL)
    rehearsed = Rehearsed(partial).arm(
        spec("sync.drops", with_={"data": data}),
        spec("sync.short", id="f2", with_={"data": data}),
        spec("sync.slow", id="f3", with_={"data": [data]}),
        spec("participants.missing", id="f4"),
        spec("tests.missing", id="f5"),
        spec("cbtsync.crashes", id="f6", with_={"at": "30%"}),
    )
    rehearsed.proctor.does(c.UseMachine(machine="exam-server"))

    struck = rehearsed.strikes(c.StartSync())

    assert set(reasons(struck).values()) == {"STATE"}
    assert struck.command == c.StartSync()


@pytest.mark.parametrize(("at", "strikes"), [("49%", False), ("50%", True), ("51%", True)], ids=str)
def test_a_place_at_which_a_sync_stands_is_met_at_once_and_one_it_passed_is_not(
    at: str, strikes: bool
) -> None:
    """Of DATA 7, 60 of 120 rows are here."""
    rehearsed = Rehearsed(setup(condition=Condition.PARTIAL))
    rehearsed.arm(spec("sync.drops", with_={"data": 7, "at": at}))
    rehearsed.proctor.does(c.UseMachine(machine="exam-server"))

    assert bool(rehearsed.strikes(c.StartSync()).fired) is strikes


def test_a_drop_with_count_left_halts_a_resumed_sync_at_once() -> None:
    rehearsed = emptied_with(spec("sync.drops", with_={"data": 2, "at": "50%"}, when={"times": 2}))
    seen = []
    for _ in range(3):
        rehearsed.does(c.StartSync())
        begun = rehearsed.now_ms
        rehearsed.wait(40 * MINUTE)
        sync = rehearsed.proctor.machine.sync
        seen.append((sync.phase, sync.stopped_data, sync.changed_ms == begun))

    assert seen == [("stopped", 2, False), ("stopped", 2, True), ("complete", 0, False)]


@pytest.mark.parametrize("fault", ["participants.missing", "participants.duplicate"])
def test_pupils_that_are_already_planned_to_be_wrong_do_not_become_so_twice(fault: str) -> None:
    rehearsed = emptied_with(
        spec(fault, when={"sticky": True}), spec("sync.drops", id="drop", with_={"data": 1})
    )
    rehearsed.does(c.StartSync())
    rehearsed.wait(MINUTE * 10)

    assert reasons(rehearsed.does(c.StartSync()))["f1"] == "STATE"
    assert rehearsed.report().hits == 1


# --- only there ----------------------------------------------------------------------------------

COMMANDS = (
    c.StartService(),
    c.StartPatch(),
    c.SubmitId(server_id=OWN_ID),
    c.StartBackup(),
    c.StartDelete(),
    c.StartSync(),
    c.CloseCbtsync(),
    c.Look(screen="sync"),
)
STRUCK_BY = {
    "patch.fails": c.StartPatch,
    "patch.stalls": c.StartPatch,
    "patch.claims-success": c.StartPatch,
    "service.start-fails": c.StartService,
    "id.unknown": c.SubmitId,
    "backup.fails": c.StartBackup,
    "backup.slow": c.StartBackup,
    "backup.corrupt": c.StartBackup,
    "backup.link-missing": c.StartBackup,
    "delete.stalls": c.StartDelete,
    "delete.partial": c.StartDelete,
    "sync.stalls": c.StartSync,
    "sync.drops": c.StartSync,
    "sync.short": c.StartSync,
    "sync.slow": c.StartSync,
    "participants.missing": c.StartSync,
    "participants.duplicate": c.StartSync,
    "tests.missing": c.StartSync,
    "cbtsync.crashes": c.StartSync,
    "service.dies": c.StartPatch,
}


@pytest.mark.parametrize(("fault", "struck_by"), STRUCK_BY.items())
def test_a_fault_changes_its_own_command_and_leaves_every_other_as_it_is(
    fault: str, struck_by: type
) -> None:
    armed = at_dashboard_with(spec(fault))

    for command in COMMANDS:
        struck = armed.strikes(command, OPERATION_OF.get(type(command)))
        if isinstance(command, struck_by):
            assert reasons(struck).get("f1") != "OPERATION_DIFFERS"
        else:
            assert struck.command is command
            assert reasons(struck) == {"f1": "OPERATION_DIFFERS"}


def test_before_a_machine_was_chosen_every_command_is_refused_and_no_fault_strikes() -> None:
    faults = [spec(fault, id=f"f{n}") for n, fault in enumerate(STRUCK_BY)]
    rehearsed = Rehearsed().arm(*faults)

    for command in COMMANDS:
        rehearsed.does(command)

    assert [one.hits for one in rehearsed.faults.live] == [0] * len(faults)


def test_a_pack_with_other_data_sets_is_served_alike() -> None:
    """Seven sets of equal length; which one feeds what is the pack's matter."""
    sets = tuple(
        DataSet(n=n, rows=10 * n, share_permille=share, feeds=feeds)
        for n, share, feeds in zip(
            range(1, 8),
            (142, 143, 143, 143, 143, 143, 143),
            (None, None, "tests", None, None, "participants", None),
            strict=True,
        )
    )
    rehearsed = Rehearsed(proctor=syncing(setup(data_sets=sets)))
    rehearsed.wait(15 * MINUTE).arm(  # DATA 1 to 3 are here
        spec("tests.missing", data_sets=7),
        spec("participants.missing", id="f2", data_sets=7),
        spec("service.dies", id="f3", with_={"during": "sync", "at": "90%"}, data_sets=7),
    )

    struck = rehearsed.strikes(c.StartSync())

    assert reasons(struck) == {"f1": "STATE"}
    assert struck.command.hazard.service_dies == At(data=7, permille=300)
