"""A simulator of its own behind one kind of server, as the proofs drive it.

``WsgiStage`` has no server at all: requests are calls within this process.
"""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from io import BytesIO, StringIO
from itertools import count
from typing import Any, Protocol, TypeAlias
from wsgiref.types import StartResponse, WSGIApplication

import msgspec

from mock_server.adapters.clock import FixedTime
from mock_server.adapters.memory_store import MemoryEventStore
from mock_server.app import create_app
from mock_server.journal import AnyEvent, decode
from mock_server.self_check.observed import Reply

TOKEN = "self-check-of-this-process"  # noqa: S105 -- guards nothing
REAL = "2017-04-01T00:00:00Z"  # real time stands still: it must not show
Json: TypeAlias = dict[str, Any]
Wrap = Callable[[WSGIApplication], WSGIApplication]


class StageError(Exception):
    """The simulator failed, or would not do what every check needs; the message says how."""


class ArmingRefusedError(Exception):
    """A rehearsal with such a fault cannot be begun here; the message is the simulator's."""


class Stage(Protocol):
    """``server`` is its name in the table. Without a socket it breaks no connection."""

    server: str
    has_socket: bool

    def call(self, method: str, path: str, body: Json | None, *, token: str = "") -> Reply:
        """Send one request and return its answer as it came, whole or broken.

        Raises StageError if the simulator reported a failure of its own.
        """

    def events(self, name: str) -> Iterable[AnyEvent]:
        """Return the journal of a rehearsal."""

    def waited_ms(self) -> int:
        """Return how much real time its faults have asked for so far."""

    def close(self) -> None: ...


class WsgiStage:
    """The application itself. ``wrap`` may put something in front of it."""

    server = "wsgi"
    has_socket = False

    def __init__(self, wrap: Wrap | None = None) -> None:
        self._store = MemoryEventStore()
        self._waited_ms = 0
        self._failures: list[str] = []
        app: WSGIApplication = create_app(
            store=self._store,
            token=TOKEN,
            names=_Names(),
            real=FixedTime(REAL),
            pause=self._wait,
            report=self._failures.append,
        )
        self._app = app if wrap is None else wrap(app)

    def call(self, method: str, path: str, body: Json | None, *, token: str = "") -> Reply:
        said: list[tuple[str, list[tuple[str, str]]]] = []

        def start_response(status: str, headers: list[tuple[str, str]], *_: object) -> Any:
            said.append((status, headers))

        environ = _environ(method, path, body, token)
        try:
            pieces = _drained(self._app, environ, start_response)
        except OSError as error:  # what stands for a connection that ended without an answer
            self._raise_failure(f"{method} {path}")
            return Reply(asked=f"{method} {path}", status=0, broke=type(error).__name__)
        self._raise_failure(f"{method} {path}")
        status, headers = said[-1]
        return Reply(
            asked=f"{method} {path}",
            status=int(status.split(" ", 1)[0]),
            headers=tuple(headers),
            body=b"".join(pieces),
            pieces=tuple(len(piece) for piece in pieces),
        )

    def events(self, name: str) -> Iterable[AnyEvent]:
        return [decode(payload).event for payload in self._store.load(name)]

    def waited_ms(self) -> int:
        return self._waited_ms

    def close(self) -> None:
        self._store.close()

    def _raise_failure(self, asked: str) -> None:
        """Raises StageError if the simulator has reported a failure."""
        if self._failures:
            last_line = self._failures[-1].strip().splitlines()[-1]
            self._failures.clear()
            raise StageError(f"{self.server}: {asked}: {last_line}")

    def _wait(self, real_ms: int) -> None:
        self._waited_ms += real_ms


class _Names:
    """Names of one length, so that masking them leaves nothing of them behind."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def new(self) -> str:
        return f"check-{next(self._numbers):06}"


def _drained(app: WSGIApplication, environ: Json, start_response: StartResponse) -> list[bytes]:
    """Return the body in the pieces in which the application gives it."""
    given = app(environ, start_response)
    try:
        return list(given)
    finally:
        close = getattr(given, "close", None)
        if close is not None:
            close()


def _environ(method: str, path: str, body: Json | None, token: str) -> Json:
    raw = b"" if body is None else msgspec.json.encode(body)
    environ: Json = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "CONTENT_LENGTH": str(len(raw)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(raw),
        "wsgi.errors": StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    if body is not None:
        environ["CONTENT_TYPE"] = "application/json"
    if token:
        environ["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return environ


def control(stage: Stage, path: str, body: Json | None = None, *, method: str = "POST") -> Json:
    """Ask the control plane. Raises StageError, or ArmingRefusedError for an answer of 422."""
    whole = f"/control/v1/rehearsals{path}"
    reply = stage.call(method, whole, body, token=TOKEN)
    if reply.status == HTTPStatus.NO_CONTENT:
        return {}
    told: Json = msgspec.json.decode(reply.body) if reply.body else {}
    if reply.status == HTTPStatus.UNPROCESSABLE_ENTITY:
        raise ArmingRefusedError("; ".join(str(one["detail"]) for one in told["errors"]))
    if reply.status >= HTTPStatus.BAD_REQUEST or reply.broke:
        said = told.get("detail", reply.broke)
        raise StageError(f"{stage.server}: {method} {whole} answered {reply.status}: {said}")
    return told
