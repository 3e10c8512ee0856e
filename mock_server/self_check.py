"""Prove over HTTP, within this process, that each fault bites and that a silent one does not.

The same walk is taken three times: with the fault armed, armed but kept from striking, and without
it. What answers differ, byte for byte, is the proof. For faults of the answer, the truth is asked
too: whether the command was obeyed must be what the fault's effect says.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

import msgspec

from mock_server.adapters.clock import FixedTime
from mock_server.adapters.memory_store import MemoryEventStore
from mock_server.adapters.names import CountedNames
from mock_server.app import create_app
from mock_server.faults import catalogue
from mock_server.faults.kind import AnyKind, PlansCentral, SpoilsAnswer, StrikesStation

SECOND_MS, MINUTE_MS = 1_000, 60_000
TOKEN = "self-check-of-this-process"  # noqa: S105 -- guards nothing
MADE_UP_ON = "backup.start"  # what faults of the answer strike here
Json = dict[str, Any]
Observed = list[tuple[int, bytes]]

DOCUMENT: Json = {
    "schema": "cbtsync-scenario/1",
    "id": "self-check",
    "title": {"id": "Pemeriksaan gangguan", "en": "Check of the faults"},
    "start": {"at": "2017-04-08T08:05:00+07:00"},
    "backup_size": "64KiB",
    "expect": {"ending": "ready"},
}
# What must be wrong already for a fault to have something to strike.
FIRST = {"service.start-fails": [{"fault": "service.stopped"}]}


class Row(NamedTuple):
    """What the check of one fault found; None: there is nothing to check."""

    fault: str
    differs: bool
    silent: bool | None
    effects: bool | None

    @property
    def holds(self) -> bool:
        return self.differs and self.silent is not False and self.effects is not False


class Walk:
    """One rehearsal of its own, and what was seen on it."""

    def __init__(self, faults: Sequence[Json]) -> None:
        self.paused_ms = 0
        app = create_app(
            store=MemoryEventStore(),
            token=TOKEN,
            names=CountedNames(),
            real=FixedTime("2017-04-01T00:00:00Z"),
            pause=self._pause,
        )
        self._http: Any = app.test_client()
        document = DOCUMENT | {"faults": list(faults)}
        made = self._control("", {"document": document, "clock": {"mode": "manual"}})
        self._base = f"/r/{made['name']}/api/"
        self._rehearsal = f"/{made['name']}"
        self.seen: Observed = []

    def _pause(self, real_ms: int) -> None:
        self.paused_ms += real_ms

    def _control(self, path: str, body: Json) -> Json:
        answer = self._http.post(
            f"/control/v1/rehearsals{path}",
            data=msgspec.json.encode(body),
            headers={"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"},
        )
        told: Json = msgspec.json.decode(answer.get_data())
        if answer.status_code >= 400:
            raise AssertionError(f"the check itself went wrong: {told.get('detail')}")
        return told

    def wait(self, ms: int) -> None:
        self._control(f"{self._rehearsal}/clock/advance", {"by_ms": ms})

    def get(self, path: str) -> Json:
        return self._observe(self._http.get(self._base + path))

    def post(self, path: str, **body: object) -> Json:
        raw = msgspec.json.encode(body)
        headers = {"Content-Type": "application/json"}
        return self._observe(self._http.post(self._base + path, data=raw, headers=headers))

    def _observe(self, answer: Any) -> Json:
        body: bytes = answer.get_data()
        self.seen.append((answer.status_code, sha256(body).digest()))
        try:
            found = msgspec.json.decode(body)
        except ValueError:  # a fault has been at it
            return {}
        return found if isinstance(found, dict) else {}


def _to_the_dashboard(walk: Walk) -> None:
    walk.post("machine/use", machine="srv-ujian-01")
    version = walk.get("desk").get("machines", [{}])[0].get("exambro", [""])[0]
    walk.post("exambro/open", version=version)
    walk.post("service/refresh")
    walk.post("service/start")
    walk.wait(10 * SECOND_MS)
    walk.post("service/refresh")
    walk.post("cbtsync/open")
    walk.post("patch/start")
    walk.wait(3 * MINUTE_MS)
    walk.get("patch")
    walk.post("id/submit", server_id=walk.get("desk")["slips"][0])
    walk.get("dashboard")


def _whole(walk: Walk) -> None:
    """Carry out the procedure blindly, whatever the answers are."""
    _to_the_dashboard(walk)
    walk.post("backup/start")
    walk.wait(5 * MINUTE_MS)
    walk.get("backup")
    walk.get("backup/download")
    walk.post("delete/start", answer="yes")
    walk.wait(2 * MINUTE_MS)
    walk.get("delete")
    walk.post("sync/start")
    walk.wait(31 * MINUTE_MS)
    walk.get("sync")
    walk.post("status/refresh")
    walk.get("participants")
    walk.get("tests")


def _walked(*faults: Json) -> tuple[Observed, int]:
    walk = Walk(faults)
    _whole(walk)
    return walk.seen, walk.paused_ms


@lru_cache(maxsize=8)
def _undisturbed(first: str) -> tuple[Observed, int]:
    """Walk without the fault; ``first`` is the fault whose FIRST holds nevertheless, or ''."""
    return _walked(*FIRST.get(first, []))


def _was_obeyed(fault: Json) -> bool:
    """Let a fault of the answer strike BACKUP, then look whether a backup runs."""
    walk = Walk([fault])
    _to_the_dashboard(walk)
    walk.post("backup/start")
    return bool(walk.get("backup")["phase"] == "running")


def check(kind: AnyKind, effects: Sequence[str]) -> Row:
    """Check one fault that this build can carry out."""
    first = FIRST.get(kind.name, [])
    written: Json = {"fault": kind.name}
    if isinstance(kind.act, SpoilsAnswer):
        written["on"] = MADE_UP_ON
    without = _undisturbed(kind.name if first else "")
    held = None
    if not isinstance(kind.act, StrikesStation):  # that strikes at its arming, or never
        later = {"from": "+20h"} if isinstance(kind.act, PlansCentral) else {"skip": 1_000}
        held = _walked(*first, written | {"when": later}) == without
    kept = None
    if isinstance(kind.act, SpoilsAnswer):
        kept = all(
            _was_obeyed(written | {"effect": effect}) == (effect == "applied") for effect in effects
        )
    differs = _walked(*first, written) != without
    return Row(fault=kind.name, differs=differs, silent=held, effects=kept)


def rows() -> Iterator[Row]:
    """Check every fault that this build can carry out, in the order of the catalogue."""
    for kind in catalogue.KINDS.values():
        if kind.carried_out:
            yield check(kind, catalogue.effects(kind))


def report_lines() -> tuple[list[str], bool]:
    """Return the table, and whether all of it holds."""
    found = list(rows())
    later = [kind.name for kind in catalogue.KINDS.values() if not kind.carried_out]
    heads = ("menggigit / bites", "diam / silent", "akibat / effect")
    lines = [f"{'gangguan / fault':24} {heads[0]:18} {heads[1]:15} {heads[2]}"]
    for row in found:
        marks = [_mark(value) for value in (row.differs, row.silent, row.effects)]
        lines.append(f"{row.fault:24} {marks[0]:18} {marks[1]:15} {marks[2]}")
    if later:
        lines.append(f"belum dijalankan / not carried out yet: {', '.join(later)}")
    broken = [row.fault for row in found if not row.holds]
    said = f"{len(found) - len(broken)} dari / of {len(found)} terbukti / proved"
    lines.append(f"{said}; gagal / failed: {', '.join(broken)}" if broken else said)
    return lines, not broken


def _mark(value: bool | None) -> str:  # noqa: FBT001 -- a mark for a truth
    return "–" if value is None else "ya / yes" if value else "TIDAK / NO"
