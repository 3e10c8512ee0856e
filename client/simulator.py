"""A simulator of one's own, in this process, for ``rehearse`` without ``--server``.

The client knows no code of the simulator. It finds one by the entry point ``wsgi`` in the group
``cbtsync.simulator``, which names a factory of the kind described by ``RehearsalWsgi``.
"""

from importlib.metadata import entry_points
from pathlib import Path
from typing import Protocol, cast

from client.problems import UsageProblem
from client.texts import Reason
from client.wsgi import WsgiApp

GROUP, NAME = "cbtsync.simulator", "wsgi"
BASE = "http://simulator.invalid/"  # never leaves this process
CALLED = "Simulator"  # what people are told instead, in both languages


class RehearsalWsgi(Protocol):
    """Makes a simulator that keeps nothing after this process.

    ``scenarios_dir`` is a folder of scenario files, or None for the shipped ones. Returned are a
    WSGI application that serves ``/r/`` and ``/control/v1/``, and the token of its control plane.
    An OSError that the application raises stands for a broken connection, ConnectionRefusedError
    for one that was never made.
    """

    def __call__(self, scenarios_dir: str | None) -> tuple[WsgiApp, str]: ...


def start(scenarios: Path | None) -> tuple[WsgiApp, str]:
    """Return an application and its control token. Raises UsageProblem if there is no simulator."""
    found = list(entry_points(group=GROUP, name=NAME))
    if not found:
        raise UsageProblem(Reason.of("usage.no_simulator"))
    try:
        factory = cast("RehearsalWsgi", found[0].load())
    except (ImportError, AttributeError) as error:
        raise UsageProblem(Reason.of("usage.simulator_broken", error=str(error))) from error
    return factory(None if scenarios is None else str(scenarios))
