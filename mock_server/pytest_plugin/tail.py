"""What a failed test is told about its rehearsal: the journal's end, and how to replay it."""

import json
from typing import Any

from mock_server.pytest_plugin import replaying
from mock_server.pytest_plugin.control import CbtsyncError
from mock_server.pytest_plugin.rehearsal import Rehearsal
from mock_server.scenario.yaml_files import YamlFileError

ENTRIES_MAX = 15
FIELDS_CHARS_MAX = 90
_DULL = {"type", "at_ms", "setup", "hazard", "machine"}


def section(rehearsal: Rehearsal) -> str:
    """Return the report's section; never raises, a failed test must be told its own failure."""
    try:
        entries = rehearsal.journal
    except CbtsyncError as error:
        return f"the journal cannot be read: {error}"
    shown = [_line(entry) for entry in entries[-ENTRIES_MAX:]]
    left_out = len(entries) - len(shown)
    head = [f"… {left_out} earlier entries"] if left_out else []
    return "\n".join([*head, *shown, f"replay: {_replay(rehearsal)}"])


def _replay(rehearsal: Rehearsal) -> str:
    try:
        return replaying.command(rehearsal)
    except (OSError, YamlFileError) as error:
        return f"its scenario file cannot be written: {error}"


def _line(entry: dict[str, Any]) -> str:
    event = entry["event"]
    fields = {key: value for key, value in event.items() if key not in _DULL}
    told = json.dumps(fields, ensure_ascii=False) if fields else ""
    when = str(entry["at"])[11:19]
    return (
        f"{entry['seq']:4}  {when}  {entry['actor']:11} {event['type']}  {told[:FIELDS_CHARS_MAX]}"
    )
