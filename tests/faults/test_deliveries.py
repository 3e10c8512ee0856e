"""Requests that come late or two times: obeyed at their own instant, marked, and nobody's act."""

import pytest

from mock_server.answer import Refused
from mock_server.domain import commands as c
from mock_server.domain import events as e
from mock_server.domain.clock import ClockMode
from mock_server.domain.operations import CHANGING
from mock_server.domain.operations import Operation as Op
from mock_server.domain.setup import Condition
from mock_server.faults.events import FaultFired, FaultSkipped
from mock_server.journal import jsonl
from mock_server.rehearsal import next_due_ms, replay
from tests.builders import LAPTOP, MINUTE, OWN_ID, SECOND, SERVER, instant_ms, setup
from tests.faults.desk import Desk
from tests.faults.rehearsing import spec

HAPUS = c.StartDelete()


def a_day(*faults, condition: Condition = Condition.BACKED_UP) -> Desk:
    """At the exam server, in a condition, with faults armed."""
    desk = Desk(setup=setup(condition=condition, start_ms=instant_ms("08:05")), faults=faults)
    desk.act(Op.MACHINE_USE, c.UseMachine(machine=SERVER))
    return desk


def late(on: Op, by: str = "10m", **when):
    return spec("net.late", on=on.value, with_={"by": by}, when=when or None)


def twice(on: Op, **when):
    return spec("net.twice", on=on.value, when=when or None)


def happened(desk: Desk, *kinds: type) -> list:
    return [event for event in desk.events() if isinstance(event, kinds)]


def copies(desk: Desk) -> list[str]:
    return [type(event).__name__ for event in desk.events() if event.copy]


# --- late -----------------------------------------------------------------------------------------


def test_a_late_request_is_heard_at_once_and_obeyed_at_its_own_instant():
    desk = a_day(late(Op.DELETE_START, "90s"))
    sent_ms = desk.engine.peek(desk.name).now_ms

    answer = desk.act(Op.DELETE_START, HAPUS)
    (held,) = happened(desk, e.RequestHeld)
    before = happened(desk, e.DeleteStarted)
    desk.advance(5 * MINUTE)

    assert (answer.obeyed, [one.fault for one in answer.struck]) == (False, ["net.late"])
    assert (held.at_ms, held.due_ms) == (sent_ms, sent_ms + 90 * SECOND)
    assert (held.machine, held.command) == (SERVER, HAPUS)
    assert before == []
    assert [one.at_ms for one in happened(desk, e.DeleteStarted)] == [held.due_ms]
    assert [one.at_ms for one in happened(desk, e.DeleteFinished)] == [held.due_ms + 40 * SECOND]


def test_it_is_marked_and_said_whose_it_is():
    desk = a_day(late(Op.DELETE_START))
    desk.act(Op.DELETE_START, HAPUS)
    desk.advance(30 * MINUTE)

    (held,), (mark,) = happened(desk, e.RequestHeld), happened(desk, e.CopyDelivered)

    assert (mark.command, mark.machine, mark.heard_ms) == ("start-delete", SERVER, held.at_ms)
    assert copies(desk) == ["DeleteStarted"]


@pytest.mark.parametrize("look", ["peek", "look"])
def test_who_looks_after_its_instant_sees_it_done(look):
    desk = a_day(late(Op.DELETE_START))
    desk.engine.set_clock(desk.name, ClockMode.RUNNING)
    desk.act(Op.DELETE_START, HAPUS)
    desk.real.ms += 11 * MINUTE

    if look == "peek":
        seen = desk.engine.peek(desk.name)
    else:
        seen = desk.engine.look(desk.name, Op.DELETE_STATUS, "delete")

    assert seen.station.machines[SERVER].delete.phase == "done"


