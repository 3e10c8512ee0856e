"""The names that features give to events: each is a real event, with the fields it names."""

from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from mock_server.journal import AnyEvent
from tests.bdd import feature_files
from tests.bdd.happenings import HAPPENINGS, called, first_missing

FEATURES = Path(__file__).parents[2] / "features"
EVENTS = {str(kind.__struct_config__.tag): kind for kind in get_args(AnyEvent)}


def event(kind: str, **fields: object) -> dict[str, Any]:
    return {"type": kind, **fields}


@pytest.mark.parametrize("name", HAPPENINGS)
def test_each_name_is_that_of_an_event_that_can_happen(name: str) -> None:
    """Else "tidak tercatat" would be true of anything."""
    kind, wanted = HAPPENINGS[name]
    fields = {field.name: field.type for field in msgspec.structs.fields(EVENTS[kind])}

    assert wanted.keys() <= fields.keys()
    for key, value in wanted.items():
        assert msgspec.convert(value, fields[key]) == value


def test_every_name_is_used() -> None:
    texts = [
        step.text
        for path in FEATURES.glob("*.feature")
        for scenario in feature_files.read(path).scenarios
        for step in scenario.rendered()
        if step.text.startswith(("urutan kejadiannya", "kejadian"))
    ]
    used = {name for text in texts for name in text.split('"')[1].split(", ")}

    assert used == set(HAPPENINGS)


def test_events_are_called_by_type_and_fields() -> None:
    events = [event("menu-opened", menu="tests"), event("menu-opened", menu="backup")]

    assert called(events, "menu BACKUP") == [event("menu-opened", menu="backup")]


def test_an_order_may_have_other_events_between() -> None:
    events = [
        event("backup-started"),
        event("screen-seen", screen="backup"),
        event("delete-started"),
    ]

    assert first_missing(events, ["BACKUP", "HAPUS"]) is None


@pytest.mark.parametrize(
    ("names", "missing"),
    [
        pytest.param(["HAPUS", "BACKUP"], "BACKUP", id="the other way round"),
        pytest.param(["BACKUP", "BACKUP"], "BACKUP", id="twice, and it was once"),
        pytest.param(["BACKUP", "START SYNC"], "START SYNC", id="never"),
    ],
)
def test_what_is_not_in_order_is_named(names: list[str], missing: str) -> None:
    events = [event("backup-started"), event("delete-started")]

    assert first_missing(events, names) == missing


def test_a_name_that_nobody_uses_is_no_name() -> None:
    with pytest.raises(KeyError):
        called([event("backup-started")], "Backup")
