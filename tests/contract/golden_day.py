"""A day at a small school, exchange by exchange: the golden requests and replies of both planes.

``python -m tests.contract.golden_day`` writes them anew: ``golden/*.json``, which the client's own
reading is tested with, and the examples that the OpenAPI document shows.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tests.web.visitor import EXAMBRO, MINUTE, SECOND, SERVER, Simulator, Visitor

GOLDEN = Path(__file__).parent / "golden"
EXAMPLES = Path(__file__).parents[2] / "mock_server" / "web" / "examples.json"
MEANT = ("Content-Type", "Retry-After", "Location", "Allow")
Json = dict[str, Any]


class Exchange(NamedTuple):
    """``name`` is the operation's name in the OpenAPI document, or of a refusal."""

    name: str
    method: str
    path: str
    request: Json | None
    status: int
    headers: dict[str, str]  # those that mean something here
    reply: Json | None


class Recorder:
    """Asks, and keeps what was asked and answered."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.exchanges: list[Exchange] = []

    def get(self, name: str, path: str) -> Json:
        return self._keep(name, "GET", path, None, self.visitor.get(path))

    def post(self, name: str, path: str, body: Json | None = None) -> Json:
        return self._keep(name, "POST", path, body or {}, self.visitor.post(path, body))

    def control(self, name: str, path: str, body: Json | None = None, method: str = "") -> Json:
        method = method or ("GET" if body is None else "POST")
        answer = self.visitor.simulator.control(path, body, method=method)
        return self._keep(name, method, f"/control/v1/{path}", body, answer)

    def _keep(self, name: str, method: str, path: str, body: Json | None, answer: Any) -> Json:
        reply = answer.get_json(silent=True)
        headers = {key: answer.headers[key] for key in MEANT if key in answer.headers}
        exchange = Exchange(name, method, path, body, answer.status_code, headers, reply)
        self.exchanges.append(exchange)
        return reply or {}

    def wait(self, ms: int) -> None:
        self.visitor.wait(ms)


def _morning(day: Recorder, slip: str) -> None:
    day.post("exambro_closed", "cbtsync/open")
    day.post("exambro_open", "exambro/open", {"version": EXAMBRO})
    day.post("service_start", "service/start")
    day.wait(10 * SECOND)
    day.post("service_refresh", "service/refresh")
    day.post("cbtsync_open", "cbtsync/open")
    day.post("patch_start", "patch/start")
    day.wait(45 * SECOND)
    day.get("patch_status", "patch")
    day.wait(2 * MINUTE)
    day.post("id_draft", "id/draft", {"server_id": slip[:3]})
    day.post("id_leave", "id/leave")
    day.post("identity_empty", "id/submit", {"server_id": ""})
    day.post("id_submit", "id/submit", {"server_id": slip})
    day.post("not_active", "sync/start")
    day.wait(15 * MINUTE)
    day.get("dashboard_view", "dashboard")
    busy = {"status": 503, "retry_after": 7}
    day.visitor.arm("http.status", id="busy", on="dashboard.view", **{"with": busy})
    day.get("busy", "dashboard")


def _portal(day: Recorder, slip: str) -> None:
    day.get("portal_ids", "portal/ids")
    day.get("portal_schedule", "portal/schedule")
    day.get("portal_registration", f"portal/registration?server_id={slip}")
    day.get("portal_sn_reset_state", "portal/sn-reset")
    day.get("portal_reopen_state", "portal/reopen")


def _noon(day: Recorder) -> None:
    day.post("menu_open", "menu/open", {"menu": "backup"})
    day.post("backup_start", "backup/start", {"data_version": 0})
    day.wait(3 * MINUTE)
    day.get("backup_status", "backup")
    day.visitor.get("backup/download")
    day.post("stale", "delete/start", {"answer": "yes", "data_version": 0})
    day.post("delete_start", "delete/start", {"answer": "yes", "data_version": 2})
    day.wait(MINUTE)
    day.get("delete_status", "delete")
    day.post("status_refresh", "status/refresh")
    day.post("status_close", "status/close")
    day.post("sync_start", "sync/start", {"data_version": 4})
    day.wait(15 * MINUTE)
    day.get("sync_status", "sync")
    day.wait(16 * MINUTE)
    day.get("participants_list", "participants?page=1&per_page=2")
    day.get("tests_list", "tests")


def _evening(day: Recorder, slip: str) -> None:
    day.get("report_state", "report")
    report = {
        "decision": "ready",
        "machine": "SRV-UJIAN-01",
        "server_id": slip,
        "version": "5.1.0",
        "datasets_complete": 9,
        "participants": 3,
        "tests_visible": True,
        "time": "08:43",
    }
    day.post("report_submit", "report", report)
    day.post("portal_sn_reset", "portal/sn-reset", {"server_id": slip})
    day.post("portal_reopen", "portal/reopen", {"server_id": slip})
    day.post("machine_set_clock", "machine/set-clock")
    day.post("cbtsync_close", "cbtsync/close")
    day.post("cbtsync_closed", "backup/start")
    day.post("malformed", "delete/start", {"answer": "perhaps"})
    day.get("not_found", "nothing")


def _steered(day: Recorder) -> None:
    one = f"rehearsals/{day.visitor.name}"
    day.control("list_rehearsals", "rehearsals")
    day.control("show_rehearsal", one)
    clock = day.control("show_clock", f"{one}/clock")
    later = {"to_ms": clock["now_ms"] + MINUTE}
    day.control("advance_clock", f"{one}/clock/advance", later)
    day.control("arm_fault", f"{one}/faults", {"fault": "sync.drops", "with": {"data": 7}})
    day.control("list_faults", f"{one}/faults")
    day.control("explain_fault", f"{one}/faults/f1/explain")
    day.control("disarm_fault", f"{one}/faults/f1", method="DELETE")
    day.control("journal", f"{one}/journal?after=2&limit=2")
    day.control("requests", f"{one}/requests")
    day.control("explain_reply", f"{one}/requests/explain?seq=3")
    day.control("state", f"{one}/state")
    day.control("assessment", f"{one}/assessment")
    asked = {"match": {"type": "delete-finished"}, "times": 1}
    day.control("verify", f"{one}/verify", asked)
    day.control("snapshot_rehearsal", f"{one}/snapshot", {})
    day.control("run_clock", f"{one}/clock/run", {"speed": 10})
    day.control("manual_clock", f"{one}/clock/manual", {})
    day.control("freeze_clock", f"{one}/clock/freeze", {})
    day.control("frozen", f"{one}/clock/advance", {"by_ms": 60_000})
    day.control("fork_rehearsal", f"{one}/fork", {"at": 2})
    day.control("rewind_rehearsal", f"{one}/rewind", {"at": 12})
    day.control("unknown_scenario", "rehearsals", {"scenario": "normall"})
    day.control("reset_rehearsal", f"{one}/reset", {})
    day.control("delete_rehearsal", one, method="DELETE")


def exchanges() -> list[Exchange]:
    """Live through the day."""
    simulator = Simulator()
    small = {"participants": 3}
    visitor = simulator.begin(at="07:50", school=small, id="golden", seed=11)
    day = Recorder(visitor)
    asked = {"scenario": "normal", "seed": 7, "clock": {"mode": "manual"}, "label": "kursi 07"}
    day.control("create_rehearsal", "rehearsals", asked)
    day.get("no_machine", "patch")
    slip = str(day.get("desk", "desk")["slips"][0])
    day.post("machine_use", "machine/use", {"machine": SERVER})
    _portal(day, slip)
    _morning(day, slip)
    _noon(day)
    _evening(day, slip)
    _steered(day)
    return day.exchanges


def examples(found: list[Exchange]) -> Json:
    """Return the replies that the OpenAPI document shows, by operation."""
    return {one.name: one.reply for one in found if one.status < 300 and one.reply is not None}


def dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def files(found: list[Exchange]) -> Iterator[tuple[Path, str]]:
    """Yield every file with what belongs in it."""
    for one in found:
        yield GOLDEN / f"{one.name}.json", dumped(one._asdict())
    yield EXAMPLES, dumped(examples(found))


def write() -> None:
    GOLDEN.mkdir(exist_ok=True)
    for old in GOLDEN.glob("*.json"):
        old.unlink()
    for path, text in files(exchanges()):
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
