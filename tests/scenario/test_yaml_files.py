"""The YAML reader: which YAML it speaks, what it refuses, and that it says where.

What a file must contain is the matter of whoever reads it; see test_packs.py.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mock_server.scenario.locations import procedures_folder
from mock_server.scenario.yaml_files import (
    DEPTH_MAX,
    PARSER,
    SIZE_MAX_BYTES,
    YamlDocument,
    YamlFileError,
    parse_yaml,
    read_yaml,
    show_path,
)

PARSERS = [
    pytest.param(PARSER, id="the fastest parser here"),
    pytest.param(yaml.SafeLoader, id="plain Python's"),
]


def read(text: str) -> YamlDocument:
    return parse_yaml(text.encode(), file="a.yaml")


def value(written: str) -> object:
    return read(f"key: {written}\n").data["key"]


def refused(text: str | bytes, parser: Any = PARSER) -> YamlFileError:
    source = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(YamlFileError) as raised:
        parse_yaml(source, file="a.yaml", parser=parser)
    return raised.value


def test_on_is_a_key_and_not_a_truth() -> None:
    assert read("on: id.submit\nyes: 1\n").data == {"on": "id.submit", "yes": 1}


def test_only_true_and_false_are_booleans() -> None:
    assert value("true") is True
    assert value("false") is False


@pytest.mark.parametrize(
    "word", ["yes", "no", "on", "off", "y", "n", "True", "FALSE", "Yes", "Off"]
)
def test_other_words_of_truth_are_texts(word: str) -> None:
    assert value(word) == word


@pytest.mark.parametrize(
    "written",
    ["10:30", "190:20:30", "0x1F", "0o17", "017", "1_000", "+12", ".5", "1.", "1e3", ".inf", ".nan",
     "2017-04-08", "2017-04-08T07:40:00+07:00", "2017-04-08T07:40:00", "5.1.0", "=", "Null"],
)  # fmt: skip
def test_what_looks_like_a_number_or_an_instant_elsewhere_is_the_text_that_was_written(
    written: str,
) -> None:
    assert value(written) == written


@pytest.mark.parametrize(
    ("written", "number"),
    [("0", 0), ("7", 7), ("-12", -12), ("50.170406", 50.170406), ("-0.5", -0.5)],
)
def test_decimal_numbers_are_numbers(written: str, number: float) -> None:
    found = value(written)

    assert found == number
    assert type(found) is type(number)


@pytest.mark.parametrize("written", ["", "~", "null"])
def test_nothing_is_written_in_three_ways(written: str) -> None:
    assert value(written) is None


@pytest.mark.parametrize("written", ['"7"', "'true'", "|-\n  7", ">-\n  7"])
def test_quotes_and_blocks_make_a_text(written: str) -> None:
    assert isinstance(value(written), str)


def test_a_number_too_large_to_be_meant_is_refused() -> None:
    for written in ("9" * 19, "9" * 400 + ".0"):
        assert refused(f"key: {written}\n").key_path == "key"


def test_a_key_that_stands_twice_is_refused_and_both_lines_are_named() -> None:
    error = refused("a:\n  b: 1\n  c: 2\n  b: 3\n")

    assert (error.line, error.key_path) == (4, "a.b")
    assert "line 2" in error.problem


def test_the_same_key_in_quotes_is_the_same_key() -> None:
    assert refused("on: 1\n'on': 2\n").key_path == "on"


@pytest.mark.parametrize(
    "written",
    ["!!python/object/apply:os.system ['true']", "!!python/name:os.system ''", "!!binary aGFsbG8=",
     "!!str 7", "!local x", "! 7", "!!set {a}", "!!timestamp 2017-04-08", "!!omap []"],
)  # fmt: skip
@pytest.mark.parametrize("parser", PARSERS)
def test_every_tag_is_refused_where_it_stands(written: str, parser: Any) -> None:
    error = refused(f"a: 1\nkey: {written}\n", parser)

    assert (error.line, error.key_path) == (2, "key")
    assert "tag" in error.problem


def test_merge_keys_are_refused() -> None:
    assert "merge" in refused("a: &a {x: 1}\nb:\n  <<: *a\n").problem


def test_an_alias_is_the_value_it_stands_for() -> None:
    assert read("a: &a [1, 2]\nb: *a\n").data == {"a": [1, 2], "b": [1, 2]}


@pytest.mark.parametrize("text", ["a: *b\n", "a: &a [*a]\n", "a: &a {b: *a}\n"])
def test_an_alias_of_nothing_or_of_itself_is_refused(text: str) -> None:
    assert refused(text).problem


def test_aliases_that_unfold_without_end_are_refused() -> None:
    laughs = ["a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    laughs += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]

    error = refused("\n".join(laughs))

    assert "too many values" in error.problem
    assert error.line == 5


def test_aliases_that_nest_without_end_are_refused() -> None:
    chain = ["a0: &a0 [ha]"] + [f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 100)]

    assert "nested too deep" in refused("\n".join(chain)).problem


@pytest.mark.parametrize("opened", ["[", "{a: "])
def test_depth_is_bounded(opened: str) -> None:
    assert "nested too deep" in refused(f"key: {opened * 5_000}").problem


def test_the_greatest_depth_is_allowed() -> None:
    levels = DEPTH_MAX - 2  # the top and the innermost text are levels too

    assert read(f"key: {'[' * levels}x{']' * levels}\n").data


def test_size_is_bounded() -> None:
    assert "too large" in refused("#" * (SIZE_MAX_BYTES + 1)).problem
    assert read("key: 1\n" + "#" * (SIZE_MAX_BYTES - 7)).data == {"key": 1}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("", "empty", id="nothing"),
        pytest.param("# nothing\n", "empty", id="only a comment"),
        pytest.param("- a\n", "no mapping", id="a list"),
        pytest.param("a\n", "no mapping", id="a text"),
        pytest.param("a: 1\n---\nb: 2\n", "second document", id="two documents"),
        pytest.param("? [a]\n: 1\n", "key is not a plain text", id="a list as key"),
        pytest.param("a: &a b\n*a : 1\n", "key is not a plain text", id="an alias as key"),
        pytest.param("? \n: 1\n", "key is empty", id="no key"),
        pytest.param("a: [1\n", "cannot be read as YAML", id="an open bracket"),
        pytest.param("a: 'b\n", "cannot be read as YAML", id="an open quote"),
        pytest.param("a: b\x07\n", "unprintable character U+0007", id="a bell"),
        pytest.param("a: \x00\n", "unprintable character U+0000", id="a null byte"),
        pytest.param(b"a: 1\nb: \xff\n", "byte 0xff is not UTF-8", id="not UTF-8"),
        pytest.param("a: 1\n".encode("utf-16"), "is not UTF-8", id="UTF-16"),
    ],
)
@pytest.mark.parametrize("parser", PARSERS)
def test_what_is_no_usable_file_is_refused(text: str | bytes, problem: str, parser: Any) -> None:
    assert problem in refused(text, parser).problem


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        pytest.param("a: 1\n\tb: 2\n", 2, "spaces", id="a tab"),
        pytest.param("a: 1\nb: say: this\n", 2, "quotes", id="a colon in a text"),
        pytest.param("a: 1\nb: @x\n", 2, "quotes", id="a reserved sign"),
        pytest.param("a: 1\n b: 2\n  c: 3\n", 2, "quotes", id="a key too far right"),
        pytest.param("a:\n    b: 1\n  c: 2\n", 3, "indent", id="a key between two levels"),
    ],
)
@pytest.mark.parametrize("parser", PARSERS)
def test_common_slips_of_the_pen_get_a_hint_and_their_line(
    text: str, line: int, hint: str, parser: Any
) -> None:
    error = refused(text, parser)

    assert error.line == line
    assert hint in error.allowed


def test_a_file_saved_by_windows_reads_like_any_other() -> None:
    assert parse_yaml(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", file="a.yaml").data == {"a": 1, "b": 2}


def test_a_document_knows_the_line_of_each_key_and_of_what_it_does_not_know() -> None:
    document = read("a: 1\nlist:\n  - x: 1\n    y: 2\n  - z: 3\n")

    assert document.line_of(("list", 0, "y")) == 4
    assert document.line_of(("list", 1)) == 5
    assert document.line_of(("list", 1, "missing", "below")) == 5
    assert document.line_of(("missing",)) == 1


def test_an_error_says_file_line_key_path_problem_and_what_is_allowed() -> None:
    error = read("a:\n  - b: 1\n").error(("a", 0, "b"), "1 is no title", "a text")

    assert str(error) == "a.yaml:2: a[0].b: 1 is no title; a text"


def test_an_error_stays_short_whatever_a_key_is_called() -> None:
    error = refused(f'"{"k" * 5_000}": 1\n"{"k" * 5_000}": 2\n')

    assert len(str(error)) < 300
    assert show_path(("a\nb",)) == "'a\\nb'"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(YamlFileError, match=r"missing\.yaml: there is no such file"):
        read_yaml(tmp_path / "missing.yaml")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(YamlFileError, match="there is no such file"):
        read_yaml(tmp_path)


def test_a_file_is_read_from_disk_and_named_in_errors(tmp_path: Path) -> None:
    path = tmp_path / "normal.yaml"
    path.write_text("title: Biasa\n", encoding="utf-8")

    document = read_yaml(path)

    assert (document.file, document.data) == (str(path), {"title": "Biasa"})


def test_of_a_huge_file_only_the_allowed_part_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as stream:
        stream.truncate(64 * SIZE_MAX_BYTES)

    with pytest.raises(YamlFileError, match="too large"):
        read_yaml(path)


PIECES = st.sampled_from(
    ["a", "b: ", "- ", "\n", "\n  ", "{", "}", "[", "]", ",", "&x ", "*x", "!t ", "'", '"', "|",
     ">", "#", "---", "...", "?", ": ", "\t", "%", "@", "<<: ", "1", "é", "\x00"]
)  # fmt: skip


SOURCES = st.one_of(
    st.binary(max_size=200), st.lists(PIECES, max_size=40).map("".join).map(str.encode)
)


@pytest.mark.parametrize("parser", PARSERS)
@given(source=SOURCES)
def test_no_bytes_bring_the_reader_down(source: bytes, parser: Any) -> None:
    try:
        document = parse_yaml(source, file="a.yaml", parser=parser)
    except YamlFileError:
        return
    assert isinstance(document.data, dict)


def test_it_does_not_matter_which_parser_a_machine_has() -> None:
    source = (procedures_folder() / "texts" / "glossary.yaml").read_bytes()

    here = parse_yaml(source, file="glossary.yaml")
    elsewhere = parse_yaml(source, file="glossary.yaml", parser=yaml.SafeLoader)

    assert here == elsewhere
