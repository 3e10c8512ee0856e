"""The assessment as a whole: the probe's traces, gates, switches, outcome, competencies, shape."""

from collections.abc import Callable

import msgspec
import pytest
from msgspec.structs import replace

from mock_server.domain import commands as c
from mock_server.domain.clock import ClockMode, ClockSet
from mock_server.domain.events import Event
from mock_server.domain.hazards import At, Hazard, Short, SyncHazard
from mock_server.domain.setup import Condition
from mock_server.procedure.assessment import Assessment, assess
from mock_server.procedure.rubric import RUBRIC_VERSION
from tests.procedure import traces
from tests.procedure.traces import (
    FAILS,
    LAPTOP,
    MINUTE_MS,
    OTHER_ID,
    OWN_ID,
    PARTICIPANTS,
    SERVER,
    TINY,
    UNBK,
    UNKNOWN_ID,
    Trainee,
    numbered,
    window,
)
from tests.procedure.verdicts import Run, assessed, missed

DROPS = SyncHazard(drop=At(data=8, permille=0))


def held(assessment: Assessment) -> dict[str, bool]:
    return {gate.name: gate.held for gate in assessment.gates}


# --- the probe ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trace", "passed", "process", "codes"),
    [
        pytest.param(traces.nominal, True, 100, "", id="nominal"),
        pytest.param(traces.refresh_forgotten, True, 92.9, "R1", id="REFRESH STATUS forgotten"),
        pytest.param(traces.hapus_before_backup, True, 96.4, "B1", id="HAPUS before BACKUP"),
        pytest.param(traces.hapus_after_green, False, 100, "K2", id="HAPUS after green"),
        pytest.param(
            traces.hapus_after_green_then_declared, False, 100, "K2 B4",
            id="HAPUS after green, then declared ready",
        ),
        pytest.param(traces.hapus_cancelled, True, 100, "N2", id="HAPUS dialog cancelled"),
        pytest.param(traces.id_changed_after_sync, False, 100, "K1", id="ID changed after sync"),
        pytest.param(traces.id_mistyped, True, 100, "R4", id="ID typo, corrected"),
        pytest.param(traces.other_id_corrected, False, 100, "B7", id="other ID, corrected"),
        pytest.param(traces.synced_on_laptop, False, 100, "K3", id="synced on own laptop"),
        pytest.param(traces.standby_postponed, True, 100, "", id="StandBy, schedule, postponed"),
        pytest.param(traces.standby_started_anyway, False, 100, "B3", id="StandBy, START SYNC"),
        pytest.param(traces.partial_repeated, True, 100, "", id="partial 7/9, repeated"),
        pytest.param(
            traces.partial_declared_done, False, 71.4, "B4 B5 R3", id="partial 7/9 declared done"
        ),
        pytest.param(traces.patch_recovered, True, 100, "", id="patch failed, step 7"),
        pytest.param(traces.patch_retried_blindly, False, 100, "B9", id="patch retried 3x first"),
        pytest.param(
            traces.participants_not_checked, False, 89.3, "B5", id="Daftar Peserta not checked"
        ),
    ],
)  # fmt: skip
def test_probe(trace: Callable[[], list[Event]], passed: bool, process: float, codes: str) -> None:
    assessment = assessed(trace())

    assert assessment.passed is passed
    assert assessment.process_permille / 10 == process
    assert " ".join(assessment.codes) == codes


def test_the_nominal_run_is_worth_56_points() -> None:
    observed = [one for one in assessed(traces.nominal()).steps if one.credit_permille is not None]

    assert sum(one.weight or 0 for one in observed) == 56


def test_another_edition_passes_by_its_own_numbers() -> None:
    assessment = assess(numbered(traces.nominal(TINY)), TINY)

    assert assessment.passed
    assert (assessment.pack, assessment.process_permille) == ("tiny-7", 1000)
    assert assessment.limits == TINY.gates
    assert assessment.findings == ()


def test_a_run_by_another_editions_versions_does_not_pass() -> None:
    assessment = assess(numbered(traces.nominal(TINY)), UNBK)

    assert not assessment.passed
    assert "B6" in assessment.codes