def test_a_quiet_poll_waits_for_what_is_on_its_way():
    desk = a_day(late(Op.DELETE_START))
    desk.engine.set_clock(desk.name, ClockMode.RUNNING)
    desk.act(Op.DELETE_START, HAPUS)
    desk.engine.look(desk.name, Op.DELETE_STATUS, "delete")
    quiet = desk.engine.glance(desk.name, Op.DELETE_STATUS, "delete")
    desk.real.ms += 10 * MINUTE

    assert quiet is not None
    assert desk.engine.glance(desk.name, Op.DELETE_STATUS, "delete") is None


def test_one_that_was_aimed_is_refused_when_the_data_have_changed_meanwhile():
    desk = a_day(late(Op.DELETE_START, "30m"))
    version = desk.engine.peek(desk.name).station.machines[SERVER].data_version
    desk.act(Op.DELETE_START, c.StartDelete(data_version=version))
    desk.act(Op.DELETE_START, HAPUS)
    desk.advance(31 * MINUTE)

    (refused,) = happened(desk, e.CommandRefused)
    assert (refused.command, refused.code, refused.copy) == ("start-delete", "error.stale", True)
    assert len(happened(desk, e.DeleteStarted)) == 1


def test_a_persons_late_hapus_empties_a_server_that_has_synced_since():
    desk = a_day(late(Op.DELETE_START, "40m"))
    desk.act(Op.DELETE_START, HAPUS)
    desk.act(Op.DELETE_START, HAPUS)
    desk.advance(MINUTE)
    desk.act(Op.SYNC_START, c.StartSync())
    desk.advance(32 * MINUTE)
    synced = desk.engine.peek(desk.name).station.machines[SERVER]
    desk.advance(10 * MINUTE)

    assert synced.sync.phase == "complete"
    assert [one.before for one in happened(desk, e.DeleteStarted)] == ["old", "complete"]
    assert sum(desk.engine.peek(desk.name).station.machines[SERVER].data.received) == 0


def test_it_goes_to_the_machine_that_it_was_sent_to():
    desk = a_day(late(Op.DELETE_START))
    desk.act(Op.DELETE_START, HAPUS)
    desk.act(Op.MACHINE_USE, c.UseMachine(machine=LAPTOP))
    desk.advance(20 * MINUTE)

    assert [one.machine for one in happened(desk, e.DeleteStarted)] == [SERVER]
    assert desk.engine.peek(desk.name).station.here == LAPTOP


def test_what_fell_due_before_it_has_happened_when_it_arrives():
    desk = a_day(late(Op.SYNC_START, "5m"))
    desk.act(Op.SYNC_START, c.StartSync())
    desk.act(Op.DELETE_START, HAPUS)
    desk.advance(10 * MINUTE)

    (started,) = happened(desk, e.SyncStarted)
    assert started.old_rows == 0


def test_two_late_ones_arrive_in_the_order_of_their_instants():
    desk = a_day(
        spec("net.late", id="slow", on="delete.start", with_={"by": "20m"}),
        spec("net.late", id="quick", on="sync.start", with_={"by": "10m"}),
    )
    desk.act(Op.DELETE_START, HAPUS)
    desk.act(Op.SYNC_START, c.StartSync())
    desk.advance(60 * MINUTE)

    arrived = [one.command for one in happened(desk, e.CopyDelivered)]
    assert arrived == ["start-sync", "start-delete"]


def test_it_meets_the_faults_of_the_station_when_it_arrives_and_none_of_the_wire():
    desk = a_day(
        late(Op.DELETE_START, times=5),
        spec("delete.partial", id="rest", with_={"left": 7}),
        spec("http.empty", id="empty", on="delete.start", when={"sticky": True}),
    )
    desk.act(Op.DELETE_START, HAPUS)
    desk.advance(30 * MINUTE)

    assert [one.id for one in happened(desk, FaultFired)] == ["f1", "rest"]
    assert [one.left for one in happened(desk, e.DeleteFinished)] == [7]


