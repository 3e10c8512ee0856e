"""The embedded server as a stage: broken answers are told apart, and a sabotaged one is found."""

from contextlib import closing

import pytest

from mock_server.faults.catalogue import KINDS
from mock_server.self_check.cases import cases
from mock_server.self_check.judging import Row
from mock_server.self_check.proving import Prover
from mock_server.self_check.served import ServedStage
from mock_server.server.embedded import CONNECTION_KEY

pytestmark = pytest.mark.slow


class WithoutSocket:
    """An application that is never told of its connection."""

    def __init__(self, beyond) -> None:
        self._beyond = beyond

    def __call__(self, environ, start_response):
        del environ[CONNECTION_KEY]
        return self._beyond(environ, start_response)


class _Deaf:
    def take_over(self, *, reset: bool = False):
        del reset
        raise RuntimeError("on purpose")


class WithBrokenSocket(WithoutSocket):
    """An application whose connection cannot be taken over."""

    def __call__(self, environ, start_response):
        environ[CONNECTION_KEY] = _Deaf()
        return self._beyond(environ, start_response)


def first_row(fault: str, wrap=None) -> Row:
    with closing(ServedStage(wrap)) as stage:
        return Prover(stage).row(next(cases([KINDS[fault]])))


def test_a_fault_of_the_connection_is_proved_on_a_socket():
    assert first_row("net.reset").holds


def test_a_server_that_says_it_breaks_connections_and_refuses_to_is_found():
    row = first_row("net.reset", WithoutSocket)

    assert not row.holds
    assert "cannot be armed" in row.bites.why


def test_a_failure_of_the_simulator_is_told_with_its_cause():
    row = first_row("net.reset", WithBrokenSocket)

    assert not row.holds
    assert "on purpose" in row.bites.why


def test_how_a_connection_ended_is_part_of_what_was_seen():
    with closing(ServedStage()) as stage:
        whole = stage.call("GET", "/healthz", None)
        stage._server.stop()
        gone = stage.call("GET", "/healthz", None)

    assert (whole.status, whole.broke) == (200, "")
    assert (gone.status, gone.broke != "") == (0, True)
