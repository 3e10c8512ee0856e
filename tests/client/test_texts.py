"""The client's words: every key that code uses exists, in both languages, with the same fields."""

import ast
import importlib
import inspect
import json
import re
import string
from pathlib import Path
from typing import get_args

import pytest

import client
from client import calls
from client.calls import Call
from client.journal import AnyLine  # noqa: F401 -- the package imports whole
from client.settings import Bounds, bounds_table
from client.step import Ending
from client.steps import PROCEDURE
from client.texts import Reason, Texts, catalogue
from client.wire import Condition

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


def calls_by_name() -> dict[str, Call]:
    """Return every call that the client's modules hold or their builders make."""
    made = [
        calls.registration("x"), calls.participants(1), calls.use_machine("x"),
        calls.open_exambro("x"), calls.submit("x"), calls.ask_sn_reset("x"),
        calls.start_backup(1), calls.delete("ask", 1), calls.delete("yes", 1),
        calls.start_sync(1), calls.submit_report({"decision": "ready"}),
        calls.submit_report({"decision": "postpone"}),
    ]  # fmt: skip
    modules = [importlib.import_module(f"client.{path.stem}") for path in SOURCES
               if path.parent.name == "client" and path.stem != "__main__"]  # fmt: skip
    held = [value for module in modules for value in vars(module).values()]
    made += [value for value in held if isinstance(value, Call)]
    return {one.name: one for one in made}


def test_every_builder_of_a_call_is_among_those_that_are_looked_at():
    builders = {
        name for name, value in vars(calls).items()
        if inspect.isfunction(value) and value.__annotations__.get("return") is Call
        and not name.startswith("_")
    }  # fmt: skip
    source = inspect.getsource(calls_by_name)

    # Menus are made once, as constants of the modules that open them.
    assert {name for name in builders if f"calls.{name}(" not in source} == {"open_menu"}


def test_every_operation_that_people_are_told_of_has_words_in_both_languages():
    names = {*calls_by_name(), calls.FETCH}

    assert len(names) > 30
    assert sorted(name for name in names if f"act.{name}" not in catalogue()) == []


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize(
    "key", ["stop.in_doubt", "stop.no_answer", "stop.unreachable", "stop.not_done"]
)
def test_what_people_read_names_no_operation_of_the_wire(key, lang):
    for name in (*calls_by_name(), calls.FETCH):
        fields = {"act": name, "look": name, "tries": 4}
        wanted = {field: fields[field] for field in fields_of(catalogue()[key].id)}
        said = Texts(lang).say(Reason.of(key, **wanted))

        assert name not in said, said
        assert not re.search(r"\w[.:]\w", said), said


def test_a_condition_is_told_in_words():
    conditions = [*get_args(Condition), "-"]

    assert [word for word in conditions if f"condition.{word}" not in catalogue()] == []
    said = Texts("id").say(Reason.of("interlock.not_active", condition="no-line"))
    assert said.startswith("START SYNC ditahan: status belum Aktif (OFFLINE, tidak ada sambungan;")


def test_a_name_that_has_no_words_is_told_as_it_is():
    assert "odd.thing" in Texts("id").say(Reason.of("recover.resumed_in_doubt", act="odd.thing"))


def test_a_sentence_within_a_sentence_is_told_in_the_same_language():
    reason = Reason.of("recover.download", tries=2, why=Reason.of("download.status", status=503))

    assert Texts("id").say(reason) == (
        "Unduhan ke-2 tidak utuh: server tidak memberikan berkasnya (kode HTTP 503)."
    )


def test_no_text_is_written_twice():
    def look(pairs):
        keys = [key for key, _ in pairs]
        assert len(keys) == len(set(keys)), keys
        return dict(pairs)

    path = Path(client.__file__).with_name("texts.json")
    json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=look)


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
