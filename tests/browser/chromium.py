"""Where this machine's Chromium is, and how it is started: for tests, and for pictures.

The browser is the system's own; nothing is downloaded. It reaches this machine and nobody else.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

VARIABLE = "CBTSYNC_CHROMIUM"
COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/usr/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "{PROGRAMFILES}/Google/Chrome/Application/chrome.exe",
    "{PROGRAMFILES(X86)}/Google/Chrome/Application/chrome.exe",
    "{LOCALAPPDATA}/Google/Chrome/Application/chrome.exe",
    "{PROGRAMFILES(X86)}/Microsoft/Edge/Application/msedge.exe",
)
ARGUMENTS = (
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",  # a small /dev/shm, as containers have, kills pages
    "--disable-gpu",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--no-first-run",
)


class NoChromiumError(Exception):
    """There is no browser to drive; the message says what to do."""


def executable(environ: Mapping[str, str] = os.environ) -> Path:
    """Raises NoChromiumError."""
    if named := environ.get(VARIABLE):
        if Path(named).is_file():
            return Path(named)
        raise NoChromiumError(f"{VARIABLE} names {named}, and there is no such file.")
    for command in COMMANDS:
        if found := shutil.which(command):
            return Path(found)
    for place in PLACES:
        path = Path(_filled(place, environ))
        if path.is_file():
            return path
    raise NoChromiumError(
        f"no Chromium or Chrome was found. Install one, or name one with {VARIABLE}."
    )


@contextmanager
def browsing() -> Iterator["Browser"]:
    """Start a browser without a window. Raises NoChromiumError."""
    path = executable()
    try:
        from playwright.sync_api import sync_playwright  # only who opens a browser pays for it
    except ImportError:
        raise NoChromiumError("playwright is not installed: pip install playwright.") from None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


def _filled(place: str, environ: Mapping[str, str]) -> str:
    for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        place = place.replace(f"{{{name}}}", environ.get(name, ""))
    return place
