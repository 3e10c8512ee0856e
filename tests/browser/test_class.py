"""A facilitator with two trainees, each in a browser of their own."""

import pytest

from tests.browser.facilitator import Facilitator, join, seat_of
from tests.browser.seat import look_again

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def a_class_of_two(people):
    """Make a class, let Sari and Budi in, start the drill; return all three."""
    facilitator = Facilitator(people.person())
    facilitator.enter()
    code = facilitator.make_class("Kelas Sabtu", "L1", "Sinkronisasi tanpa gangguan")
    came = [join(people, code, 1, "Sari"), join(people, code, 2, "Budi")]
    facilitator.start_drill()
    return facilitator, *(seat_of(people, person) for person in came)


def test_a_frozen_class_sees_the_message_and_can_press_nothing_until_it_is_thawed(people):
    facilitator, sari, budi = a_class_of_two(people)
    sari.sit_down_at_the_exam_server()

    facilitator.freeze_all("Lihat papan tulis.")

    for seat in (sari, budi):
        seat.see("Kelas dibekukan.")  # by itself, without loading the page again
        seat.see("Lihat papan tulis.")
    assert sari.button(sari.words.exambro).is_disabled()

    facilitator.thaw_all()

    sari.page.get_by_text("Kelas dibekukan.").wait_for(state="hidden")
    sari.press(sari.words.exambro)


def test_a_message_reaches_every_seat(people):
    facilitator, sari, budi = a_class_of_two(people)

    facilitator.say_to_all("Lima menit lagi.")

    sari.see("Lima menit lagi.")
    budi.see("Lima menit lagi.")


def test_a_raised_hand_comes_to_the_top_of_the_console(people):
    facilitator, _, budi = a_class_of_two(people)
    facilitator.watch()

    budi.press(budi.words.raise_hand)

    facilitator.page.get_by_role("listitem").filter(has_text="angkat tangan 1").wait_for()
    assert "02 Budi" in facilitator.page.get_by_role("link", name="Budi").first.inner_text()
    facilitator.tile(2).click()
    facilitator.press("Sudah ditangani")
    budi.button(budi.words.raise_hand).wait_for()


def test_a_fault_that_the_facilitator_inserts_strikes_the_seats(people):
    facilitator, sari, _ = a_class_of_two(people)
    sari.sit_down_at_the_exam_server()
    sari.open_cbtsync()
    facilitator.insert_fault("patch.fails")
    facilitator.jump_to("07:46")
    look_again(sari.page)
    sari.press("Pembaharuan")

    facilitator.jump_to("07:55")

    sari.see(sari.words.patch_failed)


def test_a_seat_can_see_no_other_seat_and_no_console(people):
    facilitator, sari, budi = a_class_of_two(people)
    number = facilitator.console

    sari.page.goto(number)

    assert sari.page.url.endswith("/fasilitator/")
    assert sari.page.get_by_label("Kata sandi fasilitator").is_visible()
    assert "Budi" not in sari.page.content()
    assert budi.rehearsal.name not in sari.page.content()
