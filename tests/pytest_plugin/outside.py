"""A project that is not ours: an empty folder, a new environment, our wheel, and docs/ci.md.

``python -m tests.pytest_plugin.outside`` builds the wheel, installs it with pytest and
pytest-xdist from the package registry, writes the ten lines of the guide to a file, and runs them
alone, under xdist, and against an external simulator; then it lets a test fail, and pastes the
line that replays it. Exits 1 if anything is otherwise than the guide says. Not part of the tests:
it needs a registry, and a minute.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
SHIPPED = ("mock_server", "client", "scenarios", "features", "pyproject.toml", "README.md")
TOKEN = "outside-project-token"
START_S = 30
FAILING = """
import pytest, requests

@pytest.mark.cbtsync(scenario="partial-sync", seed=7)
def test_fails(cbtsync_rehearsal):
    requests.post(cbtsync_rehearsal.url + "api/machine/use", json={"machine": "srv-ujian-01"})
    cbtsync_rehearsal.arm("http.status", on="backup.start", effect="applied")
    assert cbtsync_rehearsal.truth["ready"]
"""


class OtherwiseError(Exception):
    """Something is not as the guide says; the message holds what was printed."""


class Project:
    """A folder with an environment of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bin = folder / ".venv" / ("Scripts" if os.name == "nt" else "bin")

    def make(self, wheel: Path) -> None:
        run([sys.executable, "-m", "venv", ".venv"], self.folder)
        self.run("python", "-m", "pip", "install", "-q", str(wheel), "pytest", "pytest-xdist")
        found = re.findall(r"```python\n(.*?)```", guide(), re.DOTALL)
        (self.folder / "test_theirs.py").write_text(found[0], encoding="utf-8")

    def run(self, *words: str, codes: tuple[int, ...] = (0,), **environ: str) -> str:
        program = str(self.bin / words[0])
        return run([program, *words[1:]], self.folder, codes=codes, **environ)


def run(words: list[str], folder: Path, *, codes: tuple[int, ...] = (0,), **environ: str) -> str:
    """Raises OtherwiseError for another exit code."""
    kept = {key: value for key, value in os.environ.items()
            if not key.startswith(("CBTSYNC", "PYTHON", "VIRTUAL_ENV"))}  # fmt: skip
    done = subprocess.run(
        words, cwd=folder, env=kept | environ, capture_output=True, text=True, check=False
    )
    if done.returncode not in codes:
        raise OtherwiseError(f"{' '.join(words)}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def guide() -> str:
    return (CHECKOUT / "docs" / "ci.md").read_text(encoding="utf-8")


def built(folder: Path) -> Path:
    """Build the wheel from a copy: nothing is left in the checkout."""
    source = folder / "source"
    source.mkdir()
    for name in SHIPPED:
        where = CHECKOUT / name
        copy = shutil.copytree if where.is_dir() else shutil.copy
        copy(where, source / name)
    run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation",
         "-w", str(folder), str(source)], folder)  # fmt: skip
    (wheel,) = folder.glob("*.whl")
    return wheel


@contextmanager
def external(project: Project) -> Iterator[str]:
    """Run the installed simulator beside the tests, as the guide says."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}/"
    process = subprocess.Popen(
        [project.bin / "cbtsync-mock", "serve", "--db", "memory:", "--port", str(port)],
        cwd=project.folder,
        env=os.environ | {"CBTSYNC_TOKEN": TOKEN},
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"{url}healthz")
        yield url
    finally:
        process.terminate()
        process.wait(START_S)


def _wait_for(url: str) -> None:
    for _ in range(START_S * 10):
        try:
            urllib.request.urlopen(url, timeout=2).close()  # noqa: S310 -- our own, http
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise OtherwiseError(f"{url} does not answer")


def show(title: str, told: str, wanted: str) -> None:
    """Raises OtherwiseError if ``wanted`` was not told."""
    last = told.strip().splitlines()[-1] if told.strip() else ""
    sys.stdout.write(f"{title:<44} {last}\n")
    sys.stdout.flush()
    if wanted not in told:
        raise OtherwiseError(f"{title}: {wanted!r} is not in\n{told}")


def _lived(project: Project) -> None:
    show("the ten lines", project.run("pytest", "-q"), "1 passed")
    show("under xdist", project.run("pytest", "-q", "-n", "2"), "1 passed")
    with external(project) as url:
        there = {"CBTSYNC_URL": url, "CBTSYNC_TOKEN": TOKEN}
        show("with an external simulator", project.run("pytest", "-q", **there), "1 passed")
        told = project.run("pytest", "-q", "-n", "2", **there)
        show("with an external simulator, under xdist", told, "1 passed")
    (project.folder / "test_failing.py").write_text(FAILING, encoding="utf-8")
    told = project.run("pytest", "-q", "test_failing.py", codes=(1,))
    sys.stdout.write("\n".join(told.splitlines()[-16:]) + "\n")
    show("a test that fails", told, "machine-used")
    [line] = re.findall(r"^replay: (.*)$", told, re.MULTILINE)
    show("its line, pasted", project.run(*line.split()), "partial-sync")


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="cbtsync-outside-") as made:
        folder = Path(made)
        project = Project(folder / "theirs")
        project.folder.mkdir()
        try:
            wheel = built(folder)
            sys.stdout.write(f"{wheel.name}\n")
            project.make(wheel)
            _lived(project)
        except OtherwiseError as error:
            sys.stdout.write(f"{error}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
