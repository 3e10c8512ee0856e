"""The recovery policy is a table, so its test is the table."""

import json

import pytest

from client.outcome import NotSent, Obeyed, Refused, Unknown
from client.recovery import Lesson, Next, after_act, after_look, lesson_of, pause_s
from client.replies import judge
from client.wire import Envelope
from tests.client.fake_station import FakeStation


def refused(code):
    answer = {**FakeStation().envelope(), "refused": {"code": code, "message": "Tidak."}}
    outcome = judge(409, "application/json", "", json.dumps(answer).encode(), Envelope)
    assert isinstance(outcome, Refused)
    return outcome


def obeyed():
    body = json.dumps(FakeStation().envelope()).encode()
    outcome = judge(200, "application/json", "", body, Envelope)
    assert isinstance(outcome, Obeyed)
    return outcome


TABLE = [
    # outcome                              after an act      after a look
    (obeyed(), Next.GO_ON, Next.GO_ON),
    (NotSent(reason="refused"), Next.SEND_AGAIN, Next.SEND_AGAIN),
    (Unknown(reason="timeout"), Next.ASK, Next.SEND_AGAIN),
    (Unknown(reason="503", retry_after_s=30), Next.ASK, Next.SEND_AGAIN),
    (refused("error.stale"), Next.ASK, Next.PUT_RIGHT),
    (refused("job.busy"), Next.ASK, Next.PUT_RIGHT),
    (refused("sync.not_active"), Next.ASK, Next.PUT_RIGHT),
    (refused("sync.complete_already"), Next.ASK, Next.PUT_RIGHT),
    (refused("patching.reopen"), Next.ASK, Next.PUT_RIGHT),
    (refused("cbtsync.closed"), Next.PUT_RIGHT, Next.PUT_RIGHT),
    (refused("identity.none"), Next.PUT_RIGHT, Next.PUT_RIGHT),
    (refused("exambro.closed"), Next.PUT_RIGHT, Next.PUT_RIGHT),
    (refused("job.service_stopped"), Next.PUT_RIGHT, Next.PUT_RIGHT),
    (refused("licence.invalid"), Next.PUT_RIGHT, Next.PUT_RIGHT),
    (refused("menu.unknown"), Next.PUT_RIGHT, Next.PUT_RIGHT),
    (refused("error.request"), Next.REPORT, Next.REPORT),
    (refused("exambro.not_installed"), Next.REPORT, Next.REPORT),
    (refused("never.heard.of"), Next.REPORT, Next.REPORT),
]


@pytest.mark.parametrize(
    ("outcome", "acted", "looked"), TABLE, ids=[getattr(o, "code", type(o).__name__) + str(n)
                                               for n, (o, _, _) in enumerate(TABLE)]
)  # fmt: skip
def test_policy(outcome, acted, looked):
    assert (after_act(outcome), after_look(outcome)) == (acted, looked)


def test_no_doubtful_act_is_ever_sent_again_unasked():
    assert after_act(Unknown(reason="any")) is Next.ASK


def test_what_the_server_asks_for_is_waited_for_and_nothing_absurd():
    assert pause_s(Unknown(reason="x", retry_after_s=30), 1) == 30
    assert pause_s(Unknown(reason="x", retry_after_s=999_999), 1) == 3600
    assert [pause_s(NotSent(reason="x"), tries) for tries in (1, 2, 3, 4)] == [5, 15, 45, 45]


def test_each_refusal_teaches_one_thing():
    assert lesson_of(refused("cbtsync.closed")) is Lesson.CBTSYNC_CLOSED
    assert lesson_of(refused("unheard.of")) is Lesson.REPORT
