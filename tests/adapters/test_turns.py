"""The lock that serves in the order of asking."""

import functools
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Timer, get_ident

import pytest

from mock_server.adapters.turns import Turns


def test_one_at_a_time() -> None:
    turns = Turns()
    inside: list[int] = []
    most = 0

    def visit(n: int) -> None:
        nonlocal most
        for _ in range(50):
            with turns:
                inside.append(n)
                most = max(most, len(inside))
                inside.remove(n)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(visit, range(8)))

    assert most == 1


def test_who_asked_first_is_served_first() -> None:
    turns = Turns()
    served: list[int] = []

    def visit(n: int) -> None:
        with turns:
            served.append(n)

    with ThreadPoolExecutor(5) as threads, turns:
        for n in range(5):
            threads.submit(visit, n)
            wait_for(turns, waiting=n + 1)

    assert served == [0, 1, 2, 3, 4]


def wait_for(turns: Turns, waiting: int) -> None:
    deadline = time.monotonic() + 10
    while turns.waiting != waiting:
        assert time.monotonic() < deadline
        time.sleep(0.001)


@pytest.mark.skipif(not hasattr(signal, "pthread_kill"), reason="cannot interrupt a wait here")
def test_who_gives_up_waiting_holds_nobody_else_up() -> None:
    """As Ctrl-C does, which strikes the main thread: here a timer in the place of the person."""
    turns = Turns()
    turns.__enter__()
    press_ctrl_c = functools.partial(signal.pthread_kill, get_ident(), signal.SIGINT)
    Timer(0.05, press_ctrl_c).start()

    with pytest.raises(KeyboardInterrupt), turns:
        pytest.fail("it was not our turn")
    turns.__exit__()

    assert turns.waiting == 0
    with turns:
        pass


def test_an_error_inside_gives_the_turn_back() -> None:
    turns = Turns()
    with pytest.raises(ValueError, match="inside"), turns:
        raise ValueError("inside")

    with turns:
        pass
