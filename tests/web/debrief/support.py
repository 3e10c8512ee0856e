"""A rehearsal, brought to its end by programs' requests, then looked at."""

import re
from typing import Any

from werkzeug.test import Client

from tests.web.visitor import BEARER, EXAMBRO, MINUTE, SERVER, Simulator, shared

OWN = {"Origin": "http://localhost"}


class Run:
    """``begin`` names a scenario of the project's own. The clock moves when told."""

    def __init__(self, scenario: str, simulator: Simulator | None = None) -> None:
        self.simulator = simulator or shared()
        self.http = Client(self.simulator.app)  # with cookies of its own
        given = {"scenario": scenario, "clock": {"mode": "manual"}}
        self.name = self.http.post("/control/v1/rehearsals", json=given, headers=BEARER).json[
            "name"
        ]

    # --- as a program ----------------------------------------------------------------------------

    def asks(self, path: str, **body: str) -> Any:
        return self.http.post(f"/r/{self.name}/api/{path}", json=body).json

    def looks(self, *paths: str) -> Any:
        for path in paths:
            answer = self.http.get(f"/r/{self.name}/api/{path}")
        return answer.json

    def waits(self, minutes: int) -> "Run":
        path = f"/control/v1/rehearsals/{self.name}/clock/advance"
        self.http.post(path, json={"by_ms": minutes * MINUTE}, headers=BEARER)
        return self

    def gets_patched(self) -> "Run":
        self.looks("portal/ids", "desk")
        self.asks("machine/use", machine=SERVER)
        self.asks("exambro/open", version=EXAMBRO)
        self.asks("cbtsync/open")
        self.waits(10).asks("patch/start")
        self.waits(3).looks("patch")
        return self

    def gets_synced(self) -> "Run":
        self.gets_patched()
        self.asks("id/submit", server_id=self.server_id)
        self.looks("dashboard", "portal/schedule")
        self.waits(15).looks("dashboard")
        self.asks("menu/open", menu="backup")
        self.asks("backup/start")
        self.waits(3).looks("backup")
        self.http.get(f"/r/{self.name}/api/backup/download").data  # noqa: B018 -- read whole
        self.asks("delete/start", answer="yes")
        self.waits(2).looks("delete")
        self.asks("menu/open", menu="status-download")
        self.looks("sync")
        self.asks("status/refresh")
        self.asks("status/close")
        self.asks("sync/start")
        self.waits(35).looks("sync")
        return self

    def checks(self) -> "Run":
        for menu in ("participants", "tests"):
            self.asks("menu/open", menu=menu)
            self.looks(menu)
        return self

    def deletes_again(self) -> "Run":
        self.asks("menu/open", menu="backup")
        self.asks("delete/start", answer="yes")
        return self.waits(2)

    def reports(self, decision: str = "ready", **claims: Any) -> "Run":
        now = self.looks("desk")["now"][11:16]
        claimed: dict[str, Any] = {
            "decision": decision,
            "machine": "SRV-UJIAN-01",
            "server_id": self.server_id,
            "version": "5.1.0",
            "datasets_complete": 9,
            "participants": 36,
            "tests_visible": True,
            "time": now,
        }
        self.asks("report", **claimed | claims)
        return self

    @property
    def server_id(self) -> str:
        return self.looks("portal/ids")["servers"][0]["server_id"]

    # --- as a person -----------------------------------------------------------------------------

    def page(self, path: str, **query: str) -> Any:
        return self.http.get(f"/r/{self.name}/{path}", query_string=query)

    def sends(self, path: str, _headers: Any = OWN, **form: str) -> Any:
        return self.http.post(f"/r/{self.name}/{path}", data=form, headers=_headers)

    def guesses(self, ready: str = "yes", certainty: str = "80") -> "Run":
        self.sends("tebak", siap=ready, yakin=certainty)
        return self

    def types(self) -> list[str]:
        path = f"/control/v1/rehearsals/{self.name}/journal"
        text = self.http.get(path, headers=BEARER).text
        return re.findall(r'"type":"([a-z-]+)"', text)


def words(answer: Any) -> str:
    """What stands on a page, markup left out."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def finished(
    scenario: str = "normal", *, well: bool = True, simulator: Simulator | None = None
) -> Run:
    run = Run(scenario, simulator).gets_synced().checks()
    return (run if well else run.deletes_again()).reports()
