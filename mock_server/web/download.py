"""The backup's bytes: whole or one range, streamed in pieces, with evidence of what left.

The evidence is journaled before the last piece leaves: whoever has the whole answer in hand may
rely on it. A transfer that breaks off counts as far as it went.
"""

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import NamedTuple

import msgspec
from flask import Blueprint, Response, request

from mock_server.answer import Answer, Refused
from mock_server.domain import screens
from mock_server.domain.commands import RecordDownload
from mock_server.domain.operations import Operation
from mock_server.domain.refusals import Refusal
from mock_server.domain.screen_shapes import BackupScreen
from mock_server.faults.kinds.http import HttpTruncate
from mock_server.ports import BackupFile, BackupKey, StoreError, UnknownRehearsalError
from mock_server.web import breaking, reading, views
from mock_server.web.api import HEADERS, PREFIX, VendorPlane
from mock_server.web.parts import Parts
from mock_server.web.reading import Allowed, MalformedError
from mock_server.web.wire_requests import Nothing

PIECE_BYTES = 256 * 1024
PERMILLE = 1000
_RANGE = re.compile(r"bytes=(?:(?P<first>\d{1,18})-(?P<last>\d{0,18})|-(?P<end>\d{1,18}))")
_OP = Operation.BACKUP_DOWNLOAD.value


class Span(NamedTuple):
    """Bytes ``start`` to ``stop``, exclusive."""

    start: int
    stop: int


class UnsatisfiableError(Exception):
    """No byte of the file lies in the range that was asked for."""


def span_of(header: str, size_bytes: int) -> Span | None:
    """Read a Range header; None: send the whole. Raises UnsatisfiableError.

    Other units and several ranges at once are answered with the whole, as HTTP allows.
    """
    if not header.startswith("bytes=") or "," in header:
        return None
    found = _RANGE.fullmatch(header.replace(" ", ""))
    if found is None:
        raise UnsatisfiableError
    if found["end"] is not None:
        span = Span(size_bytes - min(int(found["end"]), size_bytes), size_bytes)
    else:
        last = int(found["last"]) if found["last"] else size_bytes - 1
        span = Span(int(found["first"]), min(last + 1, size_bytes))
    if span.start >= span.stop:
        raise UnsatisfiableError
    return span


def flipped(size_bytes: int, count: int) -> range:
    """Return the places of the bytes that differ in a damaged download: around the middle."""
    count = min(count, size_bytes)
    first = (size_bytes - count) // 2
    return range(first, first + count)


