"""``--driver http|browser``: what carries the steps out, and which scenarios are not for a browser.

The same step definitions run through the HTTP client or through a real Chromium on the training
pages. Scenarios about programs (``@program``) have no clicks; how many are left out is told.
"""

from typing import Literal, TypeAlias, get_args

import pytest

from tests.bdd import feature_files

Driver: TypeAlias = Literal["http", "browser"]
DRIVERS: tuple[str, ...] = get_args(Driver)
PROGRAM = "program"


def add_option(parser: pytest.Parser) -> None:
    parser.addoption(
        "--driver",
        choices=DRIVERS,
        default=None,
        help="carry the features out by the HTTP client (http, the default) or by clicks on the "
        "training pages in a real Chromium (browser)",
    )


def asked_for(config: pytest.Config) -> Driver:
    return "browser" if config.getoption("--driver", default=None) == "browser" else "http"


def driver_of(config: pytest.Config, item: pytest.Item) -> Driver:
    """Return what carries out a test: as its module says, or as the command line says."""
    module = getattr(item, "module", None)
    return "browser" if getattr(module, "IN_BROWSER", False) else asked_for(config)


def deselect(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what a browser cannot do, and a sample of what is run as a whole anyhow."""
    is_whole = asked_for(config) == "browser" or config.getoption("--evidence", default=None)
    out = [
        item
        for item in items
        if (item.get_closest_marker(PROGRAM) and driver_of(config, item) == "browser")
        or (is_whole and getattr(getattr(item, "module", None), "IN_BROWSER", False))
    ]
    if out:
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in out]


def terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say how many scenarios no browser has run."""
    if asked_for(config) != "browser":
        return
    folder = config.rootpath / str(config.getini("bdd_features_base_dir"))
    features = [feature_files.read(path) for path in sorted(folder.rglob("*.feature"))]
    left = sum(
        scenario.runs()
        for feature in features
        for scenario in feature.scenarios
        if PROGRAM in scenario.tags
    )
    total = sum(feature.tests() for feature in features)
    terminalreporter.write_line(
        f"driver browser: {left} of {total} scenarios and rows are about programs (@{PROGRAM}) "
        "and were left out"
    )
