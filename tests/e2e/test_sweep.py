"""Whatever goes wrong, the client ends honestly, and the server is emptied once.

A few cases of each family every time, a sample of all of them slowly; all of them by
``python -m tests.e2e.sweep --all``.
"""

from collections.abc import Iterable

import pytest

from mock_server.domain.operations import CHANGING
from mock_server.faults.catalogue import KINDS
from mock_server.faults.params import fields
from tests.e2e import faulted, sweep
from tests.e2e.days import PLAIN
from tests.e2e.faulted import FaultCase
from tests.e2e.sweep import Case, asked, sampled
from tests.e2e.troubled import MessageCase, Trouble


def broken(cases: Iterable[Case]) -> list[str]:
    tally = sweep.sweep(cases)
    assert tally.rehearsals > 0
    return tally.broken


# --- every time -----------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("trouble", list(Trouble), ids=lambda trouble: trouble.name)
def test_a_message_that_empties_or_fills_the_server_may_go_wrong_in_any_way(trouble):
    hapus = MessageCase(PLAIN, "delete.start", trouble, 2, 1)  # the first is the question
    start = MessageCase(PLAIN, "sync.start", trouble, 1, 1)

    assert broken([hapus, start]) == []


def spoiled(op: str, kind: str, effect: str) -> FaultCase:
    fault = {"id": "swept", "fault": kind, "on": op, "effect": effect, "when": {"times": 1}}
    return FaultCase(PLAIN, (fault,), "ready")


@pytest.mark.parametrize("effect", ["none", "applied"])
def test_a_command_that_was_not_answered_is_obeyed_once_whether_heard_or_not(effect):
    cases = [
        spoiled("backup.start", "http.html-for-json", effect),
        spoiled("delete.start", "http.status", effect),
        spoiled("sync.start", "http.empty", effect),
        spoiled("report.submit", "http.status", effect),
    ]

    assert broken(cases) == []


@pytest.mark.parametrize("by", ["1ms", "10m", "31m"])
@pytest.mark.parametrize("op", ["backup.start", "delete.start", "sync.start", "cbtsync.close"])
def test_a_command_that_the_server_hears_late_does_no_harm_and_is_charged_to_nobody(op, by):
    late = {"id": "late", "fault": "net.late", "on": op, "with": {"by": by}}
    breaks = {"id": "f", "fault": "patch.fails"}  # so that CBTSync Web is closed once

    assert broken([FaultCase(PLAIN, (breaks, late), "ready")]) == []


def test_every_command_may_come_twice_all_day_long():
    doubled = tuple(
        {"id": f"twice-{op}", "fault": "net.twice", "on": op.value, "when": {"sticky": True}}
        for op in sorted(CHANGING)
    )

    assert broken([FaultCase(PLAIN, doubled, "ready")]) == []


@pytest.mark.parametrize(
    ("kind", "ending"),
    [
        ("backup.corrupt", "ready"),
        ("delete.partial", "ready"),
        ("sync.short", "reported"),
        ("tests.missing", "reported"),
    ],
)
def test_what_lies_is_found_out(kind, ending):
    assert broken([FaultCase(PLAIN, ({"id": "swept", "fault": kind},), ending)]) == []


def test_no_run_lasts_longer_than_a_run_may():
    endless = {"id": "swept", "fault": "central.slow", "with": {"factor": 100}}

    assert broken([FaultCase(PLAIN, (endless,), "reported")]) == []


def test_no_day_is_so_bad_that_a_promise_breaks():
    assert broken(faulted.mixtures(4, asked(PLAIN))) == []


def test_what_is_swept_covers_the_catalogue():
    cases = [
        *faulted.answers(PLAIN, asked(PLAIN), firsts=(1,), times=(1,)),
        *faulted.jobs((PLAIN,)),
        *faulted.conditions(PLAIN, asked(PLAIN)),
    ]
    swept = {str(case.faults[-1]["fault"]) for case in cases}

    assert swept == {kind.name for kind in faulted.able()}


def test_every_parameter_of_every_fault_is_tried_at_more_than_one_value():
    """A new parameter needs values worth trying, in ``faulted.VALUES``."""
    for kind in KINDS.values():
        tried = [values for values in faulted.written(kind) if values]
        assert {key for values in tried for key in values} == {
            one.key for one in fields(kind.params)
        }, kind.name


def test_a_fault_that_never_came_is_not_counted_as_survived():
    never = FaultCase(PLAIN, ({"id": "swept", "fault": "sync.drops", "when": {"skip": 5}},))

    tally = sweep.sweep([never])

    assert (tally.unmet, tally.rehearsals) == (1, 0)


def test_a_broken_promise_is_told_with_its_case():
    wrong = FaultCase(PLAIN, ({"id": "swept", "fault": "sync.short"},), "ready")

    [told] = sweep.sweep([wrong]).broken

    assert "plain-day: sync.short" in told
    assert "not survived: reported" in told


def test_a_sample_is_spread_evenly_and_always_the_same():
    cases = [MessageCase("normal", "desk", Trouble.LOST, n, 1) for n in range(10)]

    assert [case.first for case in sampled(cases, 4)] == [0, 2, 5, 7]
    assert sampled(cases, 99) == cases


# --- a sample of all ------------------------------------------------------------------------------


@pytest.mark.slow
def test_any_answer_may_be_spoiled_once_or_for_ever():
    assert broken(sampled(list(faulted.answers(PLAIN, asked(PLAIN))), 70)) == []


@pytest.mark.slow
def test_any_fault_of_a_command_may_strike_on_any_day():
    assert broken(sampled(list(faulted.jobs()), 60)) == []


@pytest.mark.slow
def test_a_condition_may_come_at_any_moment():
    assert broken(sampled(list(faulted.conditions(PLAIN, asked(PLAIN))), 50)) == []


@pytest.mark.slow
def test_several_faults_may_come_on_one_day():
    assert broken(sampled(list(faulted.mixtures(sweep.MIXTURES, asked(PLAIN))), 50)) == []


@pytest.mark.slow
def test_any_message_may_be_lost_delayed_or_doubled():
    assert broken(sampled(list(sweep.messages()), 50)) == []
