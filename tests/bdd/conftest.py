"""What the features run with: the guard at collection, the step definitions, the world."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_bdd.parser import Step

from mock_server.app import rehearsal_wsgi

# Before they are imported below.
pytest.register_assert_rewrite(
    "tests.bdd.steps", "tests.bdd.world", "tests.bdd.clients", "tests.bdd.screen"
)

from tests.bdd import drivers, guard, recording  # noqa: E402
from tests.bdd.clients import Client  # noqa: E402
from tests.bdd.screen.room import serving  # noqa: E402
from tests.bdd.seats import Proctor  # noqa: E402
from tests.bdd.steps import catalogue  # noqa: E402
from tests.bdd.world import Room, Simulator, Story, Teller  # noqa: E402

globals().update(catalogue.definitions())  # pytest finds step definitions among a conftest's names
pytest_configure = recording.configure
pytest_terminal_summary = drivers.terminal_summary


def pytest_addoption(parser: pytest.Parser) -> None:
    recording.add_option(parser)
    drivers.add_option(parser)


@pytest.hookimpl(tryfirst=True)  # before -k and -m have taken scenarios away
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    guard.check(config, items)
    drivers.prepare(config, items)


@pytest.fixture(scope="session")
def driver(pytestconfig: pytest.Config) -> drivers.Driver:
    """What carries the steps out; a module that samples another driver puts its own here."""
    return drivers.asked_for(pytestconfig)


@pytest.fixture(scope="session")
def simulator(request: pytest.FixtureRequest, driver: drivers.Driver) -> Iterator[Simulator]:
    """One simulator for all scenarios; each has a rehearsal of its own in it."""
    app, token = rehearsal_wsgi()
    taped = recording.taped(request.config, app, token)
    if driver == "http":
        yield Simulator(taped, token)
        return
    with serving(taped, token, request.getfixturevalue("browser")) as served:
        yield served


@pytest.fixture
def teller() -> Teller:
    return Teller()


@pytest.fixture
def story() -> Story:
    """How the scenario begins; Diketahui steps put their own in its place."""
    return Story()


@pytest.fixture
def room(simulator: Simulator, teller: Teller, story: Story) -> Iterator[Room]:
    """The rehearsal, made of the story as it was told until the first act."""
    teller.has_begun = True
    made = simulator.begin(story)
    yield made
    made.leave()


@pytest.fixture
def client(room: Room, tmp_path: Path) -> Client:
    return Client(room, tmp_path)


@pytest.fixture
def proctor(room: Room) -> Proctor:
    """Somebody at the training pages of the rehearsal."""
    return Proctor(room)


@pytest.fixture
def since(room: Room) -> int:
    """The length of the journal when the one Ketika began."""
    return len(room.journal())


@pytest.hookimpl(tryfirst=True)
def pytest_bdd_before_step(request: pytest.FixtureRequest, step: Step) -> None:
    request.getfixturevalue("simulator").step_begins()
    if step.type == "when":
        request.getfixturevalue("since")
