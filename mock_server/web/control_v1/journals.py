"""What happened and what was heard: pages of the journal, its export, the request log, verdicts."""

from collections.abc import Iterator

import msgspec
from flask import Response

from mock_server.journal import Entry, encode
from mock_server.web.control_v1 import asks, verdicts, wire
from mock_server.web.control_v1.desk import Desk

EXPORT_PAGE = 1_000


def page(desk: Desk, asked: asks.JournalQuery, name: str) -> wire.JournalPage:
    desk.peek(name)
    found = desk.engine.entries(name, asked.after, asked.limit + 1)
    shown = found[: asked.limit]
    more = len(found) > asked.limit
    entries = [_told(entry) for entry in shown]
    return wire.JournalPage(entries=entries, next=shown[-1].seq if more else None, dropped=0)


def _told(entry: Entry) -> wire.EntryTold:
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
    start_ms = desk.peek(name).station.setup.start_ms
    heard, dropped = desk.parts.log.of(name)
    return verdicts.verdict(asked, desk.engine.entries(name), heard, dropped, start_ms=start_ms)
