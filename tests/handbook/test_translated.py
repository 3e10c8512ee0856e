"""The whole book has its English: what a build would stop at is found before anybody builds."""

from pathlib import Path

from mock_server.handbook.build import Order, build
from mock_server.handbook.translation import Translator
from tests.bdd.recording import on_screen
from tests.bdd.step_rules import registered
from tests.bdd.steps.catalogue import MODULES


def test_no_sentence_of_features_steps_and_pages_is_without_english(tmp_path: Path) -> None:
    order = Order(
        out=tmp_path / "handbook",
        evidence=tmp_path / "none",
        procedure="unbk-2017",
        languages=("id", "en"),
        draft=False,
        book=True,
    )

    found = build(order, lambda _line: None)

    assert [str(one) for one in found if "not translated" in one.problem] == []
    assert not order.out.exists()  # without evidence nothing is built


def test_no_click_path_of_a_step_is_without_english() -> None:
    translator = Translator("en")
    steps = [one for module in MODULES for one in registered() if one.place[0] == module.__file__]
    for step in steps:
        translator.text(on_screen(step.function), *step.place)

    assert len(steps) > 100
    assert [str(one) for one in translator.findings()] == []
