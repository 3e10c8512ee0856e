"""The schema for editors and the docs' table: up to date, and of one mind with the loader."""

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from mock_server.scenario.key_table import refreshed, rows
from mock_server.scenario.lint import RULES
from mock_server.scenario.loader import load, load_document
from mock_server.scenario.locations import scenarios_folder
from mock_server.scenario.problems import ScenarioError
from mock_server.scenario.schema import json_schema, schema_text
from mock_server.scenario.yaml_files import read_yaml
from tests.scenario.documents import START, minimal

DOCS = Path(__file__).parents[2] / "docs" / "scenarios.md"
MEND = "run: python -m mock_server.scenario.schema"
STORIES = sorted(scenarios_folder().glob("*.yaml"))


def test_the_schema_file_is_up_to_date() -> None:
    stored = (scenarios_folder() / "schema.json").read_text(encoding="utf-8")

    assert stored == schema_text(), MEND


def test_the_table_of_keys_in_the_docs_is_up_to_date() -> None:
    text = DOCS.read_text(encoding="utf-8")

    assert text == refreshed(text), MEND


def test_the_docs_explain_every_rule_of_the_linter() -> None:
    text = DOCS.read_text(encoding="utf-8")

    assert [rule for rule in RULES if f"`{rule}`" not in text] == []


def test_the_example_in_the_docs_loads(tmp_path: Path) -> None:
    example = DOCS.read_text(encoding="utf-8").split("```yaml\n")[1].partition("```")[0]
    name = next(line for line in example.splitlines() if line.startswith("id: "))[4:].strip()
    path = tmp_path / f"{name}.yaml"
    path.write_text(example, encoding="utf-8")

    assert load(path).id == name


def test_every_key_says_what_it_is() -> None:
    assert [row.key for row in rows() if not row.says] == []


@pytest.mark.slow
@pytest.mark.parametrize("path", STORIES, ids=[path.stem for path in STORIES])
def test_an_editor_accepts_every_shipped_scenario(path: Path) -> None:
    validator = jsonschema_rs.Draft202012Validator(json_schema())

    assert [error.message for error in validator.iter_errors(read_yaml(path).data)] == []


@pytest.mark.parametrize("path", STORIES, ids=[path.stem for path in STORIES])
def test_every_shipped_scenario_tells_editors_where_its_schema_is(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]

    assert first == "# yaml-language-server: $schema=schema.json"


WRONG: list[dict[str, Any]] = [
    {"seeds": 1},
    {"seed": -1},
    {"start": {"at": "2017-04-08T07:40:00"}},
    {"start": {"at": START, "zone": "Asia/Tokyo"}},
    {"durations": {"sync": 30}},
    {"backup_size": "5MB"},
    {"teaches": [True]},
    {"faults": [{"fault": "sync.drop"}]},
    {"faults": [{"fault": "http.status"}]},
    {"faults": [{"fault": "sync.drops", "on": "sync.start"}]},
    {"faults": [{"fault": "sync.drops", "with": {"dat": 7}}]},
    {"faults": [{"fault": "sync.drops", "when": {"time": 1}}]},
    {"faults": [{"fault": "backup.fails", "effect": "applied"}]},
    {"storm": {"seed": 1, "p": 0, "faults": [{"fault": "backup.fails"}]}},
    {"storm": {"seed": 1, "p": 0.1, "faults": [{"fault": "central.closed"}]}},
    {"injects": [{"at": "12m", "from": "X", "say": {"id": "a", "en": "b"}}]},
    {"expect": {"ending": "done"}},
]


@pytest.mark.parametrize("changes", WRONG, ids=[json.dumps(wrong) for wrong in WRONG])
def test_what_an_editor_marks_the_loader_refuses_too(changes: dict[str, Any]) -> None:
    document = minimal(**changes)
    validator = jsonschema_rs.Draft202012Validator(json_schema())

    assert list(validator.iter_errors(document)) != []
    with pytest.raises(ScenarioError):
        load_document(document)
