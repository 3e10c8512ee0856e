"""``cbtsync-mock faults check``: every fault is proved, and what is not proved is called out."""

import pytest

from mock_server import self_check
from mock_server.faults.catalogue import CARRIED_OUT, KINDS, effects
from mock_server.self_check import Row, Walk


@pytest.mark.parametrize("fault", ["patch.fails", "sync.short", "http.empty", "central.slow"])
def test_a_fault_bites_is_silent_when_silent_and_has_the_effect_it_declares(fault):
    assert self_check.check(KINDS[fault], effects(KINDS[fault])).holds


@pytest.mark.slow
def test_every_fault_of_this_build_is_proved():
    lines, fine = self_check.report_lines()

    assert fine, "\n".join(lines)
    assert {row.fault for row in self_check.rows()} == CARRIED_OUT


@pytest.mark.parametrize(
    "row",
    [
        Row(fault="toothless", differs=False, silent=True, effects=None),
        Row(fault="noisy", differs=True, silent=False, effects=None),
        Row(fault="untrue", differs=True, silent=True, effects=False),
    ],
    ids=lambda row: row.fault,
)
def test_a_fault_that_fails_one_proof_does_not_hold(row):
    assert not row.holds


def test_none_and_applied_are_told_apart_by_the_truth():
    assert not _obeyed("none")
    assert _obeyed("applied")


def test_two_walks_without_a_fault_see_the_same():
    seen = [self_check._walked(), self_check._walked()]

    assert seen[0] == seen[1]
    assert len(seen[0][0]) > 20


def _obeyed(effect: str) -> bool:
    fault = {"fault": "http.status", "on": "backup.start", "effect": effect}
    return self_check._was_obeyed(fault)


def test_what_was_done_to_the_clock_is_part_of_what_is_seen():
    walk = Walk([])
    walk.get("desk")
    before = walk.seen[-1]
    walk.wait(60_000)
    walk.get("desk")

    assert walk.seen[-1] != before
