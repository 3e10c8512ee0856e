"""Steps 1 to 7: the right ID, machine and program; patching and its recovery."""

import pytest

from client.procedure import Procedure
from client.settings import Bounds, Rules
from client.steps import PROCEDURE
from client.texts import Texts
from tests.client.fake_station import (
    LABEL,
    MINUTE,
    OWN_ID,
    START_MS,
    FakeSender,
    FakeStation,
    Job,
    lost_answer,
    then,
)
from tests.client.support import acts, run, runner_of, step, up_to


@pytest.fixture
def station():
    return FakeStation()


@pytest.fixture
def sender(station):
    return FakeSender(station)


def test_the_steps_are_the_twenty_one_of_the_procedure_in_order():
    assert [one.number for one in PROCEDURE] == list(range(1, 22))
    assert len({one.name for one in PROCEDURE}) == 21


# --- 1 to 3 --------------------------------------------------------------------------------------


def test_step_1_picks_the_id_whose_label_stands_on_an_exam_server(station, sender, tmp_path):
    other = {"server": "SRV-UJIAN-02", "server_id": "K99990002"}
    station.ids = [other, *station.ids]

    run(sender, tmp_path)

    assert station.shown_id == OWN_ID


def test_step_1_reports_a_school_without_ids(station, sender, tmp_path):
    station.ids = []

    result = run(sender, tmp_path)

    assert (result.ending, result.why.key, result.step) == ("reported", "stop.no_ids", 1)


def test_step_1_reports_a_room_without_the_right_server(station, sender, tmp_path):
    station.ids = [{"server": "SRV-LAIN", "server_id": OWN_ID}]

    assert run(sender, tmp_path).why.key == "stop.no_exam_server"


def test_a_laptop_with_the_right_label_is_still_a_laptop(station, sender, tmp_path):
    station.machines = [{**station.machines[0], "label": LABEL}]

    assert run(sender, tmp_path).why.key == "stop.no_exam_server"
    assert "machine.use" not in sender.calls


def test_step_2_sits_down_at_the_exam_server_only(station, sender, tmp_path):
    station.machine = "laptop"

    runner_of(sender, tmp_path).run(PROCEDURE[:2])

    assert station.machine == "server"
    assert acts(sender) == ["machine.use"]


def test_step_2_stays_where_it_is_right(station, sender, tmp_path):
    station.machine = "server"

    runner_of(sender, tmp_path).run(PROCEDURE[:2])

    assert acts(sender) == []


def test_step_3_opens_the_version_of_the_procedure(station, sender, tmp_path):
    station.exambro = "49"

    up_to(4, sender, tmp_path)

    assert station.exambro == "50.170406"


def test_step_3_reports_a_version_that_is_not_installed(station, sender, tmp_path):
    result = run(sender, tmp_path, rules=Rules(procedure=Procedure(exambro_version="51")))

    assert (result.ending, result.step) == ("reported", 3)
    assert result.why.fields == {"wanted": "51", "found": "49, 50.170406"}


# --- 4 and NB ------------------------------------------------------------------------------------


def test_step_4_waits_for_the_hour_of_patching(station, sender, tmp_path):
    station.patch_opens = START_MS + 25 * MINUTE

    up_to(5, sender, tmp_path)

    assert station.now == station.patch_opens


def test_patching_that_opens_tomorrow_is_a_reason_to_come_back(station, sender, tmp_path):
    station.patch_opens = START_MS + 24 * 60 * MINUTE

    result = run(sender, tmp_path)

    assert (result.ending, result.come_back_ms) == ("postponed", station.patch_opens)


def test_patching_that_is_due_and_not_offered_is_looked_for_by_reopening(station, sender, tmp_path):
    runner = up_to(4, sender, tmp_path)

    def fields(body):
        seen = FakeStation.patch_fields(station, body)
        was_closed = "POST cbtsync/close" in station.log
        return seen if was_closed else {**seen, "phase": "not-open"}

    station.patch_fields = fields
    runner.carry_out(step(4))

    assert acts(sender) == ["cbtsync.open", "cbtsync.close", "cbtsync.open"]


# --- 5 to 7 --------------------------------------------------------------------------------------


def test_step_5_presses_pembaharuan_once_and_waits(station, sender, tmp_path):
    runner = up_to(5, sender, tmp_path)

    runner.carry_out(step(5))

    assert acts(sender) == ["patch.start"]
    assert station.now - START_MS == 90_000
    assert len(sender.calls) <= 3


def test_a_patched_station_is_not_patched_again(station, sender, tmp_path):
    station.version = "5.1.0"

    up_to(8, sender, tmp_path)

    assert "POST patch/start" not in station.log


