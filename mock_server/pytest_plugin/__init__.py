"""The pytest plugin ``cbtsync``: a simulator a session, a fresh rehearsal a test.

Loaded by every pytest run of a project that has this package, so it imports next to nothing until
a fixture is asked for. ``docs/ci.md`` shows how it is used.
"""

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from mock_server.pytest_plugin.rehearsal import Rehearsal
    from mock_server.pytest_plugin.server import Simulator

MARKER = (
    "cbtsync(scenario='normal', seed=None, clock='manual', faults=(), document=None): "
    "the rehearsal that the fixture cbtsync_rehearsal begins for this test"
)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", MARKER)


@pytest.fixture(scope="session")
def cbtsync_server() -> "Iterator[Simulator]":
    """A simulator: one of its own in a thread, or the one that CBTSYNC_URL names.

    Under pytest-xdist each worker has its own; an external one is shared, rehearsals are not.
    """
    from mock_server.pytest_plugin.server import simulator

    with simulator() as running:
        yield running


@pytest.fixture
def cbtsync_rehearsal(
    request: pytest.FixtureRequest, cbtsync_server: "Simulator"
) -> "Iterator[Rehearsal]":
    """A fresh rehearsal, made as the test's ``cbtsync`` mark says, deleted when the test is over.

    A defect of the simulator during the test fails the test.
    """
    from mock_server.pytest_plugin.rehearsal import asked

    mark = request.node.get_closest_marker("cbtsync")
    with cbtsync_server.watched():
        rehearsal = cbtsync_server.begin(asked(mark), label=request.node.name)
        yield rehearsal
        rehearsal.delete()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: "pytest.CallInfo[Any]"
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Give a failed test the end of its rehearsal's journal, and the line that replays it."""
    report = yield
    rehearsal = getattr(item, "funcargs", {}).get("cbtsync_rehearsal")
    if rehearsal is not None and report.failed and call.when == "call":
        from mock_server.pytest_plugin.tail import section

        report.sections.append(("cbtsync rehearsal", section(rehearsal)))
    return report
