"""START SYNC (steps 15 to 18): what it needs, how it advances, halts and resumes."""

import pytest

from mock_server.domain import commands as c
from mock_server.domain import events as e
from mock_server.domain import screens
from mock_server.domain.hazards import At, Short, Slow, SyncHazard
from mock_server.domain.sync_plan import received_rows
from mock_server.domain.truth import truth
from tests.builders import (
    DATA_SETS,
    MINUTE,
    OWN_ID,
    SECOND,
    Proctor,
    at_dashboard,
    emptied,
    instant_ms,
    server_setup,
    setup,
    synced,
    syncing,
)

ALL_ROWS = tuple(one.rows for one in DATA_SETS)


def screen(proctor: Proctor):
    return screens.sync(proctor.station, proctor.now_ms)


def resumed(proctor: Proctor) -> Proctor:
    return proctor.does(c.RefreshStatus(), c.CloseStatus(), c.StartSync()).wait(31 * MINUTE)


def test_all_data_sets_arrive_in_order_and_in_the_planned_time():
    proctor = syncing().wait(30 * MINUTE)

    assert [one.data for one in proctor.happened(e.DataReceived)] == list(range(1, 10))
    assert proctor.happened(e.SyncCompleted)[0].at_ms == proctor.now_ms
    assert proctor.machine.data.received == ALL_ROWS


def test_one_millisecond_before_the_end_it_is_not_complete():
    proctor = syncing().wait(30 * MINUTE - 1)

    assert screen(proctor).phase == "running"
    assert screen(proctor).done == 8


def test_start_sync_is_refused_unless_active():
    proctor = emptied().wait_until("17:00")

    assert proctor.tries(c.StartSync()) == "sync.not_active"


def test_start_sync_pressed_again_is_refused_while_it_advances():
    assert syncing().wait(MINUTE).tries(c.StartSync()) == "sync.busy"


def test_start_sync_after_completion_is_refused():
    assert synced().tries(c.StartSync()) == "sync.complete_already"


def test_a_row_is_green_only_at_its_full_count():
    proctor = syncing().wait(MINUTE)
    rows = screen(proctor).rows

    assert [row.colour for row in rows if row.local == row.central] == ["green"] * screen(
        proctor
    ).done
    assert {row.state for row in rows} == {"downloading", "waiting"}


def test_a_drop_ends_it_there_and_the_rest_stays_empty():
    hazard = SyncHazard(drop=At(data=7, permille=600))
    proctor = syncing(hazard=hazard).wait(31 * MINUTE)

    [stopped] = proctor.happened(e.SyncStopped)
    assert (stopped.data, stopped.reason) == (7, "dropped")
    assert stopped.received == (*ALL_ROWS[:6], 72, 0, 0)
    assert [row.state for row in screen(proctor).rows[6:]] == ["stopped", "empty", "empty"]


def test_a_resumed_sync_goes_on_where_it_stopped():
    hazard = SyncHazard(drop=At(data=7, permille=600))
    proctor = resumed(syncing(hazard=hazard).wait(31 * MINUTE))

    assert proctor.happened(e.SyncStarted)[1].resumed
    assert [one.data for one in proctor.happened(e.DataReceived)] == list(range(1, 10))
    assert truth(proctor.station).ready


def test_a_drop_that_strikes_again_at_its_point_halts_at_once():
    hazard = SyncHazard(drop=At(data=7, permille=600))
    proctor = syncing(hazard=hazard).wait(31 * MINUTE).does(c.StartSync(hazard=hazard)).wait(1)

    assert screen(proctor).phase == "stopped"


def test_a_point_that_lies_behind_strikes_no_more():
    early = SyncHazard(drop=At(data=2, permille=0))
    proctor = syncing(hazard=SyncHazard(drop=At(data=7, permille=600))).wait(31 * MINUTE)

    proctor.does(c.StartSync(hazard=early)).wait(31 * MINUTE)
    assert screen(proctor).phase == "complete"


def test_a_stall_stops_it_after_ten_minutes_and_not_before():
    proctor = syncing(hazard=SyncHazard(stall=At(data=1, permille=500))).wait(36 * SECOND)
    stalled_at = screen(proctor).last_change_ms

    proctor.wait(10 * MINUTE - 1)
    assert (screen(proctor).phase, screen(proctor).last_change_ms) == ("running", stalled_at)
    assert proctor.tries(c.StartSync()) == "sync.busy"

    proctor.wait(1)
    assert screen(proctor).stopped_reason == "stalled"
    assert proctor.tries(c.StartSync()) is None


