"""The control plane of a simulator, as far as a rehearsal needs it. Never used on a real server.

It makes rehearsals, moves their clocks, and says afterwards what was true. What it refuses is the
caller's problem, and is told with the words of the plane.
"""

from typing import Any, TypeVar

import msgspec

from client import simulator
from client.outcome import NotSent, Unknown
from client.problems import UsageProblem
from client.texts import Reason
from client.transport import Answer, Http

PREFIX = "control/v1/"
TRIES_MAX = 3
UNAUTHORISED = 401
BAD_SCENARIO = frozenset({413, 422})  # too large; wrong in itself


class ExpectedTruth(msgspec.Struct, frozen=True, kw_only=True):
    """None: not checked."""

    datasets_complete: int | None = None
    participants: int | None = None
    tests_visible: bool | None = None


class Expect(msgspec.Struct, frozen=True, kw_only=True):
    ending: str
    truth: ExpectedTruth = ExpectedTruth()
    violations: tuple[str, ...] = ()
    within_ms: int | None = None


class ClockTold(msgspec.Struct, frozen=True, kw_only=True):
    now_ms: int


class Rehearsal(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    url: str
    scenario: str
    procedure: str
    seed: int
    clock: ClockTold
    expect: Expect | None = None


class Truth(msgspec.Struct, frozen=True, kw_only=True):
    datasets_complete: int
    participants: int
    tests_visible: bool
    ready: bool


class _State(msgspec.Struct, frozen=True, kw_only=True):
    truth: Truth


class _Assessment(msgspec.Struct, frozen=True, kw_only=True):
    violations: tuple[str, ...]


class _Heard(msgspec.Struct, frozen=True, kw_only=True):
    dropped: int
    entries: tuple[msgspec.Raw, ...]


class _Fault(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    hits: int


class _Faults(msgspec.Struct, frozen=True, kw_only=True):
    faults: tuple[_Fault, ...]


class _Listed(msgspec.Struct, frozen=True, kw_only=True):
    id: str


class _Broken(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    problem: str


class Scenarios(msgspec.Struct, frozen=True, kw_only=True):
    scenarios: tuple[_Listed, ...]
    broken: tuple[_Broken, ...] = ()


class _ProblemError(msgspec.Struct, frozen=True, kw_only=True):
    pointer: str = ""
    detail: str = ""
    allowed: str = ""


class _Problem(msgspec.Struct, frozen=True, kw_only=True):
    detail: str = ""
    errors: tuple[_ProblemError, ...] = ()


Shape = TypeVar("Shape")


class Control:
    """The control plane of the simulator at ``http.base``; raises UsageProblem if it refuses."""

    def __init__(self, http: Http) -> None:
        self._http = http

    @property
    def server(self) -> str:
        """What people know the simulator by: its address, if it has one."""
        base = self._http.base
        return simulator.CALLED if base == simulator.BASE else base.rstrip("/")

    def scenarios(self) -> Scenarios:
        return self._get("scenarios", Scenarios)

    def create(
        self, what: dict[str, Any], *, seed: int | None, clock: dict[str, Any], label: str
    ) -> Rehearsal:
        """Make a rehearsal of ``what``: ``{"scenario": id}`` or ``{"document": {...}}``."""
        asked = {**what, "clock": clock, "label": label}
        if seed is not None:
            asked["seed"] = seed
        answer = self._send("POST", "rehearsals", asked)
        if answer.status in BAD_SCENARIO:
            document = what.get("document", {})
            name = what.get("scenario") or document.get("id", "-")
            why = Reason.of("usage.scenario_refused", name=str(name), why=_fields(answer))
            raise UsageProblem(why)
        return self._decoded("rehearsals", self._accepted("POST rehearsals", answer), Rehearsal)

    def advance_to(self, name: str, to_ms: int) -> bool:
        """Move the clock of a rehearsal; False if nobody answered. Asking twice is harmless."""
        path = f"{PREFIX}rehearsals/{name}/clock/advance"
        answer = self._http.request("POST", path, {"to_ms": to_ms})
        if not isinstance(answer, Answer):
            return False
        if answer.status == 409:  # it stands there or later already, or it may not be moved
            return self._get(f"rehearsals/{name}/clock", ClockTold).now_ms >= to_ms
        return answer.status == 200

    def truth(self, name: str) -> Truth:
        return self._get(f"rehearsals/{name}/state?view=truth", _State).truth

    def violations(self, name: str) -> tuple[str, ...]:
        return self._get(f"rehearsals/{name}/assessment", _Assessment).violations

    def faults_fired(self, name: str) -> tuple[str, ...]:
        faults = self._get(f"rehearsals/{name}/faults", _Faults).faults
        return tuple(fault.id for fault in faults if fault.hits > 0)

    def requests_heard(self, name: str) -> int:
        heard = self._get(f"rehearsals/{name}/requests", _Heard)
        return heard.dropped + len(heard.entries)

    def journal(self, name: str) -> bytes:
        """Return the simulator's journal, one event a line."""
        return self._exchange("GET", f"rehearsals/{name}/journal.jsonl", None).body

    def _get(self, path: str, shape: type[Shape]) -> Shape:
        return self._decoded(path, self._exchange("GET", path, None), shape)

    def _post(self, path: str, body: dict[str, Any], shape: type[Shape]) -> Shape:
        return self._decoded(path, self._exchange("POST", path, body), shape)

    def _exchange(self, method: str, path: str, body: dict[str, Any] | None) -> Answer:
        return self._accepted(f"{method} {path}", self._send(method, path, body))

    def _accepted(self, what: str, answer: Answer) -> Answer:
        if 200 <= answer.status < 300:
            return answer
        raise UsageProblem(self._refusal(what, answer))

    def _send(self, method: str, path: str, body: dict[str, Any] | None) -> Answer:
        """Send, and again only what was surely not heard or only looks."""
        answer: Answer | NotSent | Unknown = NotSent(reason="-")
        for _ in range(TRIES_MAX):
            answer = self._http.request(method, PREFIX + path, body)
            if isinstance(answer, Answer) or (isinstance(answer, Unknown) and method == "POST"):
                break
        if not isinstance(answer, Answer):
            why = answer.reason
            raise UsageProblem(Reason.of("usage.unreachable", url=self.server, why=why))
        return answer

    def _refusal(self, what: str, answer: Answer) -> Reason:
        if answer.headers.get("Content-Type", "").partition(";")[0] != "application/problem+json":
            why = f"status {answer.status}"
            return Reason.of("usage.not_simulator", server=self.server, why=why)
        if answer.status == UNAUTHORISED and self._http.has_token:
            return Reason.of("usage.wrong_token", server=self.server)
        if answer.status == UNAUTHORISED:
            return Reason.of("usage.no_token", server=self.server)
        return Reason.of("usage.control", server=self.server, what=what, why=_words(answer))

    def _decoded(self, path: str, answer: Answer, shape: type[Shape]) -> Shape:
        try:
            return msgspec.json.decode(answer.body, type=shape)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            why = f"{path}: {error}"
            reason = Reason.of("usage.not_simulator", server=self.server, why=why)
            raise UsageProblem(reason) from error


def _words(answer: Answer) -> str:
    """Return what a problem document says: its detail, and each field with what is allowed."""
    problem = _problem(answer)
    if problem is None:
        return f"status {answer.status}"
    fields = [_field(one) for one in problem.errors if one.detail or one.allowed]
    return "; ".join((problem.detail, *fields)) or f"status {answer.status}"


def _fields(answer: Answer) -> str:
    """Return what is wrong with a scenario, field by field; else all that the problem says."""
    problem = _problem(answer)
    told = [_field(one) for one in problem.errors] if problem is not None else []
    return "; ".join(told) or _words(answer)


def _problem(answer: Answer) -> _Problem | None:
    try:
        return msgspec.json.decode(answer.body, type=_Problem)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _field(one: _ProblemError) -> str:
    said = f"{one.pointer or '/'}: {one.detail}"
    return f"{said} ({one.allowed})" if one.allowed else said
