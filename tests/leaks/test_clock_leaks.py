"""No forgotten clock: the process is frozen at one date, the rehearsal plays at another.

What an answer shows of the frozen date was read from the wrong clock. The header Date, a record's
``created`` and the journal's ``t_real`` are real time by design.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import freezegun
import msgspec
import pytest
from flask import Flask
from freezegun.api import FrozenDateTimeFactory
from werkzeug.routing import Rule

from client import journal
from client.clock import RealTime, VirtualClock
from client.result import Result
from client.run import Place, carry_out
from client.settings import Bounds, Rules
from client.texts import Texts
from client.transport import Answer, Http
from mock_server.app import rehearsal_wsgi
from tests.leaks.eavesdropper import FROZEN, Eavesdropper, Heard

SERVER = "http://simulator.invalid/"
# pytest and pytest-bdd measure with real time; frozen, their reports would be nonsense.
NOT_FROZEN = ["_pytest.timing", "_pytest.runner", "pytest_bdd.reporting", "pytest_timeout"]


@pytest.fixture
def frozen() -> Iterator[FrozenDateTimeFactory]:
    with freezegun.freeze_time(FROZEN, ignore=NOT_FROZEN) as factory:
        assert isinstance(factory, FrozenDateTimeFactory)
        yield factory


class Stage:
    """A simulator whose every answer is heard, with one rehearsal in it."""

    def __init__(self, scenario: str, clock: dict[str, Any]) -> None:
        app, token = rehearsal_wsgi()
        assert isinstance(app, Flask)
        self.rules = list(app.url_map.iter_rules())
        self.ear = Eavesdropper(app)
        self._http = Http(SERVER, bounds=Bounds(), token=token, app=self.ear)
        made = self.ask("POST", "control/v1/rehearsals", {"scenario": scenario, "clock": clock})
        self.made = made
        self.path = made["url"].strip("/")
        self.control = f"control/v1/rehearsals/{made['name']}"

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """Return the JSON of an answer that must be a yes."""
        answer = self.get(method, path, body)
        assert answer.status < 300, (path, answer.status, answer.body)
        return msgspec.json.decode(answer.body) if answer.body else None

    def get(self, method: str, path: str, body: object = None) -> Answer:
        answer = self._http.request(method, path, body)
        assert isinstance(answer, Answer), answer
        return answer

    def press(self, path: str, **body: object) -> Any:
        return self.ask("POST", f"{self.path}/api/{path}", body)

    def advance_to(self, to_ms: int) -> bool:
        self.get("POST", f"{self.control}/clock/advance", {"to_ms": to_ms})
        return True

    def run_client(self, folder: Path) -> Result:
        """Carry out the whole procedure."""
        return carry_out(
            sender=Http(f"{SERVER}{self.path}/api/", bounds=Bounds(), app=self.ear),
            clock=VirtualClock(self.advance_to, RealTime()),
            rules=Rules(),
            place=Place(folder=folder, durable=False),
            texts=Texts("id"),
            first=journal.Run(url=SERVER, real=FROZEN, resumed=False),
        )

    def look_at_everything(self) -> set[str]:
        """Ask for whatever can be got by GET; return the rules that answered with a yes.

        A fault is armed meanwhile, so that there is one to be explained.
        """
        fault = self.ask("POST", f"{self.control}/faults", {"fault": "sync.short"})["id"]
        values = {
            "name": self.made["name"],
            "rehearsal": self.made["name"],
            "fault_id": fault,
            "scenario_id": "normal",
            "filename": "app.css",
            "seq": "3",
            "n": "1",
            "token": "nobody",
            "cohort": "nobody",
            "seat": "1",
        }
        answered = set()
        for rule in self.rules:
            if "GET" in (rule.methods or ()):
                answer = self.get("GET", self._address(rule, values))
                assert answer.status < 500, rule.rule
                if answer.status == 200:
                    answered.add(rule.rule)
        self.ask("DELETE", f"{self.control}/faults/{fault}")
        return answered

    def _address(self, rule: Rule, values: dict[str, str]) -> str:
        unknown = rule.arguments - set(values)
        assert not unknown, f"{rule.rule}: say in this test what to put for {sorted(unknown)}"
        _, path = rule.build({name: values[name] for name in rule.arguments}) or ("", "")
        path = path.lstrip("/")
        if path.endswith("portal/registration"):
            ids = self.ask("GET", f"{self.path}/api/portal/ids")["servers"]
            return f"{path}?server_id={ids[0]['server_id']}"
        return path


ELSEWHERE = (
    "/static/<path:filename>",
    "/favicon.ico",  # leads to one of them
    "/buku",  # the printed book: it knows of no rehearsal
    # only for a run of people: after a guess, of a passed run, of an example
    "/r/<name>/tebak",
    "/r/<name>/bahas",
    "/r/<name>/layar/",
    "/r/<name>/sertifikat",
    "/r/<name>/contoh/",
    # classes go by real time
    "/fasilitator/",
    "/kursi/",
)


def leaks(heard: list[Heard]) -> dict[str, list[str]]:
    return {one.path: found for one in heard if (found := one.leaks())}


@pytest.mark.slow
def test_nothing_that_is_answered_shows_the_wrong_clock(
    frozen: FrozenDateTimeFactory, tmp_path: Path
) -> None:
    stage = Stage("normal", {"mode": "manual"})
    begins = stage.made["clock"]["now_ms"]

    stage.look_at_everything()
    result = stage.run_client(tmp_path)
    frozen.tick(60)
    answered = stage.look_at_everything()

    assert leaks(stage.ear.heard) == {}
    # It was a whole rehearsal, and all of its pages were seen.
    assert result.ending == "ready", result.why
    assert stage.ask("GET", f"{stage.control}/clock")["now_ms"] > begins + 25 * 60_000
    readable = {rule.rule for rule in stage.rules if "GET" in (rule.methods or ())}
    assert len(readable) > 25
    assert {rule for rule in readable - answered if not rule.startswith(ELSEWHERE)} == set()


@pytest.mark.slow
def test_a_running_clock_starts_at_the_rehearsals_hour_whatever_the_real_one_is(
    frozen: FrozenDateTimeFactory,
) -> None:
    stage = Stage("normal", {"mode": "running", "speed": 10})
    stage.press("machine/use", machine="laptop")
    frozen.tick(30)
    now = stage.ask("GET", f"{stage.path}/api/desk")["now"]

    assert now == "2017-04-08T07:45:00.000+07:00"
    stage.look_at_everything()
    assert leaks(stage.ear.heard) == {}
    entries = stage.ask("GET", f"{stage.control}/journal")["entries"]
    real = {entry["t_real"] for entry in entries} - {None}
    assert real
    assert all(stamp.startswith("2031-11-27T21:4") for stamp in real)


def test_the_frozen_date_would_have_been_seen(frozen: FrozenDateTimeFactory) -> None:
    """The process really is frozen: what is real time by design shows it."""
    stage = Stage("normal", {"mode": "manual"})

    assert stage.made["created"].startswith("2031-11-27")


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        pytest.param("application/json", '{"now": "2031-11-27T21:43:58Z"}', id="an ISO date"),
        pytest.param("application/json", '{"rows": [{"at_ms": 1953582238000}]}', id="epoch ms"),
        pytest.param("application/json", '{"at": 1953582238}', id="epoch seconds"),
        pytest.param("application/json", '{"checked": "21:43"}', id="a time of day"),
        pytest.param("application/json", '{"checked": "04.43"}', id="a time of day, WIB"),
        pytest.param("application/problem+json", '{"detail": "28 November"}', id="a problem"),
        pytest.param("application/x-ndjson", '{}\n{"at": "2031-11-28"}\n', id="a journal"),
        pytest.param("text/html; charset=utf-8", "<p>28 November 2031</p>", id="a page"),
        pytest.param("application/octet-stream", "\0made 2031-11-28\0", id="a file"),
    ],
)
def test_a_leak_is_recognised(content_type: str, body: str) -> None:
    heard = Heard("/", content_type, (("Date", "Fri, 28 Nov 2031"),), body.encode())

    assert heard.leaks()


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        pytest.param("application/json", '{"created": "2031-11-27T21:43:58Z"}', id="a record"),
        pytest.param("application/json", '{"t_real": "2031-11-27", "at": "2017"}', id="t_real"),
        pytest.param("application/json", '{"now": "2017-04-08T07:45:00.000+07:00"}', id="a clock"),
    ],
)
def test_real_time_by_design_is_no_leak(content_type: str, body: str) -> None:
    heard = Heard("/", content_type, (("Date", "Thu, 27 Nov 2031 21:43:58 GMT"),), body.encode())

    assert heard.leaks() == []
