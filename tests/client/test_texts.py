"""The client's words: every key that code uses exists, in both languages, with the same fields."""

import ast
import re
import string
from pathlib import Path

import client
from client.journal import AnyLine  # noqa: F401 -- the package imports whole
from client.settings import Bounds, bounds_table
from client.step import Ending
from client.steps import PROCEDURE
from client.texts import Reason, Texts, catalogue

SOURCES = sorted(Path(client.__file__).parent.rglob("*.py"))


def used_keys() -> dict[str, set[str]]:
    """Return each literal key given to Reason.of or Texts.get, with the fields given to it."""
    found: dict[str, set[str]] = {}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr not in ("of", "get") or not node.args:
                continue
            first = node.args[0]
            is_key = isinstance(first, ast.Constant) and isinstance(first.value, str)
            plain = all(keyword.arg for keyword in node.keywords)
            if is_key and plain and re.fullmatch(r"[a-z]+\.[a-z_.]+", first.value):
                found.setdefault(first.value, set()).update(k.arg for k in node.keywords)
    return found


def fields_of(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_the_search_finds_keys():
    assert "interlock.no_backup" in used_keys()
    assert len(used_keys()) > 100


def test_a_key_that_code_uses_exists_and_gets_its_fields():
    wrong = {
        key: fields
        for key, fields in used_keys().items()
        if key not in catalogue() or fields_of(catalogue()[key].id) != fields
    }

    assert wrong == {}


def test_both_languages_say_the_same_fields_and_something():
    wrong = [
        key
        for key, entry in catalogue().items()
        if fields_of(entry.id) != fields_of(entry.en) or not (entry.id.strip() and entry.en.strip())
    ]

    assert wrong == []


def test_every_step_ending_and_bound_has_its_words():
    keys = [f"step.{one.number}" for one in PROCEDURE]
    keys += [f"ending.{ending}" for ending in Ending]
    keys += [f"bound.{name}" for name, _ in bounds_table(Bounds())]

    assert [key for key in keys if not Texts("id").has(key)] == []


def test_a_reason_is_told_in_the_language_asked_for():
    reason = Reason.of("note.machine", label="SRV-1")

    assert Texts("id").say(reason) == "Mesin: SRV-1"
    assert Texts("en").say(reason) == "Machine: SRV-1"


def test_words_from_the_server_are_not_read_as_fields():
    reason = Reason.of("stop.refused", act="x", code="y", message="{oops} {0}")

    assert "{oops} {0}" in Texts("id").say(reason)


def test_indonesian_texts_keep_to_the_language_rules():
    """Words that the rules name; official labels are written as on the screen."""
    banned = r"\b(silahkan|ijin|resiko|disini|merubah|download|file|link|login)\b|!"
    labels = "klik disini|Status Download"
    wrong = [
        entry.id
        for entry in catalogue().values()
        if re.search(banned, re.sub(labels, "", entry.id), re.IGNORECASE)
    ]

    assert wrong == []
