"""Many first requests at one instant: nothing is worked out by two threads at once.

A process of its own, since what is worked out once stays so, and a failure ends the process.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from mock_server.web.priming import models

ROOT = Path(__file__).parents[2]
HAMMER = """
import sys, threading
from werkzeug.test import Client
from mock_server.adapters.memory_store import MemoryEventStore
from mock_server.app import create_app

app = create_app(store=MemoryEventStore(), token="a-token-of-the-tests")
own = {"Origin": "http://localhost"}
sys.setswitchinterval(1e-6)
together = threading.Barrier(16)

def visit(number):
    http = Client(app)
    together.wait()
    page = http.post("/", data={"scenario": "normal"}, headers=own).headers["Location"]
    asks = [("get", page), ("get", page + "api/desk"), ("get", "/batas"), ("get", "/")]
    for how, where in asks[number % 4 :] + asks[: number % 4]:
        assert getattr(http, how)(where).status_code == 200, where
    assert http.post(page + "api/machine/use", json={"machine": "laptop"}).status_code == 200
    done.append(number)

done = []
threads = [threading.Thread(target=visit, args=(number,)) for number in range(16)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
assert len(done) == 16, done
"""
CONVERT = """
import sys, threading
import msgspec
from mock_server.scenario.yaml_files import YamlDocument
from mock_server.scenario.yaml_models import to_model

def shape(n):
    text = msgspec.defstruct(f"Text{n}", [("id", str), ("en", str)], frozen=True)
    row = msgspec.defstruct(f"Row{n}", [(f"f{i}", text | None, None) for i in range(20)])
    return msgspec.defstruct(f"File{n}", [("rows", tuple[row, ...]), ("more", dict[str, row], {})])

document = YamlDocument(file="", data={}, lines={})
data = {"rows": [{f"f{i}": {"id": "a", "en": "b"} for i in range(20)}]}
sys.setswitchinterval(1e-6)
for n in range(200):
    model, together = shape(n), threading.Barrier(8)

    def read():
        together.wait()
        to_model(document, model, data)

    threads = [threading.Thread(target=read) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
"""


@pytest.mark.slow
@pytest.mark.parametrize("program", [HAMMER, CONVERT], ids=["pages", "texts"])
def test_many_first_requests_at_one_instant_are_all_answered(program: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (run.returncode, run.stderr) == (0, "")


def test_every_shape_of_a_request_is_made_ready() -> None:
    named = {model.__name__ for model in models()}

    assert {"DeleteStart", "ReportSubmit", "CreateRehearsal", "SyncHalts", "HttpStatus"} <= named
