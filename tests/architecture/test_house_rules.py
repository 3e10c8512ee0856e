"""The house rules that no linter checks: modules are small, and each says what belongs in it."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted(
    path
    for folder in ("mock_server", "client", "benchmarks")
    for path in ROOT.glob(f"{folder}/**/*.py")
)
MODULE_LINES_MAX = 300
FUNCTION_LINES_MAX = 40

each_module = pytest.mark.parametrize(
    "path", MODULES, ids=[str(path.relative_to(ROOT)) for path in MODULES]
)


def test_the_rules_are_applied_to_something() -> None:
    assert ROOT / "mock_server" / "__init__.py" in MODULES
    assert ROOT / "client" / "__init__.py" in MODULES


@each_module
def test_a_module_opens_by_saying_what_belongs_in_it(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@each_module
def test_a_module_is_read_in_one_sitting(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())

    assert lines <= MODULE_LINES_MAX, f"{lines} lines; divide it by what its parts are about"


@each_module
def test_a_function_fits_on_one_screen(path: Path) -> None:
    too_long = {
        node.name: lines
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := lines_of(node)) > FUNCTION_LINES_MAX
    }

    assert too_long == {}


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """From `def` to the last line, both counted; decorators are the frame, not the picture."""
    assert function.end_lineno is not None
    return function.end_lineno - function.lineno + 1


def test_the_ruler_counts_from_def_to_the_last_line() -> None:
    tree = ast.parse("@decorated\ndef three_lines():\n    a = 1\n    return a\n")

    assert [lines_of(node) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)] == [3]
