"""Each promise can be seen to break: a judge who finds nothing proves nothing."""

import tempfile
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

from client.step import Ending
from client.texts import Reason
from mock_server.domain.events import (
    DeleteFinished,
    DeleteStarted,
    IdSubmitted,
    ReportFiled,
    SyncStarted,
)
from tests.e2e import promises
from tests.e2e.days import PLAIN
from tests.e2e.faulted import FaultCase
from tests.e2e.stage import Exchange, Played, Sent, Stage

LAPTOP = {"machine": "laptop"}


@pytest.fixture(scope="module")
def good() -> Played:
    with tempfile.TemporaryDirectory() as folder:
        return FaultCase(PLAIN, ()).play(Stage(), Path(folder))


def seq_of(played: Played, kind: type) -> int:
    return next(entry.seq for entry in played.entries if isinstance(entry.event, kind))


def sent(played: Played, name: str) -> Sent:
    return next(one for one in played.sent if one.name == name)


def resent(played: Played, name: str, *, seq: int | None = None, **changes) -> Played:
    """Return the same run in which one act more was sent, after event ``seq``."""
    act = sent(played, name)
    act = replace(act, seq=act.seq if seq is None else seq, **changes)
    return replace(played, sent=(*played.sent, act))


def with_event(played: Played, kind: type, **changes) -> Played:
    """Return the same run whose journal has an event of this kind changed, at the end."""
    entry = next(one for one in played.entries if isinstance(one.event, kind))
    changed = msgspec.structs.replace(entry.event, **changes)
    last = msgspec.structs.replace(entry, seq=len(played.entries) + 1, event=changed)
    return replace(played, entries=(*played.entries, last))


def with_result(played: Played, **changes) -> Played:
    return replace(played, result=msgspec.structs.replace(played.result, **changes))


def test_a_good_run_breaks_none(good):
    assert promises.broken(good) == []
    assert promises.survived(good, "ready") == []
    assert {one.name for one in good.sent} == {
        "machine.use", "id.submit", "delete.start:yes", "sync.start", "report.submit:ready",
    }  # fmt: skip


def test_a_run_without_an_end_is_seen(good):
    assert promises.broken(replace(good, result=None)) == ["the client never came to an end"]


def not_ready(good: Played) -> Played:
    return replace(good, truth=msgspec.structs.replace(good.truth, ready=False))


def nobody_listed(good: Played) -> Played:
    return replace(good, truth=msgspec.structs.replace(good.truth, participants=3))


def halted(good: Played) -> Played:
    why = Reason.of("interlock.no_backup")
    return with_result(good, ending=Ending.HALTED, why=why)


LIES = {
    "ready, but the truth is False": not_ready,
    "halted by interlock.no_backup": halted,
    "violations: K2": lambda good: replace(good, violations=("K2",)),
    "the report is untrue in time": lambda good: with_event(good, ReportFiled, wrong=("time",)),
    "the sheet claims participants 12, true is 3": nobody_listed,
    "901 requests": lambda good: with_result(good, requests=901),
    "5.00 hours": lambda good: with_result(good, now_ms=good.result.began_ms + 5 * 3_600_000 + 1),
    "a defect of the server": lambda good: replace(good, defects=("Traceback",)),
    "HAPUS completed 2 times": lambda good: with_event(good, DeleteFinished),
    "HAPUS after a sync began": lambda good: with_event(good, DeleteStarted),
    "HAPUS before a whole backup": lambda good: with_event(good, DeleteStarted, backed_up=False),
    "another server's ID": lambda good: with_event(good, IdSubmitted, own=False),
}


@pytest.mark.parametrize("told", LIES)
def test_what_ends_or_happens_wrongly_is_seen(told, good):
    assert any(one.startswith(told) for one in promises.broken(LIES[told](good)))


def sent_twice(good: Played, between: tuple[Exchange, ...]) -> Played:
    doubt = Exchange("sync.start", "unknown", doubtful=True)
    return replace(good, exchanges=(doubt, *between, doubt))


def test_an_act_sent_again_unasked_is_seen(good):
    lost = Exchange("sync.status", "unknown", doubtful=False)

    assert promises.broken(sent_twice(good, (lost,))) == [
        "sync.start was sent again, and nothing was asked"
    ]


def test_an_act_may_be_sent_again_once_something_was_answered(good):
    answered = Exchange("sync.status", "obeyed", doubtful=False)

    assert promises.broken(sent_twice(good, (answered,))) == []


def test_a_seventh_sync_is_seen(good):
    for _ in range(6):
        good = with_event(good, SyncStarted)

    assert "7 syncs were started" in promises.broken(good)


ACTS = {
    "it is not the exam server": lambda good: resent(good, "machine.use", body=LAPTOP),
    "at another machine": lambda good: resent(good, "id.submit", seq=2),
    "it is not our ID": lambda good: resent(good, "id.submit", body={"server_id": "X"}),
    "not patched": lambda good: resent(good, "id.submit", seq=seq_of(good, IdSubmitted) - 6),
    "no whole backup on our disk": lambda good: resent(good, "delete.start:yes", digests=set()),
    "it has been emptied": lambda good: resent(
        good, "delete.start:yes", seq=seq_of(good, DeleteFinished)
    ),
    "a sync has begun": lambda good: resent(
        good, "delete.start:yes", seq=seq_of(good, SyncStarted)
    ),
    "data have come": lambda good: resent(good, "delete.start:yes", seq=len(good.entries)),
    "old data are left": lambda good: resent(
        good, "sync.start", seq=seq_of(good, DeleteStarted) - 1
    ),
    "the dashboard says closed": lambda good: resent(good, "sync.start", seq=len(good.entries)),
    "the view is open": lambda good: resent(good, "sync.start", seq=seq_of(good, SyncStarted) - 2),
    "it is not ready": lambda good: resent(
        good, "report.submit:ready", seq=seq_of(good, SyncStarted)
    ),
}  # fmt: skip


@pytest.mark.parametrize("why", ACTS)
def test_a_dangerous_request_sent_at_the_wrong_time_is_seen(why, good):
    assert any(f"although: {why}" in one for one in promises.broken(ACTS[why](good)))


def test_a_trouble_that_was_not_survived_is_seen(good):
    result = SimpleNamespace(ending="reported", step=7, why=Reason.of("stop.patching", times=5))

    [found] = promises.survived(replace(good, result=result), "ready")

    assert "in step 7" in found
