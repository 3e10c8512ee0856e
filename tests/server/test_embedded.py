"""The embedded server on real sockets: keep-alive, bad bytes, slow people, taken connections."""

import json
import socket
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from mock_server.server.embedded import (
    CONNECTION_KEY,
    SOCKET_KEY,
    THREADS,
    UNREAD_BYTES_MAX,
    PortTakenError,
    Server,
)
from tests.server.wire import Wire, serving
from tests.web.visitor import Simulator

pytestmark = pytest.mark.slow


def hello(environ, start_response):
    body = environ["wsgi.input"].read(10) if environ["PATH_INFO"] == "/reads" else b"hello"
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]


def test_one_connection_serves_many_requests():
    with serving(hello) as server, Wire(server.port) as wire:
        answers = [wire.ask("GET", "/")[2] for _ in range(50)]

    assert answers == [b"hello"] * 50


def test_head_and_body_leave_in_one_packet():
    with serving(hello) as server, Wire(server.port) as wire:
        wire.send("GET", "/")
        packet = wire.sock.recv(65_536)

    assert packet.startswith(b"HTTP/1.1 200 OK\r\n")
    assert packet.endswith(b"\r\n\r\nhello")


def test_requests_that_come_at_once_are_answered_in_order():
    with serving(hello) as server, Wire(server.port) as wire:
        wire.sock.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 5)
        answers = [wire.read()[0] for _ in range(5)]

    assert answers == [200] * 5


def test_an_old_client_that_wants_no_more_is_let_go():
    with serving(hello) as server, Wire(server.port) as wire:
        wire.sock.sendall(b"GET / HTTP/1.0\r\nHost: x\r\n\r\n")
        wire.read()
        assert wire.is_closed()


def test_a_silent_connection_holds_no_thread():
    with serving(hello) as server:
        silent = [Wire(server.port) for _ in range(THREADS * 3)]
        with Wire(server.port) as wire:
            assert wire.ask("GET", "/")[2] == b"hello"
        size = server.requests.size
        for one in silent:
            one.__exit__()

    assert size == THREADS


def test_threads_that_wait_are_joined_by_others():
    gate = threading.Event()

    def waits(environ, start_response):
        if environ["PATH_INFO"] == "/waits":
            gate.wait(10)
        return hello(environ, start_response)

    with serving(waits) as server:
        held = [Wire(server.port) for _ in range(THREADS * 2)]
        for one in held:
            one.send("GET", "/waits")
        with Wire(server.port) as wire:
            assert wire.ask("GET", "/")[2] == b"hello"
        gate.set()
        assert [one.read()[2] for one in held] == [b"hello"] * len(held)
        for one in held:
            one.__exit__()


def test_a_body_that_nobody_reads_is_not_taken_for_the_next_request():
    with serving(hello) as server, Wire(server.port) as wire:
        wire.ask("POST", "/", b"GET /evil HTTP/1.1\r\nHost: x\r\n\r\n")
        assert wire.ask("GET", "/")[0] == 200


def test_a_large_body_that_nobody_reads_is_answered_and_the_connection_closed():
    with serving(hello) as server, Wire(server.port) as wire:
        status, headers, _ = wire.ask("POST", "/", b"a" * 2_000_000)

        assert (status, headers["connection"]) == (200, "close")
        assert wire.is_closed()


