"""The addresses a person types or pastes, and the first word with what answers there."""

import re
from urllib.parse import urlsplit

from client.calls import DESK
from client.clock import Clock
from client.outcome import NotSent, Obeyed, Unknown
from client.problems import UsageProblem
from client.replies import judge
from client.texts import Reason
from client.transport import Answer, Http

REHEARSAL = re.compile(r"^(?P<base>.*?/r/[^/]+)(?:/.*)?$")
NOT_FOUND = 404


def base_url(url: str) -> str:
    """Return the base URL of a rehearsal, ending in /, from what was pasted.

    The address of any of its pages will do. Raises UsageProblem if it is no address.
    """
    scheme, host, path = _parts(url)
    found = REHEARSAL.match(path)
    path = found["base"] if found else path.rstrip("/").removesuffix("/api")
    return f"{scheme}://{host}{path.rstrip('/')}/"


def server_url(url: str) -> str:
    """Return the base URL of a simulator, ending in /. Raises UsageProblem if it is no address."""
    scheme, host, path = _parts(url)
    return f"{scheme}://{host}{path.rstrip('/')}/"


def _parts(url: str) -> tuple[str, str, str]:
    try:
        parts = urlsplit(url.strip())
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
        _ = parts.port  # raises if it is no number
    except ValueError:
        usable = False
    if not usable or any(char.isspace() or not char.isprintable() for char in url.strip()):
        raise UsageProblem(Reason.of("usage.url", url=url))
    return parts.scheme, parts.netloc, parts.path


def greet(http: Http, url: str, clock: Clock, tries_max: int) -> None:
    """Make sure that a station answers at ``url``. Raises UsageProblem that says what is wrong."""
    answer: Answer | NotSent | Unknown = NotSent(reason="-")
    for tries in range(1, tries_max + 1):
        answer = http.request(DESK.method, DESK.path)
        if isinstance(answer, Answer) and answer.status < 500:
            break
        if tries < tries_max:
            clock.pause(0, 0, tries)
    if not isinstance(answer, Answer):
        why = answer.reason
        raise UsageProblem(Reason.of("usage.unreachable", url=url, why=why))
    content_type = answer.headers.get("Content-Type", "")
    outcome = judge(answer.status, content_type, "", answer.body, DESK.shape)
    if isinstance(outcome, Obeyed):
        return
    if answer.status == NOT_FOUND and b'"error.not_found"' in answer.body:
        raise UsageProblem(Reason.of("usage.no_rehearsal", url=url))
    why = outcome.reason if isinstance(outcome, Unknown) else f"status {answer.status}"
    raise UsageProblem(Reason.of("usage.not_cbtsync", url=url, why=why))
