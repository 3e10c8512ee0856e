"""The class without screens: a killed server keeps what it acknowledged, and a loss would show."""

import pytest

from benchmarks.classroom import Pace
from benchmarks.killed import kill_in_the_middle, lost_or_doubled

QUICK = Pace(poll_s=0.1, act_s=0.2, console_s=0.2)


@pytest.mark.slow
def test_no_acknowledged_act_is_lost_when_the_server_is_killed_in_the_middle_of_a_class(tmp_path):
    room, lost, acknowledged = kill_in_the_middle(tmp_path / "class.db", 6, 0.5, QUICK)

    assert lost == 0
    assert acknowledged >= 12
    assert room.errors == []


@pytest.mark.parametrize(
    ("kept", "count"),
    [
        (["1", "2", "3"], 0),
        (["1", "2", "3", "on its way"], 0),
        (["1", "3"], 1),
        (["1", "2", "2", "3"], 1),
        (["2", "1", "3"], 1),
        ([], 3),
    ],
)
def test_a_note_that_is_lost_doubled_or_misplaced_is_counted(kept, count):
    assert lost_or_doubled(["1", "2", "3"], kept) == count
