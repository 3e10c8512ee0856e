"""Steps 8 to 11: Submit, the Dashboard's conditions and their cures, and waiting for the slot."""

import pytest
from msgspec.structs import replace

from client.procedure import Procedure
from client.settings import Bounds, Rules
from client.steps import PROCEDURE
from tests.client.fake_station import (
    MINUTE,
    OWN_ID,
    START_MS,
    FakeSender,
    FakeStation,
    lost_answer,
    lost_request,
    then,
)
from tests.client.support import acts, run, step, up_to

HOUR = 60 * MINUTE


@pytest.fixture
def station():
    return FakeStation()


@pytest.fixture
def sender(station):
    return FakeSender(station)


def to_11(sender, folder):
    runner = up_to(8, sender, folder)
    return runner, runner.run(PROCEDURE[7:11])


# --- 8 -------------------------------------------------------------------------------------------


def test_the_right_id_is_submitted_once(station, sender, tmp_path):
    runner = up_to(8, sender, tmp_path)

    runner.carry_out(step(8))

    assert acts(sender) == ["id.submit"]
    assert station.shown_id == OWN_ID


def test_an_id_that_stands_there_already_is_not_submitted_again(station, sender, tmp_path):
    station.machine, station.exambro, station.open = "server", "50.170406", True
    station.version, station.shown_id = "5.1.0", OWN_ID

    run(sender, tmp_path)

    assert "id.submit" not in sender.calls


def test_another_id_is_corrected_while_nothing_is_synchronised(station, sender, tmp_path):
    station.machine, station.exambro, station.open = "server", "50.170406", True
    station.version, station.shown_id = "5.1.0", "K99990002"

    result = run(sender, tmp_path)

    assert result.ending == "ready"
    assert station.shown_id == OWN_ID


def test_another_id_on_a_synchronised_machine_halts(station, sender, tmp_path):
    station.machine, station.exambro, station.open = "server", "50.170406", True
    station.version, station.shown_id = "5.1.0", "K99990002"
    station.sync.phase, station.received = "complete", [10, 20, 30]

    result = run(sender, tmp_path)

    assert (result.ending, result.why.key) == ("halted", "interlock.id_is_fixed")
    assert "id.submit" not in sender.calls


def test_an_unknown_id_is_compared_with_the_portal_and_submitted_again(station, sender, tmp_path):
    station.verdicts = ["unknown-id"]

    runner, stop = to_11(sender, tmp_path)

    assert stop is None
    ids = [name for name in sender.calls if name in ("id.submit", "portal.ids")]
    assert ids == ["id.submit", "portal.ids", "id.submit"]
    assert runner.recoveries[0].why.key == "recover.unknown_id"
    assert station.now >= START_MS + 5 * MINUTE


def test_an_unknown_id_that_was_a_slip_is_put_right_at_once(station, sender, tmp_path):
    runner = up_to(8, sender, tmp_path)
    right, wrong = runner.belief.ids, OWN_ID.replace("1", "7")
    slip = replace(right.servers[0], server_id=wrong)
    runner.belief = replace(runner.belief, ids=replace(right, servers=(slip, *right.servers[1:])))
    station.verdicts = ["unknown-id"]
    began = station.now

    assert runner.run(PROCEDURE[7:9]) is None

    assert station.shown_id == OWN_ID
    assert station.now < began + MINUTE
    assert [name for name in sender.calls if name == "id.submit"] == ["id.submit"] * 2


def test_an_id_that_stays_unknown_is_reported_after_four_submits(station, sender, tmp_path):
    station.verdicts = ["unknown-id"] * 9

    result = run(sender, tmp_path)

    assert (result.ending, result.why.key) == ("reported", "stop.unknown_id")
    assert sender.calls.count("id.submit") == 4
    assert station.now >= START_MS + 15 * MINUTE


def test_a_mismatch_needs_an_sn_reset_and_another_submit(station, sender, tmp_path):
    station.verdicts = ["mismatch"]

    _, stop = to_11(sender, tmp_path)

    assert stop is None
    assert acts(sender) == ["id.submit", "portal.sn-reset:ask", "id.submit"]
    assert station.now >= START_MS + 15 * MINUTE


def test_an_sn_reset_that_was_asked_for_is_not_asked_for_again(station, sender, tmp_path):
    station.verdicts = ["mismatch"]
    station.sn_granted_at = START_MS + 5 * MINUTE

    _, stop = to_11(sender, tmp_path)

    assert stop is None
    assert acts(sender) == ["id.submit", "id.submit"]


def test_a_mismatch_that_no_reset_mends_is_reported(station, sender, tmp_path):
    station.verdicts = ["mismatch"] * 9

    result = run(sender, tmp_path)

    assert (result.ending, result.why.key) == ("reported", "stop.mismatch")
    assert station.log.count("POST portal/sn-reset") == 2


