"""What an answer teaches, and what it does not."""

import json

import pytest

from client import calls
from client.belief import Belief, learn, learn_refusal
from client.calls import Call
from client.outcome import Obeyed, Refused
from client.recovery import lesson_of
from client.replies import judge
from tests.client.fake_station import OWN_ID, FakeStation


@pytest.fixture
def station():
    """One at the dashboard, nothing done yet."""
    made = FakeStation()
    made.machine, made.exambro, made.open = "server", "50.170406", True
    made.version, made.shown_id = "5.1.0", OWN_ID
    return made


def after(station: FakeStation, belief: Belief, *sent: Call) -> Belief:
    for call in sent:
        status, answer = station.answer(call.method, call.path, dict(call.body or {}))
        outcome = judge(status, "application/json", "", json.dumps(answer).encode(), call.shape)
        if isinstance(outcome, Refused):
            belief = learn_refusal(belief, outcome, lesson_of(outcome))
        else:
            assert isinstance(outcome, Obeyed)
            belief = learn(belief, call, outcome.reply)
    return belief


def test_every_answer_teaches_time_version_machine_and_status(station):
    belief = after(station, Belief(), calls.TESTS)

    assert (belief.now_ms, belief.machine) == (station.now, "server")
    assert belief.condition == "active"
    assert belief.opened is True
    assert belief.began_ms == station.now


def test_the_run_began_at_the_first_answer(station):
    belief = after(station, Belief(), calls.TESTS)
    station.now += 60_000

    assert after(station, belief, calls.TESTS).ran_ms == 60_000


def test_a_page_is_fresh_until_the_data_version_moves(station):
    belief = after(station, Belief(), calls.SYNC)
    assert belief.is_fresh("Sync")

    station.data_version += 1
    assert not after(station, belief, calls.TESTS).is_fresh("Sync")


def test_closing_the_view_is_not_reading_it(station):
    belief = after(station, Belief(), calls.REFRESH_STATUS)
    station.data_version += 1

    closed = after(station, belief, calls.CLOSE_STATUS)

    assert closed.overlay is not None
    assert closed.overlay.open is False
    assert not closed.is_fresh("Overlay")


def test_a_status_that_vanishes_means_that_cbtsync_web_may_be_closed(station):
    belief = after(station, Belief(), calls.DESK)
    station.crash()

    assert after(station, belief, calls.SCHEDULE).opened is None


def test_a_refused_look_teaches_that_it_is_closed(station):
    belief = after(station, Belief(), calls.DESK)
    station.crash()

    assert after(station, belief, calls.SYNC).opened is False


def test_a_job_is_marked_since_it_last_moved(station):
    belief = after(station, Belief(), calls.start_backup(0))
    station.now += 12_000
    belief = after(station, belief, calls.BACKUP)
    station.backup.halt = 10
    station.now += 300_000

    belief = after(station, belief, calls.BACKUP)

    assert belief.now_ms - belief.marks["backup"].since_ms == 300_000


def test_the_id_of_a_complete_sync_is_kept_in_mind(station):
    station.sync.phase, station.received = "complete", [10, 20, 30]
    belief = after(station, Belief(), calls.DASHBOARD, calls.SYNC)
    station.crash()

    assert after(station, belief, calls.SYNC).synced_as == OWN_ID


def test_answers_are_numbered_so_that_since_needs_no_clock(station):
    belief = after(station, Belief(), calls.DESK, calls.IDS, calls.DESK)

    assert (belief.at("portal.ids"), belief.at("desk"), belief.at("tests.list")) == (2, 3, 0)


def test_a_patching_that_is_given_up_means_that_the_window_was_closed(station):
    station.version, station.shown_id = "5.0.4", None
    belief = after(station, Belief(), calls.DESK, calls.START_PATCH)
    station.patch.phase = "idle"

    assert after(station, belief, calls.PATCH).opened is None
