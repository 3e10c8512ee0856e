"""Faults of the connection on real sockets: what is seen, what was done, how long, what is left."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any

import pytest
import requests

from mock_server.adapters.memory_store import MemoryEventStore
from mock_server.app import create_app
from mock_server.faults.catalogue import CARRIED_OUT, KINDS
from mock_server.ports import EventStore
from mock_server.server import embedded
from mock_server.web import breaking
from tests.fakes import FakeNames, FakeTime
from tests.server.wire import Wire, serving
from tests.web.visitor import BEARER, SERVER, TOKEN, Json, Simulator, Visitor, begin, story

pytestmark = pytest.mark.slow

NAMES = sorted(name for name, kind in KINDS.items() if kind.needs_socket)
SOON_S = 1.0
HANG_MS = 200
each_fault = pytest.mark.parametrize("fault", NAMES)
each_point = pytest.mark.parametrize("point", ["before", "after"])
fresh_or_kept = pytest.mark.parametrize("kept_alive", [False, True], ids=["fresh", "kept"])


class Station:
    """One rehearsal behind a real server, and the log of what its faults waited."""

    def __init__(self, port: int, failures: list[str], paused_ms: list[int]) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.failures = failures
        self.paused_ms = paused_ms
        self.name = ""

    def control(self, path: str, body: Json | None = None) -> requests.Response:
        url = f"{self.url}/control/v1/{path}"
        method = "GET" if body is None else "POST"
        return requests.request(method, url, json=body, headers=BEARER, timeout=10)

    def begin(self, **keys: Any) -> None:
        document = story("active", **keys)
        made = self.control("rehearsals", {"document": document, "clock": {"mode": "manual"}})
        assert made.status_code == 201, made.text
        self.name = made.json()["name"]
        assert self.ask("POST", "machine/use", {"machine": SERVER}).status_code == 200

    def arm(self, fault: str, on: str = "backup.start", **keys: Any) -> None:
        told = self.control(
            f"rehearsals/{self.name}/faults", {"id": "x", "fault": fault, "on": on, **keys}
        )
        assert told.status_code == 201, told.text

    def path(self, path: str) -> str:
        return f"/r/{self.name}/api/{path}"

    def ask(
        self, method: str, path: str, body: Json | None = None, by: Any = requests
    ) -> requests.Response:
        url = self.url + self.path(path)
        found: requests.Response = by.request(method, url, json=body, timeout=10)
        return found

    def start_backup(self, wire: Wire) -> None:
        wire.send("POST", self.path("backup/start"), b"{}", Content_Type="application/json")

    def backup_runs(self) -> bool:
        return bool(self.ask("GET", "backup").json()["phase"] == "running")

    def events(self, kind: str) -> list[Json]:
        told = self.control(f"rehearsals/{self.name}/journal?limit=5000").json()["entries"]
        return [entry["event"] for entry in told if entry["event"]["type"] == kind]

    def serves_20_calls(self) -> bool:
        fresh = [self.ask("GET", "backup").status_code for _ in range(10)]
        with requests.Session() as session:
            kept = [self.ask("GET", "backup", by=session).status_code for _ in range(10)]
        return [*fresh, *kept] == [200] * 20


@contextmanager
def a_station(
    pause: Callable[[int], None] | None = None, store: EventStore | None = None, **keys: Any
) -> Iterator[Station]:
    failures: list[str] = []
    paused_ms: list[int] = []
    app = create_app(
        store=store or MemoryEventStore(),
        token=TOKEN,
        names=FakeNames(),
        real=FakeTime(),
        report=failures.append,
        pause=pause or paused_ms.append,
    )
    with serving(app) as server:
        station = Station(server.port, failures, paused_ms)
        station.begin(**keys)
        yield station
        assert failures == []


def heard(fault: str, wire: Wire) -> bytes:
    """Return all bytes that arrive until the connection ends; a reset has an end of its own."""
    if fault != "net.reset":
        return wire.file.read()
    with pytest.raises(ConnectionResetError):
        wire.file.read()
    return b""


def test_the_catalogue_says_what_needs_a_socket():
    assert NAMES == [
        "net.bad-chunk", "net.garbage", "net.half-header", "net.hang", "net.hangup", "net.reset",
    ]  # fmt: skip
    assert CARRIED_OUT.issuperset(NAMES)


def test_the_connection_is_looked_for_where_the_server_puts_it():
    assert breaking.CONNECTION_KEY == embedded.CONNECTION_KEY


@each_fault
@each_point
@fresh_or_kept
def test_the_connection_ends_in_time_the_effect_is_true_and_the_server_goes_on(
    fault, point, kept_alive
):
    with a_station() as station:
        station.arm(fault, **{"with": {"point": point}})
        with Wire(station.port) as wire:
            if kept_alive:
                assert wire.ask("GET", station.path("backup"))[0] == 200
            began_s = time.monotonic()
            station.start_backup(wire)
            said = heard(fault, wire)
            took_s = time.monotonic() - began_s

        assert b"\r\n\r\n{" not in said
        assert took_s < SOON_S
        assert station.backup_runs() is (point == "after")
        assert [one["fault"] for one in station.events("fault-fired")] == [fault]
        assert station.serves_20_calls()


@pytest.mark.parametrize(
    ("fault", "error", "cause"),
    [
        ("net.reset", requests.ConnectionError, "ConnectionResetError"),
        ("net.hangup", requests.ConnectionError, "RemoteDisconnected"),
        ("net.hang", requests.ConnectionError, "RemoteDisconnected"),
        ("net.garbage", requests.ConnectionError, "BadStatusLine"),
        ("net.bad-chunk", requests.exceptions.ChunkedEncodingError, "InvalidChunkLength"),
        ("net.half-header", requests.exceptions.ChunkedEncodingError, "IncompleteRead"),
    ],
)
@fresh_or_kept
def test_a_client_of_python_sees_no_answer(fault, error, cause, kept_alive):
    with a_station() as station, requests.Session() as session:
        if kept_alive:
            assert station.ask("GET", "backup", by=session).status_code == 200
        station.arm(fault)

        with pytest.raises(error, match=cause):
            station.ask("POST", "backup/start", {}, by=session)

        assert station.backup_runs()
        assert station.ask("GET", "backup", by=session).status_code == 200


@pytest.mark.parametrize(
    ("fault", "pattern"),
    [
        ("net.hangup", rb""),
        ("net.hang", rb""),
        ("net.garbage", rb"\x00.*"),
        ("net.bad-chunk", rb"HTTP/1\.1 200 OK\r\n.*chunked\r\n\r\nzz\r\n"),
        ("net.half-header", rb"HTTP/1\.1 200 OK\r\n.*Content-Length: \d+\r\nX-[^\r:]*"),
    ],
)
def test_exactly_the_broken_bytes_leave(fault, pattern):
    with a_station() as station, Wire(station.port) as wire:
        station.arm(fault)
        station.start_backup(wire)

        assert re.fullmatch(pattern, heard(fault, wire), re.DOTALL)


@each_point
def test_a_hang_is_silent_as_long_as_it_says(point):
    def pause(real_ms: int) -> None:
        Event().wait(real_ms / 1000)

    with a_station(pause) as station, Wire(station.port) as wire:
        station.arm("net.hang", **{"with": {"for": f"{HANG_MS}ms", "point": point}})
        began_s = time.monotonic()
        station.start_backup(wire)

        assert wire.file.read() == b""
        assert HANG_MS / 1000 <= time.monotonic() - began_s < HANG_MS / 1000 + SOON_S
        assert station.serves_20_calls()


def test_a_hang_behind_a_slow_answer_takes_five_seconds_in_all():
    with a_station() as station, Wire(station.port) as wire:
        station.arm("net.hang")
        told = {"id": "y", "fault": "http.slow", "on": "backup.start", "with": {"delay": "3s"}}
        assert station.control(f"rehearsals/{station.name}/faults", told).status_code == 201
        station.start_backup(wire)
        wire.file.read()

        assert station.paused_ms == [3000, 2000]


@each_fault
@each_point
def test_a_look_is_broken_as_well_and_once(fault, point):
    with a_station() as station, Wire(station.port) as wire:
        station.arm(fault, on="backup.status", **{"with": {"point": point}})
        wire.send("GET", station.path("backup"))
        heard(fault, wire)

        assert station.ask("GET", "backup").status_code == 200
        assert station.serves_20_calls()


@each_fault
@each_point
def test_a_download_that_broke_leaves_no_evidence_of_bytes(fault, point):
    with a_station() as station:
        assert station.ask("POST", "backup/start", {}).status_code == 200
        advance = f"rehearsals/{station.name}/clock/advance"
        assert station.control(advance, {"by_ms": 3_600_000}).status_code == 200
        station.arm(fault, on="backup.download", **{"with": {"point": point}})
        with Wire(station.port) as wire:
            wire.send("GET", station.path("backup/download"))
            heard(fault, wire)

        assert station.events("backup-downloaded") == []
        assert len(station.ask("GET", "backup/download").content) == 65_536
        assert station.events("backup-downloaded") != []


def test_a_command_that_the_station_refuses_is_answered_and_uses_nothing_up():
    with a_station() as station:
        station.arm("net.hangup", when={"skip": 0, "times": 2})
        with Wire(station.port) as wire:
            station.start_backup(wire)
            assert wire.file.read() == b""
        with Wire(station.port) as wire:
            station.start_backup(wire)  # the first one's backup runs
            assert wire.read()[0] == 409

        assert len(station.events("fault-fired")) == 1


def test_the_log_of_requests_tells_no_status_where_none_left():
    with a_station() as station, Wire(station.port) as wire:
        station.arm("net.hangup")
        station.start_backup(wire)
        wire.file.read()

        told = station.control(f"rehearsals/{station.name}/requests").json()["entries"]
        assert [one["status"] for one in told if one["op"] == "backup.start"] == [0]


def test_a_story_may_begin_with_a_broken_connection():
    planned = [{"fault": "net.reset", "on": "backup.start"}]
    with a_station(faults=planned) as station, Wire(station.port) as wire:
        station.start_backup(wire)
        heard("net.reset", wire)

        assert station.backup_runs()


# --- deliveries beside the one that a request is --------------------------------------------------


@fresh_or_kept
def test_a_late_request_is_met_with_silence_and_obeyed_at_its_own_instant(kept_alive):
    with a_station() as station:
        station.arm("net.late", **{"with": {"by": "90s"}})
        with Wire(station.port) as wire:
            if kept_alive:
                assert wire.ask("GET", station.path("backup"))[0] == 200
            began_s = time.monotonic()
            station.start_backup(wire)
            said = wire.file.read()
            took_s = time.monotonic() - began_s
        not_yet = station.backup_runs()
        (held,) = station.events("request-held")
        advance = f"rehearsals/{station.name}/clock/advance"
        assert station.control(advance, {"by_ms": 100_000}).status_code == 200

        assert (said, not_yet) == (b"", False)
        assert took_s < SOON_S
        assert station.backup_runs()
        assert [one["at_ms"] for one in station.events("backup-started")] == [held["due_ms"]]
        assert station.serves_20_calls()


def test_a_client_of_python_takes_a_late_request_for_one_that_got_no_answer():
    with a_station() as station:
        station.arm("net.late")

        with pytest.raises(requests.ConnectionError, match="RemoteDisconnected"):
            station.ask("POST", "backup/start", {})

        told = station.control(f"rehearsals/{station.name}/requests").json()["entries"]
        assert [one["status"] for one in told if one["op"] == "backup.start"] == [0]


@fresh_or_kept
def test_a_request_that_comes_twice_is_answered_as_the_first_one(kept_alive):
    with a_station() as station, requests.Session() as session:
        if kept_alive:
            assert station.ask("GET", "backup", by=session).status_code == 200
        station.arm("net.twice")

        answer = station.ask("POST", "backup/start", {}, by=session)

        assert (answer.status_code, answer.json()["phase"]) == (200, "running")
        assert len(station.events("backup-started")) == 1
        (refused,) = station.events("command-refused")
        assert (refused["code"], refused["copy"]) == ("backup.busy", True)
        assert station.serves_20_calls()


# --- where there is no socket ---------------------------------------------------------------------


@each_fault
def test_without_a_socket_it_is_not_armed_and_says_what_to_do(fault):
    told = begin("active").control("faults", {"fault": fault, "on": "backup.start"})

    assert told.status_code == 422
    (error,) = told.json["errors"]
    assert error["pointer"] == "/fault"
    assert error["detail"].startswith(f"{fault} breaks the connection")
    assert "cbtsync-mock serve" in error["detail"]
    assert "http.empty" in error["allowed"]
    assert "net.late" in error["allowed"]
    assert fault not in error["allowed"]


@each_fault
@pytest.mark.parametrize(
    ("keys", "pointer"),
    [
        (lambda one: {"faults": [{"fault": "backup.slow"}, one]}, "/document/faults/1/fault"),
        (
            lambda one: {"storm": {"seed": 1, "p": 0.5, "faults": [one]}},
            "/document/storm/faults/0/fault",
        ),
    ],
    ids=["planned", "storm"],
)
def test_without_a_socket_no_story_with_it_begins(fault, keys, pointer):
    document = story("active", **keys({"fault": fault, "on": "backup.start"}))
    simulator = Simulator()

    told = simulator.control("rehearsals", {"document": document})

    assert told.status_code == 422
    (error,) = told.json["errors"]
    assert error["pointer"] == pointer
    assert "cbtsync-mock serve" in error["detail"]
    assert simulator.control("rehearsals").json["rehearsals"] == []


def test_one_that_was_armed_on_a_server_fails_loudly_where_there_is_no_socket():
    store = MemoryEventStore()
    with a_station(store=store) as station:
        station.arm("net.reset")
    simulator = Simulator(store=store)

    answer = Visitor(simulator, station.name).post("backup/start")

    assert answer.status_code == 500
    assert "continue this rehearsal with cbtsync-mock serve" in simulator.failures[0]


def test_what_no_server_can_carry_out_is_refused_with_the_reason_and_what_to_do():
    on = {"fault": "net.refused", "on": "backup.start"}
    with a_station() as station:
        told = station.control(f"rehearsals/{station.name}/faults", on)

        assert told.status_code == 422
        detail = told.json()["errors"][0]["detail"]
        assert "cannot make net.refused happen: no rehearsal has a port of its own" in detail
        assert "net.hangup with point: before" in detail
