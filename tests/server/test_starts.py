"""How a serving process starts: with no more than it needs, and with its house in order."""

import gc
import subprocess
import sys

import pytest
from click.testing import CliRunner

from mock_server.cli import main

LATER = {  # what the first request that needs it loads
    "babel", "faker", "flask_babel", "gherkin", "playwright", "pytest", "requests", "rich",
    "sqlalchemy", "weasyprint", "client",
}  # fmt: skip

SERVES_AND_LOOKS = """
import gc, os, signal, threading
from mock_server.cli import main

def looks():
    while not gc.get_freeze_count():
        threading.Event().wait(0.01)
    threading.Event().wait(0.05)
    print("collects:", gc.isenabled(), flush=True)
    os.kill(os.getpid(), signal.SIGINT)

threading.Thread(target=looks, daemon=True).start()
main(["serve", "--port", "0", "--db", "memory:"])
"""


def in_a_fresh_interpreter(code: str) -> str:
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=30
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.mark.slow
def test_the_server_loads_nothing_that_only_a_later_request_needs():
    code = "import sys, mock_server.serving; print(*{n.partition('.')[0] for n in sys.modules})"

    assert set(in_a_fresh_interpreter(code).split()) & LATER == set()


@pytest.mark.slow
def test_once_it_serves_garbage_is_collected_again(monkeypatch):
    monkeypatch.setenv("CBTSYNC_TOKEN", "a-token-of-the-tests")

    assert "collects: True" in in_a_fresh_interpreter(SERVES_AND_LOOKS)


def test_a_start_that_failed_leaves_the_collector_as_it_was():
    assert CliRunner().invoke(main, ["serve", "--host", "192.168.0.7"]).exit_code == 2
    assert gc.isenabled()