def test_a_window_that_closes_stops_it_at_that_instant():
    closes = instant_ms("08:20")
    of = setup(servers=(server_setup("SRV-01", OWN_ID, closes_ms=closes),))
    proctor = syncing(of).wait(31 * MINUTE)

    [stopped] = proctor.happened(e.SyncStopped)
    assert (stopped.at_ms, stopped.reason) == (closes, "closed")
    assert proctor.tries(c.StartSync()) == "sync.not_active"


def test_a_line_that_goes_down_stops_it_and_nothing_received_is_lost():
    proctor = syncing().wait(10 * MINUTE)
    before = received_rows(proctor.machine, proctor.now_ms)
    outage = c.Interval(from_ms=proctor.now_ms, until_ms=proctor.now_ms + MINUTE)
    proctor.does(c.SetCentral(outages=(outage,))).wait(2 * MINUTE)

    assert proctor.happened(e.SyncStopped)[0].reason == "line"
    assert proctor.machine.data.received == before
    assert truth(resumed(proctor).station).ready


def test_a_service_that_dies_stops_it_and_must_be_started_first():
    hazard = SyncHazard(service_dies=At(data=5, permille=500))
    proctor = syncing(hazard=hazard).wait(31 * MINUTE)
    assert screen(proctor).stopped_reason == "service"
    assert proctor.tries(c.StartSync()) == "job.service_stopped"

    proctor.does(c.StartService()).wait(MINUTE)
    assert truth(resumed(proctor).station).ready


def test_a_crash_leaves_the_sync_running():
    proctor = syncing(hazard=SyncHazard(crash=At(data=5, permille=500))).wait(31 * MINUTE)

    assert not proctor.machine.cbtsync_open
    assert truth(proctor.station).ready


def test_a_short_row_lies_in_green_and_refresh_status_tells():
    proctor = syncing(hazard=SyncHazard(short=(Short(data=5, missing=24),))).wait(31 * MINUTE)
    proctor.does(c.RefreshStatus())

    assert screen(proctor).rows[4].colour == "green"
    assert screens.overlay(proctor.station, proctor.now_ms).rows[4].local == 1000
    assert truth(proctor.station).datasets_complete == 8


def test_a_slow_data_set_takes_its_factor_longer():
    hazard = SyncHazard(slow=(Slow(data=5, factor_permille=4000),))
    proctor = syncing(hazard=hazard).wait(60 * MINUTE)

    ordinary = [one.at_ms for one in synced().happened(e.DataReceived)]
    slow = [one.at_ms for one in proctor.happened(e.DataReceived)]
    nominal = 30 * MINUTE * 220 // 1000
    assert slow[3] == ordinary[3]
    assert slow[4] - slow[3] == 4 * nominal


def test_a_slow_centre_slows_the_whole_sync():
    proctor = emptied()
    slow = c.Interval(from_ms=proctor.now_ms, factor_permille=2000)
    proctor.does(c.SetCentral(slowdowns=(slow,)), c.StartSync()).wait(60 * MINUTE)

    took = proctor.happened(e.SyncCompleted)[0].at_ms - proctor.happened(e.SyncStarted)[0].at_ms
    assert took == 60 * MINUTE


def test_it_says_whether_refresh_status_was_read_and_closed():
    forgotten = emptied().does(c.StartSync()).happened(e.SyncStarted)[0]
    left_open = emptied().does(c.RefreshStatus(), c.StartSync()).happened(e.SyncStarted)[0]
    proper = syncing().happened(e.SyncStarted)[0]

    assert [(one.refreshed, one.overlay_open) for one in (forgotten, left_open, proper)] == [
        (False, False),
        (True, True),
        (True, False),
    ]


def test_a_refresh_from_before_the_delete_does_not_count():
    proctor = at_dashboard().does(c.RefreshStatus(), c.CloseStatus(), c.StartDelete()).wait(MINUTE)

    assert not proctor.does(c.StartSync()).happened(e.SyncStarted)[0].refreshed


def test_it_says_how_many_old_rows_were_still_there():
    started = at_dashboard().does(c.StartSync()).happened(e.SyncStarted)[0]

    assert started.old_rows == sum(one.old_rows for one in DATA_SETS)


@pytest.mark.parametrize("minutes", range(0, 31, 3))
def test_rows_are_a_function_of_time_and_never_fall(minutes):
    proctor = syncing().wait(minutes * MINUTE)
    then = [row.local for row in screen(proctor).rows]
    now = [row.local for row in screen(proctor.wait(SECOND)).rows]

    assert all(a <= b for a, b in zip(then, now, strict=True))


def test_central_counts_cannot_be_read_without_a_line():
    proctor = emptied()
    proctor.does(c.SetCentral(outages=(c.Interval(from_ms=proctor.now_ms),)), c.RefreshStatus())

    rows = screens.overlay(proctor.station, proctor.now_ms).rows
    assert {row.central for row in rows} == {None}