def test_a_body_without_an_end_is_cut_off():
    with serving(hello) as server, Wire(server.port) as wire:
        wire.send("POST", "/", Content_Length=str(10**12))
        try:
            for _ in range(2 * UNREAD_BYTES_MAX // 65_536):
                wire.sock.sendall(b"a" * 65_536)
        except OSError:
            pass  # cut off while sending, as it should be
        with Wire(server.port) as other:
            assert other.ask("GET", "/")[0] == 200


@pytest.mark.parametrize("length", ["-1", "-99999"])
def test_a_length_below_zero_reads_nothing(length):
    with serving(hello) as server, Wire(server.port) as wire:
        assert wire.ask("POST", "/reads", Content_Length=length)[2] == b""


def test_chunks_are_read():
    with serving(hello) as server, Wire(server.port) as wire:
        raw = b"POST /reads HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        wire.sock.sendall(raw + b"3\r\nabc\r\n0\r\n\r\n")
        assert wire.read()[2] == b"abc"


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"rubbish\r\n\r\n", 400),
        (b"GET / HTTP/9.9\r\n\r\n", 505),
        (b"get / HTTP/1.1\r\n\r\n", 400),
        (b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * 40_000 + b"\r\n\r\n", 413),
        (b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
        (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", 400),
    ],
)
def test_what_is_no_http_is_refused_and_the_next_client_served(raw, status):
    with serving(hello) as server:
        with Wire(server.port) as wire:
            wire.sock.sendall(raw)
            assert wire.read()[0] == status
        with Wire(server.port) as wire:
            assert wire.ask("GET", "/")[0] == 200


def test_a_promise_that_is_not_kept_ends_the_connection_at_once():
    def short(_environ, start_response):
        start_response("200 OK", [("Content-Length", "100")])
        return [b"half"]

    with serving(short) as server, Wire(server.port) as wire:
        wire.send("GET", "/")
        raw = wire.file.read()

    assert raw.endswith(b"\r\n\r\nhalf")


def test_a_failing_application_takes_no_thread_with_it(capsys):
    def fails(environ, start_response):
        if environ["PATH_INFO"] == "/fails":
            raise RuntimeError("on purpose")
        return hello(environ, start_response)

    with serving(fails) as server:
        for _ in range(THREADS * 3):
            with Wire(server.port) as wire:
                assert wire.ask("GET", "/fails")[0] == 500
        with Wire(server.port) as wire:
            assert wire.ask("GET", "/")[0] == 200
    assert "on purpose" in capsys.readouterr().err


def test_a_stream_that_fails_half_way_ends_the_connection(capsys):
    def fails(_environ, start_response):
        start_response("200 OK", [("Content-Length", "10")])
        yield b"half"
        raise RuntimeError("on purpose")

    with serving(fails) as server:
        with Wire(server.port) as wire:
            wire.send("GET", "/")
            assert wire.file.read().endswith(b"half")
        with Wire(server.port) as wire:
            wire.send("GET", "/")
            assert wire.file.read().endswith(b"half")
    capsys.readouterr()


def test_a_client_that_goes_away_closes_the_stream():
    closed = threading.Event()

    def endless(_environ, start_response):
        start_response("200 OK", [("Content-Length", str(10**9))])
        try:
            while True:
                yield b"a" * 65_536
        finally:
            closed.set()

    with serving(endless) as server:
        with Wire(server.port) as wire:
            wire.send("GET", "/")
            wire.sock.recv(100_000)
        assert closed.wait(5)


# --- the raw connection, for faults of the wire ---------------------------------------------------


def taking(reset: bool, say: bytes = b""):
    def app(environ, start_response):
        if environ["PATH_INFO"] != "/taken":
            return hello(environ, start_response)
        raw = environ[CONNECTION_KEY].take_over(reset=reset)
        assert raw is environ[SOCKET_KEY]
        if say:
            raw.sendall(say)
        start_response("200 OK", [("Content-Length", "5")])
        return [b"never"]

    return app


@pytest.mark.parametrize("kept_alive", [False, True])
def test_a_taken_connection_can_be_reset(kept_alive):
    with serving(taking(reset=True)) as server:
        with Wire(server.port) as wire:
            if kept_alive:
                wire.ask("GET", "/")
            wire.send("GET", "/taken")
            with pytest.raises(ConnectionResetError):
                wire.file.read()
        for _ in range(20):
            with Wire(server.port) as wire:
                assert wire.ask("GET", "/")[0] == 200


@pytest.mark.parametrize("kept_alive", [False, True])
def test_a_taken_connection_can_end_without_a_word_or_with_any(kept_alive):
    with serving(taking(reset=False, say=b"garbage\r\n")) as server:
        with Wire(server.port) as wire:
            if kept_alive:
                wire.ask("GET", "/")
            wire.send("GET", "/taken")
            assert wire.file.read() == b"garbage\r\n"
        for _ in range(20):
            with Wire(server.port) as wire:
                assert wire.ask("GET", "/")[0] == 200


