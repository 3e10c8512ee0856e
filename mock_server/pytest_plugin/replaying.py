"""The one line that replays what a failed test rehearsed: the scenario, its seed, its faults.

A shipped scenario is named. Whatever a test has added (a document of its own, faults that it
armed) is written to a scenario file first, so that the line works when it is pasted.
"""

import json
import shlex
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mock_server.pytest_plugin.rehearsal import Rehearsal
from mock_server.scenario.library import Library
from mock_server.scenario.yaml_files import read_yaml

COMMAND = "cbtsync-client rehearse"


def command(rehearsal: Rehearsal) -> str:
    """Return the line. Raises OSError if its scenario file cannot be written."""
    document = _document(rehearsal)
    words = [*COMMAND.split(), rehearsal.scenario if document is None else str(_kept(document))]
    words += ["--seed", str(rehearsal.seed)]
    if rehearsal.is_external:
        words += ["--server", rehearsal.control.url]  # its token is in CBTSYNC_TOKEN
    return shlex.join(words)


def _document(rehearsal: Rehearsal) -> dict[str, Any] | None:
    """Return the scenario as the test had it, or None if its name says it all."""
    own = rehearsal.document
    if own is None and not rehearsal.armed:
        return None
    if own is None:
        path = Library().paths().get(rehearsal.scenario)
        if path is None:  # a story of an external simulator's own: only its name is known here
            return None
        own = read_yaml(path).data
    return {**own, "faults": _faults(own.get("faults") or (), rehearsal.armed)}


def _faults(planned: Any, armed: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Return the faults of the story, and those of the test under ids of their own."""
    added = [
        {**{key: value for key, value in fault.items() if value}, "id": f"test-{number}"}
        for number, fault in enumerate(armed, 1)
    ]
    return [*planned, *added]


def _kept(document: Mapping[str, Any]) -> Path:
    """Write the scenario file where it outlives the test; JSON is YAML."""
    path = Path(tempfile.mkdtemp(prefix="cbtsync-replay-")) / f"{document['id']}.yaml"
    path.write_text(json.dumps(document, indent=1, ensure_ascii=False), encoding="utf-8")
    return path
