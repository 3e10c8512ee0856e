"""Where a trainee is: what was done and seen moves on, what nobody has looked at does not."""

import pytest

from mock_server.domain import commands as c
from mock_server.domain.hazards import Hazard
from tests.procedure import traces
from tests.procedure.traces import FAILS, UNBK, Trainee, window
from tests.training.support import reading_of


def steps(run) -> list[object]:
    return [stand.step for stand in reading_of(run).line]


def now(run) -> object:
    return reading_of(run).position.step


def test_the_ordinary_day_goes_through_the_steps_in_order():
    assert steps(traces.nominal()) == [*range(1, 7), 8, 9, *range(12, 22)]


def test_each_stand_carries_the_event_and_the_instant_that_led_there():
    reading = reading_of(traces.nominal())
    by_seq = {moment.seq: moment for moment in reading.course.moments}

    assert reading.line[0].seq == 1
    assert all(by_seq[one.seq].at_ms == one.at_ms for one in reading.line[1:])
    assert reading.position.since_ms == reading.line[-1].at_ms


def test_a_failed_patching_leads_through_its_six_parts():
    assert steps(traces.patch_recovered())[4:12] == [5, "7a", "7b", "7c", "7d", "7e", "7f", 8]


def test_a_patching_that_failed_unseen_is_still_the_one_whose_result_must_be_read():
    trainee = Trainee().sits_down().opens_cbtsync().does(c.StartPatch(hazard=FAILS))
    trainee.wait(trainee.station.setup.durations.patch_ms)

    assert now(trainee) == 5
    assert now(trainee.looks("patch")) == "7a"


def test_success_at_the_old_version_leads_to_reading_it_and_then_to_step_7():
    claims = Hazard(claims_success=True)
    trainee = Trainee().sits_down().opens_cbtsync().does(c.StartPatch(hazard=claims))
    trainee.wait(trainee.station.setup.durations.patch_ms)

    assert now(trainee) == 6
    assert now(trainee.looks("patch")) == "7a"


def test_patching_again_blindly_leaves_one_at_the_service():
    assert steps(traces.patch_retried_blindly()).count("7a") == 4


def test_a_standby_that_nobody_read_is_still_the_dashboard_to_be_read():
    trainee = Trainee(**window(UNBK, "13:00")).sits_down().opens_cbtsync().patches()
    trainee.does(c.SubmitId(server_id=traces.OWN_ID))

    assert now(trainee) == 9
    assert now(trainee.looks("dashboard")) == 10


def test_an_unknown_id_leads_back_to_the_form():
    assert steps(traces.id_mistyped())[6:10] == [8, 9, 8, 12]


def test_a_sync_that_stopped_keeps_one_at_step_18():
    assert now(traces.partial_declared_done()) == 18


def test_without_old_data_nothing_is_there_to_delete():
    trainee = Trainee(old_data=False).gets_to_dashboard().backs_up()

    assert now(trainee) == 15


def test_a_service_that_refuses_a_job_is_looked_at_first():
    trainee = Trainee().gets_to_dashboard().opens("backup", "backup")
    trainee.does(c.StopService()).tries(c.StartBackup())
    assert now(trainee) == "7a"

    assert now(trainee.restarts_service()) == 13


@pytest.mark.parametrize("condition", ["patched", "active", "ready-to-sync", "synced"])
def test_what_stood_done_at_the_start_is_done(condition):
    trainee = Trainee(condition=condition).sits_down()
    done = reading_of(trainee).position.done

    assert {"patched": 6, "active": 11, "ready-to-sync": 14, "synced": 18}[condition] in done


def test_a_report_finishes_the_run():
    assert reading_of(traces.nominal()).position.finished
    assert not reading_of(Trainee().gets_synced()).position.finished