# --- gates ----------------------------------------------------------------------------------------


def test_full_marks_do_not_pass_a_critical_act() -> None:
    assessment = assessed(traces.hapus_after_green())

    assert assessment.process_permille == 1000
    assert held(assessment)["process"]
    assert not held(assessment)["critical"]
    assert not assessment.passed


def types_wrongly(times: int) -> Trainee:
    trainee = Trainee().sits_down().opens_cbtsync().patches()
    for _time in range(times):
        trainee.submits(UNKNOWN_ID)
    trainee.submits().backs_up().deletes().refreshes_status()
    return trainee


def finishes(trainee: Trainee) -> Trainee:
    return trainee.starts_sync().waits_for_sync().checks_lists().reports()


def test_the_third_of_one_kind_counts_as_one_major() -> None:
    twice, thrice = assessed(finishes(types_wrongly(2))), assessed(finishes(types_wrongly(3)))

    assert twice.passed
    assert twice.raised == ()
    assert thrice.raised == ("R4",)
    assert held(thrice) == {
        "critical": True, "major": False, "minor": True, "outcome": True, "process": True,
    }  # fmt: skip


def test_three_minor_violations_of_different_kinds_pass_and_four_do_not() -> None:
    three = types_wrongly(2).does(c.RefreshStatus())
    four = types_wrongly(2).does(c.RefreshStatus()).starts_sync().tries(c.StartSync())

    assert assessed(finishes(three)).passed
    four.waits_for_sync().checks_lists().reports()
    assert assessed(four).codes == ("R4", "R5", "R6")
    assert held(assessed(four)) == {
        "critical": True, "major": True, "minor": False, "outcome": True, "process": True,
    }  # fmt: skip


def test_repeats_follow_the_packs_number() -> None:
    trainee = Trainee(TINY).sits_down().opens_cbtsync().patches()
    trainee.submits(UNKNOWN_ID).submits(UNKNOWN_ID)

    assert assessed(trainee).raised == ("R4",)


def test_too_little_of_the_procedure_does_not_pass_without_any_grave_violation() -> None:
    trainee = Trainee(old_data=False).looks("portal-ids").does(c.UseMachine(machine=SERVER))
    trainee.opens_cbtsync().patches().does(c.SubmitId(server_id=OWN_ID))
    trainee.starts_sync().waits_for_sync().checks_lists().reports()
    assessment = assessed(trainee)

    assert assessment.codes == ("R1",)
    assert held(assessment) == {
        "critical": True, "major": True, "minor": True, "outcome": True, "process": False,
    }  # fmt: skip


@pytest.mark.parametrize(("least", "holds"), [(929, True), (930, False)])
def test_the_least_percentage_itself_is_enough(least: int, holds: bool) -> None:
    pack = replace(UNBK, gates=replace(UNBK.gates, process_min_permille=least))
    assessment = assess(numbered(traces.refresh_forgotten()), pack)

    assert assessment.process_permille == 929
    assert held(assessment)["process"] is holds


def test_every_gate_says_how_it_stands_in_both_languages() -> None:
    says = {gate.name: gate.why for gate in assessed(traces.refresh_forgotten()).gates}

    assert says["critical"].id == "Kritis: 0, harus 0."
    assert says["minor"].en == "Minor: 1, at most 3."
    assert says["process"].id == "Proses: 92,9%, paling sedikit 85%."
    assert says["process"].en == "Process: 92.9%, at least 85%."


# --- switches -------------------------------------------------------------------------------------


def test_k3_switched_off_is_still_found_but_no_longer_gates() -> None:
    assessment = assessed(traces.synced_on_laptop(), k3_gates=False)

    assert assessment.codes == ("K3",)
    assert held(assessment)["critical"]
    assert not held(assessed(traces.synced_on_laptop(), k3_gates=True))["critical"]


def test_k4_switched_off_is_still_found_but_no_longer_gates() -> None:
    trainee = Trainee().sits_down().opens_cbtsync().patches().submits(OTHER_ID)
    trainee.backs_up().deletes().refreshes_status().starts_sync()

    assert not held(assessed(trainee, k4_gates=True))["critical"]
    assert held(assessed(trainee, k4_gates=False))["critical"]
    assert "K4" in assessed(trainee, k4_gates=False).codes


