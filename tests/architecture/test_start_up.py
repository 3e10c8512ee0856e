"""Start-up: the commands answer `--help` without loading what only their work needs."""

import subprocess
import sys

import pytest

# Each costs a tenth of a second or more, or belongs to tests, or to the other party.
HEAVY_FOR_THE_SIMULATOR = {
    "client", "faker", "flask", "flask_babel", "gherkin", "hypothesis", "playwright", "pytest",
    "requests", "schemathesis", "sqlalchemy", "weasyprint",
}  # fmt: skip
HEAVY_FOR_THE_CLIENT = {
    "faker", "flask", "gherkin", "hypothesis", "mock_server", "pytest", "schemathesis",
    "sqlalchemy", "werkzeug", "yaml",
}  # fmt: skip


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        pytest.param("mock_server.cli", HEAVY_FOR_THE_SIMULATOR, id="the simulator"),
        pytest.param("client.cli", HEAVY_FOR_THE_CLIENT, id="the client"),
    ],
)
def test_a_command_starts_without_what_only_its_work_needs(module: str, heavy: set[str]) -> None:
    assert modules_after_importing(module) & heavy == set()


def test_what_is_imported_is_seen() -> None:
    assert "sqlite3" in modules_after_importing("sqlite3")


def modules_after_importing(module: str) -> set[str]:
    """The top-level modules that a fresh interpreter holds after the one import."""
    code = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return set(run.stdout.split())
