"""The load generator: raw kept-alive sockets in one thread, so that it costs little and sees order.

Each connection has one request under way at a time. It runs in another process than the server
that it measures, talks to this machine only, and ends by count or by time.
"""

import re
import selectors
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

HOST = "127.0.0.1"
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_SILENCE_MAX_S = 15.0
_FOREVER_S = 3600.0


class BrokenLoadError(Exception):
    """The server hung up, fell silent, or answered with something that is no HTTP."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with what is needed to judge it: who asked, for what, and when (seconds)."""

    connection: int
    number: int  # of this connection's requests, from 0
    sent_s: float
    received_s: float
    status: int
    body: bytes


@dataclass(kw_only=True)
class Tally:
    """What one volley saw. Latencies are in milliseconds, in no order."""

    latencies_ms: list[float] = field(default_factory=list)
    failed: int = 0
    seconds: float = 0.0

    @property
    def per_s(self) -> float:
        return len(self.latencies_ms) / self.seconds if self.seconds else 0.0

    def quantile_ms(self, share: float) -> float:
        ordered = sorted(self.latencies_ms)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


Judge = Callable[[Reply], bool]
Sending = Callable[[int, int], None]


def is_ok(reply: Reply) -> bool:
    return reply.status == 200


def request(method: str, path: str, body: bytes | None = None) -> bytes:
    """Return the bytes of a request as a plain program would send it."""
    head = f"{method} {path} HTTP/1.1\r\nHost: {HOST}\r\nAccept: application/json\r\n"
    if body is None:
        return f"{head}\r\n".encode()
    kind = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return (head + kind).encode() + body


class _Line:
    """One connection: what it asks in turn, and the answer that is coming in."""

    def __init__(self, number: int, port: int, asks: Sequence[bytes], due_s: float) -> None:
        self.number = number
        self.asks = asks
        self.sent = 0
        self.sent_s = 0.0
        self.due_s = due_s
        self.waiting = False
        self._got = b""
        self.socket = socket.create_connection((HOST, port), timeout=_SILENCE_MAX_S)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, counted_from_s: float) -> None:
        self.sent_s = counted_from_s
        self.waiting = True
        self.socket.sendall(self.asks[self.sent % len(self.asks)])
        self.sent += 1

    def receive(self) -> Reply | None:
        """Take what has come; return the answer once it is whole."""
        piece = self.socket.recv(262_144)
        if not piece:
            raise BrokenLoadError(f"the server hung up on connection {self.number}")
        got = self._got = self._got + piece if self._got else piece
        head_end = got.find(b"\r\n\r\n")
        if head_end < 0:
            return None
        length = _LENGTH.search(got, 0, head_end)
        if length is None:
            raise BrokenLoadError(f"an answer without a length: {got[:200]!r}")
        if len(got) < head_end + 4 + int(length[1]):
            return None
        self._got, self.waiting = b"", False
        now_s = time.perf_counter()
        body = got[head_end + 4 :]
        return Reply(self.number, self.sent - 1, self.sent_s, now_s, int(got[9:12]), body)


def volley(
    port: int,
    asks: Sequence[Sequence[bytes]],
    *,
    seconds: float | None = None,
    each: int | None = None,
    judge: Judge = is_ok,
    sending: Sending | None = None,
    every_s: float | None = None,
) -> Tally:
    """Send from as many connections as there are ``asks``, for ``seconds`` or ``each`` so often.

    A connection repeats its own asks in turn, at once when the answer is there, or paced by
    ``every_s``; then a latency counts from when the request was due, so that a slow server cannot
    make its own waiting time disappear. ``sending`` hears of each request (connection, number)
    before it leaves, ``judge`` says of each answer whether it is right. Raises BrokenLoadError.
    """
    begin_s = time.perf_counter()
    gap_s = 0.0 if every_s is None else every_s / len(asks)
    lines = [_Line(n, port, one, begin_s + n * gap_s) for n, one in enumerate(asks)]
    end_s = begin_s + (_FOREVER_S if seconds is None else seconds)
    try:
        return _Volley(lines, end_s, each, judge, sending, every_s).run()
    finally:
        for line in lines:
            line.socket.close()


@dataclass
class _Volley:
    lines: list[_Line]
    end_s: float
    each: int | None
    judge: Judge
    sending: Sending | None
    every_s: float | None
    tally: Tally = field(default_factory=Tally)

    def run(self) -> Tally:
        begin_s = time.perf_counter()
        with selectors.DefaultSelector() as selector:
            for line in self.lines:
                selector.register(line.socket, selectors.EVENT_READ, line)
                if self.every_s is None:
                    self._send(line, time.perf_counter())
            while self._goes_on(now_s := time.perf_counter()):
                self._send_due(now_s)
                for key, _ in selector.select(self._patience_s(now_s)):
                    self._receive(key.data)
                self._check_silence(now_s)
        self.tally.seconds = time.perf_counter() - begin_s
        return self.tally

    def _goes_on(self, now_s: float) -> bool:
        return any(line.waiting or self._may_send(line, now_s) for line in self.lines)

    def _may_send(self, line: _Line, now_s: float) -> bool:
        return now_s < self.end_s and (self.each is None or line.sent < self.each)

    def _send(self, line: _Line, from_s: float) -> None:
        if self.sending is not None:
            self.sending(line.number, line.sent)
        line.send(from_s)

    def _send_due(self, now_s: float) -> None:
        if self.every_s is None:
            return
        for line in self.lines:
            if not line.waiting and line.due_s <= now_s and self._may_send(line, now_s):
                self._send(line, line.due_s)
                line.due_s += self.every_s

    def _receive(self, line: _Line) -> None:
        reply = line.receive()
        if reply is None:
            return
        self.tally.latencies_ms.append((reply.received_s - reply.sent_s) * 1000)
        self.tally.failed += not self.judge(reply)
        if self.every_s is None and self._may_send(line, reply.received_s):
            self._send(line, time.perf_counter())

    def _patience_s(self, now_s: float) -> float:
        """Return how long to wait for an answer: until the next request is due."""
        if self.every_s is None:
            return _SILENCE_MAX_S
        due_s = min((line.due_s for line in self.lines if not line.waiting), default=now_s + 1)
        return max(0.0, due_s - now_s)

    def _check_silence(self, now_s: float) -> None:
        for line in self.lines:
            if line.waiting and now_s - line.sent_s > _SILENCE_MAX_S:
                raise BrokenLoadError(
                    f"connection {line.number} has had no answer for {_SILENCE_MAX_S:g} s"
                )
