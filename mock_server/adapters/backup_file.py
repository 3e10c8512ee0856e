"""Backup files with real bytes, made on demand: none is kept whole, in memory or on disk.

A file reads, from its first byte: a line that says LATIHAN in both languages; a line of JSON about
the backup; if it holds data, results of some pupils of the previous phase, a JSON line each; then
filler up to its exact size. In an empty backup the filler is spaces, else numbered blocks of bytes
that only its key determines, so that a part that is missing, doubled or moved changes the digest.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b, sha256, shake_128
from threading import Lock
from typing import NamedTuple

import msgspec

from mock_server.ports import BackupFile, BackupKey, Participant, People

RESULTS_MAX = 30  # pupils listed in a backup: a sample, whatever it claims to hold
QUESTIONS = 40  # of the fictional test whose results are listed
_BLOCK_BYTES = 64 * 1024
_BLOCK_NUMBER_BYTES = 8
_HASH_PIECE_BYTES = 256 * 1024
_DESCRIPTIONS_KEPT = 1_024
_CONTENTS_KEPT = 16  # about 70 KiB each
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9-]+")
_ID_CHARS_MAX = 40  # of an ID Server in the file's name; a person may have typed anything

_BANNER = (
    "LATIHAN – BUKAN SISTEM UJIAN. Berkas cadangan untuk latihan, semua isinya karangan. / "
    "TRAINING – NOT AN EXAM SYSTEM. A backup for training, all of it made up.\n"
)


class _Contents(NamedTuple):
    head: bytes  # all that can be read
    block: bytes  # what each block of the filler holds behind its number; empty: spaces


class SourceBackupFiles:
    """Implements BackupFiles. What is kept is bounded, and shared by rehearsals of the same key."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._lock = Lock()  # so that whoever asks for the same file waits, and does not hash too
        # On the instance: a cached method would keep the instance alive.
        self._described = lru_cache(maxsize=_DESCRIPTIONS_KEPT)(self._describe)
        self._contents = lru_cache(maxsize=_CONTENTS_KEPT)(self._make)

    def describe(self, key: BackupKey) -> BackupFile:
        """Raises ValueError if the key's size or rows are below 0."""
        with self._lock:
            return self._described(key)

    def read(self, key: BackupKey, start: int, stop: int) -> bytes:
        """Return the bytes that lie in the file; none where ``start`` is not before ``stop``."""
        contents = self._contents(key)
        return _slice(contents, max(start, 0), min(stop, key.size_bytes))

    def _describe(self, key: BackupKey) -> BackupFile:
        if key.size_bytes < 0 or key.rows < 0:
            raise ValueError(f"a backup of {key.rows} rows in {key.size_bytes} bytes: 0 at least")
        contents = self._contents(key)
        digest = sha256()
        for start in range(0, key.size_bytes, _HASH_PIECE_BYTES):
            stop = min(start + _HASH_PIECE_BYTES, key.size_bytes)
            digest.update(_slice(contents, start, stop))
        return BackupFile(
            name=f"LATIHAN-{_named(key.server_id)}-{key.number}.Source",
            size_bytes=key.size_bytes,
            sha256=digest.hexdigest(),
        )

    def _make(self, key: BackupKey) -> _Contents:
        seal = msgspec.json.encode(key)  # unlike any other key's
        about: dict[str, str | int] = {
            "format": "cbtsync-latihan-backup/1",
            "id_server": _named(key.server_id),
            "backup": key.number,
            "jumlah_data": key.rows,
            "segel": blake2b(seal, digest_size=16).hexdigest(),
        }
        head = _BANNER.encode() + _line(about)
        if not key.rows:
            return _Contents(head=head, block=b"")
        block = shake_128(seal).digest(_BLOCK_BYTES - _BLOCK_NUMBER_BYTES)
        return _Contents(head=head + self._results(key), block=block)

    def _results(self, key: BackupKey) -> bytes:
        listed = min(key.rows, RESULTS_MAX)
        pupils = self._people.former_participants(key.scenario, key.seed, key.server_id, listed)
        return b"".join(_result(pupil) for pupil in pupils)


def _slice(contents: _Contents, start: int, stop: int) -> bytes:
    """Return bytes ``start`` to ``stop`` of the endless file that begins with ``contents``."""
    if start >= stop:
        return b""
    read = contents.head[start:stop]
    start = max(start, len(contents.head))
    if start >= stop:
        return read
    if not contents.block:
        return read + b" " * (stop - start)
    first, last = start // _BLOCK_BYTES, (stop - 1) // _BLOCK_BYTES
    filler = b"".join(
        number.to_bytes(_BLOCK_NUMBER_BYTES) + contents.block for number in range(first, last + 1)
    )
    offset = first * _BLOCK_BYTES
    return read + filler[start - offset : stop - offset]


def _line(value: Mapping[str, str | int]) -> bytes:
    return msgspec.json.encode(value) + b"\n"


def _result(pupil: Participant) -> bytes:
    drawn = int.from_bytes(blake2b(pupil.username.encode(), digest_size=4).digest())
    right = QUESTIONS // 2 + drawn % (QUESTIONS // 2 + 1)  # from half to all
    return _line({"nomor": pupil.username, "nama": pupil.name, "benar": right, "dari": QUESTIONS})


def _named(server_id: str) -> str:
    """Return the ID as it may stand in a file's name and in a header."""
    return _NOT_IN_A_NAME.sub("", server_id)[:_ID_CHARS_MAX] or "TANPA-ID"
