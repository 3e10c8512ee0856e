"""The simulator that tests run against: one in a thread of this process, or an external one."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Thread
from typing import Any

from mock_server.adapters.memory_store import MemoryEventStore
from mock_server.adapters.names import SecretNames
from mock_server.app import create_app
from mock_server.pytest_plugin.control import CbtsyncError, Control
from mock_server.pytest_plugin.rehearsal import Rehearsal
from mock_server.server.embedded import Server

URL_VARIABLE, TOKEN_VARIABLE = "CBTSYNC_URL", "CBTSYNC_TOKEN"
STOP_S = 15


class Simulator:
    """A running simulator. ``url`` is its start page; ``token`` opens its control plane."""

    def __init__(
        self, url: str, token: str, defects: list[str], *, is_external: bool = False
    ) -> None:
        self.token = token
        self.control = Control(url, token)
        self.url = self.control.url
        self._defects = defects
        self._is_external = is_external

    def begin(self, asked: Mapping[str, Any], label: str = "") -> Rehearsal:
        """Begin a rehearsal; ``asked`` is the body of POST /control/v1/rehearsals, and ``faults``.

        Raises CbtsyncError, for example for a scenario that does not exist.
        """
        body = {key: value for key, value in asked.items() if key != "faults"}
        told = self.control.ask("POST", "rehearsals", {**body, "label": label[:60]})
        rehearsal = Rehearsal(
            self.control, told, document=body.get("document"), is_external=self._is_external
        )
        for fault in asked.get("faults", ()):
            rehearsal.arm(**fault)
        return rehearsal

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Raise what went wrong inside the simulator meanwhile, as the test's own failure."""
        before = len(self._defects)
        yield
        if len(self._defects) > before:
            told = "\n".join(self._defects[before:])
            raise CbtsyncError(f"a defect of the simulator, not of the test:\n{told}")


@contextmanager
def simulator(environ: Mapping[str, str] = os.environ) -> Iterator[Simulator]:
    """Raises CbtsyncError if an external simulator is named without its token."""
    url = environ.get(URL_VARIABLE, "")
    if url:
        token = environ.get(TOKEN_VARIABLE, "")
        if not token:
            raise CbtsyncError(
                f"{URL_VARIABLE} names {url}, but {TOKEN_VARIABLE} is not set. The simulator says "
                "at its start where its token is kept."
            )
        yield Simulator(url, token, [], is_external=True)
        return
    with _embedded() as running:
        yield running


@contextmanager
def _embedded() -> Iterator[Simulator]:
    defects: list[str] = []
    token = SecretNames().new()
    app = create_app(store=MemoryEventStore(), token=token, report=defects.append)
    server = Server(app)
    server.listen()
    thread = Thread(target=server.serve, name="cbtsync-simulator", daemon=True)
    thread.start()
    try:
        yield Simulator(f"http://127.0.0.1:{server.port}/", token, defects)
    finally:
        server.stop()
        thread.join(STOP_S)
