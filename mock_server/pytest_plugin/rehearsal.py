"""One rehearsal in the hands of a test: its address, clock, faults, journal and verdicts."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from types import TracebackType
from typing import Any, Self, TypeAlias

from mock_server.domain.quantities import parse_duration_ms
from mock_server.pytest_plugin.control import CbtsyncError, Control

Duration: TypeAlias = str | float | timedelta
Json: TypeAlias = dict[str, Any]
MARK_KEYS = frozenset({"scenario", "document", "seed", "clock", "faults"})


def asked(mark: Any | None) -> Json:
    """Return what a ``cbtsync`` mark asks for. Raises CbtsyncError for a keyword it does not know.

    ``clock`` is "manual" (moves when told), "frozen", or a speed for a clock that runs.
    """
    given = dict(mark.kwargs) if mark is not None else {}
    if mark is not None and mark.args:
        raise CbtsyncError("pytest.mark.cbtsync takes keywords only, as scenario='partial-sync'")
    if unknown := given.keys() - MARK_KEYS:
        allowed = ", ".join(sorted(MARK_KEYS))
        raise CbtsyncError(f"pytest.mark.cbtsync: {sorted(unknown)} not known; allowed: {allowed}")
    if "document" not in given:
        given.setdefault("scenario", "normal")
    given["clock"] = _clock(given.get("clock", "manual"))
    return {key: value for key, value in given.items() if value is not None}


def _clock(asked_for: object) -> Json:
    if isinstance(asked_for, int) and not isinstance(asked_for, bool):
        return {"mode": "running", "speed": asked_for}
    if asked_for in ("manual", "frozen"):
        return {"mode": asked_for}
    raise CbtsyncError(f"clock={asked_for!r}: 'manual', 'frozen' or a whole speed is allowed")


def duration_ms(length: Duration) -> int:
    """Return milliseconds of "90s", "10m", seconds as a number, or a timedelta."""
    if isinstance(length, str):
        return parse_duration_ms(length)
    if isinstance(length, timedelta):
        return round(length.total_seconds() * 1000)
    return round(length * 1000)


class Clock:
    """The rehearsal's virtual clock. It goes forward only."""

    def __init__(self, control: Control, path: str) -> None:
        self._control = control
        self._path = f"{path}/clock"

    @property
    def now(self) -> str:
        """The virtual instant: ISO 8601, WIB."""
        return str(self._control.ask("GET", self._path)["now"])

    def advance(self, length: Duration) -> str:
        """Let time pass; what falls due on the way happens at its own instant. Returns now."""
        by_ms = duration_ms(length)
        return str(self._control.ask("POST", f"{self._path}/advance", {"by_ms": by_ms})["now"])

    def freeze(self) -> None:
        self._control.ask("POST", f"{self._path}/freeze", {})

    def manual(self) -> None:
        self._control.ask("POST", f"{self._path}/manual", {})

    def run(self, speed: int = 1) -> None:
        self._control.ask("POST", f"{self._path}/run", {"speed": speed})


