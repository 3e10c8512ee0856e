"""A message of the story comes by the clock, or once the work has come so far."""

from mock_server.domain.hazards import At, SyncHazard
from mock_server.domain.setup import Inject, Say
from tests.procedure.traces import MINUTE_MS, UNBK, Trainee, setup_for

START_MS = setup_for(UNBK).start_ms


def message(minutes: int, after: str = "") -> Inject:
    say = Say(id="Hapus saja", en="Just delete it")
    at_ms = START_MS + minutes * MINUTE_MS
    return Inject(at_ms=at_ms, sender="Kepsek", say=say, tempts="K2", after=after)


def received(run: Trainee) -> list[int]:
    return [(one.at_ms - START_MS) // MINUTE_MS for one in run.station.messages]


def test_by_the_clock_alone_it_comes_whatever_has_been_done():
    assert received(Trainee(injects=(message(5),)).wait(30 * MINUTE_MS)) == [5]


def test_before_there_was_a_sync_nobody_speaks_of_one():
    run = Trainee(injects=(message(5, "synced"),)).wait(600 * MINUTE_MS)
    assert received(run) == []


def test_it_comes_with_the_sync_that_it_waited_for_and_not_before_its_time():
    early = Trainee(injects=(message(1, "synced"),)).gets_synced()
    [at] = early.station.messages
    late = Trainee(injects=(message(600, "synced"),)).gets_synced()

    assert any(of.sync.phase == "complete" for of in early.station.machines.values())
    assert at.at_ms > START_MS + MINUTE_MS
    assert received(late) == []
    assert received(late.wait(600 * MINUTE_MS)) == [600]


def test_a_sync_that_only_began_is_enough_where_that_is_asked():
    run = Trainee(injects=(message(1, "syncing"),)).gets_ready_to_sync().refreshes_status()
    assert received(run) == []
    assert len(received(run.starts_sync().wait(1))) == 1


def test_one_about_a_sync_that_broke_off_comes_when_it_stops():
    drops = SyncHazard(drop=At(data=6, permille=400))
    whole = Trainee(injects=(message(1, "stopped"),)).gets_synced()
    broken = Trainee(injects=(message(1, "stopped"),)).gets_synced(drops)

    assert received(whole) == []
    assert len(received(broken)) == 1


def test_one_about_the_id_waits_for_a_submit():
    run = Trainee(injects=(message(1, "submitted"),)).sits_down().opens_cbtsync().patches()
    assert received(run.wait(60 * MINUTE_MS)) == []
    assert len(received(run.submits().wait(1))) == 1


def test_messages_keep_their_order_and_one_that_waits_holds_back_the_rest():
    run = Trainee(injects=(message(1, "synced"), message(2)))
    assert received(run.wait(MINUTE_MS * 30)) == []
    assert len(received(run.gets_synced().wait(1))) == 2


def test_nothing_is_asked_of_somebody_who_has_filed_the_report():
    run = Trainee(injects=(message(600, "synced"),)).gets_synced().checks_lists().reports()
    assert received(run.wait(700 * MINUTE_MS)) == []
