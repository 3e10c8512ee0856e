"""Between faults: one interruption a layer, net before domain before http; the rest composes."""

import pytest

from mock_server.domain import commands as c
from mock_server.domain.hazards import At, Hazard, Short, Slow, SyncHazard
from mock_server.domain.operations import Operation
from tests.builders import HOUR, at_dashboard, emptied
from tests.faults.rehearsing import Rehearsed, fired_ids, look, reasons, spec, with_exambro

SYNC = "sync.start"


def before_sync(*specs) -> Rehearsed:
    return Rehearsed(proctor=emptied()).arm(*specs)


def before_backup(*specs) -> Rehearsed:
    return Rehearsed(proctor=at_dashboard()).arm(*specs)


# --- within the domain ---------------------------------------------------------------------------


def test_of_two_drops_only_the_first_on_the_way_strikes_whichever_was_armed_first() -> None:
    rehearsed = before_sync(
        spec("sync.drops", id="later", with_={"data": 7}),
        spec("sync.drops", id="sooner", with_={"data": 3}),
    )

    struck = rehearsed.does(c.StartSync())

    assert struck.command.hazard == SyncHazard(drop=At(data=3, permille=500))
    assert fired_ids(struck) == ["sooner"]
    assert reasons(struck) == {"later": "PRECEDENCE"}


def test_what_gave_way_keeps_its_count_and_strikes_the_next_attempt() -> None:
    rehearsed = before_sync(
        spec("sync.drops", id="later", with_={"data": 7}),
        spec("sync.stalls", id="sooner", with_={"data": 3}),
    )
    fired = []
    for _ in range(3):
        fired.append(fired_ids(rehearsed.does(c.StartSync())))
        rehearsed.wait(HOUR)

    assert fired == [["sooner"], ["later"], []]
    assert rehearsed.proctor.machine.sync.phase == "complete"


@pytest.mark.parametrize("first", ["sync.stalls", "sync.drops"])
def test_at_the_same_place_the_first_armed_strikes(first: str) -> None:
    other = {"sync.stalls": "sync.drops", "sync.drops": "sync.stalls"}[first]

    struck = before_sync(spec(first), spec(other, id="f2")).strikes(c.StartSync())

    assert fired_ids(struck) == ["f1"]


def test_one_interruption_a_job() -> None:
    rehearsed = with_exambro().arm(
        spec("patch.claims-success", id="sham"),
        spec("patch.stalls", id="stall", with_={"at": "60%"}),
        spec("service.dies", id="dies", with_={"during": "patch", "at": "55%"}),
        spec("cbtsync.crashes", id="crash", with_={"during": "patch", "at": "50%"}),
        spec("patch.fails", id="fails", with_={"reason": "network", "at": "45%"}),
    )
    order = []
    for _ in range(6):
        order += fired_ids(rehearsed.does(c.StartPatch()))
        rehearsed.wait(HOUR)
        rehearsed.proctor.does(c.CloseCbtsync(), c.StartService(), c.OpenCbtsync())
        rehearsed.wait(HOUR)

    assert order == ["fails", "crash", "dies", "stall", "sham"]
    assert rehearsed.proctor.machine.version == "5.1.0"


def test_quantities_compose_with_each_other_and_with_an_interruption() -> None:
    struck = before_sync(
        spec("sync.short", with_={"data": 3}),
        spec("sync.short", id="f2", with_={"data": 4, "missing": 1}),
        spec("sync.slow", id="f3", with_={"data": [2]}),
        spec("participants.missing", id="f4"),
        spec("participants.duplicate", id="f5"),
        spec("tests.missing", id="f6"),
        spec("sync.drops", id="f7", with_={"data": 8}),
        spec("cbtsync.crashes", id="f8", with_={"at": "10%"}),
    ).strikes(c.StartSync())

    assert fired_ids(struck) == ["f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8"]
    assert struck.command.hazard == SyncHazard(
        drop=At(data=8, permille=500),
        short=(Short(data=3, missing=4), Short(data=4, missing=1)),
        slow=(Slow(data=2, factor_permille=4000),),
        participants_missing=3,
        participants_duplicate=1,
        tests_missing=True,
        crash=At(data=3, permille=200),
    )


