"""What every test relies on: the tags of the features, and how Hypothesis behaves in this house.

Only that and lifetimes (fixtures that start something and stop it) belong in this file; builders
and doubles are plain functions.
"""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.browser.chromium import NoChromiumError, browsing, executable

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FEATURES = Path(__file__).parents[1] / "features"

# Machines are shared and slow at times: an example may take long, it may not be flaky. The same
# examples everywhere, so that what fails on the build machine fails at the desk.
settings.register_profile("house", deadline=None, derandomize=True)
settings.register_profile("quick", settings.get_profile("house"), max_examples=25)
settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    """Register each tag that a feature may bear; any other stops collection."""
    if config.getoption("markexpr") == "not slow":  # make check: fewer examples of the same kind
        settings.load_profile("quick")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # Started in the background, neither we nor what we start would hear CTRL+C; tests send it.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    for tag, meaning in feature_tags():
        config.addinivalue_line("markers", f"{tag}: {meaning}")


def feature_tags() -> Iterator[tuple[str, str]]:
    """The vocabulary of tags. A chapter exists once its file does: features/NN_name.feature."""
    for step in range(1, 22):
        yield f"langkah-{step:02d}", f"about step {step} of the procedure"
    yield "langkah-nb", "about the note (NB) of the procedure"
    yield "larangan-9", "about the prohibition of step 9: never another ID once synced"
    yield "larangan-21", "about the prohibition of step 21: never HAPUS once synced"
    for chapter in sorted(FEATURES.glob("[0-9][0-9]_*.feature")):
        yield f"bab-{chapter.name[:2]}", f"chapter {chapter.name}"
    yield "peran-proktor", "seen by the proctor"
    yield "perjalanan", "walks the whole procedure"
    yield "layar", "looks at a screen in a browser"
    yield "latihan", "an exercise for people"
    yield "program", "about what a program does and no person at a page can: not for the browser"


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """One browser a worker. Skip without one; on a build machine fail, or nobody would notice."""
    pytest.importorskip("playwright", reason="playwright is not installed")
    try:
        executable()
    except NoChromiumError as error:
        if os.environ.get("CI") == "true":
            pytest.fail(str(error))
        pytest.skip(str(error))
    with browsing() as running:
        yield running
