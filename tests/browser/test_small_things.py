"""What only a browser shows: typed text survives a look, what opens is seen, keys work."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_what_is_being_typed_survives_that_the_page_looks_again(people):
    seat = people.seat("normal", condition="patched")
    seat.sit_down_at_the_exam_server()
    seat.open_cbtsync()
    field = seat.page.get_by_label("ID Server", exact=True)
    field.press_sequentially("U99-97")
    before = seat.time()

    seat.rehearsal.clock.advance("10m")
    seat.page.get_by_role("banner").get_by_text("07:50").wait_for()

    assert before == "07:40"
    assert field.input_value() == "U99-97"
    field.press_sequentially("07")
    assert field.input_value() == "U99-9707"  # the caret stayed where it was


def test_an_opened_hint_stands_before_the_eyes(people):
    seat = people.seat("normal")
    seat.hands.press(seat.button("1. Lihat ke mana", exact=False))

    hint = seat.coach.get_by_text("Lihat laman sekolah")
    hint.wait_for()
    panel = seat.coach.get_by_role("region", name="Isi panel pelatih").bounding_box()
    text = hint.bounding_box()

    assert panel["y"] <= text["y"]
    assert text["y"] + text["height"] <= panel["y"] + panel["height"]


def test_alt_f4_closes_cbtsync_web_and_not_the_browser(people):
    seat = people.seat("normal")
    seat.sit_down_at_the_exam_server()
    seat.open_cbtsync()
    seat.cbtsync.wait_for()
    seat.page.wait_for_load_state()  # the script is there

    with seat.page.expect_navigation():
        seat.page.keyboard.press("Alt+F4")

    assert not seat.cbtsync.is_visible()
    assert seat.button(seat.words.cbtsync).is_visible()


def test_two_tabs_of_one_seat_show_the_same_desk(people):
    seat = people.seat("normal")
    other = seat.page.context.new_page()
    other.goto(seat.rehearsal.url)

    seat.sit_down_at_the_exam_server()

    other.get_by_role("button", name=seat.words.exambro).wait_for()