def test_b1_gates_only_if_it_is_switched_on() -> None:
    assert assessed(traces.hapus_before_backup()).passed
    assert not assessed(traces.hapus_before_backup(), b1_gates=True).passed


def test_the_report_carries_the_switches_the_limits_and_the_rubrics_version() -> None:
    assessment = assessed(traces.nominal(), k3_gates=False)

    assert not assessment.switches.k3_gates
    assert assessment.switches.k4_gates
    assert assessment.limits == UNBK.gates
    assert assessment.rubric == RUBRIC_VERSION


# --- outcome --------------------------------------------------------------------------------------


def test_without_a_report_nothing_is_declared_and_nothing_passed() -> None:
    assessment = assessed(Trainee().gets_synced().checks_lists())

    assert assessment.outcome == "not-declared"
    assert not assessment.passed
    assert [name for name, holds in held(assessment).items() if not holds] == ["outcome"]


def test_ready_is_judged_by_the_truth_not_by_the_screen() -> None:
    short = SyncHazard(short=(Short(data=5, missing=4),))
    assessment = assessed(Trainee().gets_synced(short).checks_lists().claims_all())

    assert assessment.outcome == "not-reached"


def test_ready_does_not_outlive_what_is_done_after_the_report() -> None:
    assert assessed(traces.hapus_after_green()).outcome == "not-reached"


def names_missing() -> Trainee:
    return Trainee().gets_synced(SyncHazard(participants_missing=3)).checks_lists()


def names_doubled() -> Trainee:
    return Trainee().gets_synced(SyncHazard(participants_duplicate=2)).checks_lists()


def no_tests_listed() -> Trainee:
    return Trainee().gets_synced(SyncHazard(tests_missing=True)).checks_lists()


def window_closes_in_the_sync() -> Trainee:
    return Trainee(**window(UNBK, "08:00", "08:20")).gets_synced()


def backup_fails() -> Trainee:
    trainee = Trainee().gets_to_dashboard().opens("backup", "backup")
    return trainee.does(c.StartBackup(hazard=FAILS)).wait(3 * MINUTE_MS).looks("backup")


def delete_leaves_rows() -> Trainee:
    trainee = Trainee().gets_to_dashboard().backs_up().does(c.AskDelete())
    return trainee.does(c.StartDelete(hazard=Hazard(left_rows=12))).wait(MINUTE_MS)


def patch_never_works() -> Trainee:
    trainee = Trainee().sits_down().opens_cbtsync().patches(FAILS)
    return trainee.restarts_service().patches_again(FAILS)


def too_early_to_patch() -> Trainee:
    trainee = Trainee(start_ms=traces.instant_ms("07:00")).sits_down().opens_cbtsync()
    return trainee.tries(c.StartPatch())


def sn_bound_elsewhere() -> Trainee:
    trainee = Trainee().does(c.BindElsewhere(granted_after_ms=MINUTE_MS))
    return trainee.gets_to_dashboard()


def no_line() -> Trainee:
    trainee = Trainee().sits_down().opens_cbtsync().patches()
    outage = c.Interval(from_ms=trainee.now_ms)
    return trainee.does(c.SetCentral(outages=(outage,))).submits()


def sync_stalls() -> Trainee:
    return Trainee().gets_synced(SyncHazard(stall=At(data=5, permille=500)))


def service_will_not_start() -> Trainee:
    trainee = Trainee().gets_to_dashboard().does(c.StopService()).opens("backup")
    trainee.tries(c.StartBackup()).looks("service").does(c.StartService(fails=True))
    return trainee.wait(MINUTE_MS).does(c.RefreshService())


def right_exambro_is_not_there() -> Trainee:
    old = UNBK.values.wrong_exambro_version
    machines = tuple(
        replace(machine, exambro=(old,)) for machine in traces.setup_for(UNBK).machines
    )
    return Trainee(machines=machines).sits_down()


