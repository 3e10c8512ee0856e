"""Writing files that others read: whole or not at all, so that a kill leaves no half of one."""

import os
from pathlib import Path

from client.problems import UsageProblem
from client.texts import Reason


def write_whole(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path`` in one stroke, its folder made if need be.

    What is no plain file (a pipe, a terminal, a link) is written to as it stands. Raises
    UsageProblem if it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink() or (path.exists() and not path.is_file()):
            path.write_bytes(data)
        else:
            _replace(path, data)
    except OSError as error:
        why = error.strerror or str(error)
        raise UsageProblem(Reason.of("usage.file", path=str(path), error=why)) from error


def _replace(path: Path, data: bytes) -> None:
    # Beside its place, so that it is on the same disk; the number keeps two writers apart.
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        os.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
