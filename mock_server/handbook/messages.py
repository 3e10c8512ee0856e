"""The evidence as Cucumber Messages: one JSON envelope a line, for other people's formatters.

The features are parsed anew by the official parser, whose trees and pickles go in as they are;
what ran comes from the evidence, how long it took from its timings, pictures from the catalogue.
"""

import base64
import platform
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from gherkin.ast_builder import AstBuilder
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler
from gherkin.stream.id_generator import IdGenerator

from mock_server import VERSION
from mock_server.handbook import features
from mock_server.handbook.evidence import (
    PICTURES,
    Key,
    Result,
    StepEvidence,
    StoryEvidence,
    durations_s,
    finished_at,
)
from mock_server.handbook.pictures import Pictures
from mock_server.handbook.translation import blanked

PROTOCOL = "32.0.0"
PLAIN = "text/x.cucumber.log+plain"
STATUS: Mapping[Result, str] = {"passed": "PASSED", "failed": "FAILED", "skipped": "SKIPPED"}
NANOS = 1_000_000_000

Envelope = dict[str, Any]
Node = Mapping[str, Any]


class Export:
    """Writes one run, as if its stories had come one after the other up to when it was noted.

    ``folder`` holds the evidence. A story that never ran shows as unknown.
    """

    def __init__(
        self, evidence: Mapping[Key, StoryEvidence], folder: Path, pictures: Pictures
    ) -> None:
        self._evidence = evidence
        self._folder = folder
        self._pictures = pictures
        self._ids = IdGenerator()
        self._definitions: dict[tuple[str, str], str] = {}
        noted = finished_at(folder)
        self._now_ns = 0 if noted is None else int(noted.timestamp()) * NANOS

    def lines(self, read: Sequence[features.Feature]) -> Iterator[bytes]:
        """Yield every envelope, a line each, in the order in which a run would tell them."""
        for envelope in self._envelopes(read):
            yield msgspec.json.encode(envelope) + b"\n"

    def _envelopes(self, read: Sequence[features.Feature]) -> Iterator[Envelope]:
        yield {"meta": _meta()}
        pickles: list[tuple[Node, Sequence[StepEvidence | None], StoryEvidence | None]] = []
        for feature in read:
            uri = f"features/{feature.path.name}"
            text = feature.path.read_text(encoding="utf-8")
            media = "text/x.cucumber.gherkin+plain"
            yield {"source": {"uri": uri, "data": text, "mediaType": media}}
            document = {**Parser(AstBuilder(self._ids)).parse(text), "uri": uri}
            yield {"gherkinDocument": document}
            nodes = dict(_nodes(document))
            for pickle in Compiler(self._ids).compile(document):  # type: ignore[arg-type] # with its uri
                yield {"pickle": pickle}
                ran = self._evidence.get(_key_of(pickle, nodes, feature.path.name))
                pickles.append((pickle, _proofs(pickle, nodes, ran), ran))
        yield from self._run(pickles)

    def _run(
        self, pickles: Sequence[tuple[Node, Sequence[StepEvidence | None], StoryEvidence | None]]
    ) -> Iterator[Envelope]:
        started = self._new()
        cases = []
        for pickle, proofs, ran in pickles:
            yield from self._step_definitions(proofs)
            steps = [
                self._test_step(step, proof)
                for step, proof in zip(pickle["steps"], proofs, strict=True)
            ]
            case = {
                "id": self._new(),
                "pickleId": pickle["id"],
                "testRunStartedId": started,
                "testSteps": steps,
            }
            cases.append((case, proofs, ran))
        yield {"testRunStarted": {"id": started, "timestamp": self._time()}}
        for case, proofs, ran in cases:
            yield {"testCase": case}
            if ran is not None:
                yield from self._played(case, proofs, ran)
        fine = all(ran is not None and ran.result == "passed" for _, _, ran in cases)
        finished = {"testRunStartedId": started, "success": fine, "timestamp": self._time()}
        yield {"testRunFinished": finished}

    def _step_definitions(self, proofs: Sequence[StepEvidence | None]) -> Iterator[Envelope]:
        for proof in proofs:
            if proof is None or not proof.definition or _defined(proof) in self._definitions:
                continue
            made = self._definitions[_defined(proof)] = self._new()
            file, _, line = proof.definition.rpartition(":")
            yield {
                "stepDefinition": {
                    "id": made,
                    "pattern": {"source": _defined(proof)[1], "type": "CUCUMBER_EXPRESSION"},
                    "sourceReference": {"uri": file, "location": {"line": int(line)}},
                }
            }

    def _test_step(self, step: Node, proof: StepEvidence | None) -> Envelope:
        made = None if proof is None else self._definitions.get(_defined(proof))
        return {
            "id": self._new(),
            "pickleStepId": step["id"],
            "stepDefinitionIds": [] if made is None else [made],
            "stepMatchArgumentsLists": [] if made is None else [{"stepMatchArguments": []}],
        }

    def _played(
        self, case: Node, proofs: Sequence[StepEvidence | None], ran: StoryEvidence
    ) -> Iterator[Envelope]:
        run = {"testCaseStartedId": self._new()}
        yield {
            "testCaseStarted": {
                "id": run["testCaseStartedId"],
                "testCaseId": case["id"],
                "attempt": 0,
                "timestamp": self._time(),
            }
        }
        took_s = durations_s(self._folder, ran)
        for at, (step, proof) in enumerate(zip(case["testSteps"], proofs, strict=True)):
            place = run | {"testStepId": step["id"]}
            yield {"testStepStarted": place | {"timestamp": self._time()}}
            for attached in () if proof is None else self._attachments(proof, ran):
                yield {"attachment": place | attached | {"timestamp": self._time()}}
            took_ns = int((took_s[at] if at < len(took_s) else 0) * NANOS)
            self._now_ns += took_ns
            result = _result(proof, took_ns)
            yield {
                "testStepFinished": place | {"testStepResult": result, "timestamp": self._time()}
            }
        yield {"testCaseFinished": run | {"timestamp": self._time(), "willBeRetried": False}}

    def _attachments(self, proof: StepEvidence, ran: StoryEvidence) -> Iterator[Envelope]:
        done = [
            f"{one.method} {one.path} {one.sent} → {one.status}"
            + f" × {one.times}" * (one.times > 1)
            for one in proof.exchanges
        ]
        seen = [f"{one.field}: {one.value}" for one in proof.seen]
        if done or seen:
            body = "\n".join([*done, *seen])
            yield {"body": body, "contentEncoding": "IDENTITY", "mediaType": PLAIN}
        for wanted in self._pictures.at(ran.feature, ran.scenario, proof.text):
            taken = self._pictures.fresh(wanted, "id")
            if taken is not None:
                data = (self._folder / PICTURES / taken.file).read_bytes()
                yield {
                    "body": base64.b64encode(data).decode(),
                    "contentEncoding": "BASE64",
                    "mediaType": "image/png",
                    "fileName": taken.file,
                }

    def _time(self) -> Envelope:
        return _span(self._now_ns)

    def _new(self) -> str:
        return str(self._ids.get_next_id())


