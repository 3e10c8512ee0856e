"""The simulator as a process of its own: started by its command, killed in the end."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TOKEN = "a-token-of-the-tests"


@contextmanager
def process(tmp_path: Path, *words: str, **environ: str) -> Iterator[tuple[subprocess.Popen, str]]:
    """Start ``serve`` and give it with what it printed until it was ready."""
    command = [sys.executable, "-m", "mock_server", "serve", "--port", "0", *words]
    env = os.environ | {"XDG_DATA_HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path)} | environ
    started = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env
    )
    try:
        lines = []
        while True:
            line = started.stdout.readline()
            lines.append(line)
            if not line or "CTRL+C" in line:
                break
        yield started, "".join(lines)
    finally:
        started.kill()
        started.communicate()


def port_of(said: str) -> int:
    return int(re.search(r"http://localhost:(\d+)/", said)[1])