@pytest.mark.parametrize("fails", [1, 2, 4])
def test_step_7_does_its_whole_round_for_each_failure(fails, station, sender, tmp_path):
    station.patch_fails = fails
    runner = up_to(7, sender, tmp_path)

    runner.carry_out(step(7))

    round_ = ["service.start", "service.refresh", "cbtsync.close", "cbtsync.open", "patch.start"]
    assert acts(sender) == round_ * fails
    assert station.version == "5.1.0"


def test_step_7_gives_up_after_five_attempts_and_says_so(station, sender, tmp_path):
    station.patch_fails = 99

    result = run(sender, tmp_path)

    assert (result.ending, result.why.key, result.step) == ("reported", "stop.patching", 7)
    assert station.log.count("POST patch/start") == 5
    assert station.filed[-1]["decision"] == "postpone"


def test_step_7_starts_a_stopped_service_and_refreshes_until_it_runs(station, sender, tmp_path):
    station.service = False
    runner = up_to(7, sender, tmp_path)

    runner.carry_out(step(7))

    sent = acts(sender)
    assert sent[0] == "service.start"
    assert sent.count("service.start") == 1
    assert sent.count("service.refresh") == 2  # the first one reads "starting"
    assert station.version == "5.1.0"


def test_a_service_that_does_not_come_up_is_started_again_then_reported(station, sender, tmp_path):
    station.service, station.service_start_fails = False, 99

    result = run(sender, tmp_path)

    assert (result.ending, result.why.key) == ("reported", "stop.service")
    assert station.log.count("POST service/start") == 3


def test_a_service_that_comes_up_at_the_second_start_is_enough(station, sender, tmp_path):
    station.service, station.service_start_fails = False, 1

    assert run(sender, tmp_path).ending == "ready"


def test_a_message_of_success_with_the_old_version_is_a_failure(station, sender, tmp_path):
    station.patch_claims = 1

    result = run(sender, tmp_path)

    assert result.ending == "ready"
    assert station.log.count("POST patch/start") == 2
    assert [one.why.key for one in result.recoveries][:1] == ["recover.patch_claims"]


def test_submit_waits_until_the_version_is_right(station, sender, tmp_path):
    station.patch_claims = 99

    result = run(sender, tmp_path)

    assert result.ending == "reported"
    assert "id.submit" not in sender.calls


def test_a_patching_that_stands_still_is_closed_after_ten_minutes(station, sender, tmp_path):
    runner = up_to(5, sender, tmp_path)
    sender.fates["patch.start"] = [then(lambda s: setattr(s.patch, "halt", 40))]

    assert runner.run(PROCEDURE[4:7]) is None

    stalled = acts(sender)
    assert stalled[:1] == ["patch.start"]
    assert "cbtsync.close" in stalled
    assert station.version == "5.1.0"
    assert 10 * MINUTE <= station.now - START_MS <= 16 * MINUTE


def test_a_lost_answer_to_pembaharuan_is_asked_about_not_repeated(station, sender, tmp_path):
    sender.fates["patch.start"] = [lost_answer]

    assert run(sender, tmp_path).ending == "ready"
    assert sender.calls.count("patch.start") == 1


def test_a_crash_while_patching_is_reopened_and_patched_again(station, sender, tmp_path):
    runner = up_to(5, sender, tmp_path)
    sender.fates["patch.start"] = [then(crash_patching)]

    assert runner.run(PROCEDURE[4:7]) is None
    assert acts(sender) == ["patch.start", "cbtsync.open", "patch.start"]


def crash_patching(station):
    station.crash()
    station.patch = Job("patch", "idle")


def test_an_invalid_licence_is_mended_by_the_clock_and_a_reopening(station, sender, tmp_path):
    station.clock_ok = False

    result = run(sender, tmp_path)

    assert result.ending == "ready"
    sent = acts(sender)
    at = sent.index("machine.set-clock")
    assert sent[at : at + 4] == [
        "machine.set-clock",
        "cbtsync.close",
        "cbtsync.open",
        "patch.start",
    ]


def test_the_bounds_are_data(station, sender, tmp_path):
    station.patch_fails = 99
    rules = Rules(procedure=Procedure(data_sets=3), bounds=Bounds(patch_attempts_max=2))

    run(sender, tmp_path, rules=rules)

    assert station.log.count("POST patch/start") == 2


def test_another_edition_has_another_version(station, sender, tmp_path):
    result = run(sender, tmp_path, rules=Rules(procedure=Procedure(cbtsync_version="6.0")))

    assert result.why.key == "stop.patching"
    assert "5.1.0" in Texts("en").say(result.why)
