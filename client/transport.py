"""The wire: the only module that knows requests and urllib3. Sends once and says what became of it.

No retries, no redirects, no proxies from the environment; both timeouts on every request. Network
errors never leave as exceptions: they become NotSent or Unknown.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

import msgspec
import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import HTTPHeaderDict
from urllib3.exceptions import HTTPError, MaxRetryError, NewConnectionError
from urllib3.response import HTTPResponse

from client.calls import Call
from client.outcome import NotSent, Outcome, Unknown
from client.replies import judge
from client.settings import Bounds
from client.wsgi import WsgiAnswer, WsgiApp, environ_of

PIECE_BYTES = 256 * 1024
HEADS_KEPT_MAX = 200
JSON_BYTES_MAX = 16 * 1024 * 1024
_encode = msgspec.json.Encoder().encode


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """An HTTP answer read whole, whatever it says."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Download(Protocol):
    """An answer whose body is read piece by piece; a broken body ends with ``broken`` set."""

    status: int
    headers: Mapping[str, str]
    broken: str

    def pieces(self) -> Iterator[bytes]: ...

    def close(self) -> None: ...


class Sender(Protocol):
    """What carries requests to one station."""

    sent: int  # requests so far

    def send(self, call: Call) -> Outcome: ...

    def download(self, path: str, headers: Mapping[str, str]) -> Download | NotSent | Unknown: ...


class Http:
    """One session to one server; ``base`` is put before every path."""

    def __init__(
        self,
        base: str,
        *,
        bounds: Bounds,
        lang: str = "id",
        token: str = "",
        app: WsgiApp | None = None,
    ) -> None:
        self.base = base
        self.sent = 0
        self.has_token = bool(token)
        self._timeout = (bounds.connect_timeout_s, bounds.read_timeout_s)
        self._headers = {
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "Accept-Language": lang,
            "User-Agent": "cbtsync-client",
        }
        if token:
            self._headers["Authorization"] = f"Bearer {token}"
        self._heads: dict[tuple[str, str], requests.PreparedRequest] = {}
        self._session = requests.Session()
        self._session.trust_env = False
        adapter: BaseAdapter = HTTPAdapter(max_retries=0) if app is None else _Wsgi(app)
        self._session.mount("http://", adapter)
        self._session.mount("https://", adapter)

    def send(self, call: Call) -> Outcome:
        """Send once; never raises for the network, never retries."""
        answer = self.request(call.method, call.path, call.body)
        if not isinstance(answer, Answer):
            return answer
        headers = answer.headers
        return judge(
            answer.status,
            headers.get("Content-Type", ""),
            headers.get("Retry-After", ""),
            answer.body,
            call.shape,
        )

    def request(self, method: str, path: str, payload: object = None) -> Answer | NotSent | Unknown:
        """Send a JSON request and read the whole answer."""
        reply = self._exchange(method, path, payload, self._headers)
        if not isinstance(reply, requests.Response):
            return reply
        stream, body, size = _Stream(reply), [], 0
        try:
            for piece in stream.pieces():
                body.append(piece)
                size += len(piece)
                if size > JSON_BYTES_MAX:
                    return Unknown(reason=f"an answer of more than {JSON_BYTES_MAX} bytes")
        finally:
            stream.close()
        if stream.broken:
            return Unknown(reason=stream.broken)
        return Answer(status=reply.status_code, headers=reply.headers, body=b"".join(body))

    def download(self, path: str, headers: Mapping[str, str]) -> Download | NotSent | Unknown:
        reply = self._exchange("GET", path, None, {**self._headers, "Accept": "*/*", **headers})
        return _Stream(reply) if isinstance(reply, requests.Response) else reply

    def close(self) -> None:
        self._session.close()

    def _exchange(
        self, method: str, path: str, body: object, headers: Mapping[str, str]
    ) -> requests.Response | NotSent | Unknown:
        self.sent += 1
        try:
            request = self._prepared(method, path, body, headers)
            return self._session.send(
                request, stream=True, timeout=self._timeout, allow_redirects=False
            )
        except requests.RequestException as error:
            return _from_error(error)

    def _prepared(
        self, method: str, path: str, body: object, headers: Mapping[str, str]
    ) -> requests.PreparedRequest:
        """Return the request; its head is made once a path, since polls differ in nothing."""
        made = self._heads.get((method, path)) if headers is self._headers else None
        if made is None:
            made = requests.PreparedRequest()
            kind = {} if body is None else {"Content-Type": "application/json"}
            made.prepare(method=method, url=self.base + path, headers={**headers, **kind})
            if headers is self._headers and len(self._heads) < HEADS_KEPT_MAX:
                self._heads[method, path] = made
        if body is not None:
            made = made.copy()
            made.prepare_body(_encode(body), None)
        return made


class _Stream:
    """A response that is read piece by piece."""

    def __init__(self, reply: requests.Response) -> None:
        self._reply = reply
        self.status = reply.status_code
        self.headers: Mapping[str, str] = reply.headers
        self.broken = ""

    def pieces(self) -> Iterator[bytes]:
        """Yield the body; stops early, with ``broken`` set, when the connection does."""
        try:
            # A backup is stored as it comes: decoding would hide how many bytes that were.
            yield from self._reply.raw.stream(PIECE_BYTES, decode_content=False)
        except (HTTPError, OSError) as error:
            self.broken = _words(error)

    def close(self) -> None:
        self._reply.close()


class _Wsgi(HTTPAdapter):
    """Carries requests into an application in this process."""

    def __init__(self, app: WsgiApp) -> None:
        super().__init__()
        self._app = app

    def send(  # type: ignore[override]  # the arguments that only sockets need are left out
        self, request: requests.PreparedRequest, **_sockets: Any
    ) -> requests.Response:
        body = request.body.encode() if isinstance(request.body, str) else request.body
        environ = environ_of(
            request.method or "GET", request.url or "", request.headers, _whole(body)
        )
        try:
            answer = WsgiAnswer(self._app, environ)
        except ConnectionRefusedError as error:
            raise requests.ConnectTimeout(error, request=request) from error
        except OSError as error:
            raise requests.ConnectionError(error, request=request) from error
        raw = HTTPResponse(
            body=answer,  # type: ignore[arg-type]  # a file in all that urllib3 asks of one
            headers=HTTPHeaderDict(answer.headers),
            status=answer.status,
            reason=answer.phrase,
            preload_content=False,
            request_method=request.method,
            enforce_content_length=True,
        )
        return self.build_response(request, raw)


def _whole(body: object) -> bytes:
    return body if isinstance(body, bytes) else b""


def _from_error(error: requests.RequestException) -> NotSent | Unknown:
    """Tell apart what never left from what may have arrived.

    Only a connection that was never made is sure; requests puts a refused one and a reply cut
    short under the same ConnectionError.
    """
    never = requests.ConnectTimeout | requests.exceptions.InvalidSchema
    if isinstance(error, never):
        return NotSent(reason=_words(error))
    cause = error.args[0] if error.args else None
    if isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError):
        return NotSent(reason=_words(error))
    return Unknown(reason=_words(error))


def _words(error: BaseException) -> str:
    """Return the innermost cause in a few words; the layers above it only repeat it."""
    name = type(error).__name__
    while (inner := error.__cause__ or error.__context__) is not None:
        error = inner
    return f"{name}: {error}"[:200]
