"""Photograph every screen at three sizes: ``python -m tests.browser.pictures``.

The names of the pictures are kept in ``names.txt`` beside them. For eyes, not for comparison by a
machine: fonts differ from one machine to the next.
"""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mock_server.pytest_plugin.server import simulator
from tests.browser import screens
from tests.browser.chromium import NoChromiumError, browsing
from tests.browser.people import People

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

SIZES: "tuple[ViewportSize, ...]" = (
    {"width": 1366, "height": 768},
    {"width": 1920, "height": 1080},
    {"width": 360, "height": 740},
)
OUT = Path("build", "pictures")


def main() -> int:
    asked = _parser().parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    names: list[str] = []
    try:
        with simulator({}) as served, browsing() as browser:
            for tour in asked.only or list(screens.TOURS):
                people = People(browser, served)
                for name, page in screens.TOURS[tour](people, asked.language):
                    names += _taken(page, asked.out, f"{name}-{asked.language}")
                for trouble in people.leave():
                    sys.stderr.write(f"{tour}: {trouble}\n")
    except NoChromiumError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    (asked.out / "names.txt").write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
    sys.stdout.write(f"{len(names)} pictures in {asked.out}\n")
    return 0


def _taken(page: "Page", folder: Path, name: str) -> list[str]:
    """Take one picture a size; a page that scrolls is taken whole."""
    kept = page.viewport_size
    names = []
    for size in SIZES:
        page.set_viewport_size(size)
        names.append(f"{name}-{size['width']}x{size['height']}.png")
        page.screenshot(path=folder / names[-1], full_page=True, animations="disabled")
    if kept is not None:
        page.set_viewport_size(kept)
    return names


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.browser.pictures", description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT, help="default: %(default)s")
    parser.add_argument("--language", choices=("id", "en"), default="id")
    parser.add_argument("--only", action="append", choices=screens.TOURS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
