"""``--driver http|browser``: what carries the steps out, and which scenarios are not for a browser.

The same step definitions run through the HTTP client or through a real Chromium on the training
pages. Scenarios about programs (``@program``) have no clicks; how many are left out is told.
"""

from typing import Literal, TypeAlias, get_args

import pytest

from tests.bdd import feature_files
from tests.bdd.step_rules import PROGRAM

Driver: TypeAlias = Literal["http", "browser"]
DRIVERS: tuple[str, ...] = get_args(Driver)
BROWSER_TIMEOUT_S = 600  # a whole procedure in clicks, on a machine that others use as well


def add_option(parser: pytest.Parser) -> None:
    parser.addoption(
        "--driver",
        choices=DRIVERS,
        default="http",
        help="carry the features out by the HTTP client (http, the default) or by clicks on the "
        "training pages in a real Chromium (browser)",
    )


def asked_for(config: pytest.Config) -> Driver:
    return "browser" if config.getoption("--driver", default="http") == "browser" else "http"


def is_sample(item: pytest.Item) -> bool:
    """Tell whether a test belongs to the sample that runs in a browser whatever was asked for."""
    return bool(getattr(getattr(item, "module", None), "IN_BROWSER", False))


def prepare(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Give what runs in a browser its time; leave out what no browser can do.

    The sample is left out where all is run in a browser, and where evidence is written: there
    each scenario is wanted once.
    """
    in_browser = asked_for(config) == "browser"
    without_sample = in_browser or bool(config.getoption("--evidence", default=None))
    out = []
    for item in items:
        if not (in_browser or is_sample(item)):
            continue
        item.add_marker(pytest.mark.timeout(BROWSER_TIMEOUT_S))
        if item.get_closest_marker(PROGRAM) or (without_sample and is_sample(item)):
            out.append(item)
    if out:
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in out]


def terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how many scenarios no browser has run."""
    if asked_for(config) != "browser":
        return
    folder = config.rootpath / str(config.getini("bdd_features_base_dir"))
    features = [feature_files.read(path) for path in sorted(folder.rglob("*.feature"))]
    everything = [scenario for feature in features for scenario in feature.scenarios]
    left = sum(scenario.runs() for scenario in everything if PROGRAM in scenario.tags)
    total = sum(scenario.runs() for scenario in everything)
    terminalreporter.write_line(
        f"driver browser: {left} of {total} scenarios and rows are about programs (@{PROGRAM}) "
        "and were left out"
    )
