"""The debrief's pages: guess first, then the truth; try again; nothing before its time."""

import re

import pytest

from tests.web.debrief.support import Run, finished, words


def told(run: Run, **query: str):
    return run.guesses().page("bahas", **query)


# --- guess first ---------------------------------------------------------------------------------


def test_before_the_report_there_is_nothing_to_see():
    run = Run("normal").gets_patched()

    for path in ("tebak", "bahas"):
        assert run.page(path).headers["Location"].endswith("/berita-acara")
    assert run.page("layar/3").status_code == 404
    assert "debrief-opened" not in run.types()


def test_after_the_report_one_guesses_before_anything_is_shown():
    run = finished()

    assert run.page("bahas").headers["Location"].endswith("/tebak")
    page = run.page("tebak")
    assert page.status_code == 200
    assert "Lulus" not in page.text
    assert "debrief-opened" not in run.types()


@pytest.mark.parametrize(
    "form", [{}, {"siap": "yes"}, {"siap": "maybe", "yakin": "80"}, {"siap": "yes", "yakin": "7"}]
)
def test_a_guess_that_is_none_is_asked_for_again(form):
    run = finished()

    assert run.sends("tebak", **form).status_code == 400
    assert "guessed" not in run.types()


def test_the_first_guess_stands():
    run = finished().guesses("unsure", "65").guesses("yes", "95")

    assert run.types().count("guessed") == 1
    assert "Ragu" in words(run.page("bahas"))


def test_only_our_own_form_is_taken():
    run = finished()
    foreign = {"Origin": "http://elsewhere.example"}

    assert run.sends("tebak", foreign, siap="yes", yakin="80").status_code == 403
    assert run.sends("coba-lagi", foreign, seq="2").status_code == 403
    assert run.sends("coba-lagi", {}, seq="2").status_code == 403


# --- the result ----------------------------------------------------------------------------------


def test_a_good_day_is_told_as_one():
    page = told(finished())

    assert page.status_code == 200
    for text in ("Lulus.", "36 dari 36 peserta dapat masuk", "✓ Siap", "Lihat sertifikat latihan"):
        assert text in page.text


def test_hapus_after_green_is_told_with_its_step_its_consequence_and_a_way_back():
    run = finished(well=False)
    page = told(run)
    text = words(page)

    assert "Belum lulus – ulangi langkah" in text
    assert "1 (K2" in text
    assert "0 dari 36 peserta dapat masuk" in page.text
    assert "DILARANG DENGAN KERAS MELAKUKAN HAPUS" in text
    assert "✕ Belum siap" in text
    assert "sertifikat latihan" not in text
    assert page.text.count('action="/r/') > 3


def test_the_drawing_and_the_table_say_the_same():
    run = finished("headmaster-says-delete", well=False)
    page = told(run).text

    drawn = re.findall(r'<text class="mark[^"]*"[^>]*>(\w)</text>', page)
    rows = re.findall(r'aria-hidden="true">(\w)</span> [^<]+</td>', page)
    assert drawn
    assert sorted(drawn) == sorted(rows)
    assert page.count('<path class="me"') == page.count('<path class="ref"') == 1


def test_it_speaks_english_too():
    text = words(told(finished(well=False), lang="en"))

    for said in ("Not passed yet", "Turn to Monday", "of 36 participants", "To remember"):
        assert said in text
    assert "Tebakan" not in text


def test_showing_the_result_ends_the_run_once():
    run = finished()
    told(run)
    run.page("bahas")
    before = run.types()
    run.reports("postpone")

    assert run.types() == before
    assert before.count("debrief-opened") == 1


def test_the_scenarios_title_is_told_only_now():
    run = finished("headmaster-says-delete", well=False)

    assert "Kepala sekolah berkata: hapus saja" not in run.page("tebak").text
    assert "Kepala sekolah berkata: hapus saja" in told(run).text


def test_where_one_breaks_a_rule_on_purpose_monday_is_shown_at_once():
    run = Run("what-hapus-costs")
    run.asks("machine/use", machine="srv-ujian-01")

    page = run.page("bahas")
    assert page.status_code == 200
    assert "0 dari 36" in page.text


# --- one moment ----------------------------------------------------------------------------------


def test_any_moment_can_be_looked_at_again_and_leaves_no_trace():
    run = finished()
    told(run)
    before = run.types()
    page = run.page(f"layar/{len(before) - 3}")

    assert page.status_code == 200
    assert "CBTSync" in page.text
    assert "Ini rekaman." in page.text
    assert run.types() == before
    buttons = re.findall(r"<button[^>]*>", page.text.partition('id="isi"')[0])
    assert buttons
    assert all("disabled" in button for button in buttons)


@pytest.mark.parametrize("seq", ["0", "1", "99999", "x"])
def test_there_is_no_moment_outside_the_run(seq):
    run = finished()
    told(run)

    assert run.page(f"layar/{seq}").status_code == 404


# --- again ---------------------------------------------------------------------------------------


def branch_of(run: Run, seq: int) -> Run:
    answer = run.sends("coba-lagi", seq=str(seq))
    assert answer.status_code == 303
    child = Run.__new__(Run)
    child.simulator, child.http = run.simulator, run.http
    child.name = answer.headers["Location"].split("/")[2]
    return child


def test_a_branch_goes_on_from_before_the_slip_and_the_original_stays():
    run = finished(well=False)
    page = told(run)
    seq = int(re.findall(r'name="seq" value="(\d+)"', page.text.partition('id="p1"')[2])[0])
    before = run.types()
    child = branch_of(run, seq)

    assert run.types() == before
    assert "repositioned" in child.types()
    child.reports().guesses()
    text = words(child.page("bahas"))
    assert "Tuntas sebagai latihan." in text
    assert "Lulus. " not in text
    assert "Latihan ulang" in text
    assert child.page("sertifikat").status_code == 404


def test_from_the_very_beginning_it_is_a_run_like_any_other():
    run = finished(well=False)
    page = told(run)
    first = int(re.findall(r'name="seq" value="(\d+)"', page.text)[-1])
    child = branch_of(run, first)

    assert "repositioned" not in child.types()
    child.gets_synced().checks().reports().guesses()
    assert child.page("sertifikat").status_code in (200, 303)


@pytest.mark.parametrize("seq", ["", "0", "-1", "99999", "x", "9" * 30, "²"])
def test_one_cannot_go_back_to_where_nothing_was(seq):
    run = finished()
    told(run)

    assert run.sends("coba-lagi", seq=seq).status_code == 400


def test_during_a_run_one_goes_back_only_where_feedback_is_immediate():
    assert Run("partial-sync").gets_patched().sends("coba-lagi", seq="5").status_code == 409
    assert Run("normal").gets_patched().sends("coba-lagi", seq="5").status_code == 303


# --- nobody else's -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["tebak", "bahas", "layar/3", "sertifikat", "contoh/1"])
def test_a_rehearsal_that_is_not_there_has_no_debrief(path):
    run = Run("normal")
    run.name = "nobody"

    assert run.page(path).status_code == 404


def test_the_pages_are_closed_to_tricks():
    run = finished(well=False)
    told(run)
    for path in ("bahas", "layar/9", "contoh/1"):
        page = run.page(path)
        assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert page.headers["Cache-Control"] == "no-store"
        assert " style=" not in page.text
        assert not re.search(r"<script(?! src=\"/static/)", page.text)