def test_one_that_the_station_refuses_uses_up_no_fault_of_the_station():
    desk = a_day(late(Op.DELETE_START), spec("delete.partial", id="rest"))
    desk.act(Op.DELETE_START, HAPUS)
    desk.act(Op.CBTSYNC_CLOSE, c.CloseCbtsync())
    desk.advance(30 * MINUTE)

    assert [one.code for one in happened(desk, e.CommandRefused)] == ["cbtsync.closed"]
    assert [one.id for one in happened(desk, FaultFired)] == ["f1"]
    assert [one.reason for one in happened(desk, FaultSkipped)] == ["PRECEDENCE"]


def test_a_question_before_hapus_is_not_hapus():
    desk = a_day(late(Op.DELETE_START))

    assert desk.act(Op.DELETE_START, c.AskDelete()).obeyed
    assert happened(desk, e.RequestHeld) == []


def test_disarming_does_not_call_back_what_is_on_its_way():
    desk = a_day(late(Op.DELETE_START))
    desk.act(Op.DELETE_START, HAPUS)
    desk.engine.disarm(desk.name, "f1")
    desk.advance(20 * MINUTE)

    assert len(happened(desk, e.DeleteStarted)) == 1


def test_a_rehearsal_that_is_read_again_still_waits_for_it():
    desk = a_day(late(Op.DELETE_START))
    desk.act(Op.DELETE_START, HAPUS)
    again = Desk.on(desk)
    again.advance(20 * MINUTE)

    assert len(happened(again, e.DeleteStarted)) == 1


def test_a_fork_at_its_hearing_waits_for_it_too():
    desk = a_day(late(Op.DELETE_START))
    desk.act(Op.DELETE_START, HAPUS)
    (seq,) = (n for n, event in enumerate(desk.events(), 1) if isinstance(event, e.RequestHeld))
    desk.advance(20 * MINUTE)
    fork = Desk.on(desk, desk.engine.fork(desk.name, seq))

    fork.advance(20 * MINUTE)

    assert fork.events() == desk.events()


@pytest.mark.parametrize("step_ms", [SECOND, 7 * MINUTE, 60 * MINUTE])
def test_the_journal_does_not_depend_on_how_often_somebody_looked(step_ms):
    desk = a_day(late(Op.DELETE_START))
    desk.act(Op.DELETE_START, HAPUS)
    desk.act(Op.BACKUP_START, c.StartBackup())
    to_ms = desk.engine.peek(desk.name).now_ms + 12 * MINUTE
    while (now_ms := desk.engine.peek(desk.name).now_ms) < to_ms:
        desk.advance(min(step_ms, to_ms - now_ms))

    told = [one for one in desk.events() if not type(one).__name__.startswith("Clock")]
    assert [(type(one).__name__, one.at_ms - to_ms) for one in told[-4:]] == [
        ("BackupFinished", -10 * MINUTE),
        ("CopyDelivered", -2 * MINUTE),
        ("DeleteStarted", -2 * MINUTE),
        ("DeleteFinished", -2 * MINUTE + 40 * SECOND),
    ]


def test_the_same_day_leaves_the_same_journal_byte_for_byte():
    def journal() -> bytes:
        desk = a_day(late(Op.DELETE_START), spec("net.twice", id="f2", on="backup.start"))
        desk.act(Op.DELETE_START, HAPUS)
        desk.act(Op.BACKUP_START, c.StartBackup())
        desk.advance(30 * MINUTE)
        return jsonl(desk.engine.entries(desk.name))

    assert journal() == journal()


def test_the_next_instant_of_a_rehearsal_is_that_of_the_earliest_arrival():
    desk = a_day(late(Op.DELETE_START, "10m", times=2))
    desk.act(Op.DELETE_START, HAPUS)
    desk.advance(MINUTE)
    desk.act(Op.DELETE_START, HAPUS)
    first, second = happened(desk, e.RequestHeld)

    assert next_due_ms(replay(desk.events())) == first.due_ms < second.due_ms


