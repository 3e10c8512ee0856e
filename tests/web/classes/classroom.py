"""A class over HTTP: browsers with cookies of their own, a facilitator, a house that restarts."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from werkzeug.security import generate_password_hash
from werkzeug.test import Client, TestResponse
from werkzeug.wrappers import Response

from mock_server.adapters.clock import FixedTime
from mock_server.adapters.memory_store import MemoryEventStore
from mock_server.adapters.stores import open_store
from mock_server.app import create_app
from mock_server.web.classes.house import COOKIE, PATH, forget_passphrase
from mock_server.web.classes.house import House as Door

OWN = {"Origin": "http://localhost"}
ELSEWHERE = {"Origin": "http://elsewhere.test"}
PASSPHRASE = "pintu ruang server"
SERVER = "srv-ujian-01"
LAN = {"REMOTE_ADDR": "192.168.10.44"}
SECOND, MINUTE = 1_000, 60_000


POSTPONED = {
    "decision": "postpone",
    "machine": "SRV-UJIAN-01",
    "server_id": "",
    "version": "",
    "datasets_complete": 0,
    "participants": 0,
    "tests_visible": False,
    "time": "07:50",
    "notes": "",
}
"""A report that can be filed at any moment."""


class Browser:
    """Sends forms as a browser does, from a page of ours unless told otherwise."""

    def __init__(self, app: Any, address: str = "127.0.0.1") -> None:
        self._http = Client(app)
        self._from = {"REMOTE_ADDR": address}

    def get(self, path: str, **headers: str) -> TestResponse:
        return self._http.get(path, headers=headers, environ_base=self._from)

    def post(
        self, path: str, data: dict[str, Any] | None = None, headers: Any = OWN
    ) -> TestResponse:
        return self._http.post(path, data=data or {}, headers=headers, environ_base=self._from)

    def follow(self, path: str) -> TestResponse:
        return self._http.get(path, follow_redirects=True, environ_base=self._from)

    def cookie(self, name: str, path: str = "/") -> str:
        found = self._http.get_cookie(name, path=path)
        return "" if found is None else str(found.value)

    def set_cookie(self, name: str, value: str, path: str = "/") -> None:
        self._http.set_cookie(name, value, path=path)


class House:
    def __init__(self, database: Path | None = None) -> None:
        self.time = FixedTime("2030-01-05T00:00:00Z")
        self.failures: list[str] = []
        self._database = database
        self._store: Any = None
        self.start()

    def start(self) -> "House":
        """Begin, or begin again after the power was cut: only what is stored is still there."""
        if self._database is not None:
            if self._store is not None:
                self._store.close()
            self._store = open_store(str(self._database))
        elif self._store is None:
            self._store = MemoryEventStore()
        self.app = create_app(
            store=self._store,
            cohorts=self._store.cohorts,
            token="a-token-of-the-tests",
            real=self.time,
            report=self.failures.append,
        )
        return self

    def forgets_its_passphrase(self) -> None:
        forget_passphrase(self._store.cohorts)

    def browser(self, address: str = "127.0.0.1") -> Browser:
        return Browser(self.app, address)

    def facilitators_browser(self) -> Browser:
        """A browser that has said the passphrase. Hashing it costs more than most tests, so it was
        hashed before, and the cookie is made as the house makes it."""
        self._store.cohorts.keep_fact("passphrase", hashed())
        answer = Response()
        with self.app.test_request_context():
            Door(self._store.cohorts, self.time).let_in(answer)
        value = answer.headers["Set-Cookie"].partition("=")[2].partition(";")[0]
        browser = self.browser()
        browser.set_cookie(COOKIE, value, PATH)
        return browser

    def again(self, browser: Browser) -> Browser:
        """The same browser, cookies and all, at the server that was started again."""
        browser._http.application = self.app
        return browser


def shared() -> House:
    """One house for all whose class has nothing to do with the others: classes share nothing.

    A minute has passed since the last one asked: nobody is held back for what others have done.
    """
    house = _shared()
    house.time.advance(MINUTE)
    return house


@cache
def _shared() -> House:
    return House()


class Facilitator:
    """Runs one class. ``base`` is the address of its console."""

    def __init__(self, house: House, *scenarios: str) -> None:
        self.house = house
        self.browser = house.facilitators_browser()
        chosen = {"rencana": "pilihan", "skenario": list(scenarios or ("normal",))}
        made = self.browser.post("/fasilitator/kelas", {"judul": "Kelas Sabtu", **chosen})
        assert made.status_code == 303, made.text
        self.base = made.headers["Location"].rpartition("/")[0]
        found = re.search(r'class="code">(\w{6})<', self.page("/kendali"))
        assert found is not None
        self.code = found[1]

    def page(self, path: str = "/", **headers: str) -> str:
        answer = self.browser.get(self.base + path, **headers)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.text

    def does(self, act: str, **fields: Any) -> str:
        """Press a button and return the word that the console then shows."""
        answer = self.browser.post(f"{self.base}/lakukan", {"aksi": act, **fields})
        assert answer.status_code == 303, (act, answer.status_code)
        found = re.search(r"kata=([a-z-]+)", answer.headers["Location"])
        return found[1] if found else ""

    def opens(self, part: int = 0) -> "Facilitator":
        assert self.does("bagian", bagian=part) == "done"
        return self

    def seats(self, *names: str) -> list["Seat"]:
        return [Seat(self.house, self.code, n, name) for n, name in enumerate(names, 1)]


class Seat:
    """A trainee's browser that has joined; ``path`` is its rehearsal, or its waiting page."""

    def __init__(self, house: House, code: str, number: int, name: str) -> None:
        self.browser = house.browser(f"192.168.10.{number}")
        joined = join(self.browser, code, number, name)
        assert joined.status_code == 303, joined.text
        self.link = joined.headers["Location"]
        self.number = number

    def enter(self) -> str:
        """Go through the seat's link and return the address it leads to."""
        answer = self.browser.get(self.link)
        return answer.headers.get("Location", self.link)

    def api(self, op: str, **body: Any) -> TestResponse:
        return self.browser._http.post(f"{self.enter()}api/{op}", json=body)

    def poll(self) -> TestResponse:
        return self.browser.get(f"{self.enter()}bagian")


@cache
def hashed() -> str:
    return generate_password_hash(PASSPHRASE, "scrypt")


def both(text: str = PASSPHRASE) -> dict[str, str]:
    return {"sandi": text, "ulangi": text}


def join(browser: Browser, code: str, number: object, name: str, **fields: str) -> TestResponse:
    return browser.post("/gabung", {"kode": code, "kursi": str(number), "nama": name, **fields})
