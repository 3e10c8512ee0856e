"""Killed anywhere, a run goes on: no destructive act twice, and the same end.

The kill is simulated at every request of a run, once between the intent and the wire, once between
the obeyed request and its outcome in the journal.
"""

import json
from contextlib import suppress

import pytest
from msgspec.structs import replace

from client import journal
from client.journal import Journal
from tests.client.fake_station import (
    FakeDownload,
    FakeSender,
    FakeStation,
    KilledError,
    lost_answer,
    lost_request,
)
from tests.client.support import URL, run, step, up_to


def count_requests(tmp_path) -> int:
    sender = FakeSender(FakeStation())
    run(sender, tmp_path)
    return sender.sent


def killed_at(number: int, when: str, station: FakeStation, folder) -> bool:
    """Run until request ``number``; tell whether there was one."""
    sender = FakeSender(station)

    def die(call) -> None:
        if sender.sent == (number - 1 if when == "before" else number):
            raise KilledError(call.name)

    setattr(sender, when, die)
    try:
        run(sender, folder)
    except KilledError:
        return True
    return False


def resumed(station, folder, sender=None):
    past = journal.read(folder / journal.NAME, URL)
    return run(sender or FakeSender(station), folder, past=past)


@pytest.mark.slow
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_run_killed_at_any_request_goes_on_to_the_same_end(when, tmp_path):
    requests = count_requests(tmp_path / "whole")
    for number in range(1, requests + 1):
        station, folder = FakeStation(), tmp_path / f"{when}-{number}"
        assert killed_at(number, when, station, folder)

        result = resumed(station, folder)

        where = f"killed {when} request {number}"
        assert result.ending == "ready", where
        assert station.log.count("HAPUS") == 1, where
        assert station.log.count("START SYNC") == 1, where
        assert station.log.count("POST backup/start") == 1, where
        assert [form["decision"] for form in station.filed] == ["ready"], where


def test_a_run_killed_twice_in_a_row_still_deletes_once(tmp_path):
    for number in range(10, count_requests(tmp_path / "whole")):
        station, folder = FakeStation(), tmp_path / str(number)
        killed_at(number, "after", station, folder)
        sender = FakeSender(station)
        sender.after = lambda call, sender=sender: die_at(sender, 12)
        with suppress(KilledError):
            resumed(station, folder, sender)

        assert resumed(station, folder).ending == "ready"
        assert station.log.count("HAPUS") == 1


def die_at(sender, number):
    if sender.sent == number:
        raise KilledError


def test_a_doubt_that_was_left_open_is_told(tmp_path):
    station = FakeStation()
    sender = FakeSender(station)
    sender.before = lambda call: die_on(call, "delete.start:yes")
    with pytest.raises(KilledError):
        run(sender, tmp_path)

    told = []
    past = journal.read(tmp_path / journal.NAME, URL)
    run(FakeSender(station), tmp_path, past=past, tell=told.append)

    assert told[0].why.fields == {"act": "delete.start:yes"}


def test_the_report_tells_of_recoveries_from_before_the_kill_and_after_it(tmp_path):
    station = FakeStation()
    station.patch_fails = 1
    sender = FakeSender(station)
    sender.before = lambda call: die_on(call, "delete.start:yes")
    with pytest.raises(KilledError):
        run(sender, tmp_path)

    station.sync_halts = [(2, "network")]
    result = resumed(station, tmp_path)

    keys = [one.why.key for one in result.recoveries]
    assert keys[0] == "recover.patch_failed"
    assert keys[-1] == "recover.sync"
    assert keys.count("recover.resumed_in_doubt") == 1
    assert [one.at_ms for one in result.recoveries] == sorted(o.at_ms for o in result.recoveries)


def test_a_run_killed_twice_tells_each_recovery_once(tmp_path):
    station = FakeStation()
    station.patch_fails = 1
    sender = FakeSender(station)
    sender.before = lambda call: die_on(call, "delete.start:yes")
    with pytest.raises(KilledError):
        run(sender, tmp_path)
    again = FakeSender(station)
    again.before = lambda call: die_on(call, "desk")
    with pytest.raises(KilledError):
        resumed(station, tmp_path, again)

    told = [(one.step, one.why.key) for one in resumed(station, tmp_path).recoveries]

    assert len(told) == len(set(told))
    assert (14, "recover.resumed_in_doubt") in told


def die_on(call, name):
    if call.name == name:
        raise KilledError


def test_counts_go_on_where_they_stood(tmp_path):
    """Five attempts at patching in all, whoever made them."""
    station = FakeStation()
    station.patch_fails = 99
    sender = FakeSender(station)
    sender.before = lambda call: die_at_third_patch(sender, call)
    with pytest.raises(KilledError):
        run(sender, tmp_path)

    result = resumed(station, tmp_path)

    assert result.why.key == "stop.patching"
    assert station.log.count("POST patch/start") == 5


