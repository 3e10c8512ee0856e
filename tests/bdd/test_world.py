"""The world of the features does what its sentences say: hours, zones, and stories told in time."""

import pytest

from tests.bdd.world import Room, Simulator, Story, Teller, ZoneWord, instant_ms, wib


@pytest.mark.parametrize(
    ("clock", "zone", "shown"),
    [("07:45", "WIB", "07:45"), ("08:45", "WITA", "07:45"), ("09:45", "WIT", "07:45")],
)
def test_a_wall_clock_is_turned_into_wib(clock: str, zone: ZoneWord, shown: str) -> None:
    assert Story().at(clock, zone).clock == shown
    assert f"{wib(instant_ms(clock, zone)):%Y-%m-%d %H:%M}" == f"2017-04-08 {shown}"


def test_a_story_cannot_be_told_once_it_has_begun(teller: Teller, story: Story, room: Room) -> None:
    assert room.now_ms() == instant_ms(story.clock)

    with pytest.raises(AssertionError, match="put it first"):
        teller.tell(story, condition="synced")


def test_two_stories_share_nothing(simulator: Simulator) -> None:
    one, other = simulator.begin(Story()), simulator.begin(Story())

    one.wait(60_000)

    assert one.now_ms() - other.now_ms() == 60_000
    one.leave()
    other.leave()
