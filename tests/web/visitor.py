"""A visitor of a simulator without a socket: one rehearsal, its buttons, its control plane."""

from collections.abc import Callable
from functools import cache
from typing import Any

from werkzeug.test import Client

from mock_server.adapters.memory_store import MemoryEventStore
from mock_server.app import create_app
from tests.fakes import FakeNames, FakeTime

TOKEN = "a-token-of-the-tests"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
SERVER = "srv-ujian-01"
EXAMBRO = "50.170406"
SECOND, MINUTE, HOUR = 1_000, 60_000, 3_600_000
Json = dict[str, Any]


def story(condition: str = "fresh-boot", at: str = "08:05", **keys: Any) -> Json:
    """Return a scenario's document that begins at HH:MM WIB in a condition."""
    return {
        "schema": "cbtsync-scenario/1",
        "id": "made-up",
        "title": {"id": "Cerita", "en": "A story"},
        "start": {"at": f"2017-04-08T{at}:00+07:00", "condition": condition},
        "backup_size": "64KiB",
        "expect": {"ending": "ready"},
        **keys,
    }


class Pauses(list[int]):
    """Real waits in milliseconds, of which none is waited; ``then`` may act meanwhile."""

    then: Callable[[int], None] | None = None

    def append(self, real_ms: int) -> None:
        super().append(real_ms)
        if self.then is not None:
            self.then(real_ms)


class Simulator:
    """A simulator of its own, with a clock and names that the test foresees."""

    def __init__(self, **settings: Any) -> None:
        self.time = FakeTime()
        self.failures: list[str] = []
        self.paused_ms = Pauses()
        given = {"store": MemoryEventStore(), "names": FakeNames(), "real": self.time} | settings
        self.app = create_app(
            token=TOKEN, report=self.failures.append, pause=self.paused_ms.append, **given
        )
        self.http = Client(self.app)

    def control(self, path: str, body: Json | None = None, *, method: str = "") -> Any:
        """Ask the control plane: GET without a body, else POST."""
        method = method or ("GET" if body is None else "POST")
        url = f"/control/v1/{path}"
        return self.http.open(url, method=method, json=body, headers=BEARER)

    def begin(
        self, condition: str = "fresh-boot", at: str = "08:05", mode: str = "manual", **keys: Any
    ) -> "Visitor":
        asked = {"document": story(condition, at, **keys), "clock": {"mode": mode}}
        made = self.control("rehearsals", asked)
        assert made.status_code == 201, made.text
        return Visitor(self, made.json["name"])


class Visitor:
    """Presses buttons of one rehearsal. English texts unless the test says otherwise."""

    def __init__(self, simulator: Simulator, name: str) -> None:
        self.simulator = simulator
        self.name = name

    def get(self, path: str, **headers: str) -> Any:
        return self.simulator.http.get(f"/r/{self.name}/api/{path}", headers=headers)

    def post(self, path: str, body: Json | None = None, **headers: str) -> Any:
        url = f"/r/{self.name}/api/{path}"
        return self.simulator.http.post(url, json=body or {}, headers=headers)

    def control(self, path: str, body: Json | None = None, *, method: str = "") -> Any:
        return self.simulator.control(
            f"rehearsals/{self.name}/{path}".rstrip("/"), body, method=method
        )

    def wait(self, ms: int) -> None:
        assert self.control("clock/advance", {"by_ms": ms}).status_code == 200

    def arm(self, fault: str, **keys: Any) -> None:
        answer = self.control("faults", {"fault": fault, **keys})
        assert answer.status_code == 201, answer.text

    def sit_down(self, machine: str = SERVER) -> "Visitor":
        assert self.post("machine/use", {"machine": machine}).status_code == 200
        return self

    def own_id(self) -> str:
        return str(self.get("desk").json["slips"][0])

    def events(self, kind: str) -> list[Json]:
        """Return the journal's events of a type."""
        journal = self.control("journal?limit=5000").json["entries"]
        return [entry["event"] for entry in journal if entry["event"]["type"] == kind]

    def heard(self) -> list[Json]:
        return list(self.control("requests").json["entries"])


@cache
def shared() -> Simulator:
    """One simulator for all who need nothing but a rehearsal: rehearsals share nothing."""
    return Simulator()


def begin(condition: str = "fresh-boot", at: str = "08:05", **keys: Any) -> Visitor:
    return shared().begin(condition, at, **keys)