def die_at_third_patch(sender, call):
    if call.name == "service.start" and sender.calls.count("patch.start") == 3:
        raise KilledError


def test_a_backup_that_was_changed_on_disk_meanwhile_is_not_trusted(tmp_path):
    station = FakeStation()
    sender = FakeSender(station)
    sender.before = lambda call: die_on(call, "delete.start:ask")
    with pytest.raises(KilledError):
        run(sender, tmp_path)
    saved = tmp_path / "latihan.Source"
    saved.write_bytes(saved.read_bytes()[:-1] + b"?")

    again = FakeSender(station)
    result = resumed(station, tmp_path, again)

    assert result.ending == "ready"
    assert len(again.downloads) == 1
    assert saved.read_bytes() == station.file


def test_a_download_broken_by_the_kill_is_gone_on_with(tmp_path):
    station = FakeStation()
    sender = FakeSender(station)
    sender.download_fates = [half_then_killed]
    with pytest.raises(KilledError):
        run(sender, tmp_path)

    again = FakeSender(station)
    assert resumed(station, tmp_path, again).ending == "ready"
    assert again.downloads[0]["Range"] == "bytes=1000-"


def half_then_killed(sender):
    answer = FakeDownload(sender.station.file, 0, 200)
    whole = answer.pieces

    def pieces():
        for number, piece in enumerate(whole()):
            if number == 2:
                raise KilledError
            yield piece

    answer.pieces = pieces
    return answer


@pytest.mark.parametrize("fate", [lost_answer, lost_request], ids=["answer", "request"])
def test_killed_while_in_doubt_the_station_is_asked_before_hapus_is_sent_again(fate, tmp_path):
    station = FakeStation()
    sender = FakeSender(station, {"delete.start": [None, fate]})
    sender.before = lambda call: (
        die_on(call, "delete.status") if "delete.start:yes" in sender.calls else None
    )
    with pytest.raises(KilledError):
        run(sender, tmp_path)

    again = FakeSender(station)
    assert resumed(station, tmp_path, again).ending == "ready"
    assert station.log.count("HAPUS") == 1


def test_a_postponed_run_comes_back_another_day_and_ends(tmp_path):
    station = FakeStation()
    opens = station.now + 24 * 3_600_000
    station.windows = [(opens, opens + 2 * 3_600_000)]
    assert run(FakeSender(station), tmp_path).ending == "postponed"
    station.now = opens

    result = resumed(station, tmp_path)

    assert result.ending == "ready"
    assert [form["decision"] for form in station.filed] == ["postpone", "ready"]


def test_a_run_that_is_ready_is_not_done_again(tmp_path):
    station = FakeStation()
    run(FakeSender(station), tmp_path)

    again = FakeSender(station)
    result = resumed(station, tmp_path, again)

    assert result.ending == "ready"
    assert [name for name in again.calls if "start" in name or "submit" in name] == []


def test_downloads_are_journaled_with_their_true_number_and_step(tmp_path):
    sender = FakeSender(FakeStation())
    sender.download_fates = [lambda s: FakeDownload(b"", 0, 503)] * 2
    run(sender, tmp_path)

    lines = [json.loads(line) for line in (tmp_path / journal.NAME).read_text().splitlines()]
    fetched = [line for line in lines if line.get("name") == "backup.download"]
    assert [(line["attempt"], line["step"]) for line in fetched] == [(1, 13), (2, 13), (3, 13)]


def test_a_download_is_journaled_under_the_step_that_made_it(tmp_path):
    """A backup that was lost from the disk is fetched again where it is missed."""
    sender = FakeSender(FakeStation())
    runner = up_to(13, sender, tmp_path / "o")
    kept = Journal(tmp_path / journal.NAME, durable=False)
    runner._courier.journal = kept
    runner.carry_out(replace(step(13), number=99))
    kept.close()

    lines = [json.loads(line) for line in (tmp_path / journal.NAME).read_text().splitlines()]
    assert {line["step"] for line in lines if line["kind"] == "intent"} == {99}


def test_an_act_that_a_killed_process_left_in_doubt_halts_when_nobody_answers(tmp_path):
    station = FakeStation()
    sender = FakeSender(station)
    sender.before = lambda call: die_on(call, "delete.start:yes")
    with pytest.raises(KilledError):
        run(sender, tmp_path)

    result = resumed(station, tmp_path, FakeSender(station, {"desk": [lost_request] * 9}))

    assert (result.ending, result.why.fields["act"]) == ("halted", "delete.start:yes")