class ArmedFault:
    """An armed fault. As a context manager it is disarmed at the end of the block."""

    def __init__(self, control: Control, path: str, fault_id: str) -> None:
        self.id = fault_id
        self._control = control
        self._path = f"{path}/faults"

    @property
    def hits(self) -> int:
        """How often it has struck."""
        return int(self.explain()["hits"])

    def explain(self) -> Json:
        """Return why it has not struck, or that it has."""
        return dict(self._control.ask("GET", f"{self._path}/{self.id}/explain"))

    def disarm(self) -> None:
        """Disarm it; disarming twice is once."""
        if self.explain()["armed"]:
            self._control.ask("DELETE", f"{self._path}/{self.id}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.disarm()


class Rehearsal:
    """``url`` is all that a client under test needs; the rest is the test's own view.

    ``document`` is its scenario where that is no shipped one; ``armed`` are the faults that the
    test has armed, also those that it disarmed again.
    """

    def __init__(
        self,
        control: Control,
        told: Mapping[str, Any],
        *,
        document: Mapping[str, Any] | None = None,
        is_external: bool = False,
    ) -> None:
        self.control = control
        self.document = document
        self.is_external = is_external
        self.armed: list[Json] = []
        self.name = str(told["name"])
        self.scenario = str(told["scenario"])
        self.seed = int(told["seed"])
        self.url = f"{control.url.rstrip('/')}{told['url']}"
        self._path = f"rehearsals/{self.name}"
        self.clock = Clock(control, self._path)

    def arm(
        self,
        fault: str,
        *,
        on: str | None = None,
        with_: Mapping[str, Any] | None = None,
        when: Mapping[str, Any] | None = None,
        effect: str | None = None,
    ) -> ArmedFault:
        """Arm a fault of the catalogue, as a scenario file would. Raises CbtsyncError."""
        body = {"fault": fault, "on": on, "with": dict(with_ or {}), "when": dict(when or {})}
        told = self.control.ask("POST", f"{self._path}/faults", {**body, "effect": effect})
        self.armed.append({**body, "effect": effect})
        return ArmedFault(self.control, self._path, str(told["id"]))

    @property
    def faults(self) -> list[Json]:
        return list(self.control.ask("GET", f"{self._path}/faults")["faults"])

    @property
    def journal(self) -> list[Json]:
        """All entries so far; an entry's ``event`` has ``type``, ``at_ms`` and its own fields."""
        text = self.control.text("GET", f"{self._path}/journal.jsonl")
        return [json.loads(line) for line in text.splitlines()]

    def events(self, *types: str) -> list[Json]:
        """Return the journal's events, all or those of the named types."""
        events = [entry["event"] for entry in self.journal]
        return [event for event in events if not types or event["type"] in types]

    @property
    def requests(self) -> list[Json]:
        """What was heard, oldest first; old ones are forgotten one day."""
        return list(self.control.ask("GET", f"{self._path}/requests")["entries"])

    @property
    def truth(self) -> Json:
        return dict(self.control.ask("GET", f"{self._path}/state?view=truth")["truth"])

    @property
    def assessment(self) -> Json:
        """What the rubric says so far: findings, gates, steps, whether it passed."""
        return dict(self.control.ask("GET", f"{self._path}/assessment")["assessment"])

    def verify(
        self,
        *,
        op: str | None = None,
        type: str | None = None,
        times: int | tuple[int, int | None] | None = None,
        order: Sequence[str] = (),
        within: Duration | None = None,
        wait: Duration = 0,
    ) -> Json:
        """Return the verdict, or raise AssertionError with the nearest misses.

        Counts requests of an operation (``op``) or events of a ``type``; ``order`` names what must
        follow, of the same sort. ``within`` is virtual time from the start; ``wait`` is real time
        (at most 10 s) to wait for it to hold. An INCONCLUSIVE verdict is no success either.
        """
        sort = "op" if op is not None else "type"
        body: Json = {"match": {sort: op if op is not None else type}}
        body["order"] = [{sort: name} for name in order]
        if times is not None:
            body["times"] = _times(times)
        if within is not None:
            body["within_ms"] = duration_ms(within)
        if wait:
            body["wait_ms"] = duration_ms(wait)
        verdict = dict(self.control.ask("POST", f"{self._path}/verify", body))
        if verdict["verdict"] != "PASS":
            raise AssertionError(_missed(verdict, body))
        return verdict

    def explain(self, seq: int | None = None) -> Json:
        """Return why a request (None: the last) was answered as it was."""
        asked = "" if seq is None else f"?seq={seq}"
        return dict(self.control.ask("GET", f"{self._path}/requests/explain{asked}"))

    def snapshot(self) -> int:
        """Return the event at which it stands: what to rewind or fork to later."""
        return int(self.control.ask("POST", f"{self._path}/snapshot", {})["at"])

    def rewind(self, at: int) -> None:
        """Go back to event ``at``; what came after it is forgotten."""
        self.control.ask("POST", f"{self._path}/rewind", {"at": at})

    def fork(self, at: int | None = None) -> "Rehearsal":
        """Return a copy of the history up to event ``at`` (None: all); delete it when done."""
        told = self.control.ask("POST", f"{self._path}/fork", {"at": at})
        return Rehearsal(self.control, told, document=self.document, is_external=self.is_external)

    def reset(self) -> None:
        """Go back to the first instant."""
        self.control.ask("POST", f"{self._path}/reset", {})

    def delete(self) -> None:
        self.control.ask("DELETE", self._path)


def _times(times: int | tuple[int, int | None]) -> int | Json:
    return times if isinstance(times, int) else {"min": times[0], "max": times[1]}


def _missed(verdict: Json, body: Json) -> str:
    lines = [f"{verdict['verdict']}: {verdict['why']}", f"  asked for: {json.dumps(body)}"]
    nearest: Iterable[object] = verdict.get("nearest", [])
    lines += [f"  nearest: {json.dumps(one, ensure_ascii=False)}" for one in nearest]
    return "\n".join(lines)
