"""The tree: what stands at its top, and that no file knows the machine it was written on."""

import re
from pathlib import Path

import pytest

from tests.architecture.project import ROOT, project_files

TOP_LEVEL = {
    ".ci", ".gitattributes", ".gitignore", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md",
    "Makefile", "README.md", "benchmarks", "client", "docs", "features", "mock_server",
    "pyproject.toml", "requirements.lock", "scenarios", "tests",
}  # fmt: skip
# A place that exists on one person's machine only.
MACHINE_PATH = re.compile(
    r"(?<![\w./-])(/home/\w+|/Users/\w+|/root/|/opt/\w+|/mnt/\w+|[A-Z]:\\Users\\\w+)"
)
CONFLICT_MARK = re.compile(r"^(<<<<<<< |>>>>>>> )", re.MULTILINE)


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """The text of each project file that is text, by its path."""
    found = {}
    for path in project_files():
        raw = (ROOT / path).read_bytes()
        if b"\0" not in raw:
            found[path.as_posix()] = raw.decode()
    return found


def test_the_top_of_the_tree_is_as_the_architecture_says() -> None:
    assert {path.parts[0] for path in project_files()} == TOP_LEVEL


def test_no_file_knows_the_machine_it_was_written_on(texts: dict[str, str]) -> None:
    here = Path(__file__).relative_to(ROOT).as_posix()
    found = {
        path: places
        for path, text in texts.items()
        if path != here and (places := MACHINE_PATH.findall(text))
    }

    assert found == {}


@pytest.mark.parametrize("text", ["see /home/ani/x", "'/root/x'", r"C:\Users\Ani\x"])
def test_a_machine_path_is_recognised(text: str) -> None:
    assert MACHINE_PATH.search(text)


@pytest.mark.parametrize("text", ["https://example.test/home/ani", "GET /r/x/api/menu/optional"])
def test_the_path_of_an_address_is_not_a_machine_path(text: str) -> None:
    assert not MACHINE_PATH.search(text)


def test_no_file_holds_a_half_merged_passage(texts: dict[str, str]) -> None:
    assert [path for path, text in texts.items() if CONFLICT_MARK.search(text)] == []


def test_every_text_file_ends_its_lines_the_same_way(texts: dict[str, str]) -> None:
    assert [path for path, text in texts.items() if "\r\n" in text] == []
