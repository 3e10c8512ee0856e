"""Carrying one request: tries, doubt, the order of journal and wire, and where it all ends."""

import json

import pytest
from msgspec.structs import replace

from client import calls, journal
from client.belief import Belief
from client.courier import Courier, Ended
from client.journal import Journal
from client.outcome import Unknown
from client.replies import judge
from tests.client.fake_station import (
    FakeSender,
    FakeStation,
    busy_for,
    lost_answer,
    lost_request,
    not_sent,
)
from tests.client.support import RULES, clock_of, runner_of, step, up_to


def courier_of(sender, path=None):
    kept = Journal(path, durable=False)
    return Courier(sender=sender, journal=kept, clock=clock_of(sender.station), rules=RULES)


def test_a_look_is_repeated_until_it_is_answered():
    sender = FakeSender(FakeStation(), {"desk": [lost_request, not_sent, lost_answer]})

    belief = courier_of(sender).look(Belief(), calls.DESK)

    assert sender.calls == ["desk"] * 4
    assert belief.desk is not None


def test_a_look_that_nobody_answers_ends_in_a_report_after_four_tries():
    sender = FakeSender(FakeStation(), {"desk": [lost_request] * 9})

    with pytest.raises(Ended) as ended:
        courier_of(sender).look(Belief(), calls.DESK)

    assert sender.calls == ["desk"] * 4
    assert ended.value.stop.ending == "reported"


def test_an_act_in_doubt_is_asked_about_and_not_sent_again_by_itself(tmp_path):
    sender = FakeSender(FakeStation())
    runner = up_to(5, sender, tmp_path)
    sender.fates["patch.start"] = [lost_answer]

    belief = runner._courier.act(runner.belief, calls.START_PATCH)

    assert sender.calls == ["patch.start", "patch.status"]
    assert belief.patch.phase == "running"


def test_an_act_in_doubt_whose_look_is_not_answered_halts(tmp_path):
    sender = FakeSender(FakeStation())
    runner = up_to(5, sender, tmp_path)
    sender.fates.update({"patch.start": [lost_answer], "patch.status": [lost_request] * 4})

    with pytest.raises(Ended) as ended:
        runner._courier.act(runner.belief, calls.START_PATCH)

    assert ended.value.stop.ending == "halted"
    assert ended.value.stop.why.key == "stop.in_doubt"


def test_an_act_that_was_surely_not_sent_is_sent_again_without_asking(tmp_path):
    sender = FakeSender(FakeStation())
    runner = up_to(5, sender, tmp_path)
    sender.fates["patch.start"] = [not_sent]

    runner.carry_out(step(5))

    assert sender.calls[:2] == ["patch.start", "patch.start"]


@pytest.mark.parametrize("fate", [not_sent, lost_request], ids=["not sent", "request lost"])
def test_an_act_is_tried_four_times_in_all(fate, tmp_path):
    sender = FakeSender(FakeStation())
    runner = up_to(5, sender, tmp_path)
    sender.fates["patch.start"] = [fate] * 9

    stop = runner.run((step(5),))

    assert stop is not None
    assert stop.ending == "reported"
    assert sender.calls.count("patch.start") == 4


def test_retry_after_is_honoured_on_the_stations_clock(tmp_path):
    station = FakeStation()
    sender = FakeSender(station)
    runner = up_to(5, sender, tmp_path)
    sender.fates["patch.start"] = [busy_for(90)]
    before = station.now

    runner._courier.act(runner.belief, calls.START_PATCH)

    assert station.now - before == 90_000


def test_no_server_can_make_a_run_last_longer_than_a_run_may():
    sender = FakeSender(FakeStation(), {"sync.status": [busy_for(3600)] * 9})
    began_ms = sender.station.now
    courier = courier_of(sender)
    almost_over = Belief(began_ms=began_ms, now_ms=began_ms)
    sender.station.now += RULES.bounds.run_ms - 600_000

    with pytest.raises(Ended):
        courier.look(replace(almost_over, now_ms=sender.station.now), calls.SYNC)

    assert sender.station.now - began_ms == RULES.bounds.run_ms + 2 * 45_000


def test_the_intent_is_on_disk_before_the_request_leaves_and_the_outcome_after(tmp_path):
    path = tmp_path / journal.NAME
    sender = FakeSender(FakeStation())
    seen = []
    sender.before = lambda call: seen.append(kinds(path))
    courier = courier_of(sender, path)
    belief = courier.look(Belief(), calls.DESK)
    belief = courier.look(belief, calls.IDS)

    courier.act(belief, calls.use_machine("server"))
    courier.journal.close()

    assert seen[-1] == ["intent"]
    assert kinds(path) == ["intent", "outcome"]


def kinds(path):
    return [json.loads(line)["kind"] for line in path.read_text().splitlines()]


def test_looks_are_not_journaled(tmp_path):
    path = tmp_path / journal.NAME
    courier = courier_of(FakeSender(FakeStation()), path)
    courier.look(Belief(), calls.DESK)
    courier.journal.close()

    assert path.read_text() == ""


def test_destructive_acts_are_aimed_at_what_was_seen(tmp_path):
    station = FakeStation()
    sender = FakeSender(station)
    bodies = {}
    sender.before = lambda call: bodies.setdefault(call.name, (call.body, station.data_version))
    runner = runner_of(sender, tmp_path)

    assert runner.run() is None

    for name in ("backup.start", "delete.start:ask", "delete.start:yes", "sync.start"):
        body, version = bodies[name]
        assert body["data_version"] == version


def test_a_refusal_that_nothing_can_mend_is_reported_with_its_words():
    station = FakeStation()
    sender = FakeSender(station)
    courier = courier_of(sender)
    sender.fates["desk"] = [lambda _s, _c: refused_for_good(station)]

    with pytest.raises(Ended) as ended:
        courier.look(Belief(), calls.DESK)

    why = ended.value.stop.why
    assert (why.key, why.fields["code"]) == ("stop.refused", "error.request")


def refused_for_good(station):
    answer = {**station.envelope(), "refused": {"code": "error.request", "message": "Isian."}}
    return judge(422, "application/json", "", json.dumps(answer).encode(), calls.DESK.shape)


def test_doubt_ends_when_something_else_is_done(tmp_path):
    sender = FakeSender(FakeStation())
    runner = up_to(5, sender, tmp_path)
    sender.fates["patch.start"] = [lost_answer]
    runner._courier.act(runner.belief, calls.START_PATCH)
    assert isinstance(runner._courier.doubt.outcome, Unknown)

    runner.belief = runner._courier.look(runner.belief, calls.PATCH)
    runner.carry_out(step(5))

    assert runner._courier.doubt is None
