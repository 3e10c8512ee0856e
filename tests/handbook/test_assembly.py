"""Chapters from features and evidence, and what stops the build."""

from pathlib import Path

from mock_server.handbook.evidence import key_of
from mock_server.handbook.pictures import Pictures, Shown, Taken, Wanted
from mock_server.handbook.translation import Translator
from mock_server.procedure.texts import Text
from tests.handbook.made import (
    FEATURE,
    OUTLINE,
    PLAIN,
    all_runs,
    assembly,
    feature_in,
    line_of,
    run_of,
)

WANTED = Wanted(
    name="kosong",
    at=Shown(feature="01_hapus.feature", scenario=PLAIN, step="proktor menekan HAPUS"),
    alt=Text(id="Server kosong.", en="An empty server."),
)


def pictures(*taken: Taken, wanted: Wanted = WANTED) -> Pictures:
    return Pictures(
        file="pictures.yaml",
        wanted=(wanted,),
        lines={wanted.name: 12},
        taken={(one.name, one.language): one for one in taken},
    )


def shot(wanted: Wanted = WANTED) -> Taken:
    return Taken(
        name=wanted.name, language="id", file="kosong.id.png", digest=wanted.digest(),
        width_px=10, height_px=20,
    )  # fmt: skip


def test_stories_are_numbered_and_know_their_steps_of_the_procedure(tmp_path: Path) -> None:
    feature = feature_in(tmp_path)
    (chapter,) = assembly(all_runs(feature)).chapters([feature])
    plain, outline = chapter.stories

    assert (plain.number, plain.steps_of_procedure, plain.prohibition) == ("S-01.1", (14,), 21)
    assert (outline.number, outline.steps_of_procedure) == ("S-01.2", ("NB", 5))
    assert (plain.is_exercise, outline.is_exercise) == (True, False)


def test_what_was_proved_is_found_sound(tmp_path: Path) -> None:
    feature = feature_in(tmp_path)
    made = assembly(all_runs(feature))
    (chapter,) = made.chapters([feature])

    assert made.findings == []
    assert {story.standing for story in chapter.stories} == {"passed"}
    assert [row.standing for row in chapter.stories[1].tables[0].rows] == ["passed", "passed"]
    assert chapter.background[0].on_screen == "tekan **HAPUS**."


def test_evidence_of_another_text_is_stale_and_named_with_its_line(tmp_path: Path) -> None:
    old = feature_in(tmp_path)
    new = feature_in(tmp_path, FEATURE.replace("satu;", "tiga;"))
    made = assembly(all_runs(old))
    (chapter,) = made.chapters([new])

    assert chapter.stories[0].standing == "stale"
    line = line_of(PLAIN)
    assert str(made.findings[0]).startswith(f"features/01_hapus.feature:{line}: stale evidence of")


def test_a_row_without_evidence_is_named(tmp_path: Path) -> None:
    feature = feature_in(tmp_path)
    runs = all_runs(feature)
    del runs[("01_hapus.feature", OUTLINE, ("07:45", "buka"))]
    made = assembly(runs)
    (chapter,) = made.chapters([feature])

    assert [row.standing for row in chapter.stories[1].tables[0].rows] == ["passed", "missing"]
    (found,) = made.findings
    assert found.line == line_of(OUTLINE)
    assert found.problem == "no evidence of 'Jam menentukan' (07:45): run the features"


def test_a_failed_step_is_named_with_its_own_line_and_error(tmp_path: Path) -> None:
    feature = feature_in(tmp_path)
    failed = run_of(feature, result="failed")
    made = assembly({**all_runs(feature), key_of(failed): failed})
    (chapter,) = made.chapters([feature])
    (found,) = made.findings

    assert (found.line, chapter.stories[0].steps[-1].standing) == (line_of("tersisa"), "failed")
    assert "12 left" in found.problem


def test_a_picture_stands_at_the_step_that_the_catalogue_names(tmp_path: Path) -> None:
    feature = feature_in(tmp_path)
    made = assembly(all_runs(feature), pictures(shot()))
    (chapter,) = made.chapters([feature])

    assert [one.file for one in chapter.stories[0].steps[0].pictures] == ["kosong.id.png"]
    assert made.findings == []


def test_a_picture_that_was_not_taken_or_has_no_words_stops_the_build(tmp_path: Path) -> None:
    feature = feature_in(tmp_path)
    silent = Wanted(name="kosong", at=WANTED.at, alt=Text(id=" ", en="x"))
    made = assembly(all_runs(feature), pictures(wanted=silent))
    made.chapters([feature])

    assert [(one.file, one.line) for one in made.findings] == [("pictures.yaml", 12)] * 2
    assert "alternative text" in made.findings[0].problem
    assert "not taken" in made.findings[1].problem


def test_a_picture_of_a_changed_entry_has_to_be_taken_again(tmp_path: Path) -> None:
    feature = feature_in(tmp_path)
    changed = Wanted(name="kosong", at=WANTED.at, alt=WANTED.alt, part=".key")
    made = assembly(all_runs(feature), pictures(shot(), wanted=changed))
    made.chapters([feature])

    assert ["not taken" in one.problem for one in made.findings] == [True]


def test_a_picture_for_a_step_that_nobody_wrote_is_named(tmp_path: Path) -> None:
    feature = feature_in(tmp_path)
    lost = Wanted(
        name="kosong",
        at=Shown(feature="01_hapus.feature", scenario=PLAIN, step="proktor tidur"),
        alt=WANTED.alt,
    )
    made = assembly(all_runs(feature), pictures(wanted=lost))
    made.chapters([feature])

    assert "stands at no step" in made.findings[0].problem


def test_the_second_language_keeps_what_it_lacks_and_lists_it(tmp_path: Path) -> None:
    feature = feature_in(tmp_path)
    known = {
        "tersisa {1} data": "{1} rows are left",
        "Ketika": "When",
        "buka": "open",
    }
    translator = Translator("en", known)
    (chapter,) = assembly(all_runs(feature), translator=translator).chapters([feature])
    plain, outline = chapter.stories
    places = {(one.line, one.problem.split("'")[1]) for one in translator.findings()}

    assert plain.steps[1].text == '"0" rows are left'
    assert plain.steps[0].keyword == "When"
    assert plain.steps[0].text == "proktor menekan HAPUS"
    assert (line_of("proktor menekan HAPUS"), "proktor menekan HAPUS") in places
    assert outline.tables[0].rows[1].cells == ("07:45", "open")