# --- twice ----------------------------------------------------------------------------------------


def test_a_request_that_comes_twice_is_answered_as_the_first_and_obeyed_once():
    desk = a_day(twice(Op.DELETE_START))

    answer = desk.act(Op.DELETE_START, HAPUS)

    assert answer.obeyed
    assert [one.copy for one in happened(desk, e.CommandRefused)] == [True]
    assert [one.code for one in happened(desk, e.CommandRefused)] == ["delete.busy"]
    assert len(happened(desk, e.DeleteStarted)) == 1
    (mark,) = happened(desk, e.CopyDelivered)
    assert mark.heard_ms == mark.at_ms


def test_the_answer_shows_nothing_of_the_second_delivery():
    desk = a_day(twice(Op.MENU_OPEN), condition=Condition.ACTIVE)

    answer = desk.act(Op.MENU_OPEN, c.OpenMenu(menu="backup"))

    assert answer.station.events == desk.engine.peek(desk.name).station.events - 2
    assert copies(desk) == ["MenuOpened"]


def test_a_refused_request_does_not_come_twice():
    desk = a_day(twice(Op.SYNC_START))
    desk.act(Op.CBTSYNC_CLOSE, c.CloseCbtsync())

    with pytest.raises(Refused):
        desk.act(Op.SYNC_START, c.StartSync())

    assert happened(desk, FaultFired, e.CopyDelivered) == []


def test_the_second_one_of_an_aimed_hapus_is_stale_already():
    desk = a_day(twice(Op.DELETE_START))
    version = desk.engine.peek(desk.name).station.machines[SERVER].data_version

    desk.act(Op.DELETE_START, c.StartDelete(data_version=version))

    assert [one.code for one in happened(desk, e.CommandRefused)] == ["error.stale"]


COMMANDS = {
    Op.MACHINE_USE: c.UseMachine(machine=LAPTOP),
    Op.MACHINE_SET_CLOCK: c.SetMachineClock(),
    Op.EXAMBRO_OPEN: c.OpenExambro(version="50.170406"),
    Op.CBTSYNC_OPEN: c.OpenCbtsync(),
    Op.CBTSYNC_CLOSE: c.CloseCbtsync(),
    Op.SERVICE_START: c.StartService(),
    Op.SERVICE_REFRESH: c.RefreshService(),
    Op.PATCH_START: c.StartPatch(),
    Op.ID_SUBMIT: c.SubmitId(server_id=OWN_ID),
    Op.MENU_OPEN: c.OpenMenu(menu="tests"),
    Op.PORTAL_SN_RESET: c.RequestSnReset(server_id=OWN_ID),
    Op.PORTAL_REOPEN: c.RequestReopening(server_id=OWN_ID),
    Op.BACKUP_START: c.StartBackup(),
    Op.DELETE_START: HAPUS,
    Op.STATUS_REFRESH: c.RefreshStatus(),
    Op.STATUS_CLOSE: c.CloseStatus(),
    Op.SYNC_START: c.StartSync(),
    Op.REPORT_SUBMIT: c.FileReport(
        decision="postpone", machine=SERVER, server_id=OWN_ID, version="5.1.0",
        datasets_complete=0, participants=0, tests_visible=False, time="08:05",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", ["net.late", "net.twice"])
@pytest.mark.parametrize("op", sorted(CHANGING))
def test_every_command_may_be_delivered_so_and_its_journal_can_be_read_again(op, fault):
    desk = a_day()
    desk.engine.arm(desk.name, spec(fault, on=op.value, when={"sticky": True}))
    try:
        desk.act(op, COMMANDS[op])
    except Refused:
        assert fault == "net.twice"  # a late one is refused when it arrives, if it is
    desk.advance(60 * MINUTE)

    assert Desk.on(desk).engine.peek(desk.name).station == desk.engine.peek(desk.name).station
    assert len(happened(desk, e.RequestHeld)) == (fault == "net.late")
