"""The whole nominal procedure through the client, beside the bare round trips it is made of."""

import json
import time
from collections.abc import Callable, Iterable
from statistics import median
from typing import Any, NamedTuple

import requests

from benchmarks.figures import Chapter, Figure
from benchmarks.host import TOKEN, hosting
from benchmarks.load import HOST
from benchmarks.scale import Scale
from client.clock import RealTime
from client.control import Control
from client.rehearse import Case, Stage, rehearse
from client.settings import Bounds
from client.simulator import BASE, start
from client.texts import Texts
from client.transport import Http
from client.wsgi import WsgiApp

NORMAL = Case(name="normal", what={"scenario": "normal"})
PIECE_BYTES = 256 * 1024
ADAPTER_MAX_MS = 40


class Asked(NamedTuple):
    """One request of the client, as the application saw it."""

    method: str
    path: str
    content_type: str
    body: bytes


class Recorder:
    """Passes on what is asked of an application, notes it, and adds up how long it takes."""

    def __init__(self, app: WsgiApp) -> None:
        self._app = app
        self.asked: list[Asked] = []
        self.took_s = 0.0

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        body = environ["wsgi.input"].read()
        environ["wsgi.input"].seek(0)
        query = environ["QUERY_STRING"]
        path = environ["PATH_INFO"] + (f"?{query}" if query else "")
        kind = environ.get("CONTENT_TYPE", "")
        self.asked.append(Asked(environ["REQUEST_METHOD"], path, kind, body))
        begin_s = time.perf_counter()
        answer = self._app(environ, start_response)
        self.took_s += time.perf_counter() - begin_s
        return answer


def measured(scale: Scale) -> Chapter:
    app, token = start(None)
    recorder = Recorder(app)
    whole_ms(BASE, token, recorder)
    recorder.asked, recorder.took_s = [], 0.0
    whole_ms(BASE, token, recorder)
    asked, answering_ms = recorder.asked, recorder.took_s * 1000
    adapter = [whole_ms(BASE, token, app) for _ in range(scale.runs)]
    with hosting() as host:
        base = f"http://{HOST}:{host.port}/"
        whole_ms(base, TOKEN, None)
        bare_ms(base, TOKEN, asked)
        pairs = [
            (whole_ms(base, TOKEN, None), bare_ms(base, TOKEN, asked)) for _ in range(scale.runs)
        ]
    return Chapter(
        name="journey",
        title="The whole nominal rehearsal through the client",
        method=(
            "scenario `normal`: begin it, 21 steps under a virtual clock with the backup's "
            "download, and the judgement afterwards; every request counts. Bare round trips: the "
            "same requests sent again, in order, to a fresh rehearsal, by requests, with nothing "
            f"between them; in turn with whole ones, {scale.runs} each; medians. Memory store."
        ),
        figures=_figures(len(asked), answering_ms, adapter, pairs),
    )


def _figures(
    count: int, answering_ms: float, adapter: list[float], pairs: list[tuple[float, float]]
) -> list[Figure]:
    socket_ms, bare = median(whole for whole, _ in pairs), median(bare for _, bare in pairs)
    return [
        Figure(name="journey-requests", what="requests", value=count),
        Figure(
            name="journey-adapter",
            what="in one process, by adapter",
            value=median(adapter),
            unit="ms",
            at_most=ADAPTER_MAX_MS,
        ),
        Figure(
            name="journey-answering",
            what="of it in the simulator (one run, with a recorder in between)",
            value=answering_ms,
            unit="ms",
        ),
        Figure(name="journey-socket", what="over a socket", value=socket_ms, unit="ms"),
        Figure(name="journey-bare", what="its bare round trips", value=bare, unit="ms"),
        Figure(
            name="journey-ratio",
            what="over a socket to its bare round trips",
            value=median(whole / bare for whole, bare in pairs),
            unit="x",
            at_most=1.25,
        ),
    ]


def whole_ms(base: str, token: str, app: WsgiApp | None) -> float:
    """Rehearse once at ``base``. Raises AssertionError if it did not end as it should."""
    bounds, texts = Bounds(), Texts("id")
    stage = Stage(
        server=base,
        token=token,
        app=app,
        scenarios=None,
        out=None,
        seed=None,
        speed=None,
        bounds=bounds,
        texts=texts,
    )
    http = Http(base, bounds=bounds, token=token, app=app)
    try:
        begin_s = time.perf_counter()
        judged = rehearse(NORMAL, stage, Control(http), RealTime(), lambda _case, _notice: None)
        took_s = time.perf_counter() - begin_s
    finally:
        http.close()
    assert judged.case.passed, judged.differs
    return took_s * 1000


def bare_ms(base: str, token: str, asked: list[Asked]) -> float:
    """Send recorded requests to a rehearsal of its own; return the sum of their round trips."""
    old, new = _name(asked), ""
    with requests.Session() as session:
        session.trust_env = False
        took_s = 0.0
        for one in asked:
            headers = {"Accept-Encoding": "identity", "Authorization": f"Bearer {token}"}
            if one.content_type:
                headers["Content-Type"] = one.content_type
            begin_s = time.perf_counter()
            prepared = requests.PreparedRequest()
            prepared.prepare(
                method=one.method,
                url=base.rstrip("/") + one.path.replace(old, new or old),
                headers=headers,
                data=one.body or None,
            )
            response = session.send(prepared, stream=True, timeout=20)
            body = b"".join(response.raw.stream(PIECE_BYTES, decode_content=False))
            response.close()
            took_s += time.perf_counter() - begin_s
            assert response.status_code < 300, (one, response.status_code, body[:300])
            if not new:
                new = str(json.loads(body)["name"])
    return took_s * 1000


def _name(asked: list[Asked]) -> str:
    """Return the name of the rehearsal that the recorded requests were sent to."""
    return next(one.path.split("/")[2] for one in asked if one.path.startswith("/r/"))
