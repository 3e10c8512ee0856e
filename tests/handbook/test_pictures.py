"""The pictures of the README and the guides come from the catalogue, with its words, and small."""

import re
import struct
from pathlib import Path

import pytest

from mock_server.handbook.pictures import Wanted, load
from mock_server.procedure.texts import LANGUAGES

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "pictures"
PAGES = (
    ROOT / "README.md",
    ROOT / "docs" / "panduan-fasilitator.md",
    ROOT / "docs" / "facilitator-guide.md",
)
SIZE_MAX = 150_000
SHOWN = re.compile(r"!\[([^\]]*)\]\(([^)]+\.png)\)")


def chosen() -> dict[str, Wanted]:
    """The pictures that stand in docs/pictures, by the name of their file."""
    wanted = [one for one in load(ROOT / "none").wanted if one.readme]
    return {f"{one.name}.{language}.png": one for one in wanted for language in LANGUAGES}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_a_page_shows_pictures_of_the_catalogue_with_their_alternative_text(page: Path) -> None:
    shown = SHOWN.findall(page.read_text(encoding="utf-8"))

    assert shown
    for text, address in shown:
        path = (page.parent / address).resolve()
        wanted = chosen()[path.name]
        assert path.parent == FOLDER
        assert text == getattr(wanted.alt, path.name.split(".")[1])


@pytest.mark.parametrize("name", sorted(chosen()))
def test_a_picture_is_there_is_small_and_is_a_png_of_a_readable_width(name: str) -> None:
    data = (FOLDER / name).read_bytes()
    width_px, _ = struct.unpack(">II", data[16:24])

    assert data.startswith(b"\x89PNG")
    assert len(data) <= SIZE_MAX
    assert 600 <= width_px <= 1200


def test_no_picture_is_left_over() -> None:
    assert {path.name for path in FOLDER.glob("*.png")} == set(chosen())
