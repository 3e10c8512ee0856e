"""From the procedure to the scenarios: nothing that the announcement says goes without one."""

from collections import Counter
from pathlib import Path

import pytest

from tests.bdd import feature_files
from tests.bdd.feature_files import Feature

FEATURES = Path(__file__).parents[2] / "features"
STEPS = tuple(f"langkah-{number:02d}" for number in range(1, 22))
PROHIBITIONS = ("larangan-9", "larangan-21")


@pytest.fixture(scope="module")
def features() -> list[Feature]:
    return [feature_files.read(path) for path in sorted(FEATURES.glob("*.feature"))]


@pytest.fixture(scope="module")
def times(features: list[Feature]) -> Counter[str]:
    """How many scenarios bear each tag, the long journeys left out."""
    return Counter(
        tag
        for feature in features
        for scenario in feature.scenarios
        if "perjalanan" not in scenario.tags
        for tag in set(scenario.tags)
    )


@pytest.mark.parametrize("tag", [*STEPS, "langkah-nb", *PROHIBITIONS])
def test_each_step_the_note_and_each_prohibition_has_a_scenario(
    times: Counter[str], tag: str
) -> None:
    assert times[tag] >= 1


@pytest.mark.parametrize("tag", PROHIBITIONS)
def test_a_prohibition_is_shown_broken_nearly_broken_and_kept(
    features: list[Feature], tag: str
) -> None:
    """K: what it destroys. N: stopping in time is no violation. The client: it says no."""
    texts = [
        step.text
        for feature in features
        for scenario in feature.scenarios
        if tag in scenario.tags
        for step in scenario.steps
    ]

    for part in ('dicatat sebagai "K', 'dicatat sebagai "N', "pengaman klien menolak"):
        assert any(part in text for text in texts), part


def test_one_journey_walks_the_whole_procedure(features: list[Feature]) -> None:
    """All steps but 7, which only a failed patching calls for."""
    (journey,) = (
        scenario
        for feature in features
        for scenario in feature.scenarios
        if "perjalanan" in scenario.tags
    )

    assert set(STEPS) - set(journey.tags) == {"langkah-07"}


def test_chapters_are_numbered_without_a_gap(features: list[Feature]) -> None:
    numbers = [int(feature.path.name[:2]) for feature in features]

    assert numbers == list(range(1, len(numbers) + 1))


def test_every_chapter_opens_with_what_one_can_do_after_it() -> None:
    for path in sorted(FEATURES.glob("*.feature")):
        assert "Setelah bab ini, proktor dapat:" in path.read_text(encoding="utf-8"), path.name


def test_every_rule_says_why_below_its_title() -> None:
    for path in sorted(FEATURES.glob("*.feature")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for at, line in enumerate(lines):
            if line.strip().startswith("Aturan:"):
                assert lines[at + 1] == "", f"{path.name}:{at + 2}"
                assert not lines[at + 2].strip().startswith(("#", "@", "Skenario")), (
                    f"{path.name}:{at + 3}: a sentence that says why"
                )
