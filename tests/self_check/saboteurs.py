"""Simulators with something wrong on purpose, each put in front of the real one.

A fault that they spoil stays what it is; only what reaches the simulator, or leaves it, differs.
"""

from collections.abc import Iterable
from io import BytesIO
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import msgspec

CREATE = "/control/v1/rehearsals"
Json = dict[str, Any]


class Saboteur:
    """Passes everything on as it came; ``faulty`` are the rehearsals begun with faults."""

    def __init__(self, beyond: WSGIApplication) -> None:
        self.beyond = beyond
        self.faulty: set[str] = set()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] != CREATE:
            return self.passed_on(environ, start_response)
        asked = msgspec.json.decode(environ["wsgi.input"].read())
        had_faults = bool(asked["document"]["faults"])
        self.before_creation(asked["document"])
        raw = msgspec.json.encode(asked)
        sent = {**environ, "wsgi.input": BytesIO(raw), "CONTENT_LENGTH": str(len(raw))}
        body = b"".join(self.beyond(sent, start_response))
        name = msgspec.json.decode(body).get("name", "")
        if name and had_faults:
            self.faulty.add(name)
            self.after_creation(name)
        return [body]

    def before_creation(self, document: Json) -> None:
        """Change what a rehearsal is begun from."""

    def after_creation(self, name: str) -> None:
        """Do something to a rehearsal with faults."""

    def passed_on(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return self.beyond(environ, start_response)

    def is_faulty(self, environ: WSGIEnvironment) -> bool:
        return any(f"/{name}/" in environ["PATH_INFO"] for name in self.faulty)


class Betraying(Saboteur):
    """Tells by a header that faults are armed, whether they strike or not."""

    def passed_on(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def told(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            if self.is_faulty(environ):
                headers = [*headers, ("X-Fault", "armed")]
            return start_response(status, headers, *more)

        return self.beyond(environ, told)


class Meddling(Saboteur):
    """Asks for a reopening in every rehearsal with faults: no screen of the courses shows it."""

    def after_creation(self, name: str) -> None:
        server_id = self.ask("GET", f"/r/{name}/api/portal/ids")["servers"][0]["server_id"]
        self.ask("POST", f"/r/{name}/api/portal/reopen", {"server_id": server_id})

    def ask(self, method: str, path: str, body: Json | None = None) -> Json:
        raw = msgspec.json.encode(body or {})
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(raw),
            "CONTENT_LENGTH": str(len(raw) if method == "POST" else 0),
            "CONTENT_TYPE": "application/json",
        }
        return msgspec.json.decode(b"".join(self.beyond(environ, lambda *_: lambda _: None)))


OTHER = {"none": "applied", "applied": "none"}


class Turncoat(Saboteur):
    """Obeys where the fault says that nothing was done, and the other way round."""

    def before_creation(self, document: Json) -> None:
        for fault in document["faults"]:
            if "effect" in fault:
                fault["effect"] = OTHER[fault["effect"]]


class Stubborn(Saboteur):
    """Says that a fault is disarmed and leaves it armed."""

    def passed_on(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "DELETE":
            start_response("204 NO CONTENT", [])
            return []
        return self.beyond(environ, start_response)


class Toothless(Stubborn):
    """Takes every fault and arms none; so there is none to disarm."""

    def before_creation(self, document: Json) -> None:
        document["faults"] = [one for one in document["faults"] if one["id"] != "f1"]


class Impatient(Saboteur):
    """Lets a fault strike at once that was to be held back."""

    def before_creation(self, document: Json) -> None:
        for fault in document["faults"]:
            fault.pop("when", None)


class Boastful(Saboteur):
    """Takes faults that it cannot carry out, and carries out none."""

    def before_creation(self, document: Json) -> None:
        document["faults"] = []


class Stuck(Saboteur):
    """Its clock does not move where a fault is armed."""

    def passed_on(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"].endswith("/clock/advance") and self.is_faulty(environ):
            start_response("503 SERVICE UNAVAILABLE", [])
            return [b'{"detail": "the clock is stuck"}']
        return self.beyond(environ, start_response)
