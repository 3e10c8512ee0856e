"""The verdicts on what was seen: none of them holds by itself."""

import pytest
from msgspec.structs import replace

from mock_server.domain import station as rules
from mock_server.domain.commands import Interval
from mock_server.domain.events import StationPrepared
from mock_server.self_check import judging
from mock_server.self_check.judging import Obedience, Row, Silence, Verdict
from mock_server.self_check.observed import Facts, Observed, Reply, facts, masked
from tests.builders import START_MS, Proctor, setup, synced

STATION = rules.begin(StationPrepared(at_ms=START_MS, setup=setup()))
REPLY = Reply(
    asked="POST backup/start",
    status=200,
    headers=(("Content-Length", "4"),),
    body=b"body",
    pieces=(4,),
)
PLAIN = Observed(replies=(REPLY,), station=STATION)
NOTHING = Facts(
    patched=0,
    bound=0,
    backups=0,
    old_rows=100,
    received_rows=0,
    datasets_complete=0,
    participants=0,
    tests_visible=0,
)
ALL = replace(NOTHING, received_rows=90, datasets_complete=9, participants=36, tests_visible=1)


def answered(**changes: object) -> Observed:
    return replace(PLAIN, replies=(replace(REPLY, **changes),))


OTHERWISE = {
    "status": answered(status=503),
    "headers": answered(headers=(("Content-Length", "5"),)),
    "body": answered(body=b"else"),
    "pieces": answered(pieces=(2, 2)),
    "broke": answered(broke="reset"),
    "answers": replace(PLAIN, replies=()),
    "real time": replace(PLAIN, waited_ms=50),
    "station": replace(PLAIN, station=replace(STATION, here="laptop")),
}


@pytest.mark.parametrize(("what", "seen"), OTHERWISE.items(), ids=OTHERWISE)
def test_whatever_differs_is_a_bite_and_no_silence(what, seen):
    assert judging.bites(replace(seen, hits=1), PLAIN).holds

    silence = judging.is_silent((Silence(how="held back", seen=seen, like=PLAIN),))
    assert not silence.holds
    assert what in silence.why


def test_a_fault_that_struck_and_changed_nothing_does_not_bite():
    assert not judging.bites(replace(PLAIN, hits=1), PLAIN).holds


def test_a_plan_for_the_centre_that_nobody_feels_is_no_bite():
    closed = replace(STATION.central, closures=(Interval(from_ms=START_MS),))
    planned = replace(PLAIN, hits=1, station=replace(STATION, central=closed, events=2))

    assert not judging.bites(planned, PLAIN).holds


def test_a_difference_that_the_fault_had_no_part_in_is_no_bite():
    assert not judging.bites(answered(status=503), PLAIN).holds


def test_two_equal_walks_are_silent():
    assert judging.is_silent((Silence(how="held back", seen=PLAIN, like=PLAIN),)).holds


def test_a_fault_that_struck_was_not_silent_though_nothing_differs():
    struck = Silence(how="held back", seen=replace(PLAIN, hits=1), like=PLAIN)

    assert "struck all the same" in judging.is_silent((struck,)).why


def test_every_silence_must_hold():
    good = Silence(how="held back", seen=PLAIN, like=PLAIN)
    bad = Silence(how="disarmed", seen=answered(status=500), like=PLAIN)

    assert not judging.is_silent((good, bad)).holds
    assert not judging.is_silent(()).holds


@pytest.mark.parametrize(
    ("declared", "struck", "holds"),
    [
        ("none", NOTHING, True),
        ("none", ALL, False),
        ("none", replace(ALL, received_rows=50), False),
        ("applied", ALL, True),
        ("applied", NOTHING, False),
        ("applied", replace(ALL, received_rows=50), False),
        ("partial", replace(ALL, received_rows=50), True),
        ("partial", replace(NOTHING, received_rows=1), True),
        ("partial", NOTHING, False),
        ("partial", ALL, False),
        ("partial", replace(ALL, received_rows=50, old_rows=0), False),  # did what nobody asked
        ("partial", replace(ALL, received_rows=91), False),
        ("partial", replace(NOTHING, received_rows=-1), False),
    ],
)
def test_an_effect_is_true_only_where_the_truth_says_so(declared, struck, holds):
    found = Obedience(struck=struck, never=NOTHING, obeyed=ALL)

    assert judging.is_true(declared, found).holds is holds


@pytest.mark.parametrize("declared", ["none", "applied", "partial"])
def test_a_course_on_which_obeying_changes_nothing_proves_no_effect(declared):
    found = Obedience(struck=NOTHING, never=NOTHING, obeyed=NOTHING)

    assert not judging.is_true(declared, found).holds


def test_a_row_holds_only_if_all_that_was_judged_holds():
    good, bad = Verdict(holds=True), Verdict(holds=False, why="planted")
    row = Row(server="wsgi", fault="sync.drops")

    assert replace(row, bites=good, silent=good, true=good).holds
    for part in ("bites", "silent", "true"):
        assert not replace(
            row, **({"bites": good, "silent": good, "true": good} | {part: bad})
        ).holds
    assert not replace(row, refused=bad).holds
    assert not row.holds, "what was not judged was not proved"


def test_the_facts_are_what_the_commands_bring_about():
    assert facts(Proctor().station) == replace(NOTHING, old_rows=facts(STATION).old_rows)
    after = facts(synced().station)
    assert (after.patched, after.bound, after.backups, after.old_rows) == (1, 1, 1, 0)
    assert (after.datasets_complete, after.participants, after.tests_visible) == (9, 36, 1)


def test_a_date_and_the_name_of_a_rehearsal_are_no_differences():
    first = Reply(
        asked="GET /r/check-000001/api/desk",
        status=200,
        headers=(("Date", "now"), ("Location", "/r/check-000001/")),
        body=b'"/r/check-000001/"',
    )
    second = Reply(
        asked="GET /r/check-000002/api/desk",
        status=200,
        headers=(("date", "later"), ("Location", "/r/check-000002/")),
        body=b'"/r/check-000002/"',
    )

    assert masked(first, "check-000001") == masked(second, "check-000002")
    assert masked(first, "check-000001") != masked(replace(second, body=b""), "check-000002")
