"""The folder Unduhan: each backup as it has really landed, and what its bytes say.

A download that was cut is shorter than the backup, a damaged one has another digest; nobody says so
before somebody looks.
"""

from hashlib import sha256

import msgspec

from mock_server.domain.state import Landed
from mock_server.ports import BackupKey
from mock_server.web.download import damaged, flipped
from mock_server.web.views import View


class Download(msgspec.Struct, frozen=True, kw_only=True):
    """``digest`` is the SHA-256 of the landed bytes, '' until somebody asks for it."""

    name: str
    landed_bytes: int
    size_bytes: int
    digest: str = ""

    @property
    def whole(self) -> bool:
        return self.landed_bytes >= self.size_bytes


def downloads(view: View, *, with_digests: bool) -> tuple[Download, ...]:
    """Return what lies in the folder of the machine in use, the latest last."""
    machine = view.station.machines.get(view.station.here)
    if machine is None:
        return ()
    return tuple(_download(view, of, with_digest=with_digests) for of in machine.backup.landed)


def _download(view: View, of: Landed, *, with_digest: bool) -> Download:
    key = _key(view, of)
    return Download(
        name=view.backups.describe(key).name,
        landed_bytes=of.landed_bytes,
        size_bytes=of.size_bytes,
        digest=_digest(view, of, key) if with_digest else "",
    )


def _key(view: View, of: Landed) -> BackupKey:
    setup = view.station.setup
    return BackupKey(
        scenario=setup.scenario,
        seed=setup.seed,
        server_id=setup.servers[0].server_id,
        number=of.backup,
        rows=of.rows,
        size_bytes=of.size_bytes,
    )


def _digest(view: View, of: Landed, key: BackupKey) -> str:
    if of.landed_bytes >= of.size_bytes and not of.damaged_bytes:
        return view.backups.describe(key).sha256
    came = view.backups.read(key, 0, of.landed_bytes)
    return sha256(damaged(came, 0, flipped(of.size_bytes, of.damaged_bytes))).hexdigest()
