"""The process that is measured: the simulator, and beside it an empty Flask handler, on one server.

Started as ``python -m benchmarks.host DATABASE``; prints its port and serves until it is told to
stop. The null handler stands for the least that Flask on this server costs.
"""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, Response

from benchmarks.processes import Process, running
from benchmarks.steering import Steering
from mock_server.adapters.stores import MEMORY, open_store
from mock_server.app import create_app
from mock_server.server.embedded import Server, WsgiApp, serve_until_told

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

NULL_PATH = "/null"
TOKEN = "benchmarks-only"  # noqa: S105 -- a server of our own, for a minute, on this machine only


class Host:
    """A running host."""

    def __init__(self, process: Process, port: int) -> None:
        self.process = process
        self.port = port

    def steering(self) -> Steering:
        return Steering(self.port, TOKEN)


@contextmanager
def hosting(database: Path | None = None) -> Iterator[Host]:
    """Run a host over a database file, or over the memory store."""
    arguments = ["-m", "benchmarks.host", MEMORY if database is None else str(database)]
    with running(arguments) as process:
        yield Host(process, int(process.line()))


def null_app() -> Flask:
    app = Flask("null")

    @app.get(NULL_PATH)
    def null() -> Response:
        return Response(b'{"ok":true}', content_type="application/json")

    return app


def side_by_side(simulator: Flask, null: Flask) -> WsgiApp:
    """Lead each request to one of the two applications, at no cost to either."""
    simulated, empty = simulator.wsgi_app, null.wsgi_app

    def choose(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        chosen = empty if environ["PATH_INFO"] == NULL_PATH else simulated
        return chosen(environ, start_response)

    return choose


def main(database: str) -> None:
    store = open_store(database)
    try:
        server = Server(
            side_by_side(create_app(store=store, cohorts=store.cohorts, token=TOKEN), null_app())
        )
        server.listen()
        print(server.port, flush=True)
        serve_until_told(server)
    finally:
        store.close()


if __name__ == "__main__":
    main(sys.argv[1])
