"""A proctor who presses anything, in any order, with sense or without. Seeded; repeats exactly.

What may be pressed is read from the simulator's own table of routes, so that a new one is pressed
too.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlencode

import msgspec
from msgspec import inspect

from mock_server.web.routes.route import Route
from mock_server.web.routes.table import ROUTES
from tests.e2e.simulator import Simulator
from tests.e2e.stage import Stage, Verdict
from tests.e2e.visit import Visit

SCENARIOS = (
    "normal", "partial-sync", "two-id-slips", "laptop-by-mistake", "already-synced",
    "hapus-leaves-rows", "short-but-green", "sn-mismatch", "what-hapus-costs",
)  # fmt: skip
MENUS = ("dashboard", "status-download", "backup", "participants", "tests", "logout", "nowhere")
SILLY: tuple[bytes, ...] = (
    b"", b"[]", b"{", b"\xff\xfe", b'{"x":1}', b'{"data_version":"a"}', b"null",
    b'{"answer":"yes","answer":"ask"}', b'{"data_version":-1}', b'{"data_version":1e99}',
    b'{"server_id":"\\u0000"}', b"[" * 2_000, b'{"server_id":"' + b"x" * 70_000 + b'"}',
)  # fmt: skip
WAITS_MS = (0, 1, 1_000, 8_000, 60_000, 120_000, 600_000, 1_860_000, 7_200_000)
ODD_LOOKS = (
    "participants?q=a&per_page=5&page=9", "participants?page=0", "participants?page=100000",
    "portal/registration", "nothing", "backup/download/", "sync/start", "../../control/v1/",
)  # fmt: skip
RANGES = ("bytes=0-", "bytes=0-99", "bytes=-1", "bytes=99999999-", "bytes=5-2", "lines=1-")
FAULTS: tuple[dict[str, object], ...] = (
    {"fault": "sync.drops"}, {"fault": "patch.fails"}, {"fault": "service.dies"},
    {"fault": "backup.corrupt"}, {"fault": "delete.partial"}, {"fault": "sync.short"},
    {"fault": "participants.duplicate"}, {"fault": "tests.missing"}, {"fault": "licence.invalid"},
    {"fault": "id.bound-elsewhere"}, {"fault": "cbtsync.crashes", "with": {"during": "backup"}},
    {"fault": "central.unreachable", "when": {"from": "+20m", "until": "+40m"}},
    {"fault": "http.status", "on": "delete.start", "effect": "applied"},
    {"fault": "http.empty", "on": "sync.start"}, {"fault": "http.truncate", "on": "desk"},
    {"fault": "http.truncate", "on": "backup.download"}, {"fault": "no.such"},
)  # fmt: skip


ACTS = 60


class RandomProctor(Visit):
    """One rehearsal of random acts."""

    def __init__(self, simulator: Simulator, seed: int) -> None:
        super().__init__(simulator, SCENARIOS[seed % len(SCENARIOS)], seed)
        self._dice = random.Random(seed)
        servers = self.get("portal/ids").json["servers"]
        own, other = servers[0]["server_id"], servers[-1]["server_id"]
        machines = [one["id"] for one in self.get("desk").json["machines"]]
        self._values: dict[str, tuple[object, ...]] = {
            "machine": (*machines, "tablet", ""),
            "server_id": (own, own, other, "U99-9999-ZZZ99", "", "x" * 40),
            "menu": MENUS,
            "version": ("50.170406", "50.160328", "5.1.0", ""),
            "data_version": (None, None, None, 0, 1, 2, 3, 4, 5, 6, 7, 8),
            "answer": ("ask", "yes", "yes", "cancel"),
            "datasets_complete": tuple(range(10)),
            "participants": (0, 33, 36),
            "time": ("08:30", "23:59", "12:00"),
            "q": ("", "a", "%", "zz"),
            "page": (1, 2, 9, 100_000),
            "per_page": (1, 50, 500),
        }
        self._acts: tuple[Callable[[], Any], ...] = (
            self._any_route, self._any_route, self._towards_the_end, self._towards_the_end,
            self._towards_the_end, self._waits, self._silly, self._odd_look, self._downloads,
            self._arms, self._steers,
        )  # fmt: skip

    def act(self, times: int) -> None:
        for _ in range(times):
            self._dice.choice(self._acts)()

    def press(self, route: Route) -> Any:
        """Send a request of this route with values that its shape allows."""
        body = {field.name: self._value(field) for field in msgspec.structs.fields(route.asks)}
        given = {key: value for key, value in body.items() if value is not None}
        if route.method == "GET":
            return self.get(f"{route.path}?{urlencode(given)}" if given else route.path)
        return self.post(route.path, **given)

    def _value(self, field: msgspec.structs.FieldInfo) -> object:
        if field.name in self._values:
            return self._dice.choice(self._values[field.name])
        kind = inspect.type_info(field.type)
        words = kind.values if isinstance(kind, inspect.LiteralType) else ()
        if isinstance(kind, inspect.Metadata) and isinstance(kind.type, inspect.LiteralType):
            words = kind.type.values
        if words:
            return self._dice.choice(words)
        if bool in (field.type, *get_args(field.type)):
            return self._dice.choice((True, False))
        return ""

    def _any_route(self) -> None:
        self.press(self._dice.choice(ROUTES))

    def _towards_the_end(self) -> None:
        """What a day is made of, else nobody would get far."""
        path = self._dice.choice(
            ("machine/use", "exambro/open", "cbtsync/open", "patch/start", "id/submit",
             "backup/start", "delete/start", "status/refresh", "status/close", "sync/start",
             "service/start", "report")
        )  # fmt: skip
        self.press(next(one for one in ROUTES if one.path == path and one.method == "POST"))

    def _waits(self) -> None:
        self.wait(self._dice.choice(WAITS_MS))

    def _silly(self) -> None:
        route = self._dice.choice(ROUTES)
        kinds = ("application/json", "text/plain", "", "application/json; charset=latin-1")
        method = self._dice.choice(("POST", "POST", "POST", "GET", "PUT", "DELETE", "HEAD"))
        self.send(method, route.path, data=self._dice.choice(SILLY),
                  content_type=self._dice.choice(kinds))  # fmt: skip

    def _odd_look(self) -> None:
        self.get(self._dice.choice(ODD_LOOKS))

    def _downloads(self) -> None:
        """The whole file, a part of it, or only its beginning."""
        ranges = {"Range": self._dice.choice(RANGES)} if self._dice.random() < 0.5 else {}
        answer = self.send("GET", "backup/download", headers=ranges)
        if self._dice.random() < 0.5:
            answer.get_data()
        answer.close()

    def _arms(self) -> None:
        self.of("faults", "POST", self._dice.choice(FAULTS))

    def _steers(self) -> None:
        """What a facilitator may do in the midst of it."""
        self.of(*self._dice.choice((
            ("clock/freeze", "POST", {}), ("clock/run", "POST", {"speed": 1}),
            ("faults/f1", "DELETE"), ("reset", "POST", {}), ("fork", "POST", {"at": 3}),
            ("assessment",), ("state?view=both",), ("journal?after=5&limit=3",), ("requests",),
        )))  # fmt: skip


@dataclass(frozen=True)
class ProctorCase:
    """One rehearsal of sixty random acts."""

    seed: int

    def __str__(self) -> str:
        return f"a random proctor, seed {self.seed}"

    def tried(self, stage: Stage, _folder: Path) -> Verdict:
        proctor = RandomProctor(stage.simulator, self.seed)
        proctor.act(ACTS)
        return proctor.judged()