class Downloads:
    """Serves ``backup/download`` of all rehearsals."""

    def __init__(self, parts: Parts, plane: VendorPlane) -> None:
        self._parts = parts
        self._plane = plane

    def add_to(self, blueprint: Blueprint) -> None:
        blueprint.add_url_rule(
            PREFIX + views.DOWNLOAD_PATH,
            "backup_download",
            self._serve,
            methods=["GET"],
            provide_automatic_options=False,
        )

    def _serve(self, name: str) -> Response:
        plane, path = self._plane, views.DOWNLOAD_PATH
        try:
            reading.query(request, Nothing)
            answer = self.ask(name)
            response = self.send(name, answer)
        except MalformedError as error:
            return plane.malformed(name, error, op=_OP, path=path)
        except Refused as refused:
            return plane.refused(name, refused.refusal, refused.answer, op=_OP, path=path)
        except UnknownRehearsalError:
            return plane.failed(name, "error.not_found", HTTPStatus.NOT_FOUND)
        if answer.struck:
            response = plane.spoiled(response, answer)
        status = breaking.status_heard(response, answer.struck)
        plane.heard(name, _OP, path, status, answer)
        return response

    def ask(self, name: str) -> Answer:
        """Look at the link. Raises Refused, UnknownRehearsalError."""
        engine = self._parts.engine
        if request.method == "HEAD":
            return engine.peek(name)
        return engine.look(name, Operation.BACKUP_DOWNLOAD, "backup")

    def send(self, name: str, answer: Answer) -> Response:
        """Raises Refused while there is no link, MalformedError for a range outside the file."""
        screen = screens.backup(answer.station, answer.now_ms)
        if screen.phase != "done" or not screen.link:
            raise Refused(Refusal("backup.none"), answer)
        key = views.backup_key(answer.station, screen)
        file = self._parts.backups.describe(key)
        try:
            asked = span_of(_range_header(file), file.size_bytes)
        except UnsatisfiableError:
            raise _outside(file) from None
        span = asked or Span(0, file.size_bytes)
        headers = {
            **HEADERS,
            "Accept-Ranges": "bytes",
            "ETag": f'"{file.sha256}"',
            "Content-Disposition": f'attachment; filename="{file.name}"',
            "Content-Length": str(span.stop - span.start),
        }
        if asked is not None:
            headers["Content-Range"] = f"bytes {span.start}-{span.stop - 1}/{file.size_bytes}"
        status = HTTPStatus.OK if asked is None else HTTPStatus.PARTIAL_CONTENT
        pieces = self._pieces(name, answer, screen, key, _cut_short(span, answer))
        return Response(pieces, status, headers, content_type="application/octet-stream")

    def _pieces(
        self, name: str, answer: Answer, screen: BackupScreen, key: BackupKey, span: Span
    ) -> Iterator[bytes]:
        """Yield the bytes; journal how far they went before the last of them, or when they end."""
        bad = flipped(screen.size_bytes, screen.corrupt_bytes)
        sent, recorded = span.start, False
        try:
            while sent < span.stop:
                stop = min(sent + PIECE_BYTES, span.stop)
                piece = damaged(self._parts.backups.read(key, sent, stop), sent, bad)
                if stop == span.stop:
                    self._record(name, answer, screen.number, span, bad)
                    recorded = True
                sent = stop  # before it leaves: whoever breaks off may have it all the same
                yield piece
        finally:
            if sent > span.start and not recorded:
                self._record(name, answer, screen.number, Span(span.start, sent), bad)

    def _record(self, name: str, answer: Answer, number: int, span: Span, bad: range) -> None:
        if not answer.obeyed and not _breaks_off(answer):
            return
        damaged = range(max(span.start, bad.start), min(span.stop, bad.stop))
        command = RecordDownload(
            machine=answer.station.here,
            backup=number,
            start=span.start,
            stop=span.stop,
            corrupt=len(damaged) > 0,
        )
        try:
            self._parts.engine.act(name, None, command)
        except UnknownRehearsalError:
            pass  # deleted meanwhile: nobody is left to tell
        except StoreError as error:
            self._parts.report(f"rehearsal {name}: a download could not be journaled: {error}")


def _range_header(file: BackupFile) -> str:
    """Return the Range header, or '' if If-Range says that another file was begun."""
    only_if = request.headers.get("If-Range", "")
    if only_if and only_if != f'"{file.sha256}"':
        return ""
    return request.headers.get("Range", "")


def _outside(file: BackupFile) -> MalformedError:
    return MalformedError(
        HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
        field=Allowed("Range", "Range"),
        pointer="",
        detail="no byte of the file lies in this range",
        allowed=Allowed(
            f"bytes=0- sampai bytes={file.size_bytes - 1}-",
            f"bytes=0- to bytes={file.size_bytes - 1}-",
        ),
        headers={"Content-Range": f"bytes */{file.size_bytes}", "Accept-Ranges": "bytes"},
    )


def _breaks_off(answer: Answer) -> bool:
    """Tell whether the body is cut: the bytes before the cut have left, whatever was meant."""
    return any(spec.fault == "http.truncate" for spec in answer.struck)


def _cut_short(span: Span, answer: Answer) -> Span:
    """Return what really leaves, if the answer is to break off in its midst."""
    for spec in answer.struck:
        if spec.fault == "http.truncate":
            at_permille = msgspec.convert(spec.values, HttpTruncate).at_permille
            length = (span.stop - span.start) * at_permille // PERMILLE
            return Span(span.start, span.start + length)
    return span


def damaged(piece: bytes, start: int, bad: range) -> bytes:
    """Return the piece that begins at ``start`` with its share of the bad places turned over."""
    places = range(max(start, bad.start) - start, min(start + len(piece), bad.stop) - start)
    if not places:
        return piece
    changed = bytearray(piece)
    for place in places:
        changed[place] ^= 0xFF
    return bytes(changed)
