"""Where a run keeps its files, and how one that was interrupted is found again."""

import os
from datetime import datetime
from pathlib import Path

from client import journal
from client.files import write_whole
from client.journal import Past
from client.problems import UsageProblem
from client.texts import Reason

PREFIX = "cbtsync-run-"
IGNORE = ".gitignore"


def folder_for(out: Path | None, url: str, *, resume: bool, now: datetime) -> Path:
    """Return the folder of this run. Raises UsageProblem if there is nothing to go on with."""
    if out is not None:
        return out
    if not resume:
        return Path(f"{PREFIX}{now.strftime('%Y%m%d-%H%M%S')}")
    for folder in sorted(Path().glob(f"{PREFIX}*"), reverse=True):
        if _is_of(folder / journal.NAME, url):
            return folder
    raise UsageProblem(Reason.of("usage.no_journal", path=f"./{PREFIX}*/{journal.NAME}"))


def _is_of(path: Path, url: str) -> bool:
    try:
        journal.read(path, url)
    except UsageProblem:
        return False
    return True


def past_of(folder: Path, url: str, *, resume: bool) -> Past | None:
    """Return what the folder's journal tells, None for a new run.

    Raises UsageProblem if a journal is there and nobody asked to go on, or the other way round.
    """
    path = folder / journal.NAME
    if resume:
        if not path.is_file():
            raise UsageProblem(Reason.of("usage.no_journal", path=str(path)))
        return journal.read(path, url)
    if path.exists():
        raise UsageProblem(Reason.of("usage.journal_exists", path=str(path)))
    return None


def prepare(folder: Path) -> None:
    """Make the folder of a run. Raises UsageProblem if it cannot be written to."""
    _make(folder, folder / journal.NAME)


def prepare_for_rehearsals(folder: Path, *, is_ours: bool) -> None:
    """Make a folder for what rehearsals leave. Raises UsageProblem if it cannot be written to.

    One that nobody asked for by name (``is_ours``) is kept out of the version control around it.
    """
    if is_ours:
        _make(folder, folder / IGNORE)
        write_whole(folder / IGNORE, b"*\n")
    else:
        probe = folder / f".{os.getpid()}.probe"
        _make(folder, probe)
        probe.unlink(missing_ok=True)


def _make(folder: Path, first: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        first.open("ab").close()
    except OSError as error:
        raise UsageProblem(
            Reason.of("usage.folder", path=str(folder), error=error.strerror or str(error))
        ) from error
