"""Request lines: the quick way understands each as the server itself does."""

import io
import urllib.parse
from types import SimpleNamespace

import pytest
from cheroot.server import HTTPRequest

from mock_server.server.connection import Connection

OURS = Connection.RequestHandlerClass
HEARD = ("method", "uri", "path", "qs", "authority", "scheme", "request_protocol",
         "response_protocol", "started_request", "said")  # fmt: skip


def read(kind: type[HTTPRequest], raw: bytes) -> dict[str, object]:
    """Return what a request of this kind has understood, and how much it has read."""
    server = SimpleNamespace(protocol="HTTP/1.1")
    stream = io.BufferedReader(io.BytesIO(raw))
    request = kind.__new__(kind)
    request.__dict__ |= {
        "server": server, "conn": SimpleNamespace(rfile=stream), "rfile": stream, "scheme": b"http",
        "strict_mode": True, "proxy_mode": False, "started_request": False, "said": "",
    }  # fmt: skip
    request.simple_response = lambda status, *_: setattr(request, "said", str(status))
    sound = request.read_request_line()
    return {"sound": sound, "left": stream.read()} | {
        name: getattr(request, name, None) for name in HEARD
    }


@pytest.mark.parametrize(
    "line",
    [
        b"GET / HTTP/1.1", b"GET /r/n-_1/api/sync HTTP/1.1", b"POST /r/x/api/sync/start HTTP/1.1",
        b"GET /a/../b//c/ HTTP/1.1", b"GET /~a.b HTTP/1.1",
        b"GET //host/path HTTP/1.1", b"GET /a?b=c HTTP/1.1", b"GET /a#b HTTP/1.1",
        b"GET /a%20b HTTP/1.1", b"GET /a%2Fb HTTP/1.1", b"GET /a;b HTTP/1.1", b"GET /a:b HTTP/1.1",
        b"GET http://host/a HTTP/1.1", b"GET a HTTP/1.1", b"GET  HTTP/1.1", b"GET", b"",
        b"GET /a HTTP/1.0", b"GET /a HTTP/2.0", b"GET /a HTTP/1.11", b"GET /a FTP/1.1",
        b"get /a HTTP/1.1", b"HEAD /a HTTP/1.1", b"DELETE /a HTTP/1.1", b"OPTIONS * HTTP/1.1",
        b"GET /a  HTTP/1.1", b"GET /a HTTP/1.1 ", b" GET /a HTTP/1.1", b"GET /\xc3\xa4 HTTP/1.1",
        b"CONNECT host:1 HTTP/1.1", b"\x16\x03\x01",
    ],
)  # fmt: skip
@pytest.mark.parametrize("after", [b"\r\n", b"\r\nHost: x\r\n\r\n", b"\n", b""])
@pytest.mark.parametrize("before", [b"", b"\r\n"])
def test_a_line_is_understood_as_the_server_itself_understands_it(before, line, after):
    raw = before + line + after

    assert read(OURS, raw) == read(HTTPRequest, raw)


def test_a_plain_line_does_not_go_through_a_memory_that_many_rehearsals_exhaust():
    known = urllib.parse.urlsplit.cache_info()
    for number in range(200):
        assert read(OURS, b"GET /r/%d/api/sync HTTP/1.1\r\n" % number)["sound"]

    assert urllib.parse.urlsplit.cache_info() == known
