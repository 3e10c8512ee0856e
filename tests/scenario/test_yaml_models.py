"""From document to model: each way of being wrong is told with place, problem and remedy."""

from enum import StrEnum
from typing import Annotated, Literal

import msgspec
import pytest

from mock_server.scenario.yaml_files import YamlFileError, parse_yaml
from mock_server.scenario.yaml_models import to_model


class Shade(StrEnum):
    LIGHT = "light"
    DARK = "dark"


class Leaf(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    shade: Shade = Shade.LIGHT
    number: Annotated[int, msgspec.Meta(ge=1, le=9)] | Literal["many"] = 1


class Tree(msgspec.Struct, forbid_unknown_fields=True):
    title: str
    leaves: tuple[Leaf, ...] = ()
    old: bool = False
    trunk: Leaf | None = None


def grown(text: str) -> Tree:
    document = parse_yaml(text.encode(), file="tree.yaml")
    return to_model(document, Tree, document.data)


def refused(text: str) -> YamlFileError:
    with pytest.raises(YamlFileError) as raised:
        grown(text)
    return raised.value


def test_a_right_document_becomes_the_model() -> None:
    tree = grown("title: Jati\nleaves:\n  - {name: a, shade: dark, number: many}\nold: true\n")

    assert tree == Tree("Jati", (Leaf("a", Shade.DARK, "many"),), old=True)


def test_an_unknown_key_is_named_with_its_line_its_likeness_and_the_known_ones() -> None:
    error = refused("title: Jati\nleaves:\n  - name: a\n    shad: dark\n")

    assert (error.line, error.key_path) == (4, "leaves[0].shad")
    assert "'shade'" in error.problem
    assert error.allowed == "allowed: name, shade, number"


def test_an_unknown_key_within_an_optional_part_is_explained_too() -> None:
    error = refused("title: Jati\ntrunk: {name: a, nam: b}\n")

    assert (error.key_path, error.allowed) == ("trunk.nam", "allowed: name, shade, number")


def test_a_missing_key_is_named_where_it_should_stand() -> None:
    error = refused("title: Jati\nleaves:\n  - name: a\n  - shade: dark\n")

    assert (error.line, error.key_path) == (4, "leaves[1]")
    assert "'name' is missing" in error.problem


def test_a_word_out_of_a_fixed_list_is_shown_the_list() -> None:
    error = refused("title: Jati\nleaves: [{name: a, shade: pink}]\n")

    assert (error.key_path, error.allowed) == ("leaves[0].shade", "allowed: light, dark")
    assert "pink" in error.problem


def test_a_version_number_without_quotes_is_told_about_quotes() -> None:
    error = refused("title: 50.170406\n")

    assert (error.key_path, error.problem) == ("title", "this is a number")
    assert "quotes" in error.allowed


@pytest.mark.parametrize(
    ("text", "path", "words"),
    [
        ("title: Jati\nold: yes\n", "old", "true or false"),
        ("title: Jati\nleaves: a\n", "leaves", "a list"),
        ("title: Jati\ntrunk: 7\n", "trunk", "a mapping"),
        ("title:\n", "title", "a text"),
        ("title: Jati\nleaves: [{name: a, number: 12}]\n", "leaves[0].number", "<= 9"),
    ],
)
def test_a_value_of_the_wrong_kind_is_told_the_right_one(text: str, path: str, words: str) -> None:
    error = refused(text)

    assert error.key_path == path
    assert words in str(error)


def test_a_part_of_a_document_is_placed_where_it_stands() -> None:
    document = parse_yaml(b"title: Jati\ndeep:\n  leaf: {name: 1}\n", file="tree.yaml")

    with pytest.raises(YamlFileError) as raised:
        to_model(document, Leaf, {"name": 1}, at=("deep", "leaf"))

    assert (raised.value.line, raised.value.key_path) == (3, "deep.leaf.name")
