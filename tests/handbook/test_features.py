"""What the book reads from a feature file."""

from pathlib import Path

import pytest

from mock_server.handbook.features import FeatureError, RemarkKind, read
from tests.handbook.made import feature_in, line_of


def test_a_remark_belongs_to_what_follows_it(tmp_path: Path) -> None:
    feature = feature_in(tmp_path)
    plain, outline = feature.stories

    assert [(one.kind, one.text) for one in feature.remarks] == [(RemarkKind.NOTE, "Hanya contoh.")]
    assert [one.kind for one in plain.remarks] == [RemarkKind.WARNING]
    assert [one.kind for one in plain.steps[1].remarks] == [RemarkKind.TIP]
    assert outline.remarks == ()


def test_narrative_rule_and_examples_are_kept_with_their_lines(tmp_path: Path) -> None:
    feature = feature_in(tmp_path)
    (rule,) = feature.rules
    (table,) = rule.stories[1].tables

    assert feature.description == "Bab ini tentang **HAPUS**.\n\n- satu;\n- dua."
    assert (rule.name, rule.description) == (
        "HAPUS ditekan satu kali",
        "Sesudahnya server kosong.",
    )
    assert (table.name, table.header) == ("Pagi", ("jam", "keadaan"))
    assert [(row.line, row.cells[0]) for row in table.rows] == [
        (line_of("07:44"), "07:44"),
        (line_of("07:45"), "07:45"),
    ]


def test_a_file_that_is_no_gherkin_is_named(tmp_path: Path) -> None:
    path = tmp_path / "02_rusak.feature"
    path.write_text(
        "# language: id\nFitur: x\n  Lalu apa\n  Skenario: y\n    Ketika a\n    Lalu z\n"
    )

    with pytest.raises(FeatureError, match=r"02_rusak\.feature"):
        read(path)
