"""Processes that are measured: started, watched, and ended whatever happens."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build"
STOP_S = 15.0
HIDDEN = "PYTHONDONTWRITEBYTECODE"  # with it every start would compile everything anew


class Process:
    """A Python process of ours. Memory and CPU time are None where the system does not tell."""

    def __init__(self, arguments: Sequence[str], **environ: str) -> None:
        kept = {key: value for key, value in os.environ.items() if key != HIDDEN}
        self.began_s = time.perf_counter()
        self._popen = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**kept, "PYTHONUNBUFFERED": "1", **environ},
            stdout=subprocess.PIPE,
            text=True,
        )

    def line(self) -> str:
        """Return the next line it prints. Raises RuntimeError if it ended instead."""
        assert self._popen.stdout is not None
        said = self._popen.stdout.readline()
        if not said:
            raise RuntimeError(f"{self._popen.args!r} ended with {self._popen.wait(STOP_S)}")
        return said.strip()

    def wait(self) -> int:
        """Wait for its own end and return its exit code."""
        return self._popen.wait(STOP_S)

    def stop(self) -> None:
        self._popen.terminate()
        try:
            self._popen.communicate(timeout=STOP_S)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            self._popen.communicate()

    def kill(self) -> None:
        """End it at once, without a farewell."""
        self._popen.kill()
        self._popen.communicate()

    def memory_mib(self) -> float | None:
        """Return the resident memory."""
        try:
            status = Path(f"/proc/{self._popen.pid}/status").read_text(encoding="ascii")
        except OSError:
            return None
        kib = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
        return int(kib) / 1024

    def cpu_s(self) -> float | None:
        """Return the CPU time used so far, in user and system mode."""
        try:
            stat = Path(f"/proc/{self._popen.pid}/stat").read_text(encoding="ascii")
        except OSError:
            return None
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@contextmanager
def running(arguments: Sequence[str], **environ: str) -> Iterator[Process]:
    process = Process(arguments, **environ)
    try:
        yield process
    finally:
        process.stop()


@contextmanager
def folder() -> Iterator[Path]:
    """Give a folder on the disk that the project is on: a temporary one may be in memory."""
    BUILD.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=BUILD) as made:
        yield Path(made)