def test_slowdowns_multiply_and_missing_pupils_add_up() -> None:
    struck = before_sync(
        spec("sync.slow", with_={"data": [5]}),
        spec("sync.slow", id="f2", with_={"data": [5, 9], "factor": 1.5}),
        spec("participants.missing", id="f3"),
        spec("participants.missing", id="f4", with_={"count": 2}),
    ).strikes(c.StartSync())

    assert struck.command.hazard == SyncHazard(
        slow=(Slow(data=5, factor_permille=6000), Slow(data=9, factor_permille=1500)),
        participants_missing=5,
    )


def test_a_thousandfold_is_the_end_of_slowness() -> None:
    slow = [spec("backup.slow", id=f"f{n}", with_={"factor": 100}) for n in range(3)]

    struck = before_backup(*slow).strikes(c.StartBackup())

    assert struck.command.hazard == Hazard(factor_permille=1_000_000)
    assert reasons(struck) == {"f2": "PRECEDENCE"}


@pytest.mark.parametrize("halt", ["sync.drops", "sync.stalls"])
def test_what_an_interruption_keeps_from_showing_does_not_strike(halt: str) -> None:
    rehearsed = before_sync(
        spec("sync.short", id="after", with_={"data": 5}),
        spec("sync.slow", id="slow", with_={"data": [6]}),
        spec("cbtsync.crashes", id="crash", with_={"at": "90%"}),
        spec(halt, id="halt", with_={"data": 5, "at": "10%"}),
    )

    first = rehearsed.does(c.StartSync())
    rehearsed.wait(HOUR)
    second = rehearsed.does(c.StartSync())

    assert fired_ids(first) == ["halt"]
    assert set(reasons(first).values()) == {"PRECEDENCE"}
    assert fired_ids(second) == ["after", "slow", "crash"]


def test_a_backup_that_fails_has_no_file_to_spoil() -> None:
    struck = before_backup(
        spec("backup.corrupt"), spec("backup.link-missing", id="f2"), spec("backup.fails", id="f3")
    ).strikes(c.StartBackup())

    assert fired_ids(struck) == ["f3"]


def test_a_backup_without_a_link_has_nothing_to_download_and_a_spoilt_one_keeps_its_link() -> None:
    corrupt, no_link = spec("backup.corrupt", id="a"), spec("backup.link-missing", id="b")

    assert fired_ids(before_backup(corrupt, no_link).strikes(c.StartBackup())) == ["a"]
    assert fired_ids(before_backup(no_link, corrupt).strikes(c.StartBackup())) == ["b"]


def test_of_two_partial_deletes_the_one_that_leaves_most_holds() -> None:
    struck = before_backup(
        spec("delete.partial", with_={"left": 9}),
        spec("delete.partial", id="f2", with_={"left": 4}),
        spec("delete.partial", id="f3", with_={"left": 30}),
    ).strikes(c.StartDelete())

    assert struck.command.hazard == Hazard(left_rows=30)
    assert reasons(struck) == {"f2": "PRECEDENCE"}


# --- between the layers --------------------------------------------------------------------------


def test_the_domain_goes_before_an_answer_that_would_keep_the_command_from_it() -> None:
    """The example of the scenario file: a drop, and 503 twice on the same button."""
    rehearsed = before_sync(
        spec("sync.drops", id="drop", with_={"data": 7, "at": "60%"}),
        spec("http.status", id="busy", on=SYNC, when={"times": 2}),
    )
    fired = []
    for _ in range(4):
        struck = rehearsed.does(c.StartSync())
        fired.append((fired_ids(struck), struck.held))
        rehearsed.wait(0 if struck.held else HOUR)

    assert fired == [(["drop"], False), (["busy"], True), (["busy"], True), ([], False)]
    assert rehearsed.proctor.machine.sync.phase == "complete"


