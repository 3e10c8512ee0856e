"""Gates that look at the finished pages, and at steps without a story."""

from pathlib import Path

from msgspec.structs import replace

from mock_server.handbook.evidence import StoryEvidence, sha256_of
from mock_server.handbook.gates import changed_definitions, dead_links
from tests.handbook.made import feature_in, run_of


def problems(pages: dict[str, str], *files: str) -> list[str]:
    return [str(one) for one in dead_links(pages, files)]


def test_links_that_lead_somewhere_are_fine() -> None:
    pages = {
        "a.html": '<a href="b.html#x">x</a><a href="#y"></a><p id="y"><a href="/#normal"></a>',
        "b.html": '<p id="x"><link href="book.css"><img src="g/p.png" alt="Tombol">',
    }

    assert problems(pages, "book.css", "g/p.png") == []


def test_a_dead_link_is_named_with_page_and_line() -> None:
    found = problems({"a.html": '<p>\n<a href="b.html">b</a>\n<a href="#z">z</a>'})

    assert found == [
        "a.html:2: the link 'b.html' is dead: there is no b.html",
        "a.html:3: the link '#z' leads to no place in a.html",
    ]


def test_a_link_out_of_the_book_is_refused() -> None:
    assert "without a network" in problems({"a.html": '<a href="https://example.test/">'})[0]


def test_anchors_are_unique_and_pictures_have_words() -> None:
    found = problems({"a.html": '<p id="x"><p id="x">\n<img src="p.png">'}, "p.png")

    assert found == [
        "a.html:1: the anchor 'x' stands there twice",
        "a.html:2: a picture without alternative text",
    ]


def test_step_definitions_that_changed_make_the_evidence_stale(tmp_path: Path) -> None:
    file = tmp_path / "steps.py"
    file.write_text("press()\n")
    run = run_of(feature_in(tmp_path))
    kept = [_with(run, {"steps.py": sha256_of(file)})]

    assert list(changed_definitions(kept, tmp_path)) == []
    file.write_text("press_twice()\n")
    assert [str(one) for one in changed_definitions(kept, tmp_path)] == [
        "steps.py:1: stale evidence: these steps have changed since; run the features"
    ]
    assert list(changed_definitions(kept, None)) == []


def _with(run: StoryEvidence, definitions: dict[str, str]) -> StoryEvidence:
    return replace(run, definitions=definitions)
