"""Whatever happens to a message, the client ends honestly, and the server is emptied once."""

from collections import Counter

import pytest

from tests.e2e.sweep import OPERATIONS, broken_promises, cases, sweep
from tests.e2e.troubled import ALWAYS, Case, Outcomes, Stage, Trouble

DANGEROUS = ("delete.start", "sync.start")
LESS_SO = ("backup.start", "id.submit", "report.submit", "patch.start")


@pytest.fixture(scope="module")
def stage():
    return Stage()


def plays(stage: Stage, chosen) -> list[str]:
    return [f"{one.case}: {found}" for one, found in sweep(chosen, stage) if found]


@pytest.mark.parametrize("op", DANGEROUS)
@pytest.mark.parametrize("trouble", list(Trouble), ids=lambda trouble: trouble.name)
def test_the_first_dangerous_message_may_go_wrong_in_any_way(stage, op, trouble):
    assert plays(stage, [Case("partial-sync", op, trouble, 1, 1)]) == []


@pytest.mark.slow
@pytest.mark.parametrize("op", LESS_SO)
def test_so_may_the_first_of_the_others_that_change_something(stage, op):
    assert plays(stage, [Case("partial-sync", op, trouble, 1, 1) for trouble in Trouble]) == []


@pytest.mark.slow
@pytest.mark.parametrize("op", OPERATIONS)
def test_every_message_may_go_wrong_once_or_for_ever(stage, op):
    chosen = [one for one in cases(("normal",), (1,), (1, ALWAYS)) if one.op == op]

    assert plays(stage, chosen) == []


def test_a_broken_promise_is_seen(stage):
    [(outcomes, found)] = sweep([Case("normal", "desk", Trouble.LOST, 1, 1)], stage)
    assert found == []

    emptied_twice = Outcomes(
        case=outcomes.case,
        met=1,
        result=outcomes.result,
        ready=False,
        violations=("K2",),
        events=Counter({"delete-finished": 2}),
        wrong_fields=("participants",),
    )
    assert len(broken_promises(emptied_twice)) == 4