# --- port and stop --------------------------------------------------------------------------------


def test_a_taken_port_is_named_with_what_to_do():
    with serving(hello) as server:
        with pytest.raises(PortTakenError) as told:
            Server(hello, port=server.port).listen()

        assert str(server.port) in str(told.value)
        assert f"--port {server.port + 1}" in str(told.value)


def test_an_address_that_is_not_ours_is_named():
    with pytest.raises(PortTakenError, match=r"192\.0\.2\.1"):
        Server(hello, host="192.0.2.1").listen()


def test_a_running_request_is_finished_before_the_server_stops():
    entered, gate = threading.Event(), threading.Event()

    def waits(environ, start_response):
        entered.set()
        gate.wait(10)
        return hello(environ, start_response)

    server = Server(waits)
    server.listen()
    serve = threading.Thread(target=server.serve)
    serve.start()
    with Wire(server.port) as wire:
        wire.send("GET", "/")
        assert entered.wait(5)
        stop = threading.Thread(target=server.stop)
        stop.start()
        while server.ready:
            threading.Event().wait(0.01)
        gate.set()
        status, headers, body = wire.read()
    stop.join(10)
    serve.join(10)

    assert (status, body, headers["connection"]) == (200, b"hello", "close")
    assert not stop.is_alive()
    with pytest.raises(OSError, match=r".*"):
        socket.create_connection(("127.0.0.1", server.port), 1)


# --- the simulator behind it ----------------------------------------------------------------------


def test_sixteen_clients_that_poll_at_once_each_get_their_own_state_every_time():
    simulator = Simulator()
    schools = [simulator.begin("active") for _ in range(16)]
    for number, school in enumerate(schools):
        school.sit_down("laptop" if number % 2 else "srv-ujian-01")

    def polls(number: int) -> list[bool]:
        own = "laptop" if number % 2 else "srv-ujian-01"
        with Wire(server.port) as wire:
            answers = [wire.ask("GET", f"/r/{schools[number].name}/api/backup") for _ in range(250)]
        return [status == 200 and json.loads(body)["machine"] == own for status, _, body in answers]

    with serving(simulator.app) as server, ThreadPoolExecutor(16) as pool:
        right = list(pool.map(polls, range(16)))

    assert [sum(one) for one in right] == [250] * 16
    assert simulator.failures == []


def test_of_fifty_equal_commands_at_once_one_is_obeyed_and_the_others_refused():
    simulator = Simulator()
    visitor = simulator.begin("active").sit_down()
    body = b"{}"

    def presses(_number: int) -> tuple[int, str]:
        with Wire(server.port) as wire:
            status, _, raw = wire.ask(
                "POST",
                f"/r/{visitor.name}/api/backup/start",
                body,
                Content_Type="application/json",
            )
        return status, json.loads(raw).get("refused", {}).get("code", "")

    with serving(simulator.app) as server, ThreadPoolExecutor(16) as pool:
        answers = sorted(pool.map(presses, range(50)))

    assert answers == [(200, "")] + [(409, "backup.busy")] * 49
    assert len(visitor.events("backup-started")) == 1


def test_a_download_over_the_wire_is_whole_and_a_broken_one_counts_as_far_as_it_went():
    simulator = Simulator()
    visitor = simulator.begin("active", backup_size="8MiB").sit_down()
    visitor.post("backup/start")
    visitor.wait(200_000)
    path = f"/r/{visitor.name}/api/backup/download"

    with serving(simulator.app) as server:
        with Wire(server.port) as wire:
            wire.send("GET", path)
            wire.sock.recv(1_000)
        for _ in range(100):
            if visitor.events("backup-downloaded"):
                break
            threading.Event().wait(0.02)
        with Wire(server.port) as wire:
            body = wire.ask("GET", path)[2]

    broken, whole = visitor.events("backup-downloaded")
    assert 0 < broken["stop"] < 8 * 1024 * 1024
    assert (broken["whole"], whole["whole"]) == (False, True)
    assert len(body) == whole["stop"] == 8 * 1024 * 1024
