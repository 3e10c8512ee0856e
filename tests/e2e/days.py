"""The days on which things go wrong: a plain one, short and without trouble, and shipped ones."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from client.yaml_files import read_mapping

Document = Mapping[str, Any]

SHIPPED = Path(__file__).parents[2] / "scenarios"
PLAIN = "plain-day"
DOCUMENT: Document = {
    "schema": "cbtsync-scenario/1",
    "id": PLAIN,
    "title": {"id": "Hari biasa", "en": "A plain day"},
    "start": {"at": "2017-04-08T07:50:00+07:00"},
    "window": {"opens": "2017-04-08T08:00:00+07:00", "closes": "2017-04-08T12:00:00+07:00"},
    "school": {"participants": 12},
    "backup_size": "64KiB",
    "seed": 7,
    "expect": {"ending": "ready"},
}
TROUBLED = (
    "partial-sync", "patch-fails-once", "backup-fails-once", "hapus-leaves-rows",
    "hapus-stands-still", "sync-stalls", "service-down-at-start",
)  # fmt: skip


@cache
def _shipped(name: str) -> Document:
    return read_mapping(SHIPPED / f"{name}.yaml")


def document(name: str) -> dict[str, Any]:
    """Return the scenario's document, a copy of one's own."""
    return dict(DOCUMENT if name == PLAIN else _shipped(name))


def asked(name: str) -> dict[str, Any]:
    """Return what is asked of the control plane to begin such a day."""
    return {"document": document(name)} if name == PLAIN else {"scenario": name}