def test_a_lost_answer_goes_together_with_a_fault_of_the_domain() -> None:
    struck = before_sync(
        spec("sync.drops"), spec("http.empty", id="f2", on=SYNC, effect="applied")
    ).strikes(c.StartSync())

    assert fired_ids(struck) == ["f1", "f2"]
    assert [answer.id for answer in struck.answers] == ["f2"]
    assert not struck.held


def test_where_the_first_answer_must_give_way_the_next_may_strike() -> None:
    struck = before_sync(
        spec("http.status", id="busy", on=SYNC),
        spec("http.empty", id="empty", on=SYNC),
        spec("sync.drops", id="drop"),
    ).strikes(c.StartSync())

    assert fired_ids(struck) == ["empty", "drop"]
    assert reasons(struck) == {"busy": "PRECEDENCE"}


def test_a_connection_broken_before_the_work_leaves_nothing_to_any_other_fault() -> None:
    struck = before_sync(
        spec("sync.drops", id="drop"),
        spec("http.empty", id="empty", on=SYNC),
        spec("net.reset", id="reset", on=SYNC, with_={"point": "before"}),
        spec("net.hangup", id="hangup", on=SYNC),
    ).strikes(c.StartSync())

    assert fired_ids(struck) == ["reset"]
    assert set(reasons(struck).values()) == {"PRECEDENCE"}
    assert struck.held
    assert struck.command == c.StartSync()


def test_a_connection_broken_after_the_work_leaves_the_work_to_the_domain() -> None:
    struck = before_sync(
        spec("sync.drops", id="drop"),
        spec("http.empty", id="empty", on=SYNC),
        spec("net.reset", id="reset", on=SYNC),
    ).strikes(c.StartSync())

    assert fired_ids(struck) == ["drop", "reset"]
    assert reasons(struck) == {"empty": "PRECEDENCE"}
    assert not struck.held


def test_a_command_that_comes_late_is_held_and_meets_the_domain_when_it_comes() -> None:
    rehearsed = before_sync(spec("sync.drops", id="drop"), spec("net.late", id="late", on=SYNC))

    now = rehearsed.does(c.StartSync())
    later = rehearsed.strikes(c.StartSync(copy=True), None)

    assert (fired_ids(now), now.held) == (["late"], True)
    assert fired_ids(later) == ["drop"]


# --- answers -------------------------------------------------------------------------------------


def answers_of(*faults: str) -> list[str]:
    on = "sync.status"
    specs = [
        spec(fault, id=f"{fault} {n}".replace(" ", "-"), on=on) for n, fault in enumerate(faults)
    ]
    struck = before_sync(*specs).strikes(look("sync"), Operation.SYNC_STATUS)
    return [answer.fault for answer in struck.answers]


@pytest.mark.parametrize(
    ("armed", "strike"),
    [
        (("http.empty", "http.status"), ["http.empty"]),
        (("http.status", "http.truncate", "http.malformed"), ["http.status"]),
        (("http.slow", "http.slow"), ["http.slow"]),
        (("http.slow", "http.status"), ["http.slow", "http.status"]),
        (("http.truncate", "http.dribble"), ["http.truncate", "http.dribble"]),
        (
            ("http.dribble", "http.slow", "http.status"),
            ["http.dribble", "http.slow", "http.status"],
        ),
        (("http.dribble", "http.empty"), ["http.empty"]),
        (("http.slow", "http.dribble", "net.reset"), ["http.slow", "net.reset"]),
    ],
)
def test_one_answer_is_spoilt_and_one_delay_of_each_kind_composes(armed, strike) -> None:
    assert answers_of(*armed) == strike