def test_offline_is_asked_again_every_five_minutes_with_the_same_id(station, sender, tmp_path):
    station.line_down_until = START_MS + 22 * MINUTE
    runner = up_to(8, sender, tmp_path)
    began = station.now

    assert runner.run(PROCEDURE[7:11]) is None

    submits = sender.calls.count("id.submit")
    assert submits == 1 + -(-(station.line_down_until - began) // (5 * MINUTE))
    assert station.shown_id == OWN_ID


def test_offline_until_the_slot_is_over_is_reported(station, sender, tmp_path):
    station.windows = [(START_MS, START_MS + HOUR)]
    station.line_down_until = START_MS + 9 * HOUR

    result = run(sender, tmp_path)

    assert (result.ending, result.why.key) == ("reported", "stop.no_line")
    assert station.now - START_MS <= HOUR + 6 * MINUTE


@pytest.mark.parametrize("fate", [lost_answer, lost_request], ids=["answer", "request"])
def test_a_submit_in_doubt_is_settled_on_the_dashboard(fate, station, sender, tmp_path):
    sender.fates["id.submit"] = [fate]

    assert run(sender, tmp_path).ending == "ready"
    assert sender.calls.count("id.submit") == (1 if fate is lost_answer else 2)


# --- 9 -------------------------------------------------------------------------------------------


def test_step_9_holds_when_the_dashboard_shows_another_id(station, sender, tmp_path):
    runner = up_to(9, sender, tmp_path)
    station.shown_id = "K99990002"
    station.sync.phase = "complete"
    sender.fates["dashboard.view"] = []
    runner.belief = runner._courier.look(runner.belief, PROCEDURE[8].ask)

    stop = runner.run((step(9),))

    assert stop is not None
    assert stop.ending == "halted"


# --- 10 and 11 -----------------------------------------------------------------------------------


def test_step_10_reads_the_schedule_and_waits_for_the_slot(station, sender, tmp_path):
    opens = START_MS + 90 * MINUTE
    station.windows = [(opens, opens + 2 * HOUR)]

    runner, stop = to_11(sender, tmp_path)

    assert stop is None
    assert sender.calls.count("portal.schedule") == 1
    assert station.now == opens
    assert runner.belief.condition == "active"


def test_a_slot_tomorrow_postpones_and_says_when_to_come_back(station, sender, tmp_path):
    opens = START_MS + 24 * HOUR
    station.windows = [(opens, opens + 2 * HOUR)]

    result = run(sender, tmp_path)

    assert (result.ending, result.come_back_ms, result.step) == ("postponed", opens, 10)
    assert station.now - START_MS < 10 * MINUTE
    assert station.filed[-1]["decision"] == "postpone"
    assert station.filed[-1]["datasets_complete"] == 0


def test_a_slot_that_begins_within_the_bound_of_the_run_is_waited_for(station, sender, tmp_path):
    bound = Bounds().run_ms
    for opens, ending in ((START_MS + bound - MINUTE, None), (START_MS + bound + MINUTE, "stop")):
        station = FakeStation()
        station.windows = [(opens, opens + 2 * HOUR)]
        _, stop = to_11(FakeSender(station), tmp_path)
        assert (stop is None) == (ending is None)


def test_a_slot_that_is_over_is_for_the_helpdesk(station, sender, tmp_path):
    station.windows = [(START_MS - 3 * HOUR, START_MS - HOUR)]

    result = run(sender, tmp_path)

    assert (result.ending, result.why.key) == ("reported", "stop.closed_no_slot")


def test_access_that_stays_closed_in_its_slot_is_looked_at_again(station, sender, tmp_path):
    runner = up_to(10, sender, tmp_path)
    station.verdict = "closed"
    runner.belief = runner._courier.look(runner.belief, PROCEDURE[9].ask)
    sender.fates["dashboard.view"] = [None, None, then(lambda s: setattr(s, "verdict", None))]

    assert runner.run(PROCEDURE[9:11]) is None
    assert station.now - START_MS >= 15 * MINUTE


def test_closed_after_a_complete_sync_is_as_it_should_be(station, sender, tmp_path):
    station.machine, station.exambro, station.open = "server", "50.170406", True
    station.version, station.shown_id = "5.1.0", OWN_ID
    station.sync.phase, station.received = "complete", [10, 20, 30]
    station.old_rows, station.windows = [0, 0, 0], []

    result = run(sender, tmp_path)

    assert result.ending == "ready"
    assert not {"HAPUS", "START SYNC", "POST backup/start"} & set(station.log)


def test_step_11_looks_once_more_before_anything_is_touched(station, sender, tmp_path):
    to_11(sender, tmp_path)

    assert sender.calls[-2:] == ["dashboard.view", "sync.status"]


def test_a_wait_is_bounded_by_the_whole_run(station, sender, tmp_path):
    station.windows = [(START_MS, START_MS + 20 * HOUR)]
    station.line_down_until = START_MS + 20 * HOUR
    rules = Rules(procedure=Procedure(data_sets=3), bounds=Bounds(run_ms=HOUR))

    result = run(sender, tmp_path, rules=rules)

    assert (result.ending, result.why.key) == ("reported", "stop.run_bound")
    assert station.now - START_MS < HOUR + 10 * MINUTE
