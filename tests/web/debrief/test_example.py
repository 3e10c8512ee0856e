"""The worked example: told step by step, each guess before its step, on the desk of that step."""

import re

from tests.web.debrief.support import Run, words

ALL = range(1, 13)


def guessed(run: Run, n: int, choice: str = "a"):
    return run.sends(f"contoh/{n}", g=choice)


def test_it_is_told_where_the_level_is_an_example_and_nowhere_else():
    assert Run("worked-example").page("contoh/1").status_code == 200
    assert Run("normal").page("contoh/1").status_code == 404


def test_a_step_with_a_guess_shows_the_desk_before_it_until_one_has_guessed():
    run = Run("worked-example")
    asked = run.page("contoh/3")

    assert "Apa yang dikerjakan dahulu?" in words(asked)
    assert "Menu BACKUP dibuka" not in words(asked)
    guessed(run, 3, "c")
    told = words(run.page("contoh/3"))
    assert "Tepat." in told
    assert "Menu BACKUP dibuka" in told


def test_a_wrong_guess_is_answered_with_the_reason_and_goes_on():
    run = Run("worked-example")
    guessed(run, 3, "a")
    told = words(run.page("contoh/3"))

    assert "Belum tepat. Yang benar: BACKUP." in told
    assert "Data lama disalin dahulu" in told
    assert run.types().count("answered") == 1


def test_only_the_first_guess_counts():
    run = Run("worked-example")
    guessed(run, 3, "a")
    guessed(run, 3, "c")

    assert run.types().count("answered") == 1
    assert "Belum tepat" in words(run.page("contoh/3"))


def test_nobody_skips_a_guess():
    run = Run("worked-example")

    assert run.page("contoh/12").headers["Location"].endswith("/contoh/3")
    assert guessed(run, 3, "z").status_code == 303
    assert "answered" not in run.types()


def test_the_whole_day_is_told_to_its_end():
    run = Run("worked-example")
    for n in ALL:
        guessed(run, n)
    texts = [words(run.page(f"contoh/{n}")) for n in ALL]

    assert "Langkah 21" in texts[-1]
    assert "Sekarang kerjakan sendiri" in texts[-1]
    assert run.page("contoh/13").status_code == 404
    assert run.page("contoh/0").status_code == 404
    steps = [int(re.findall(r"Langkah (\d+) –", text)[0]) for text in texts]
    assert steps == sorted(steps)


def test_the_desk_is_the_examples_own_and_nobody_can_press_it():
    run = Run("worked-example")
    for n in ALL:
        guessed(run, n)
    page = run.page("contoh/9").text
    before = run.types()

    machine = page.partition('id="isi"')[0]
    assert "Status Download" in machine
    assert all("disabled" in one for one in re.findall(r"<button[^>]*>", machine))
    assert run.types() == before


def test_it_is_told_in_english_too():
    run = Run("worked-example")

    assert "Part 2 of 12" in words(run.page("contoh/2", lang="en"))


def test_only_our_own_form_guesses():
    run = Run("worked-example")

    assert run.sends("contoh/3", {"Origin": "http://elsewhere.example"}, g="c").status_code == 403
    assert "answered" not in run.types()


def test_the_control_that_was_pressed_is_marked_once_the_guess_was_made():
    run = Run("worked-example")
    assert "is-pressed" not in run.page("contoh/3").text
    guessed(run, 3, "c")

    marked = re.findall(r'<button class="[^"]*is-pressed[^"]*"[^>]*data-kunci="([^"]+)"',
                        run.page("contoh/3").text)  # fmt: skip
    assert marked == ["menu-backup"]
