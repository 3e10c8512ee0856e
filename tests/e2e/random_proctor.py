"""A proctor who presses anything, in any order, with sense or without. Seeded; repeats exactly."""

import random
from collections.abc import Callable
from typing import Any

from werkzeug.test import Client

IDS = ("own", "other", "U99-9999-ZZZ99", "", "ID Server", "x" * 40)
MENUS = ("dashboard", "status-download", "backup", "participants", "tests", "logout", "nowhere")
MACHINES = ("srv-ujian-01", "laptop", "tablet")
EXAMBRO = ("50.170406", "50.160328", "1.0")
SILLY: tuple[bytes, ...] = (
    b"",
    b"[]",
    b"{",
    b"\xff\xfe",
    b'{"x":1}',
    b'{"data_version":"a"}',
    b"null",
)
WAITS_MS = (0, 1, 1_000, 8_000, 60_000, 120_000, 600_000, 1_860_000, 7_200_000)
LOOKS = (
    "desk", "patch", "dashboard", "portal/ids", "portal/schedule", "portal/sn-reset",
    "portal/reopen", "backup", "delete", "sync", "participants", "tests", "report",
    "participants?q=a&per_page=5&page=9", "participants?page=0", "backup/download", "nothing",
)  # fmt: skip


class RandomProctor:
    """One seeded rehearsal of random acts. ``statuses`` counts what was answered."""

    def __init__(self, http: Client, token: str, scenario: str, seed: int) -> None:
        self._http = http
        self._bearer = {"Authorization": f"Bearer {token}"}
        self._dice = random.Random(seed)
        asked = {"scenario": scenario, "seed": seed, "clock": {"mode": "manual"}}
        told = self.control("POST", "", asked).json
        self.name = told["name"]
        servers = self._get("portal/ids").json["servers"]
        self._own = servers[0]["server_id"]
        self._other = servers[-1]["server_id"]
        self.statuses: dict[int, int] = {}
        self._acts: tuple[Callable[[], Any], ...] = (
            self._looks, self._looks, self._waits, self._silly, self._submits, self._sensible,
            self._sensible, self._sensible, self._deletes, self._reports, self._arms,
        )  # fmt: skip

    def control(self, method: str, path: str, body: object = None) -> Any:
        whole = f"/control/v1/rehearsals{path}"
        return self._http.open(whole, method=method, json=body, headers=self._bearer)

    def of(self, path: str, method: str = "GET", body: object = None) -> Any:
        return self.control(method, f"/{self.name}/{path}", body)

    def act(self, times: int) -> None:
        for _ in range(times):
            answer = self._dice.choice(self._acts)()
            self.statuses[answer.status_code] = self.statuses.get(answer.status_code, 0) + 1

    def _get(self, path: str) -> Any:
        return self._http.get(f"/r/{self.name}/api/{path}")

    def _post(self, path: str, **body: object) -> Any:
        return self._http.post(f"/r/{self.name}/api/{path}", json=body)

    def _looks(self) -> Any:
        return self._get(self._dice.choice(LOOKS))

    def _waits(self) -> Any:
        return self.of("clock/advance", "POST", {"by_ms": self._dice.choice(WAITS_MS)})

    def _silly(self) -> Any:
        path = self._dice.choice(
            ("machine/use", "id/submit", "sync/start", "report", "delete/start")
        )
        return self._http.post(
            f"/r/{self.name}/api/{path}",
            data=self._dice.choice(SILLY),
            content_type=self._dice.choice(("application/json", "text/plain", "")),
        )

    def _submits(self) -> Any:
        chosen = self._dice.choice(IDS)
        server_id = {"own": self._own, "other": self._other}.get(chosen, chosen)
        path = self._dice.choice(("id/submit", "id/submit", "id/draft"))
        return self._post(path, server_id=server_id)

    def _sensible(self) -> Any:
        dice = self._dice
        acts: tuple[tuple[str, dict[str, object]], ...] = (
            ("machine/use", {"machine": dice.choice(MACHINES)}),
            ("exambro/open", {"version": dice.choice(EXAMBRO)}),
            ("cbtsync/open", {}), ("cbtsync/open", {}), ("cbtsync/close", {}),
            ("service/start", {}), ("service/refresh", {}), ("patch/start", {}),
            ("patch/start", {}), ("id/leave", {}), ("machine/set-clock", {}),
            ("menu/open", {"menu": dice.choice(MENUS)}),
            ("backup/start", {}), ("status/refresh", {}), ("status/close", {}),
            ("sync/start", {}), ("sync/start", {"data_version": dice.randrange(9)}),
            ("portal/sn-reset", {"server_id": self._own}),
            ("portal/reopen", {"server_id": self._own}),
        )  # fmt: skip
        path, body = dice.choice(acts)
        return self._post(path, **body)

    def _deletes(self) -> Any:
        body: dict[str, object] = {"answer": self._dice.choice(("ask", "yes", "yes", "cancel"))}
        if self._dice.random() < 0.3:
            body["data_version"] = self._dice.randrange(9)
        return self._post("delete/start", **body)

    def _reports(self) -> Any:
        dice = self._dice
        return self._post(
            "report",
            decision=dice.choice(("ready", "postpone")),
            machine=dice.choice(("SRV-UJIAN-01", "")),
            server_id=dice.choice((self._own, self._other, "")),
            version=dice.choice(("5.1.0", "5.0.4")),
            datasets_complete=dice.randrange(10),
            participants=dice.choice((0, 33, 36)),
            tests_visible=dice.choice((True, False)),
            time=dice.choice(("08:30", "23:59", "12:00")),
        )

    def _arms(self) -> Any:
        faults: tuple[dict[str, object], ...] = (
            {"fault": "sync.drops"}, {"fault": "patch.fails"}, {"fault": "service.dies"},
            {"fault": "backup.corrupt"}, {"fault": "delete.partial"}, {"fault": "sync.short"},
            {"fault": "central.unreachable", "when": {"from": "+20m", "until": "+40m"}},
            {"fault": "http.status", "on": "delete.start", "effect": "applied"},
            {"fault": "http.empty", "on": "sync.start"}, {"fault": "no.such"},
        )  # fmt: skip
        return self.of("faults", "POST", self._dice.choice(faults))
