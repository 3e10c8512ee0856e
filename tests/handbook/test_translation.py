"""One catalogue entry for a sentence with any values."""

import pytest

from mock_server.handbook.translation import Translator, blanked


@pytest.mark.parametrize(
    ("text", "pattern", "values"),
    [
        ('jam menunjukkan "07:44" "WIB"', "jam menunjukkan {1} {2}", ('"07:44"', '"WIB"')),
        ("9 dari 9 baris hijau", "{1} dari {2} baris hijau", ("9", "9")),
        ("berkas cocok dengan SHA-256", "berkas cocok dengan SHA-256", ()),
        ("Diketahui <sebab>", "Diketahui {1}", ("<sebab>",)),
    ],
)
def test_values_are_taken_out_of_a_sentence(
    text: str, pattern: str, values: tuple[str, ...]
) -> None:
    assert blanked(text) == (pattern, values)


def test_values_may_change_their_order() -> None:
    english = Translator("en", {"{1} dari {2} hijau": "of {2}, {1} are green"})

    assert english.sentence("8 dari 9 hijau", "x", 1) == "of 9, 8 are green"


def test_known_values_are_translated_and_labels_stay() -> None:
    english = Translator("en", {"urutannya {1}": "the order is {1}", "tutup": "close"})

    assert english.sentence('urutannya "HAPUS, tutup"', "x", 1) == 'the order is "HAPUS, close"'


def test_what_the_screen_says_and_the_names_of_columns_are_translated() -> None:
    known = {"pesannya {1}": "it says {1}", "jamnya {1}": "the time is {1}", "jam": "time"}
    english = Translator("en", known, {"Belum dibuka.": "Not open yet."})

    assert english.sentence('pesannya "Belum dibuka."', "x", 1) == 'it says "Not open yet."'
    assert english.sentence('jamnya "<jam>"', "x", 1) == 'the time is "<time>"'
    assert english.findings() == []


def test_plain_words_among_the_values_are_missed_and_labels_and_ids_are_not() -> None:
    english = Translator("en", {"urutannya {1}": "the order is {1}"})

    english.sentence(
        'urutannya "HAPUS, partial-sync, data lama habis, SRV-UJIAN-01"', "x.feature", 7
    )

    assert [
        (one.file, one.line, "data lama habis" in one.problem) for one in english.findings()
    ] == [("x.feature", 7, True)]


def test_paragraphs_and_list_items_are_entries_of_their_own() -> None:
    english = Translator("en", {"Satu.": "One.", "dua;": "two;", "tiga.": "three."})

    assert english.passage("Satu.\n\n- dua;\n- tiga.", "x", 1) == "One.\n\n- two;\n- three."


def test_indonesian_needs_no_catalogue() -> None:
    assert Translator("id").sentence('tersisa "0"', "x", 1) == 'tersisa "0"'