def write(export: Export, read: Sequence[features.Feature], path: Path) -> int:
    """Write the file whole and return how many envelopes it holds. Raises OSError."""
    lines = list(export.lines(read))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(lines))
    return len(lines)


def _meta() -> Envelope:
    return {
        "protocolVersion": PROTOCOL,
        "implementation": {"name": "cbtsync-sim", "version": VERSION},
        "runtime": {"name": platform.python_implementation(), "version": platform.python_version()},
        "os": {"name": platform.system()},
        "cpu": {"name": platform.machine()},
    }


def _nodes(tree: object) -> Iterator[tuple[str, Node]]:
    """Yield everything in a document that has an id, by its id."""
    if isinstance(tree, Mapping):
        if "id" in tree:
            yield tree["id"], tree
        for part in tree.values():
            yield from _nodes(part)
    elif isinstance(tree, list):
        for part in tree:
            yield from _nodes(part)


def _key_of(pickle: Node, nodes: Mapping[str, Node], file: str) -> Key:
    scenario, *row = (nodes[name] for name in pickle["astNodeIds"])
    cells = tuple(cell["value"] for one in row for cell in one["cells"])
    return file, scenario["name"], cells


def _proofs(
    pickle: Node, nodes: Mapping[str, Node], ran: StoryEvidence | None
) -> list[StepEvidence | None]:
    """Return what is known of each step; a line stands in a story once."""
    by_line = {} if ran is None else {step.line: step for step in ran.steps}
    lines = [nodes[step["astNodeIds"][0]]["location"]["line"] for step in pickle["steps"]]
    return [by_line.get(line) for line in lines]


def _defined(proof: StepEvidence) -> tuple[str, str]:
    """Return where a step is defined, and its sentence with its values left out."""
    pattern, values = blanked(proof.text)
    for at, value in enumerate(values, start=1):
        pattern = pattern.replace(f"{{{at}}}", "{string}" if value[0] == '"' else "{word}")
    return proof.definition, pattern


def _result(proof: StepEvidence | None, took_ns: int) -> Envelope:
    if proof is None:
        return {"status": "UNKNOWN", "duration": _span(0)}
    found = {"status": STATUS[proof.result], "duration": _span(took_ns)}
    return found | ({"message": proof.error} if proof.error else {})


def _span(ns: int) -> Envelope:
    return {"seconds": ns // NANOS, "nanos": ns % NANOS}