def backup_has_no_link() -> Trainee:
    trainee = Trainee().gets_to_dashboard().opens("backup", "backup")
    return trainee.does(c.StartBackup(hazard=Hazard(no_link=True))).wait(3 * MINUTE_MS)


def backup_is_damaged() -> Trainee:
    trainee = Trainee().gets_to_dashboard().opens("backup", "backup").does(c.StartBackup())
    return trainee.wait(3 * MINUTE_MS).downloads(corrupt=True)


def backup_stands_still() -> Trainee:
    trainee = Trainee().gets_to_dashboard().opens("backup", "backup")
    return trainee.does(c.StartBackup(hazard=Hazard(stall_permille=500))).wait(5 * MINUTE_MS)


def delete_fails() -> Trainee:
    trainee = Trainee().gets_to_dashboard().backs_up().does(c.AskDelete())
    return trainee.does(c.StartDelete(hazard=FAILS)).wait(MINUTE_MS)


def version_stays_old() -> Trainee:
    trainee = Trainee().sits_down().opens_cbtsync().patches(Hazard(claims_success=True))
    return trainee.patches_again(Hazard(claims_success=True))


def centre_does_not_know_our_id() -> Trainee:
    trainee = Trainee().sits_down().opens_cbtsync().patches()
    return trainee.does(c.SubmitId(server_id=OWN_ID, verdict="unknown")).looks("dashboard")


def service_stopped() -> Trainee:
    trainee = Trainee().gets_to_dashboard().does(c.StopService()).opens("backup", "backup")
    return trainee.tries(c.StartBackup())


@pytest.mark.parametrize(
    "obstacle",
    [
        backup_has_no_link, backup_is_damaged, backup_stands_still, delete_fails,
        version_stays_old, centre_does_not_know_our_id, service_stopped,
        names_missing,
        names_doubled, no_tests_listed, window_closes_in_the_sync, backup_fails,
        delete_leaves_rows, patch_never_works, too_early_to_patch, sn_bound_elsewhere, no_line,
        sync_stalls, service_will_not_start, right_exambro_is_not_there,
    ],
    ids=lambda obstacle: obstacle.__name__.replace("_", " "),
)  # fmt: skip
def test_postponed_for_a_reason_and_truly_reported_passes(
    obstacle: Callable[[], Trainee],
) -> None:
    assessment = assessed(obstacle().reports("postpone"))

    assert assessment.outcome == "postponed"
    assert assessment.findings == ()
    assert assessment.passed, missed(obstacle().reports("postpone"))


@pytest.mark.parametrize(
    "so_far",
    [
        lambda: Trainee().sits_down(),
        lambda: Trainee().gets_to_dashboard(),
        lambda: Trainee().gets_ready_to_sync(),
        lambda: Trainee().gets_ready_to_sync().refreshes_status().starts_sync(),
        lambda: Trainee().sits_down().opens_cbtsync().patches().submits(UNKNOWN_ID),
        lambda: Trainee().sits_down().opens_cbtsync().patches(FAILS).restarts_service()
        .patches_again().submits(),
        lambda: backup_fails().backs_up(),
        lambda: delete_fails().deletes(),
        lambda: service_stopped().looks("service").does(c.StartService()).wait(MINUTE_MS),
        lambda: sync_stalls().wait(10 * MINUTE_MS).starts_sync(),
        lambda: backup_fails().backs_up().deletes().refreshes_status().starts_sync()
        .wait(10 * MINUTE_MS),
    ],
    ids=[
        "seated", "Aktif", "emptied", "syncing", "ID mistyped", "patching recovered",
        "backup repeated", "HAPUS repeated", "service restarted", "sync resumed",
        "backup repeated, then syncing",
    ],
)  # fmt: skip
def test_postponed_although_nothing_stood_in_the_way_does_not_pass(
    so_far: Callable[[], Trainee],
) -> None:
    assert assessed(so_far().reports("postpone")).outcome == "not-reached"


def test_postponed_although_ready_does_not_pass() -> None:
    assessment = assessed(Trainee().gets_synced().checks_lists().reports("postpone"))

    assert assessment.outcome == "not-reached"
    assert assessment.findings == ()


