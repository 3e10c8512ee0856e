"""One rehearsal as a browser has it: buttons, looks, time; and what must hold whoever presses."""

import json
from collections import Counter
from typing import Any

from werkzeug.test import Client

from mock_server.domain.events import ReportFiled
from mock_server.journal import decode
from mock_server.procedure.outcome import DECISIVE
from mock_server.rehearsal import replay
from tests.e2e.simulator import TOKEN, Simulator
from tests.e2e.stage import Verdict

BEARER = {"Authorization": f"Bearer {TOKEN}"}


class Visit:
    """``statuses`` counts what was answered, ``asked`` what was asked for, by path."""

    def __init__(
        self, simulator: Simulator, scenario: str = "", seed: int | None = None, **asked: object
    ) -> None:
        """Begin a rehearsal of ``scenario``, or of ``document``; without a seed by its own."""
        self.simulator = simulator
        self.http = Client(simulator)
        self.statuses: Counter[int] = Counter()
        self.asked: Counter[str] = Counter()
        chosen = {"scenario": scenario, "seed": seed}
        asked |= {key: value for key, value in chosen.items() if value not in ("", None)}
        self.name = self.control("POST", "", {**asked, "clock": {"mode": "manual"}}).json["name"]

    def control(self, method: str, path: str, body: object = None) -> Any:
        whole = f"/control/v1/rehearsals{path}"
        return self._counted(self.http.open(whole, method=method, json=body, headers=BEARER))

    def of(self, path: str, method: str = "GET", body: object = None) -> Any:
        return self.control(method, f"/{self.name}/{path}", body)

    def send(self, method: str, path: str, **given: Any) -> Any:
        """Send anything to a path of the station's API; ``given`` is Werkzeug's."""
        self.asked[f"{method} {path.partition('?')[0]}"] += 1
        whole = f"/r/{self.name}/api/{path}"
        return self._counted(self.http.open(whole, method=method, **given))

    def get(self, path: str) -> Any:
        return self.send("GET", path)

    def post(self, path: str, **body: object) -> Any:
        return self.send("POST", path, json=body)

    def wait(self, by_ms: int) -> Any:
        return self.of("clock/advance", "POST", {"by_ms": by_ms})

    def _counted(self, answer: Any) -> Any:
        self.statuses[answer.status_code] += 1
        return answer

    @property
    def journal(self) -> bytes:
        return bytes(self.of("journal.jsonl").data)

    def known(self) -> Any:
        """Return all that the control plane knows: the truth, every screen, the assessment."""
        return self.of("state?view=both").json, self.of("assessment").json

    def broken(self) -> list[str]:
        """Return every promise of the simulator that this rehearsal broke."""
        lines = self.journal.splitlines()
        entries = [decode(line) for line in lines]
        found = [f"a defect: {told}" for told in self.simulator.defects]
        if wrong := [one for one in self.statuses if one >= 500 and one != 503]:
            found.append(f"answered {wrong}")
        if [entry.seq for entry in entries] != list(range(1, len(entries) + 1)):
            found.append("the journal has gaps")
        if replay(entry.event for entry in entries).seq != len(entries):
            found.append("the journal replays to another length")
        before = self.known()
        self.simulator.kill()
        if self.known() != before:
            found.append("the journal replays to another state")
        filed = [entry.event for entry in entries if isinstance(entry.event, ReportFiled)]
        return [*found, *_unearned(before, filed)]

    def judged(self) -> Verdict:
        """Judge the rehearsal by what it promises, and leave it."""
        _, told = self.known()
        judged, requests = told["assessment"], self.statuses.total()
        passed = "passed" if judged["passed"] else "not passed"
        story, found = self.journal.decode(), tuple(self.broken())
        self.of("", "DELETE")
        self.simulator.defects.clear()
        return Verdict(
            ending=f"{judged['outcome']} {passed}",
            met=True,
            broken=found,
            requests=requests,
            story=story,
        )


def _unearned(known: Any, filed: list[ReportFiled]) -> list[str]:
    """Return how a rehearsal has passed that must not: untruly ready, or put off untruly."""
    state, told = known
    judged = told["assessment"]
    if not judged["passed"]:
        return []
    if judged["outcome"] == "ready" and state["truth"]["ready"]:
        return []
    last = filed[-1] if filed else None
    postponed = last is not None and last.decision == "postpone"
    if judged["outcome"] == "postponed" and postponed and not DECISIVE & set(last.wrong):
        return []
    return [f"passed as {judged['outcome']}: {json.dumps(state['truth'])}"]
