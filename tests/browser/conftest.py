"""Lifetimes: one simulator a worker, one browser context a person, none left over."""

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from mock_server.pytest_plugin.server import Simulator, simulator
from tests.browser.people import People

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: "pytest.CallInfo[Any]"
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Give a failed test what stood on the pages of everybody in it."""
    report = yield
    crowd = getattr(item, "funcargs", {}).get("people")
    if crowd is not None and report.failed and call.when == "call":
        report.sections.extend(crowd.pages())
    return report


@pytest.fixture(scope="session")
def served() -> Iterator[Simulator]:
    """A simulator in a thread: on a free port of this machine, with its store in memory."""
    with simulator({}) as running:
        yield running


@pytest.fixture
def people(browser: "Browser", served: Simulator) -> Iterator[People]:
    """Who comes to the simulator in this test. Whatever went wrong behind their pages fails it."""
    with served.watched():
        crowd = People(browser, served)
        yield crowd
        troubles = crowd.leave()
    assert not troubles, "\n".join(troubles)
