"""Cucumber Messages: whole, in order, and every reference leads to what it names."""

import base64
from pathlib import Path
from typing import Any

import msgspec
import pytest

from mock_server.handbook.evidence import RUN, StoryEvidence, key_of, write
from mock_server.handbook.messages import Export
from mock_server.handbook.messages import write as write_messages
from mock_server.handbook.pictures import Pictures, Shown, Taken, Wanted
from mock_server.procedure.texts import Text
from tests.handbook.made import PLAIN, all_runs, feature_in, line_of, no_pictures, run_of

KINDS = [
    "meta", "source", "gherkinDocument", "pickle", "stepDefinition", "testRunStarted", "testCase",
    "testCaseStarted", "testStepStarted", "attachment", "testStepFinished", "testCaseFinished",
    "testRunFinished",
]  # fmt: skip


def exported(
    tmp_path: Path, runs: list[StoryEvidence] | None = None, pictures: Pictures | None = None
) -> list[tuple[str, Any]]:
    feature = feature_in(tmp_path)
    kept = list(all_runs(feature).values()) if runs is None else runs
    for run in kept:
        write(tmp_path, run, {"steps_s": [0.25] * len(run.steps)})
    (tmp_path / RUN).write_text('{"finished_at": "2017-04-08T01:00:00Z"}')
    evidence = {key_of(run): run for run in kept}
    export = Export(evidence, tmp_path, pictures or no_pictures())
    file = tmp_path / "out" / "messages.ndjson"
    count = write_messages(export, [feature], file)
    lines = [msgspec.json.decode(line) for line in file.read_bytes().splitlines()]
    assert len(lines) == count
    return [next(iter(line.items())) for line in lines]


def of(envelopes: list[tuple[str, Any]], kind: str) -> list[Any]:
    return [body for name, body in envelopes if name == kind]


def test_a_run_is_told_whole_and_in_order(tmp_path: Path) -> None:
    told = exported(tmp_path)

    assert list(dict.fromkeys(kind for kind, _ in told)) == KINDS
    assert len(of(told, "pickle")) == len(of(told, "testCaseFinished")) == 3
    (finished,) = of(told, "testRunFinished")
    assert finished["success"] is True
    assert finished["timestamp"]["seconds"] > 1491613200


def test_every_reference_leads_to_what_it_names(tmp_path: Path) -> None:
    told = exported(tmp_path)
    steps = {step["id"]: step for one in of(told, "pickle") for step in one["steps"]}
    definitions = {one["id"] for one in of(told, "stepDefinition")}
    cases = {one["id"]: one for one in of(told, "testCase")}
    started = {one["id"]: one for one in of(told, "testCaseStarted")}

    assert {one["pickleId"] for one in cases.values()} == {one["id"] for one in of(told, "pickle")}
    assert {one["testCaseId"] for one in started.values()} == cases.keys()
    for case in cases.values():
        assert {step["pickleStepId"] for step in case["testSteps"]} <= steps.keys()
        assert {name for step in case["testSteps"] for name in step["stepDefinitionIds"]} <= (
            definitions
        )
    for finished in of(told, "testStepFinished"):
        case = cases[started[finished["testCaseStartedId"]]["testCaseId"]]
        assert finished["testStepId"] in [step["id"] for step in case["testSteps"]]


def test_each_step_says_how_it_ended_how_long_it_took_and_what_was_done(tmp_path: Path) -> None:
    told = exported(tmp_path)
    result = of(told, "testStepFinished")[0]["testStepResult"]

    assert result == {"status": "PASSED", "duration": {"seconds": 0, "nanos": 250_000_000}}
    assert of(told, "attachment")[0]["body"] == "POST /r/<latihan>/x  → 200"
    assert of(told, "stepDefinition")[0]["sourceReference"] == {
        "uri": "tests/bdd/steps/clearing.py",
        "location": {"line": 7},
    }


def test_a_failure_carries_its_message_and_fails_the_run(tmp_path: Path) -> None:
    failed = run_of(feature_in(tmp_path), result="failed")
    told = exported(tmp_path, [failed])
    results = [one["testStepResult"] for one in of(told, "testStepFinished")]

    assert [one["status"] for one in results] == ["PASSED", "PASSED", "FAILED"]
    assert results[-1]["message"] == "AssertionError: 12 left"
    assert of(told, "testRunFinished")[0]["success"] is False


def test_a_story_without_evidence_is_there_and_has_not_run(tmp_path: Path) -> None:
    told = exported(tmp_path, [])

    assert len(of(told, "testCase")) == 3
    assert of(told, "testCaseStarted") == []
    assert of(told, "testRunFinished")[0]["success"] is False


def test_a_picture_is_attached_to_its_step(tmp_path: Path) -> None:
    place = Shown(feature="01_hapus.feature", scenario=PLAIN, step='tersisa "0" data')
    wanted = Wanted(name="kosong", at=place, alt=Text(id="Kosong", en="Empty"))
    taken = Taken(
        name="kosong",
        language="id",
        file="kosong.id.png",
        digest=wanted.digest(),
        width_px=1,
        height_px=1,
    )
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / taken.file).write_bytes(b"png")
    catalogue = Pictures(
        file="pictures.yaml",
        wanted=(wanted,),
        lines={"kosong": 1},
        taken={("kosong", "id"): taken},
    )
    told = exported(tmp_path, pictures=catalogue)
    (shown,) = [one for one in of(told, "attachment") if one["mediaType"] == "image/png"]
    case = next(
        one
        for one in of(told, "testCase")
        if any(step["id"] == shown["testStepId"] for step in one["testSteps"])
    )

    assert base64.b64decode(shown["body"]) == b"png"
    assert [step["id"] for step in case["testSteps"]].index(shown["testStepId"]) == 2


@pytest.mark.parametrize("part", ["Ketika proktor menekan HAPUS", 'Maka tersisa "0" data'])
def test_the_tree_is_the_official_parsers(tmp_path: Path, part: str) -> None:
    (document,) = of(exported(tmp_path), "gherkinDocument")

    assert document["uri"] == "features/01_hapus.feature"
    assert document["feature"]["language"] == "id"
    assert line_of(part) in set(_lines(document))


def _lines(tree: Any) -> list[int]:
    if isinstance(tree, dict):
        own = [tree["location"]["line"]] if "location" in tree else []
        return own + [line for part in tree.values() for line in _lines(part)]
    return [line for part in tree for line in _lines(part)] if isinstance(tree, list) else []
