"""The timeline's geometry: every mark can be seen, every line stays inside the picture."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from mock_server.training.position import Stand
from mock_server.web.debrief.chart import BOTTOM, LEFT, RIGHT, TOP, chart, height_of
from mock_server.web.debrief.pupils import crowd
from tests.procedure import traces
from tests.procedure.test_assessment_properties import JOURNALS, clicks, random_runs
from tests.training.support import debrief_of


def drawn(run):
    told = debrief_of(run)
    return chart(told, [mark.text.id for mark in told.marks])


@settings(max_examples=30, deadline=None)
@random_runs
def test_whatever_somebody_did_can_be_drawn(acts, from_step):
    picture = drawn(clicks(acts, from_step=from_step))

    for path in (picture.mine, picture.reference):
        for x in re.findall(r"[MH]([0-9.]+)", path):
            assert LEFT <= float(x) <= RIGHT
        for y in re.findall(r"(?:V| )([0-9.]+)", path):
            assert TOP <= float(y) <= BOTTOM
    assert len(picture.times) <= 14


def test_no_mark_covers_another():
    for journal in JOURNALS.values():
        dots = drawn(list(journal)).dots
        for index, one in enumerate(dots):
            for other in dots[index + 1 :]:
                assert abs(one.x - other.x) >= 18 or abs(one.y - other.y) >= 18


def test_every_mark_has_its_letter():
    letters = [dot.letter for dot in drawn(traces.hapus_after_green_then_declared()).dots]

    assert letters == ["K", "B"]


def test_the_parts_of_step_7_stand_between_it_and_the_next():
    heights = [height_of(step) for step in (7, "7a", "7b", "7f", 8)]

    assert heights == sorted(heights)
    assert height_of("NB") == 4


def test_a_line_of_one_stand_is_a_line():
    told = debrief_of(traces.Trainee())

    assert told.mine == (Stand(step=1, at_ms=told.mine[0].at_ms, seq=1),)
    assert "H" in drawn(traces.Trainee()).mine


@given(total=st.integers(min_value=1, max_value=500), data=st.data())
def test_every_pupil_is_drawn_once_and_inside(total, data):
    can = data.draw(st.integers(min_value=0, max_value=total))
    picture = crowd(can, total)

    assert len({(one.x, one.y) for one in picture.pupils}) == total
    assert sum(one.inside for one in picture.pupils) == can
    assert all(
        one.x + 6 <= picture.width and one.y + 15 <= picture.height for one in picture.pupils
    )
