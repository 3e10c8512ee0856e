"""An application called without a server: what is our own work, and what is Flask's."""

import time
from collections.abc import Callable, Sequence
from statistics import median

from werkzeug.test import Client, EnvironBuilder

from benchmarks.figures import Figure
from benchmarks.host import NULL_PATH, null_app
from benchmarks.scale import Scale
from benchmarks.steering import Document, scenario
from mock_server.adapters.memory_store import MemoryEventStore
from mock_server.app import create_app
from mock_server.server.embedded import WsgiApp

TOKEN = "benchmarks-only"  # noqa: S105 -- of an application that no socket leads to


def own_cost(scale: Scale) -> list[Figure]:
    simulator = create_app(store=MemoryEventStore(), token=TOKEN).wsgi_app
    null, path = null_app().wsgi_app, f"{syncing(simulator)}api/sync"
    rounds = [
        (call_us(null, NULL_PATH, scale.calls), call_us(simulator, path, scale.calls))
        for _ in range(3 * scale.rounds)
    ]
    return [
        Figure(
            name="null-alone",
            what="without a server: null handler",
            value=median(nothing for nothing, _ in rounds),
            unit="us",
        ),
        Figure(
            name="poll-alone",
            what="without a server: poll",
            value=median(poll for _, poll in rounds),
            unit="us",
        ),
        Figure(
            name="own-cost",
            what="own cost: poll less null, without a server",
            value=median(poll - nothing for nothing, poll in rounds),
            unit="us",
            at_most=15,
        ),
    ]


def syncing(app: WsgiApp, faults: Sequence[Document] = ()) -> str:
    """Begin a rehearsal with these faults, let its downloads start, look once; return its path."""
    client = Client(app)
    asked = {
        "document": scenario() | {"faults": list(faults)},
        "clock": {"mode": "running", "speed": 1},
    }
    token = {"Authorization": f"Bearer {TOKEN}"}
    made = client.post("/control/v1/rehearsals", json=asked, headers=token).json
    assert made is not None
    path = str(made["url"])
    desk = client.get(f"{path}api/desk").json
    assert desk is not None
    client.post(f"{path}api/machine/use", json={"machine": desk["machines"][0]["id"]})
    client.post(f"{path}api/sync/start", json={})
    client.get(f"{path}api/sync")
    return path


def call_us(app: WsgiApp, path: str, calls: int) -> float:
    """Return the median time of one call, from environment to the last byte of the body."""
    environ = EnvironBuilder(path=path).get_environ()
    statuses: list[str] = []

    def start_response(status: str, *_: object) -> Callable[[bytes], object]:
        statuses.append(status)
        return bytes

    took = []
    for _ in range(calls):
        own = dict(environ)
        begin_s = time.perf_counter()
        body = b"".join(app(own, start_response))
        took.append(time.perf_counter() - begin_s)
        assert body
    assert set(statuses) == {"200 OK"}, statuses
    return median(took) * 1e6
