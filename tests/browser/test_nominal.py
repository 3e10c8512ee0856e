"""The whole procedure as people do it: by clicking, by keyboard alone, without scripts, in English."""

import re

import pytest

from tests.browser import procedure
from tests.browser.people import People, Person
from tests.browser.seat import Seat
from tests.browser.words import ENGLISH, INDONESIAN, Words

pytestmark = [pytest.mark.browser, pytest.mark.slow]

GUIDED = re.compile("^L1 ")
PUPILS = 36


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


def walk(seat: Seat, *, questions: bool = False) -> None:
    """Go through all steps from 07:40 to the report; answer what the coach asks, if it asks."""
    server_id = procedure.sit_down(seat)
    label = seat.machine_label()
    seat.pass_time("6m")
    procedure.patch(seat)
    if questions:
        seat.answer({ASKED.label: label, ASKED.version: "5.1.0", ASKED.tail: server_id[-4:]})
    procedure.submit(seat, server_id)
    procedure.wait_for_aktif(seat, "15m")
    if questions:
        seat.answer({ASKED.status: "aktif"})
    procedure.back_up(seat)
    if questions:
        seat.answer({ASKED.old: "", ASKED.safe: ""})
    procedure.delete(seat)
    procedure.start_sync(seat)
    seat.pass_time("31m")
    seat.see(seat.words.sync_done)
    listed = procedure.check_lists(seat)
    assert listed == procedure.registered(seat) == PUPILS
    if questions:
        seat.answer({ASKED.rows: "9", ASKED.listed: str(listed), ASKED.filled: ""})
    procedure.declare_ready(seat, server_id, listed)


class ASKED:
    """What the coach asks in the guided story."""

    label = "Nama mesin pada label"
    version = "Versi CBTSync yang tampil"
    tail = "ID milik server ini, empat huruf terakhir"
    status = "Kata status yang tampil"
    old = "Data lama, belum disinkron"
    safe = "Sudah, dan utuh"
    rows = "Banyaknya baris data yang hijau"
    listed = "Jumlah peserta di Daftar Peserta"
    filled = "Terisi"


def must_have_passed(seat: Seat) -> None:
    """Go on to the debrief: nothing was wrong, and everybody can sign in on Monday."""
    seat.guess(seat.words.yes)
    assert seat.verdict() == seat.words.passed
    assert seat.monday() == (PUPILS, PUPILS)
    assessment = seat.rehearsal.assessment
    assert assessment["findings"] == []
    assert assessment["passed"] is True
    truth = seat.rehearsal.truth
    assert (truth["datasets_complete"], truth["participants"]) == (9, PUPILS)


def test_a_beginner_goes_from_the_start_page_to_a_passed_debrief(people):
    person = people.person()
    seat = begin_from_the_start_page(people, person, INDONESIAN)

    walk(seat, questions=True)

    must_have_passed(seat)


def test_the_keyboard_is_enough(people):
    seat = people.seat("normal", keyboard=True)

    walk(seat)

    must_have_passed(seat)


def test_no_script_is_needed(people):
    seat = people.seat("normal", java_script_enabled=False)

    walk(seat)

    must_have_passed(seat)


def test_it_goes_in_english_with_the_official_labels_as_they_are(people):
    person = people.person(locale="en")
    seat = begin_from_the_start_page(people, person, ENGLISH)

    walk(seat)

    must_have_passed(seat)
