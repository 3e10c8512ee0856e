"""docs/faults.md is the catalogue: made from it, complete, and as it is today."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from mock_server import fault_page
from mock_server.cli import main
from mock_server.faults.catalogue import CARRIED_OUT, KINDS
from mock_server.scenario.loader import load_document
from mock_server.scenario.packs import load_pack
from mock_server.scenario.yaml_files import parse_yaml
from tests.web.visitor import story

DOCS = Path(__file__).parents[2] / "docs" / "faults.md"
HOW = "write it anew: python -m mock_server faults list --markdown > docs/faults.md"


def test_the_page_in_the_docs_is_the_one_that_is_made_today():
    made = CliRunner().invoke(main, ["faults", "list", "--markdown"])

    assert made.exit_code == 0
    assert DOCS.read_text(encoding="utf-8") == made.output, HOW


@pytest.mark.parametrize("name", KINDS)
def test_every_fault_has_its_section_in_both_languages(name):
    page = "\n".join(fault_page.lines()[0])

    [section] = [one for one in page.split("\n### ") if one.startswith(f"`{name}`:")]

    for said in ("**Tanda**", "(sign: ", "**Tindakan**", "(act: ", "**Selesai bila**", "effect `"):
        assert said in section
    assert "{" not in section.split("\n- **Tanda**")[1].split("\n## ")[0]  # no field left unfilled


def test_every_line_that_the_page_shows_is_one_that_a_scenario_takes():
    lines = [line[3:-1] for line in fault_page.lines()[0] if line.startswith("`- {")]

    assert len(lines) == len(KINDS)
    for line in lines:
        fault = parse_yaml(f"faults:\n  - {line}".encode(), file="page").data["faults"][0]
        if fault["fault"] not in CARRIED_OUT:
            continue
        load_document(story(faults=[fault]), load_pack)
