"""What axe finds wrong with a page: WCAG 2.2, A and AA, and its best practices.

axe-core's script comes with the package ``axe-playwright-python`` (MIT; the script MPL-2.0). It is
a tool of the tests and is not shipped.
"""

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OPTIONS = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": TAGS}}

# Loaded, and no style sheet still on its way: a page without its style has smaller buttons.
DRESSED = """() => document.readyState === "complete"
  && [...document.querySelectorAll("link[rel=stylesheet]")].every(one => one.sheet)"""


@cache
def _script() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def violations(page: "Page") -> list[str]:
    """Return one line a node that breaks a rule: the rule, the node, why."""
    found = _found(page)
    return [_line(rule, node) for rule in found["violations"] for node in rule["nodes"]]


def _found(page: "Page") -> dict[str, Any]:
    """Ask axe; once more if the page has just loaded itself again, as a page that waits does."""
    from playwright.sync_api import Error  # only who opens a browser pays for it

    asked = f"{_script()}; axe.run(document, {json.dumps(OPTIONS)})"
    page.wait_for_function(DRESSED)
    try:
        return dict(page.evaluate(asked))
    except Error as error:
        if "context was destroyed" not in str(error):
            raise
        page.wait_for_function(DRESSED)
        return dict(page.evaluate(asked))


def _line(rule: dict[str, Any], node: dict[str, Any]) -> str:
    why = " ".join(node["failureSummary"].split())
    return f"{rule['id']}: {node['html'][:160]} – {why[:300]}"
