"""What happened and what was heard: pages of the journal, its export, the request log, verdicts."""

from collections.abc import Iterator, Sequence

import msgspec
from flask import Response

from mock_server.journal import Entry, encode
from mock_server.web.control_v1 import asks, verdicts, wire
from mock_server.web.control_v1.desk import Desk

EXPORT_PAGE = 1_000
LOOK_AGAIN_MS = 50  # of real time, while a verdict is waited for


def page(desk: Desk, asked: asks.JournalQuery, name: str) -> wire.JournalPage:
    desk.peek(name)
    found = desk.engine.entries(name, asked.after, asked.limit + 1)
    shown = found[: asked.limit]
    more = len(found) > asked.limit
    entries = [told(entry) for entry in shown]
    last = shown[-1].seq if more else _last(desk, name, found)
    dropped = max(0, last - asked.after - len(shown))
    return wire.JournalPage(entries=entries, next=last if more else None, dropped=dropped)


def _last(desk: Desk, name: str, entries: Sequence[Entry]) -> int:
    """Return the number of the last event there must be, whatever the store gives back."""
    return max(desk.peek(name).events, entries[-1].seq if entries else 0)


def told(entry: Entry) -> wire.EntryTold:
    return wire.EntryTold(
        seq=entry.seq,
        at=entry.at,
        event=msgspec.to_builtins(entry.event),
        actor=entry.actor,
        op=entry.op,
        t_real=entry.t_real,
    )


def export(desk: Desk, _asked: asks.NoFields, name: str) -> Response:
    last = desk.peek(name).events

    def lines() -> Iterator[bytes]:
        after = 0
        while after < last:
            entries = desk.engine.entries(name, after, min(EXPORT_PAGE, last - after))
            if not entries:
                return
            yield b"".join(encode(entry) + b"\n" for entry in entries)
            after = entries[-1].seq

    return Response(
        lines(),
        content_type="application/x-ndjson",
        headers={"Content-Disposition": f'attachment; filename="{name}.jsonl"'},
    )


def requests(desk: Desk, _asked: asks.NoFields, name: str) -> wire.RequestsTold:
    desk.peek(name)
    heard, dropped = desk.parts.log.of(name)
    return wire.RequestsTold(entries=heard, dropped=dropped)


def verify(desk: Desk, asked: asks.VerifyAsked, name: str) -> wire.Verdict:
    """Judge; while it does not hold and time is left, wait a little and judge anew."""
    found = _verdict(desk, asked, name)
    for _ in range(asked.wait_ms // LOOK_AGAIN_MS):
        if found.verdict == "PASS":
            break
        desk.parts.pause(LOOK_AGAIN_MS)
        found = _verdict(desk, asked, name)
    return found


def _verdict(desk: Desk, asked: asks.VerifyAsked, name: str) -> wire.Verdict:
    start_ms = desk.peek(name).station.setup.start_ms
    heard, dropped = desk.parts.log.of(name)
    entries = desk.engine.entries(name)
    lost = verdicts.Lost(requests=dropped, entries=_last(desk, name, entries) - len(entries))
    return verdicts.verdict(asked, entries, heard, lost, start_ms=start_ms)