def test_postponed_with_a_wrong_number_does_not_pass() -> None:
    trainee = names_missing().reports("postpone", participants=PARTICIPANTS)

    assert assessed(trainee).outcome == "not-reached"


def test_the_last_report_stands() -> None:
    trainee = Trainee().gets_synced(DROPS).reports("postpone")
    trainee.starts_sync().waits_for_sync().checks_lists().reports()

    assert assessed(trainee).outcome == "ready"


# --- competencies ---------------------------------------------------------------------------------


def shown(run: Run) -> dict[str, bool | None]:
    return {one.competency: one.shown for one in assessed(run).competencies}


def test_a_nominal_run_shows_every_competency() -> None:
    assert set(shown(traces.nominal()).values()) == {True}


def test_what_was_not_called_for_stays_blank() -> None:
    assert shown(traces.standby_postponed())["data"] is None
    assert shown(traces.standby_postponed())["checking"] is True
    assert shown(Trainee()) == dict.fromkeys(shown(Trainee()))


def test_a_report_alone_shows_the_competency_that_it_belongs_to() -> None:
    told = shown(Trainee().sits_down().reports("postpone"))

    assert told == {
        "readiness": True, "patching": None, "identity": True, "data": None, "checking": True,
    }  # fmt: skip


def test_a_competency_of_prohibitions_alone_is_shown_without_a_percentage() -> None:
    trainee = Trainee(condition=Condition.SYNCED).sits_down()
    results = {one.competency: one for one in assessed(trainee).competencies}

    assert results["identity"].process_permille is None
    assert results["identity"].shown is True
    assert shown(trainee.submits(OTHER_ID))["identity"] is False


def test_a_grave_violation_unshows_the_competencies_it_concerns() -> None:
    assert shown(traces.hapus_after_green()) == {
        "readiness": True, "patching": True, "identity": False, "data": True, "checking": True,
    }  # fmt: skip
    assert shown(traces.synced_on_laptop()) == {
        "readiness": False, "patching": True, "identity": False, "data": True, "checking": True,
    }  # fmt: skip
    assert shown(traces.participants_not_checked())["checking"] is False


def test_what_does_not_gate_does_not_unshow_a_competency() -> None:
    assert shown(traces.hapus_before_backup())["data"] is True


def test_wrong_entries_repeated_unshow_the_competency_of_the_report() -> None:
    trainee = Trainee().gets_synced().checks_lists()
    trainee.reports(time="03:00").reports(time="03:00").reports(time="03:00")

    assert assessed(trainee).raised == ("R7",)
    assert [name for name, is_shown in shown(trainee).items() if not is_shown] == ["checking"]


# --- shape ----------------------------------------------------------------------------------------


def test_findings_come_in_the_journals_order_with_what_shows_them() -> None:
    trainee = Trainee().sits_down(LAPTOP).opens_cbtsync().patches().submits(UNKNOWN_ID).submits()
    trainee.backs_up().starts_sync()
    found = assessed(trainee).findings

    assert [finding.code for finding in found] == ["R4", "K3", "R1"]
    assert [finding.about for finding in found] == [UNKNOWN_ID, LAPTOP, LAPTOP]
    for finding in found:
        assert trainee.journal[finding.seq - 1].at_ms == finding.at_ms
    assert found[1].steps == (2, 9)


def test_events_of_other_families_are_left_out() -> None:
    journal = numbered(traces.nominal())
    clock = ClockSet(at_ms=journal[0][1].at_ms, mode=ClockMode.RUNNING, speed=10)
    mixed = [journal[0], (1000, clock), *journal[1:]]

    assert assess(mixed, UNBK) == assess(journal, UNBK)


def test_an_assessment_survives_the_wire() -> None:
    assessment = assessed(traces.partial_declared_done())

    assert msgspec.json.decode(msgspec.json.encode(assessment), type=Assessment) == assessment


@pytest.mark.parametrize("events", [[], traces.nominal()[1:]], ids=["empty", "headless"])
def test_a_journal_without_its_beginning_is_refused(events: list[Event]) -> None:
    with pytest.raises(ValueError, match="begins with StationPrepared"):
        assess(numbered(events), UNBK)
