"""The control plane from the outside: one request, one answer, errors that say what to do."""

import json
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit

TIMEOUT_S = 30


class CbtsyncError(Exception):
    """The simulator could not do what the test asked; the message says why and what is allowed."""


class Control:
    """Speaks to ``/control/v1`` of one simulator. ``url`` is the simulator's own address."""

    def __init__(self, url: str, token: str) -> None:
        parts = urlsplit(url)
        if parts.scheme != "http" or not parts.hostname:
            raise CbtsyncError(f"{url!r} is no address of a simulator, as http://localhost:8080/")
        self.url = f"http://{parts.netloc}/"
        self._address = (parts.hostname, parts.port or 80)
        self._token = token

    def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Return the answer's JSON, or None where it has none. Raises CbtsyncError."""
        answer = self.text(method, path, body)
        return json.loads(answer) if answer else None

    def text(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> str:
        connection = HTTPConnection(*self._address, timeout=TIMEOUT_S)
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        try:
            data = None if body is None else json.dumps(body)
            connection.request(method, f"/control/v1/{path}", data, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        except (OSError, HTTPException) as error:
            raise CbtsyncError(
                f"the simulator at {self.url} does not answer ({error}). Is it running?"
            ) from None
        finally:
            connection.close()
        if answer.status >= 400:
            raise CbtsyncError(_problem(answer.status, text))
        return text


def _problem(status: int, text: str) -> str:
    """Put a problem document (RFC 9457) into words."""
    try:
        problem = json.loads(text)
        errors = problem.get("errors", [])
    except (ValueError, AttributeError):
        return f"the simulator answered {status}: {text[:200]}"
    lines = [f"{problem.get('title', status)}: {problem.get('detail', '')}".rstrip(": ")]
    lines += [
        f"  {one.get('pointer') or '/'}: {one.get('detail', '')}; allowed: {one.get('allowed', '')}"
        for one in errors
    ]
    return "\n".join(lines)
