"""The faults that a facilitator may insert, with what will be seen, what is expected, when it ends.

All of it comes from the catalogue and its texts; nothing is listed here.
"""

import re
from collections.abc import Mapping

import msgspec

from mock_server.classroom.reach import spec_of
from mock_server.cohort.events import Insert
from mock_server.faults import catalogue
from mock_server.faults.errors import FaultError
from mock_server.procedure.pack import ProcedurePack
from mock_server.procedure.texts import Language
from mock_server.scenario.packs import load_fault_texts

_PAIR = re.compile(r"\s*([a-z_]{1,30})\s*=\s*([^,=\s][^,=]{0,30})\s*")
VALUES_MAX = 120
Value = str | int | list[int]


class Offered(msgspec.Struct, frozen=True, kw_only=True):
    """``values`` are the fault's keys with their defaults, as one writes them: data=7, at=60%."""

    name: str
    title: str
    cue: str
    act: str
    over: str
    values: str


def offered(pack: ProcedurePack, language: Language) -> tuple[Offered, ...]:
    """Return the faults of the station. Those of the wire are for programs: no person could tell
    them from a browser that is broken."""
    texts = load_fault_texts(pack)
    found = []
    for name in sorted(catalogue.CARRIED_OUT):
        report = catalogue.describe(catalogue.KINDS[name])
        if report.layer != "domain" or name not in texts:
            continue
        text = texts[name]
        found.append(
            Offered(
                name=name,
                title=text.title.in_language(language),
                cue=text.cue.in_language(language),
                act=text.act.in_language(language),
                over=text.over.in_language(language),
                values=", ".join(f"{of.key}={_written(of.default)}" for of in report.params),
            )
        )
    return tuple(found)


def _written(value: object) -> str:
    return "+".join(str(one) for one in value) if isinstance(value, list) else str(value)


def values_of(typed: str) -> dict[str, Value] | None:
    """Read ``data=7, at=60%``; None for what cannot be read."""
    if len(typed) > VALUES_MAX:
        return None
    found: dict[str, Value] = {}
    for part in filter(str.strip, typed.split(",")):
        pair = _PAIR.fullmatch(part)
        if pair is None:
            return None
        found[pair[1]] = _value(pair[2].strip())
    return found


def _value(text: str) -> Value:
    if text.isascii() and text.isdecimal():
        return int(text)
    parts = text.split("+")
    if len(parts) > 1 and all(part.isascii() and part.isdecimal() for part in parts):
        return [int(part) for part in parts]
    return text


def can_be_armed(insert: Insert, pack: ProcedurePack) -> bool:
    try:
        spec_of(insert, 0, len(pack.data_sets))
    except FaultError:
        return False
    return catalogue.KINDS[insert.fault].layer == "domain"


def titles(pack: ProcedurePack, language: Language) -> Mapping[str, str]:
    return {one.fault: one.title.in_language(language) for one in load_fault_texts(pack)}
