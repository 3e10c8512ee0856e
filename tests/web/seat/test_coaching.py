"""The coach beside the machine: questions, guard, hints, feedback, notes, hand, freeze."""

import pytest
from flask import g

from mock_server.engine import Engine
from mock_server.training.commands import FreezeSeat, SayToSeat, ThawSeat
from mock_server.web.seat.desk_view import clocks
from tests.web.seat.clicking import Person
from tests.web.visitor import MINUTE, begin


def seat(condition: str, level: str, **keys):
    return begin(condition, level=level, **keys).sit_down()


def engine_of(visitor) -> Engine:
    """Return the simulator's engine; the facilitator's commands have no page of the seat's."""
    view = visitor.simulator.app.view_functions["people.seat"]
    engine: Engine = view.__self__._parts.engine
    return engine


def at_backup(visitor, *, asked: bool = False) -> Person:
    person = Person(visitor).click("BACKUP")
    return person.click("HAPUS") if asked else person


def test_a_forbidden_hapus_must_first_say_what_follows_and_stopping_deletes_nothing():
    visitor = seat("synced", "L1")
    person = at_backup(visitor, asked=True)
    assert person.sees("Anda menekan HAPUS. Berhenti sebentar.")
    assert not visitor.events("delete-asked")

    person.click("Batal, jangan hapus")

    assert not person.sees("Berhenti sebentar")
    assert [one["went_on"] for one in visitor.events("guard-answered")] == [False]
    assert not visitor.events("delete-asked")


def test_who_answers_and_goes_on_does_the_forbidden_act():
    visitor = seat("synced", "L1")
    person = at_backup(visitor, asked=True)
    person.click("Jawab, lalu tetap lakukan")
    assert person.sees("Berhenti sebentar")

    person.choose("choice", "b").click("Jawab, lalu tetap lakukan").click("Ya, hapus").wait(2)

    answered = visitor.events("guard-answered")
    assert [(one["right"], one["went_on"]) for one in answered] == [(True, True)]
    assert visitor.events("delete-finished")
    assert person.sees("Umpan balik")


def test_whoever_answers_wrongly_and_goes_on_is_told_what_really_follows():
    visitor = seat("synced", "L1")
    person = at_backup(visitor, asked=True)

    person.choose("choice", "a").click("Jawab, lalu tetap lakukan")

    said = "Jawaban Anda belum tepat. Akibat yang sebenarnya: Tidak ada peserta yang dapat masuk."
    assert person.sees(said)
    assert person.sees("Ya, hapus")


def test_another_id_after_the_sync_is_guarded_and_not_lost_when_one_goes_on():
    visitor = seat("synced", "L1", school={"servers": 2})
    other = visitor.get("portal/ids").json["servers"][1]["server_id"]
    person = Person(visitor).click("Isi ID Server lagi").fill("ID Server", other).click("Submit")
    assert person.sees("Anda akan mengirim ID lain.")
    assert not visitor.events("id-submitted")

    person.choose("choice", "b").click("Jawab, lalu tetap lakukan")

    assert [one["server_id"] for one in visitor.events("id-submitted")] == [other]


@pytest.mark.parametrize("level", ["L2a", "L2b", "L3", "L4", "L5"])
def test_above_the_guided_level_nothing_stands_before_the_act(level):
    visitor = seat("synced", level)

    at_backup(visitor, asked=True)

    assert visitor.events("delete-asked")


def test_a_question_is_compared_with_the_screen_and_goes_away_once_it_is_right():
    visitor = seat("patched", "L1")
    server_id = visitor.get("portal/ids").json["servers"][0]["server_id"]
    person = Person(visitor).click("Exambro Admin").click("CBTSync")
    assert person.sees("Jeda 1 – sebelum Submit")

    person.fill("Nama mesin", "SRV-UJIAN-01").fill("Versi CBTSync", "5.0.4")
    person.fill("ID milik", server_id[-4:]).click("Periksa jawaban")
    assert person.answer.text.count("Belum cocok.") == 1
    assert person.page.fields["tanya-0"][0].fields["f0"] == "SRV-UJIAN-01"
    person.fill("Versi CBTSync", "5.1.0").click("Periksa jawaban")

    assert not person.sees("Jeda 1")
    assert [one["wrong"] for one in visitor.events("answered")] == [["version"], []]


def test_hints_open_one_by_one_and_each_is_noted():
    visitor = seat("active", "L3")
    person = Person(visitor)
    assert not person.page.offers("2. Apa yang dilakukan")

    person.click("1. Lihat ke mana").click("2. Apa yang dilakukan").click("3. Langkahnya")

    assert [one["rung"] for one in visitor.events("hint-opened")] == [1, 2, 3]


@pytest.mark.parametrize("level", ["P0", "L4", "L5", "R"])
def test_where_there_are_no_hints_none_can_be_asked_for(level):
    visitor = seat("active", level)
    form = {"aksi": "hint", "step": "6", "rung": "1"}

    answer = visitor.simulator.http.post(
        f"/r/{visitor.name}/lakukan", data=form, headers={"Origin": "http://localhost"}
    )

    assert answer.status_code == 400
    assert not visitor.events("hint-opened")


