"""The backup on our disk: streamed to a temporary name, proved whole, then put in its place.

A file has its final name only when its length and its SHA-256 are those that the BACKUP page
states. What a broken download has brought is kept and gone on with (HTTP Range).
"""

import hashlib
import os
import re
from pathlib import Path
from typing import Protocol

import msgspec

from client.belief import Saved
from client.outcome import NotSent, Unknown
from client.texts import Reason
from client.transport import Download, Sender
from client.wire import BackupFile

PATH = "backup/download"
PIECE_BYTES = 256 * 1024
NAME_MAX = 100
UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # on Windows


class Whole(msgspec.Struct, frozen=True, kw_only=True):
    """The file stands under its final name; it was read as it was written, and it is right."""

    path: Path


class Broken(msgspec.Struct, frozen=True, kw_only=True):
    """The download did not bring the file. ``kept`` bytes are there to go on from.

    ``why`` is for people; ``detail`` is what exactly was met, for the journal.
    """

    why: Reason
    detail: str
    kept: int = 0


class Hasher(Protocol):
    def update(self, data: bytes, /) -> None: ...

    def hexdigest(self) -> str: ...


def fetch(sender: Sender, file: BackupFile, folder: Path, *, durable: bool) -> Whole | Broken:
    """Download once, going on where an earlier one broke off."""
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{safe_name(file.name)}.{file.sha256[:8]}.part"
    have = _kept(part, file)
    headers = {"Range": f"bytes={have}-", "If-Range": f'"{file.sha256}"'} if have else {}
    answer = sender.download(PATH, headers)
    if isinstance(answer, NotSent | Unknown):
        return Broken(why=Reason.of("download.no_answer"), detail=answer.reason, kept=have)
    try:
        start = _start_of(answer, have)
        if start is None:
            part.unlink(missing_ok=True)
            why = Reason.of("download.status", status=answer.status)
            return Broken(why=why, detail=f"status {answer.status}")
        return _store(answer, part, start, file, durable=durable)
    except OSError as error:  # the disk is full, or the folder may not be written to
        reason = error.strerror or str(error)
        return Broken(why=Reason.of("download.disk", error=reason), detail=str(error))
    finally:
        answer.close()


def _start_of(answer: Download, have: int) -> int | None:
    """Return the offset of the answer's first byte, or None if it is no part of the file."""
    if answer.status == 200:
        return 0
    begins = f"bytes {have}-"
    if answer.status == 206 and answer.headers.get("Content-Range", "").startswith(begins):
        return have
    return None


def _store(
    answer: Download, part: Path, start: int, file: BackupFile, *, durable: bool
) -> Whole | Broken:
    digest: Hasher = hashlib.sha256()
    size = start
    with part.open("r+b" if start else "wb") as out:
        if start:
            _hash_into(digest, part, start)
            out.seek(start)
            out.truncate()
        for piece in answer.pieces():
            size += len(piece)
            if size > file.size_bytes:
                break
            out.write(piece)
            digest.update(piece)
        out.flush()
        if durable:
            os.fsync(out.fileno())
    if size < file.size_bytes:
        why = Reason.of("download.cut", size=size, whole=file.size_bytes)
        detail = answer.broken or f"{size} of {file.size_bytes} bytes"
        return Broken(why=why, detail=detail, kept=size)
    if size > file.size_bytes:
        part.unlink(missing_ok=True)
        why = Reason.of("download.too_long", whole=file.size_bytes)
        return Broken(why=why, detail=f"more than {file.size_bytes} bytes")
    if digest.hexdigest() != file.sha256.lower():
        part.unlink(missing_ok=True)
        return Broken(why=Reason.of("download.sha"), detail=f"SHA-256 {digest.hexdigest()}")
    final = part.parent / safe_name(file.name)
    part.replace(final)
    if durable:
        _sync_folder(part.parent)
    return Whole(path=final)


def is_whole(saved: Saved) -> bool:
    """Read the file back and tell whether it is still what was saved."""
    path = Path(saved.path)
    if not path.is_file() or path.stat().st_size != saved.size_bytes:
        return False
    digest: Hasher = hashlib.sha256()
    _hash_into(digest, path, saved.size_bytes)
    return digest.hexdigest() == saved.sha256


def is_there(saved: Saved) -> bool:
    """Tell whether the file is still there in its full length; its content was checked before."""
    path = Path(saved.path)
    return path.is_file() and path.stat().st_size == saved.size_bytes


def safe_name(name: str) -> str:
    """Return a plain file name: no folders, nothing hidden, nothing that Windows reserves."""
    plain = UNSAFE.sub("_", name.replace("\\", "/").rsplit("/", 1)[-1]).strip("._")[-NAME_MAX:]
    if not plain or RESERVED.fullmatch(plain):
        return f"backup_{plain}"
    return plain


def _kept(part: Path, file: BackupFile) -> int:
    """Return how many bytes of this very file an earlier download left."""
    if not part.is_file():
        return 0
    size = part.stat().st_size
    return size if size < file.size_bytes else 0


def _hash_into(digest: Hasher, path: Path, size: int) -> None:
    with path.open("rb") as file:
        left = size
        while left > 0 and (piece := file.read(min(PIECE_BYTES, left))):
            digest.update(piece)
            left -= len(piece)


def _sync_folder(folder: Path) -> None:
    """Make the new name itself last; Windows has no such call and needs none."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
