"""The whole procedure as people do it: clicking, by keyboard, without scripts, in English."""

import re

import pytest

from tests.browser import procedure
from tests.browser.people import People, Person
from tests.browser.seat import Seat
from tests.browser.words import ENGLISH, INDONESIAN, Words

pytestmark = [pytest.mark.browser, pytest.mark.slow]

GUIDED = re.compile("^L1 ")


def begin_from_the_start_page(people: People, person: Person, words: Words) -> Seat:
    """Press the start button of the guided story; take the clock into the test's hands."""
    person.visit(f"?lang={words.language}")
    level = person.page.locator("section", has=person.page.get_by_role("heading", name=GUIDED)).last
    level.get_by_role("button", name=re.compile(f"^{words.start}")).click()
    person.page.wait_for_url("**/r/*/**")
    name = re.search(r"/r/([^/]+)/", person.page.url)[1]
    rehearsal = people.rehearsal(name)
    rehearsal.clock.manual()
    return Seat(person.page, rehearsal, words=words)


def must_have_passed(seat: Seat) -> None:
    """Go on to the debrief: nothing was wrong, and everybody can sign in on Monday."""
    seat.guess(seat.words.yes)
    assert seat.verdict() == seat.words.passed
    assert seat.monday() == (procedure.PUPILS, procedure.PUPILS)
    assessment = seat.rehearsal.assessment
    assert assessment["findings"] == []
    assert assessment["passed"] is True
    truth = seat.rehearsal.truth
    assert (truth["datasets_complete"], truth["participants"]) == (9, procedure.PUPILS)


def test_a_beginner_goes_from_the_start_page_to_a_passed_debrief(people):
    person = people.person()
    seat = begin_from_the_start_page(people, person, INDONESIAN)

    procedure.walk(seat, coached=True)

    must_have_passed(seat)


def test_the_keyboard_is_enough(people):
    seat = people.seat("normal", keyboard=True)

    procedure.walk(seat)

    must_have_passed(seat)


def test_no_script_is_needed(people):
    seat = people.seat("normal", java_script_enabled=False)

    procedure.walk(seat)

    must_have_passed(seat)


def test_it_goes_in_english_with_the_official_labels_as_they_are(people):
    person = people.person(locale="en")
    seat = begin_from_the_start_page(people, person, ENGLISH)

    procedure.walk(seat)

    must_have_passed(seat)
