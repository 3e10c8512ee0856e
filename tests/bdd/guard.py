"""The guard at collection: stops a run whose features and steps do not belong together.

pytest-bdd lets scenarios vanish, coroutines pass and ambiguous steps choose (each shown in
``test_guard.py``). This looks at all features and all definitions, whatever part of them is about
to run, and compares the number of scenarios written with the number collected.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

import pytest
from gherkin.errors import ParserError
from pytest_bdd.scenario import scenario_wrapper_template_registry

from tests.bdd import drivers, feature_files, feature_rules, step_rules
from tests.bdd.feature_files import Feature
from tests.bdd.feature_rules import Finding
from tests.bdd.step_rules import Definition


@pytest.hookimpl(tryfirst=True)  # before -k and -m have taken scenarios away
def pytest_collection_modifyitems(config: pytest.Config, items: Sequence[pytest.Item]) -> None:
    """The hook; a conftest takes it over by its name, or ``-p`` names this module."""
    check(config, items)


def findings(
    folder: Path, definitions: Sequence[Definition], tags: Collection[str]
) -> list[Finding]:
    """Return all that is wrong with the features in ``folder`` and the step definitions."""
    features, found = read_all(folder)
    for feature in features:
        found += feature_rules.broken_rules(feature, tags)
    found += step_rules.broken_rules(definitions)
    found += step_rules.unmatched(features, definitions)
    found += step_rules.programs(features, definitions)
    return found


def read_all(folder: Path) -> tuple[list[Feature], list[Finding]]:
    """Return the features, and a finding for each file that cannot be read as one."""
    features: list[Feature] = []
    found: list[Finding] = []
    for path in sorted(folder.rglob("*.feature")):
        try:
            features.append(feature_files.read(path))
        except ParserError as error:
            found.append(Finding(path, 1, f"not Gherkin in Indonesian: {error}"))
    if not features:
        found.append(Finding(folder, 0, "no features here"))
    return features, found


def vanished(features: Iterable[Feature], collected: Mapping[Path, int]) -> list[Finding]:
    """Return the features of which fewer or more tests were collected than scenarios written."""
    return [
        Finding(
            feature.path,
            1,
            f"{feature.tests()} scenarios and rows are written, {collected.get(feature.path, 0)} "
            "were collected",
        )
        for feature in features
        if feature.tests() != collected.get(feature.path, 0)
    ]


def collected_by_feature(items: Iterable[pytest.Item]) -> Counter[Path]:
    """Count the collected scenarios by the feature file they come from."""
    counts: Counter[Path] = Counter()
    for item in items:
        if drivers.is_sample(item):
            continue  # these run a second time, in a browser
        wrapper = getattr(item, "function", None)
        template = wrapper and scenario_wrapper_template_registry.get(wrapper)
        if template is not None:
            counts[Path(template.feature.filename)] += 1
    return counts


def check(config: pytest.Config, items: Sequence[pytest.Item]) -> None:
    """Raise pytest.UsageError, naming every finding."""
    folder = config.rootpath / str(config.getini("bdd_features_base_dir"))
    marks = {str(line).partition(":")[0].strip() for line in config.getini("markers")}
    found = findings(folder, step_rules.registered(), marks)
    counts = collected_by_feature(items)
    if not _narrowed(config, counts):
        found += vanished(read_all(folder)[0], counts)
    if found:
        listed = "\n".join(f"  {_short(finding, config.rootpath)}" for finding in found)
        raise pytest.UsageError(f"the guard of the features found {len(found)}:\n{listed}")


def _narrowed(config: pytest.Config, counts: Mapping[Path, int]) -> bool:
    """Whether the command line asks for part of the tests, so that scenarios may be absent."""
    single = any("::" in argument for argument in config.args)
    elsewhere = not counts and any(argument.endswith(".py") for argument in config.args)
    return single or elsewhere or bool(config.getoption("lf", default=False))


def _short(finding: Finding, root: Path) -> Finding:
    path = Path(finding.path)
    return finding._replace(path=path.relative_to(root) if path.is_relative_to(root) else path)
