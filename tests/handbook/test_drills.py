"""Which scenario a story sends its reader to."""

import pytest

from mock_server.handbook.drills import Drills, Told
from mock_server.scenario.library import Library


@pytest.fixture(scope="module")
def drills() -> Drills:
    return Drills("id", [entry.scenario for entry in Library().all()])


def told(
    *steps: int, ran: str = "", armed: str = "", text: str = "", is_exercise: bool = True
) -> Told:
    return Told(
        rehearsals=(ran,) if ran else (),
        faults=(armed,) if armed else (),
        steps=steps,
        text=text,
        is_exercise=is_exercise,
    )


def test_a_story_is_practised_in_the_scenario_that_it_ran(drills: Drills) -> None:
    assert drills.train(told(18, ran="partial-sync"))[0] == "partial-sync"


def test_else_where_the_same_thing_goes_wrong(drills: Drills) -> None:
    assert drills.train(told(6, 7, armed="patch.claims-success"))[0] == "patched-but-old-version"


def test_else_an_exercise_where_its_steps_are_trained_in_its_words(drills: Drills) -> None:
    chosen = drills.train(told(2, text="Sinkronisasi di laptop rekan"))[0]

    assert "laptop" in chosen


def test_a_story_that_is_no_exercise_is_seen_where_all_goes_well(drills: Drills) -> None:
    assert drills.train(told(15, is_exercise=False))[0] == "normal"
