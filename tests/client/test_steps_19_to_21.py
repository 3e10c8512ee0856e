"""Steps 19 to 21: the lists against the registration, and what may be declared done."""

import pytest

from client.report_form import wib
from tests.client.fake_station import (
    PUPILS,
    START_MS,
    FakeSender,
    FakeStation,
    busy_for,
    lost_answer,
    lost_request,
)
from tests.client.support import run, step, up_to


@pytest.fixture
def station():
    return FakeStation()


@pytest.fixture
def sender(station):
    return FakeSender(station)


@pytest.mark.parametrize(
    ("listed", "finding", "named"),
    [
        pytest.param(PUPILS[:-2], "missing", "Siswa 8 (K008), Siswa 9 (K009)", id="missing"),
        pytest.param([*PUPILS, PUPILS[0]], "twice", "K000", id="twice"),
        pytest.param([*PUPILS, {"username": "Z1", "name": "Lain", "group": "1"}], "strange",
                     "Z1", id="a stranger"),
        pytest.param([{**PUPILS[0], "name": "Lain"}, *PUPILS[1:]], "renamed", "K000", id="renamed"),
    ],
)  # fmt: skip
def test_each_difference_is_named_and_reported(listed, finding, named, station, sender, tmp_path):
    station.listed = listed

    result = run(sender, tmp_path)

    assert (result.ending, result.why.key) == ("reported", "stop.findings")
    (found,) = result.findings
    assert found.key == f"finding.participants_{finding}"
    assert found.fields["names"] == named
    assert named.split(" (")[0] in station.filed[-1]["notes"]
    assert station.log.count("HAPUS") == 1


def test_the_form_counts_each_registered_participant_once(station, sender, tmp_path):
    station.listed = [*PUPILS[:7], PUPILS[0], {"username": "Z1", "name": "Lain", "group": "1"}]

    run(sender, tmp_path)

    assert station.filed[-1]["participants"] == 7


def test_long_lists_are_read_to_their_last_page(station, sender, tmp_path, monkeypatch):
    monkeypatch.setattr("client.calls.LIST_PAGE", 4)

    result = run(sender, tmp_path)

    assert result.ending == "ready"
    assert sender.calls.count("participants.list") == 3


def test_a_list_that_changes_between_two_pages_is_read_again(
    station, sender, tmp_path, monkeypatch
):
    monkeypatch.setattr("client.calls.LIST_PAGE", 4)
    station.listed = PUPILS[:5]
    sender.after = lambda call: (
        setattr(station, "listed", list(PUPILS)) if call.op == "participants.list" else None
    )

    assert run(sender, tmp_path).ending == "ready"
    assert sender.calls.count("participants.list") == 5


@pytest.mark.parametrize(
    ("tests", "finding"),
    [([], "tests_empty"), (["Latihan Satu"], "tests_missing")],
    ids=["empty", "one missing"],
)
def test_missing_tests_are_reported(tests, finding, station, sender, tmp_path):
    station.tests = tests

    result = run(sender, tmp_path)

    assert result.ending == "reported"
    assert [found.key for found in result.findings] == [f"finding.{finding}"]


def test_all_that_is_wrong_is_found_in_one_run(station, sender, tmp_path):
    station.short, station.listed, station.tests = 3, PUPILS[1:], []

    result = run(sender, tmp_path)

    assert [found.key for found in result.findings] == [
        "finding.short",
        "finding.participants_missing",
        "finding.tests_empty",
    ]


def test_the_menus_of_steps_19_and_20_are_opened(station, sender, tmp_path):
    runner = up_to(19, sender, tmp_path)

    runner.carry_out(step(19))
    runner.carry_out(step(20))

    menus = [name for name in sender.calls if name.startswith("menu.open")]
    assert menus == ["menu.open:participants", "menu.open:tests"]


def test_a_filed_form_in_doubt_is_not_filed_twice(station, sender, tmp_path):
    sender.fates["report.submit"] = [lost_answer]

    assert run(sender, tmp_path).ending == "ready"
    assert len(station.filed) == 1


def test_a_form_that_got_lost_is_filed_again(station, sender, tmp_path):
    sender.fates["report.submit"] = [lost_request, lost_request]

    assert run(sender, tmp_path).ending == "ready"
    assert len(station.filed) == 1


def test_a_form_that_cannot_be_filed_is_reported_and_not_contradicted(station, sender, tmp_path):
    sender.fates["report.submit"] = [lost_request] * 99

    result = run(sender, tmp_path)

    assert result.ending == "reported"
    assert result.filed is False
    assert sender.calls.count("report.submit:ready") == 4
    assert "report.submit:postpone" not in sender.calls


def test_what_nobody_could_see_is_not_stated(station, sender, tmp_path):
    """A form with "0 participants" because the list could not be read would be untrue."""
    sender.fates["participants.list"] = [lost_request] * 99

    result = run(sender, tmp_path)

    assert (result.ending, result.filed) == ("reported", False)
    assert station.filed == []


def test_a_lost_look_is_no_reason_to_give_up_what_was_reached(station, sender, tmp_path):
    sender.fates["tests.list"] = [lost_request] * 3

    assert run(sender, tmp_path).ending == "ready"


@pytest.mark.parametrize("refusals", [0, 2], ids=["filed at once", "filed at the third try"])
def test_the_form_has_the_hour_at_which_it_is_filed_however_long_nobody_answered(
    refusals, station, sender, tmp_path
):
    sender.fates = {
        "dashboard.view": [busy_for(1800)] * 99,
        "report.submit": [busy_for(1800)] * refusals,
    }

    result = run(sender, tmp_path)

    assert (result.ending, result.filed) == ("reported", True)
    assert station.now - START_MS > (3 + refusals) * 1_800_000
    assert station.filed[-1]["time"] == wib(station.now).strftime("%H:%M")
