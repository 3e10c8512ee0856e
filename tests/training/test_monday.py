"""Exam day: how many can sign in is counted from the truth, whatever was declared."""

from datetime import UTC, datetime

import pytest

from mock_server.domain.hazards import SyncHazard
from mock_server.training.monday import exam_instant, monday
from tests.procedure import traces
from tests.procedure.traces import OTHER_ID, UNBK, Trainee, instant_ms
from tests.training.support import BOOKS, reading_of


def on_monday(run, *, postponed: bool = False):
    return monday(reading_of(run).course, UNBK, BOOKS.coach, postponed=postponed)


@pytest.mark.parametrize(
    ("run", "can", "reason"),
    [
        (traces.nominal, 36, "ready"),
        (traces.hapus_after_green, 0, "deleted"),
        (traces.hapus_after_green_then_declared, 0, "deleted"),
        (traces.hapus_cancelled, 36, "ready"),
        (traces.id_changed_after_sync, 0, "id-changed"),
        (traces.synced_on_laptop, 0, "elsewhere"),
        (traces.standby_started_anyway, 0, "no-data"),
        (traces.partial_declared_done, 0, "incomplete"),
        (traces.partial_repeated, 36, "ready"),
        (traces.participants_not_checked, 36, "ready"),
    ],
)
def test_the_traces_of_the_rubric(run, can, reason):
    counted = on_monday(run())

    assert (counted.can, counted.total, counted.reason) == (can, 36, reason)
    assert counted.ready == (reason == "ready")


def synced(**hazard: object) -> Trainee:
    return Trainee().gets_synced(SyncHazard(**hazard))


def test_whoever_is_missing_cannot_sign_in_and_the_others_can():
    counted = on_monday(synced(participants_missing=3))

    assert (counted.can, counted.reason) == (33, "missing")
    assert counted.why.id == "3 peserta tidak tercantum di server ini."


def test_a_name_that_stands_twice_cannot_sign_in():
    counted = on_monday(synced(participants_duplicate=2))

    assert (counted.can, counted.reason) == (34, "doubled")


def test_without_tests_nobody_can_take_one():
    assert on_monday(synced(tests_missing=True)).reason == "tests"


def test_data_of_another_server_holds_none_of_ours():
    trainee = Trainee().sits_down().opens_cbtsync().patches().submits(OTHER_ID)
    trainee.backs_up().deletes().refreshes_status().starts_sync().waits_for_sync()

    assert (on_monday(trainee).can, on_monday(trainee).reason) == (0, "other-id")


def test_over_old_data_all_can_sign_in_but_it_is_not_ready():
    trainee = Trainee().gets_to_dashboard().backs_up().refreshes_status().starts_sync()
    counted = on_monday(trainee.waits_for_sync())

    assert (counted.reason, counted.ready) == ("old-data", False)


def test_a_right_postponement_says_that_there_is_still_time():
    counted = on_monday(traces.standby_postponed(), postponed=True)

    assert (counted.can, counted.reason, counted.ready) == (0, "postponed", False)
    assert "Senin" in counted.why.id


@pytest.mark.parametrize(
    ("zone", "offset", "utc"),
    [
        ("Asia/Jakarta", 420, "00:30"),
        ("Asia/Makassar", 480, "23:30"),
        ("Asia/Jayapura", 540, "22:30"),
        ("Asia/Pontianak", 420, "00:30"),
    ],
)
def test_the_exam_begins_by_the_schools_own_clock(zone, offset, utc):
    at_ms, minutes, _ = exam_instant(instant_ms("10:00"), zone, UNBK)
    at = datetime.fromtimestamp(at_ms / 1000, tz=UTC)

    assert (minutes, f"{at:%H:%M}") == (offset, utc)
    assert at.date().isoformat() == ("2017-04-10" if utc == "00:30" else "2017-04-09")


def test_a_rehearsal_on_a_monday_looks_at_the_next_one():
    at_ms, *_ = exam_instant(instant_ms("10:00") + 2 * 24 * 3_600_000, "Asia/Jakarta", UNBK)

    assert datetime.fromtimestamp(at_ms / 1000, tz=UTC).date().isoformat() == "2017-04-17"
