"""How a serving process ends: stopped while it answers, or killed while many ask."""

import json
import signal
import socket
import subprocess
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from tests.server.processes import TOKEN, port_of, process
from tests.server.wire import Wire

pytestmark = pytest.mark.slow

BEARER = {"Authorization": f"Bearer {TOKEN}"}
MACHINES = ("laptop", "srv-ujian-01")


def ask(wire: Wire, method: str, path: str, body: dict | None = None, **headers: str) -> Any:
    """Return the JSON of an answer that is a yes."""
    raw = b"" if body is None else json.dumps(body).encode()
    status, _, answer = wire.ask(method, path, raw, Content_Type="application/json", **headers)
    assert status in (200, 201), (path, status, answer)
    return json.loads(answer)


def begin(wire: Wire) -> str:
    asked = {"scenario": "normal", "clock": {"mode": "frozen"}}
    return str(ask(wire, "POST", "/control/v1/rehearsals", asked, **BEARER)["name"])


def soon(what: Any) -> bool:
    """Ask again and again whether something has come true: a minute on a machine that is busy."""
    return any(what() or Event().wait(0.01) for _ in range(6_000))


# --- told to stop ---------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_request_that_is_being_answered_is_finished_before_the_process_ends(tmp_path, number):
    with process(tmp_path, "--db", "memory:", CBTSYNC_TOKEN=TOKEN) as (server, said):
        port = port_of(said)
        with Wire(port) as wire, Wire(port) as other:
            name = begin(other)
            ask(other, "POST", f"/r/{name}/api/machine/use", {"machine": "laptop"})
            slow = {"fault": "http.slow", "on": "patch.status", "with": {"delay": "1s"}}
            faults = f"/control/v1/rehearsals/{name}/faults"
            ask(other, "POST", faults, slow, **BEARER)
            wire.send("GET", f"/r/{name}/api/patch")
            assert soon(lambda: ask(other, "GET", faults, **BEARER)["faults"][0]["hits"] == 1)
            server.send_signal(number)
            status, headers, body = wire.read()
        _, errors = server.communicate(timeout=20)

    assert (status, headers["connection"]) == (200, "close")
    assert json.loads(body)["machine"] == "laptop"
    assert (server.returncode, errors) == (0, "")
    with pytest.raises(OSError, match=r".*"):
        socket.create_connection(("127.0.0.1", port), 1)


def test_connections_that_are_kept_alive_do_not_keep_the_process(tmp_path):
    with process(tmp_path, "--db", "memory:", CBTSYNC_TOKEN=TOKEN) as (server, said):
        kept = [Wire(port_of(said)) for _ in range(20)]
        for wire in kept:
            ask(wire, "GET", "/healthz")
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=5)
        for wire in kept:
            wire.__exit__()

    assert server.returncode == 0


# --- killed ---------------------------------------------------------------------------------------


def sits_down(port: int, name: str, obeyed: Counter[str]) -> None:
    """Change from one machine to the other until the server is gone; each change is an event."""
    try:
        with Wire(port) as wire:
            here = ask(wire, "GET", f"/r/{name}/api/desk")["machine"]
            while True:
                here = MACHINES[here == MACHINES[0]]
                ask(wire, "POST", f"/r/{name}/api/machine/use", {"machine": here})
                obeyed[name] += 1
    except (OSError, ValueError):
        return  # cut off: this one was not acknowledged


def under_load(server: subprocess.Popen, port: int, names: list[str], enough: int) -> Counter[str]:
    """Let each rehearsal be changed from a thread of its own, and kill the server in the midst."""
    obeyed: Counter[str] = Counter()
    with ThreadPoolExecutor(len(names)) as pool:
        for name in names:
            pool.submit(sits_down, port, name, obeyed)
        reached = soon(lambda: obeyed.total() >= enough)
        server.kill()
    assert reached
    server.communicate()
    return obeyed


def journal(wire: Wire, name: str) -> list[Any]:
    path = f"/control/v1/rehearsals/{name}/journal.jsonl"
    status, _, body = wire.ask("GET", path, **BEARER)
    assert status == 200
    return [json.loads(line) for line in body.splitlines()]


def test_a_server_that_is_killed_under_load_loses_nothing_that_it_acknowledged(tmp_path: Path):
    names: list[str] = []
    obeyed: Counter[str] = Counter()
    for enough in (40, 150):
        with process(tmp_path, CBTSYNC_TOKEN=TOKEN) as (server, said):
            with Wire(port_of(said)) as wire:
                names += [begin(wire) for _ in range(4 - len(names))]
            obeyed += under_load(server, port_of(said), names, enough)

    with process(tmp_path, CBTSYNC_TOKEN=TOKEN) as (_, said), Wire(port_of(said)) as wire:
        for name in names:
            entries = journal(wire, name)
            changes = [one["event"]["machine"] for one in entries if one["op"] == "machine.use"]

            assert [one["seq"] for one in entries] == list(range(1, len(entries) + 1))
            assert obeyed[name] <= len(changes) <= obeyed[name] + 2  # one in flight at each kill
            assert all(now != then for now, then in pairwise(changes))
            assert ask(wire, "GET", f"/r/{name}/api/desk")["machine"] == changes[-1]
