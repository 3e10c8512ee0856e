"""Builders of scenario documents, as a file or a request holds them."""

from typing import Any

import yaml

START = "2017-04-08T07:40:00+07:00"


def minimal(**changes: Any) -> dict[str, Any]:
    """The least that a scenario must say; ``changes`` replace or add keys at its top."""
    return {
        "schema": "cbtsync-scenario/1",
        "id": "story",
        "title": {"id": "Sebuah cerita", "en": "A story"},
        "start": {"at": START},
        "expect": {"ending": "ready"},
    } | changes


def told(**changes: Any) -> dict[str, Any]:
    """A scenario for people in which nothing is unwise: nominal, so nothing goes wrong."""
    return (
        minimal(
            level="L1",
            teaches=[5, 18],
            brief={
                "id": "Hari ini Sabtu pukul 07.40 WIB. Siapkan server untuk ujian hari Senin.",
                "en": "It is Saturday, 07:40 WIB. Get the server ready for Monday's exam.",
            },
            expect={"ending": "ready", "within": "75m"},
            debrief=[{"id": "Apa yang Anda lihat?", "en": "What did you see?"}],
        )
        | changes
    )


def troubled(fault: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The same at level L3, with one fault."""
    return told(level="L3", faults=[fault]) | changes


def as_yaml(document: dict[str, Any]) -> str:
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False)
