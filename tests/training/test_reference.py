"""The reference proctor: a whole day in order, without a slip, wherever the day begins."""

from itertools import pairwise

import pytest

from mock_server.domain.setup import Condition, Inject, Say
from mock_server.procedure.assessment import assess
from mock_server.training.reference import reference
from tests.procedure.traces import MINUTE_MS, TINY, UNBK, instant_ms, setup_for, window


@pytest.mark.parametrize("condition", Condition)
def test_from_every_beginning_the_day_ends_ready_and_without_a_slip(condition):
    walked = reference(setup_for(UNBK, condition=condition))
    assessment = assess(walked.entries, UNBK)

    assert walked.whole
    assert assessment.passed
    assert assessment.codes == ()


def test_every_step_that_the_day_calls_for_has_its_frame_in_order():
    steps = [frame.step for frame in reference(setup_for(UNBK)).frames]

    assert list(dict.fromkeys(steps)) == [1, 2, 3, 4, 5, 6, 8, 9, *range(11, 22)]
    assert steps == sorted(steps)


def test_frames_follow_each_other_in_time_and_hold_the_desk_of_their_moment():
    frames = reference(setup_for(UNBK)).frames

    assert all(a.at_ms <= b.at_ms for a, b in pairwise(frames))
    done = {frame.step: frame.station for frame in frames}
    assert done[13].machines["exam-server"].backup.covers_data
    assert not any(done[14].machines["exam-server"].data.old)
    assert done[18].machines["exam-server"].sync.phase == "complete"


def test_before_the_slot_it_looks_at_the_schedule_and_waits():
    walked = reference(setup_for(UNBK, **window(UNBK, "13:00")))
    by_step = {frame.step: frame for frame in walked.frames}

    assert by_step[11].at_ms >= instant_ms("13:00")
    assert assess(walked.entries, UNBK).passed


def test_before_patching_opens_it_waits():
    walked = reference(setup_for(UNBK, start_ms=instant_ms("07:20"), **window(UNBK, "08:00")))
    by_step = {frame.step: frame for frame in walked.frames}

    assert "NB" in [frame.narration for frame in walked.frames]
    assert by_step[5].at_ms >= instant_ms("07:45")
    assert walked.whole


@pytest.mark.parametrize(
    "changes",
    [
        window(UNBK, "06:00", "07:00"),
        window(UNBK, "08:00", "08:20"),
    ],
    ids=["over already", "too short"],
)
def test_a_day_that_cannot_end_well_ends_with_a_report(changes):
    walked = reference(setup_for(UNBK, **changes))
    assessment = assess(walked.entries, UNBK)

    assert not walked.whole
    assert assessment.outcome == "postponed"


def test_another_edition_is_walked_by_its_own_numbers():
    walked = reference(setup_for(TINY))

    assert assess(walked.entries, TINY).passed


def test_what_others_say_on_the_way_is_said_in_the_example_too():
    inject = Inject(
        at_ms=setup_for(UNBK).start_ms + MINUTE_MS, sender="Rekan", say=Say(id="Halo", en="Hello")
    )
    walked = reference(setup_for(UNBK, injects=(inject,)))

    assert [one.sender for one in walked.frames[-1].station.messages] == ["Rekan"]


def test_its_line_begins_at_the_beginning_and_ends_at_the_last_step():
    walked = reference(setup_for(UNBK))

    assert walked.line[0].step == 1
    assert walked.line[-1].step == 21
