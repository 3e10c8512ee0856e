"""The house rules that no linter checks: modules are small, and each says what belongs in it."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODULES = sorted(
    path
    for folder in ("mock_server", "client", "benchmarks")
    for path in ROOT.glob(f"{folder}/**/*.py")
)
MODULE_LINES_MAX = 300
FUNCTION_LINES_MAX = 40


@cache
def parsed() -> dict[str, tuple[ast.Module, int]]:
    """Every module by its path from the top, with the number of its lines. Read once."""
    texts = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in MODULES}
    return {name: (ast.parse(text), len(text.splitlines())) for name, text in texts.items()}


def test_the_rules_are_applied_to_something() -> None:
    assert ROOT / "mock_server" / "__init__.py" in MODULES
    assert ROOT / "client" / "__init__.py" in MODULES


def test_every_module_opens_by_saying_what_belongs_in_it() -> None:
    silent = [name for name, (tree, _) in parsed().items() if not ast.get_docstring(tree)]

    assert silent == []


def test_every_module_is_read_in_one_sitting() -> None:
    too_long = {name: lines for name, (_, lines) in parsed().items() if lines > MODULE_LINES_MAX}

    assert too_long == {}, "divide it by what its parts are about"


def test_every_function_fits_on_one_screen() -> None:
    too_long = {
        f"{name}: {node.name}": lines
        for name, (tree, _) in parsed().items()
        for node in ast.walk(tree)
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
