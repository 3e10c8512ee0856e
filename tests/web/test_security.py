"""Every page and every form for people is closed to tricks: this walks all there are."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
from werkzeug.routing import Rule

from mock_server.adapters.clock import FixedTime
from mock_server.web.gate import ACTS_A_MINUTE, CHECKS_A_MINUTE, MADE_A_MINUTE, Allowance
from tests.web.classes.classroom import ELSEWHERE, Facilitator, House, Seat, join

PEOPLE = "people."
OTHER_PLANES = {"static", "machines.health", "machines.description"}
FOREIGN: tuple[Mapping[str, str], ...] = (
    ELSEWHERE,
    {"Origin": "null"},
    {"Origin": "http://localhost.elsewhere.test"},
    {"Origin": "http://localhost:9999"},
    {"Referer": "http://elsewhere.test/http://localhost/"},
    {},
)
TRICK = "<script>alert(1)</script>"
MARKUP = re.compile(r"<script(?! src=\"/static/)|\son[a-z]+=|\sstyle=|javascript:", re.IGNORECASE)


class World:
    """One house with a class, one seat in it, and somebody who learns alone."""

    def __init__(self) -> None:
        self.house = House()
        self.room = Facilitator(self.house, "already-synced").opens()
        self.seat = Seat(self.house, self.room.code, 1, 'Ayu "&<b>')
        self.rehearsal = self.seat.enter().split("/")[2]
        self.values: dict[str, Any] = {
            "name": self.rehearsal,
            "token": self.seat.link.split("/")[2],
            "cohort": self.room.base.rpartition("/")[2],
            "seat": 1,
            "seq": 5,
            "n": 1,
            "path": "index.html",
        }

    def address(self, rule: Rule) -> str:
        """Fill a rule in. A placeholder that is new here has to be given a value above."""
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda of: str(self.values[of[1]]), rule.rule)

    def facts(self) -> tuple[object, ...]:
        """What nobody may change: the class, its seat, the rehearsal."""
        console = self.room.browser.get(f"{self.room.base}/jurnal.jsonl").text
        return console, self.room.page("/kendali")


@cache
def world() -> World:
    return World()


def rules(method: str) -> list[Rule]:
    found = [
        rule
        for rule in World().house.app.url_map.iter_rules()
        if rule.endpoint.startswith(PEOPLE) and method in (rule.methods or ())
    ]
    assert len(found) > 10
    return found


FORMS, PAGES = rules("POST"), rules("GET")


def named(rule: Rule) -> str:
    return rule.endpoint.removeprefix(PEOPLE)


def opened() -> World:
    """A world whose rehearsal has been brought to its debrief, so that every page is there."""
    made = world()
    if "bahas" not in made.values:
        made.values["bahas"] = True
        made.seat.api("machine/use", machine="srv-ujian-01")
        made.seat.api(
            "report", decision="postpone", machine="", server_id="", version="",
            datasets_complete=0, participants=0, tests_visible=False, time="07:50", notes=TRICK,
        )  # fmt: skip
        path = f"/r/{made.rehearsal}"
        made.seat.browser.post(f"{path}/tebak", {"siap": "no", "yakin": "80"})
        assert made.seat.browser.get(f"{path}/bahas").status_code == 200
    return made


# --- who may change anything ---------------------------------------------------------------------


def test_all_that_can_be_asked_for_belongs_to_a_plane_that_is_watched():
    for rule in world().house.app.url_map.iter_rules():
        planes = ("/control/v1/", "/r/<name>/api/")
        assert (
            rule.endpoint.startswith(PEOPLE)
            or rule.rule.startswith(planes)
            or rule.endpoint in OTHER_PLANES
        ), rule.rule


@pytest.mark.parametrize("rule", FORMS, ids=named)
def test_no_form_from_elsewhere_changes_anything(rule):
    made = opened()
    before = made.facts()

    for headers in FOREIGN:
        for browser in (made.room.browser, made.seat.browser):
            answer = browser.post(made.address(rule), {"aksi": "tutup"}, headers=headers)
            assert answer.status_code == 403, headers
    assert made.facts() == before


@pytest.mark.parametrize("rule", FORMS, ids=named)
def test_no_form_may_be_larger_than_a_form_can_be(rule):
    answer = world().room.browser.post(world().address(rule), {"teks": "x" * 70_000})

    assert answer.status_code == 413


@pytest.mark.slow
@pytest.mark.parametrize("rule", FORMS, ids=named)
def test_no_form_leads_to_another_site(rule):
    made = World()
    away = "//elsewhere.test/"
    names = ("kembali", "next", "url", "laci", "kursi", "kode", "pending", "aksi", "scenario")

    for given in (dict.fromkeys(names, away), {"kembali": away, "aksi": "cair"}):
        path = f"{made.address(rule)}?kembali={away}&next={away}&j={away}&kata={away}"
        for browser in (made.room.browser, made.seat.browser):
            answer = browser.post(path, given)
            assert answer.status_code < 500
            assert re.match(r"/(?!/)|$", answer.headers.get("Location", ""))
            assert "elsewhere" not in answer.headers.get("Location", "")


@pytest.mark.parametrize("rule", FORMS, ids=named)
def test_no_address_is_asked_by_get_for_what_a_form_does(rule):
    made = world()
    path = made.address(rule)
    pages = {made.address(page) for page in PAGES}

    assert path in pages or made.room.browser.follow(path).status_code in (404, 405)


# --- who may see what ----------------------------------------------------------------------------


def guarded(rules_: list[Rule]) -> list[Rule]:
    return [rule for rule in rules_ if "<cohort>" in rule.rule]


@pytest.mark.parametrize("rule", guarded(PAGES), ids=named)
def test_a_class_is_shown_to_its_facilitator_only(rule):
    path = world().address(rule)
    for browser in (world().seat.browser, world().house.browser("192.168.10.99")):
        answer = browser.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/fasilitator/")
        assert world().room.code not in answer.text


@pytest.mark.parametrize("rule", guarded(FORMS), ids=named)
def test_a_class_is_steered_by_its_facilitator_only(rule):
    before = world().facts()

    answer = world().seat.browser.post(world().address(rule), {"kode": world().room.code})

    assert answer.status_code == 403
    assert world().facts() == before


@pytest.mark.parametrize("rule", [of for of in PAGES + FORMS if "<name>" in of.rule], ids=named)
def test_a_rehearsal_opens_by_its_own_name_only(rule):
    made = opened()
    for name in ("nobody", made.rehearsal[:-1], made.rehearsal.swapcase(), "%2e%2e"):
        path = made.address(rule).replace(made.rehearsal, name)
        for answer in (made.room.browser.get(path), made.seat.browser.post(path)):
            assert answer.status_code in (400, 404, 405)


# --- what leaves ---------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", PAGES, ids=named)
def test_whatever_leaves_is_closed_to_tricks_and_kept_by_nobody(rule):
    made = opened()
    for browser in (made.room.browser, made.seat.browser):
        for query in ("", f"?kode={TRICK}&kata={TRICK}&j={TRICK}&q={TRICK}&kursi={TRICK}"):
            answer = browser.get(made.address(rule) + query)
            headers = answer.headers
            policy = headers["Content-Security-Policy"]

            assert answer.status_code < 500
            assert "unsafe" not in policy
            assert "default-src 'none'" in policy
            assert "frame-ancestors 'none'" in policy
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Referrer-Policy"] == "same-origin"
            assert headers["Cache-Control"] == "no-store"
            if answer.mimetype != "text/html":
                assert headers["Content-Disposition"].startswith("attachment")
            else:
                assert TRICK not in answer.text
                assert not MARKUP.search(answer.text)
                assert '"&<b>' not in answer.text
            for cookie in headers.getlist("Set-Cookie"):
                assert "SameSite=Lax" in cookie
                assert "HttpOnly" in cookie


def test_a_name_with_markup_is_shown_as_it_was_written():
    made = opened()
    page = made.room.page("/kendali")

    assert "Ayu &#34;&amp;&lt;b&gt;" in page


def test_a_roster_with_markup_is_escaped_wherever_it_is_shown():
    room = Facilitator(House()).opens()
    text = f"kursi;nama;sekolah\n1;{TRICK};{TRICK}\n"
    room.browser.post(f"{room.base}/peserta", {"daftar": text})
    seat = Seat(room.house, room.code, 1, "Ayu")

    pages = [room.page(path) for path in ("/", "/kendali", "/peserta", "/bahas", "/proyektor")]
    for page in [*pages, seat.browser.get(seat.enter()).text, seat.browser.get("/").text]:
        assert TRICK not in page
    assert "&lt;script&gt;" in pages[1]


# --- how much, and how often ---------------------------------------------------------------------


def test_an_allowance_refills_with_time_and_is_everybodys_own():
    time = FixedTime("2030-01-05T00:00:00Z")
    allowance = Allowance(time, 60)

    assert [allowance.takes("a") for _ in range(61)] == [0] * 60 + [1]
    assert allowance.takes("b") == 0
    time.advance(2_000)
    assert [allowance.takes("a") for _ in range(3)] == [0, 0, 1]


def test_nobody_joins_or_begins_without_end():
    house = House()
    room = Facilitator(house)
    browser = house.browser("192.168.10.7")
    answers = [join(browser, room.code, 1, "Ayu").status_code for _ in range(MADE_A_MINUTE + 1)]

    assert answers[0] == 303
    assert answers[-1] == 429
    assert browser.post("/", {"scenario": "normal"}).status_code == 429
    assert join(house.browser("192.168.10.8"), room.code, 2, "Bayu").status_code == 303
    house.time.advance(60_000)
    assert browser.post("/", {"scenario": "normal"}).status_code == 303


def test_nobody_writes_to_a_journal_without_end():
    made = World()
    path = f"/r/{made.rehearsal}/lakukan"
    notes = ({"aksi": "note", "text": str(n)} for n in range(ACTS_A_MINUTE + 1))

    *_, last = (made.seat.browser.post(path, note) for note in notes)

    assert last.status_code == 429
    assert int(last.headers["Retry-After"]) >= 1
    assert "Terlalu cepat" in last.text


def test_a_note_is_cut_at_its_longest():
    made = World()
    path = f"/r/{made.rehearsal}/lakukan"

    made.seat.browser.post(path, {"aksi": "note", "text": "x" * 60_000})

    kept = made.room.browser.get(f"{made.room.base}/jurnal.jsonl").text
    assert "x" * 4_000 in kept
    assert "x" * 4_001 not in kept


def test_codes_of_certificates_cannot_be_guessed_by_trying():
    browser = World().house.browser("192.168.10.9")

    tried = [browser.get(f"/periksa?kode={n:08X}").status_code for n in range(CHECKS_A_MINUTE + 1)]

    assert (tried[0], tried[-1]) == (200, 429)
    assert browser.get("/periksa").status_code == 200