def test_a_rung_that_is_not_next_is_refused_and_the_one_after_the_first_is_held_by_the_script():
    visitor = seat("active", "L3")
    person = Person(visitor)
    form = {"aksi": "hint", "step": "12", "rung": "3"}
    assert "data-tahan" not in person.answer.text

    visitor.simulator.http.post(
        f"/r/{visitor.name}/lakukan", data=form, headers={"Origin": "http://localhost"}
    )
    assert not visitor.events("hint-opened")
    person.click("1. Lihat ke mana")

    assert person.answer.text.count('data-tahan="12-2" data-nanti="Baca dahulu"') == 1


@pytest.mark.parametrize(
    ("level", "worksheet", "hints"),
    [("P0", 0, 0), ("L1", 1, 1), ("L2a", 0, 1), ("L3", 0, 1), ("L4", 0, 0), ("L5", 0, 0)],
)
def test_each_level_shows_what_it_gives(level, worksheet, hints):
    person = Person(seat("active", level))

    assert person.sees("Lembar kerja") >= bool(worksheet)
    assert ('aria-labelledby="lembar"' in person.answer.text) == bool(worksheet)
    assert ('aria-labelledby="petunjuk"' in person.answer.text) == bool(hints)


def test_notes_are_kept_and_shown_as_what_they_are():
    visitor = seat("active", "L2a")
    person = Person(visitor)

    person.fill("Catatan saya", "<script>alert(1)</script>\n\x07ID: X").click("Simpan catatan")

    assert visitor.events("note-kept")[0]["text"] == "<script>alert(1)</script>\nID: X"
    assert "<script>alert" not in person.answer.text
    assert "&lt;script&gt;alert" in person.answer.text


def test_what_is_being_typed_is_kept_without_a_page_for_an_answer():
    visitor = seat("active", "L2a")

    form = {"aksi": "note", "text": "5.1", "draf": "1"}

    answer = visitor.simulator.http.post(
        f"/r/{visitor.name}/lakukan", data=form, headers={"Origin": "http://localhost"}
    )

    assert (answer.status_code, answer.text) == (204, "")
    assert visitor.events("note-kept")[0]["text"] == "5.1"


def test_a_hand_is_raised_and_lowered():
    visitor = seat("active", "L1")

    Person(visitor).click("Angkat tangan").click("Turunkan tangan")

    assert visitor.events("hand-raised")
    assert visitor.events("hand-lowered")


def test_a_frozen_seat_is_grey_and_refuses_every_act_but_the_hand():
    visitor = seat("active", "L3")
    person = Person(visitor)
    engine = engine_of(visitor)
    engine.train(visitor.name, FreezeSeat(message="Lihat ke depan <sebentar>."), "facilitator")

    person.again()
    assert person.sees("Latihan dibekukan. Fasilitator: “Lihat ke depan <sebentar>.”")
    assert 'class="seat is-frozen"' in person.answer.text
    assert not person.page.offers("BACKUP")
    assert not person.page.offers("Nyatakan selesai")
    sent = visitor.simulator.http.post(
        f"/r/{visitor.name}/lakukan",
        data={"aksi": "menu.open", "menu": "backup"},
        headers={"Origin": "http://localhost"},
    )
    assert (sent.status_code, "kata=training.frozen" in sent.headers["Location"]) == (303, True)
    assert not visitor.events("menu-opened")
    person.click("Angkat tangan")
    assert visitor.events("hand-raised")

    engine.train(visitor.name, ThawSeat(), "facilitator")
    assert person.again().click("BACKUP").sees("Belum ada hasil backup.")


def test_what_the_facilitator_says_stands_in_the_panel_escaped():
    visitor = seat("active", "L3")
    engine_of(visitor).train(visitor.name, SayToSeat(text="Baca <b>statusnya</b>."), "facilitator")

    person = Person(visitor)

    assert person.sees("Fasilitator: “Baca <b>statusnya</b>.”")
    assert "<b>statusnya" not in person.answer.text


def test_the_panel_can_be_closed_and_the_endings_stay():
    person = Person(seat("active", "L1")).click("Tutup panel")

    assert not person.sees("Lembar kerja")
    assert person.page.offers("Nyatakan selesai")
    assert person.click("BACKUP").page.offers("Buka panel")


def test_both_clocks_stand_in_the_bar_where_the_school_has_another_zone():
    start = {"at": "2017-04-08T08:05:00+07:00", "zone": "Asia/Makassar", "condition": "active"}

    person = Person(begin(start=start).sit_down())

    assert person.sees("WIB 08:05 WITA, waktu setempat 09:05")


def test_a_zone_by_another_of_its_names_is_the_schools_own():
    start = {"at": "2017-04-08T08:05:00+07:00", "zone": "Asia/Pontianak", "condition": "active"}
    visitor = begin(start=start).sit_down()
    page = visitor.simulator.app.view_functions["people.seat"].__self__

    with visitor.simulator.app.test_request_context():
        g.language = "id"
        shown = clocks(page._view(engine_of(visitor).peek(visitor.name)))

    assert [(one.label, one.here) for one in shown] == [("WIB", True)]


def test_a_page_without_a_script_looks_again_only_while_something_moves():
    visitor = seat("active", "L2a")
    person = Person(visitor).click("BACKUP")
    assert "http-equiv" not in person.answer.text

    person.click("BACKUP", 1)
    assert '<noscript><meta http-equiv="refresh"' in person.answer.text

    visitor.wait(3 * MINUTE)
    assert "http-equiv" not in person.again().answer.text
