"""The load generator against a real socket: what it sends, counts and refuses."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from benchmarks.load import BrokenLoadError, Reply, request, volley

pytestmark = pytest.mark.slow

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@contextmanager
def answering(*pieces: bytes) -> Iterator[int]:
    """A server that answers every request with the same pieces, each in a packet of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_accept, args=(listening, pieces), daemon=True).start()
        yield listening.getsockname()[1]


def _accept(listening: socket.socket, pieces: tuple[bytes, ...]) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=_answer, args=(connection, pieces), daemon=True).start()


def _answer(connection: socket.socket, pieces: tuple[bytes, ...]) -> None:
    with connection:
        while connection.recv(65536):
            for piece in pieces:
                connection.sendall(piece)
            if not pieces:
                return


def test_each_connection_sends_its_share_and_repeats_its_own_requests_in_turn() -> None:
    seen: list[tuple[int, int]] = []
    asks = [[request("GET", "/a"), request("GET", "/b")], [request("GET", "/c")]]

    with answering(OK) as port:
        tally = volley(
            port, asks, each=3, sending=lambda connection, number: seen.append((connection, number))
        )

    assert (len(tally.latencies_ms), tally.failed) == (6, 0)
    assert sorted(seen) == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]


def test_an_answer_in_several_packets_is_read_whole() -> None:
    bodies: list[bytes] = []

    def judge(reply: Reply) -> bool:
        bodies.append(reply.body)
        return True

    with answering(OK[:20], OK[20:-1], OK[-1:]) as port:
        volley(port, [[request("GET", "/")]], each=2, judge=judge)

    assert bodies == [b"ok", b"ok"]


def test_an_answer_that_is_not_ok_is_counted_as_failed() -> None:
    with answering(OK.replace(b"200 OK", b"500 No")) as port:
        tally = volley(port, [[request("GET", "/")]], each=2)

    assert tally.failed == 2


def test_a_paced_connection_sends_no_more_than_its_pace() -> None:
    with answering(OK) as port:
        tally = volley(port, [[request("GET", "/")]], seconds=0.3, every_s=0.1)

    assert 2 <= len(tally.latencies_ms) <= 4


def test_a_server_that_hangs_up_breaks_the_volley() -> None:
    with answering() as port, pytest.raises(BrokenLoadError, match="hung up"):
        volley(port, [[request("GET", "/")]], each=1)


def test_a_post_says_how_long_its_body_is() -> None:
    assert request("POST", "/x", b"{}").endswith(b"Content-Length: 2\r\n\r\n{}")
