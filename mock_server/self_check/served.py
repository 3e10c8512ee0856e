"""The embedded server as a stage: the same simulator behind a real socket, on one connection.

The connection is kept alive until a fault or the server ends it; then the next request opens a
fresh one. So the faults of the connection are met on both kinds.
"""

from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, IncompleteRead
from threading import Thread

import msgspec

from mock_server.self_check.observed import Reply
from mock_server.self_check.stage import Json, Wrap, WsgiStage
from mock_server.server.embedded import Server

PATIENCE_S = 20  # real waits of faults are not felt here, so nothing takes long


class ServedStage(WsgiStage):
    """``wrap`` may put something between the server and the application."""

    server = "embedded"
    has_socket = True

    def __init__(self, wrap: Wrap | None = None) -> None:
        super().__init__(wrap)
        self._server = Server(self._app)
        self._server.listen()
        self._thread = Thread(target=self._server.serve, name="self-check", daemon=True)
        self._thread.start()
        self._wire = HTTPConnection("127.0.0.1", self._server.port, timeout=PATIENCE_S)

    def call(self, method: str, path: str, body: Json | None, *, token: str = "") -> Reply:
        reply = self._heard(method, path, body, token)
        if reply.broke:
            self._wire.close()
        self._raise_failure(f"{method} {path}")
        return reply

    def close(self) -> None:
        self._wire.close()
        self._server.stop()
        self._thread.join(PATIENCE_S)
        super().close()

    def _heard(self, method: str, path: str, body: Json | None, token: str) -> Reply:
        asked = f"{method} {path}"
        raw = None if body is None else msgspec.json.encode(body)
        headers = {} if body is None else {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        try:
            self._wire.request(method, path, raw, headers)
            answer = self._wire.getresponse()
        except (HTTPException, OSError) as error:
            return Reply(asked=asked, status=0, broke=type(error).__name__)
        return _read(asked, answer)


def _read(asked: str, answer: HTTPResponse) -> Reply:
    got, broke = b"", ""
    try:
        got = answer.read()
    except IncompleteRead as error:
        got, broke = error.partial, type(error).__name__
    except (HTTPException, OSError) as error:
        broke = type(error).__name__
    finally:
        with suppress(OSError):
            answer.close()
    return Reply(
        asked=asked,
        status=answer.status,
        headers=tuple(answer.getheaders()),
        body=got,
        broke=broke,
    )
