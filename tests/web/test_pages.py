"""Pages for people: start, a rehearsal, limits, errors. No script, strict headers, two tongues."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from flask import g

from mock_server.adapters.memory_store import MemoryEventStore
from mock_server.ports import StoreError
from mock_server.scenario.library import Library
from mock_server.scenario.packs import load_pack
from mock_server.web import translating
from mock_server.web.limits import load_rules, spoken
from tests.web.visitor import MINUTE, Simulator, begin, shared

TEMPLATES = Path(translating.__file__).parent / "templates"
BANNER = "LATIHAN – BUKAN SISTEM UJIAN"
OWN = {"Origin": "http://localhost"}


def start(simulator: Simulator, scenario: str = "normal", **headers: str):
    return simulator.http.post("/", data={"scenario": scenario}, headers=headers or OWN)


def a_rehearsal() -> str:
    return start(shared()).headers["Location"]


PAGES = ["/", "/batas", "/nothing", "/r/nobody/"]


@pytest.mark.parametrize("path", [*PAGES, "rehearsal"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_says_that_it_is_a_rehearsal_and_is_closed_to_tricks(path, language):
    path = f"{a_rehearsal()}klien" if path == "rehearsal" else path

    answer = shared().http.get(f"{path}?lang={language}")

    assert BANNER in answer.text
    assert f'<html lang="{language}">' in answer.text
    assert "<script" not in answer.text
    assert " style=" not in answer.text
    assert "http" not in "".join(re.findall(r'(?:src|href|action)="([^"]*)"', answer.text))
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_the_start_page_offers_every_story_of_the_ladder_that_needs_no_class():
    page = shared().http.get("/").text

    offered = set(re.findall(r'name="scenario" value="([^"]+)"', page))
    for_people = {
        one.scenario.id for one in Library().all() if one.scenario.level not in ("CI", "L5")
    }
    assert offered == for_people


def test_the_language_is_indonesian_until_another_is_chosen_and_then_remembered():
    simulator = Simulator()
    assert "Skenario latihan" in simulator.http.get("/", headers={"Accept-Language": "en"}).text

    assert "Scenarios" in simulator.http.get("/?lang=en").text
    assert "Scenarios" in simulator.http.get("/").text
    assert "Skenario latihan" in simulator.http.get("/?lang=id").text
    assert "Skenario latihan" in simulator.http.get("/").text
    assert simulator.http.get("/?lang=fr").status_code == 200


def test_a_button_begins_a_rehearsal_with_the_scenarios_clock():
    simulator = Simulator()

    answer = start(simulator)

    assert (answer.status_code, answer.headers["Location"]) == (303, "/r/rehearsal-1/")
    clock = simulator.control("rehearsals/rehearsal-1").json["clock"]
    assert (clock["mode"], clock["speed"]) == ("running", 10)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://elsewhere.test"},
        {"Origin": "null"},
        {"Origin": "http://[bad"},
        {"Referer": "http://elsewhere.test/"},
        {"X": "none of both"},
    ],
)
def test_a_form_from_elsewhere_begins_nothing(headers):
    simulator = Simulator()

    assert start(simulator, **headers).status_code == 403
    assert simulator.control("rehearsals").json["rehearsals"] == []


def test_an_old_browser_says_by_its_referer_where_the_form_was():
    assert start(shared(), Referer="http://localhost/").status_code == 303


@pytest.mark.parametrize("scenario", ["", "nothing", "../../etc/passwd", "x" * 3_000])
def test_a_scenario_that_does_not_exist_is_not_found(scenario):
    assert start(shared(), scenario).status_code == 404


def test_a_rehearsals_page_gives_its_address_and_the_exact_command():
    path = a_rehearsal()

    page = shared().http.get(f"{path}klien").text

    assert f"cbtsync-client run --url http://localhost{path}<" in page
    assert "07:40:00 WIB" in page


@pytest.mark.parametrize(("language", "day"), [("id", "6 Mei 2017"), ("en", "6 May 2017")])
def test_the_day_of_a_rehearsal_is_written_as_people_write_it(language, day):
    visitor = begin(start={"at": "2017-05-06T07:05:09+07:00"})

    page = shared().http.get(f"/r/{visitor.name}/klien?lang={language}").text

    assert f">{day}, 07:05:09 WIB</time>" in page


def test_a_rehearsals_page_shows_what_the_screens_show_and_never_the_truth():
    visitor = begin("ready-to-sync", faults=[{"fault": "sync.short"}]).sit_down()
    visitor.post("sync/start")
    visitor.wait(31 * MINUTE)

    page = shared().http.get(f"/r/{visitor.name}/klien").text

    assert "SRV-UJIAN-01" in page
    assert "9/9" in page
    assert "STANDBY" in page


def test_looking_at_a_rehearsals_page_leaves_no_trace():
    visitor = begin("active").sit_down()
    events = visitor.control("").json["events"]

    shared().http.get(f"/r/{visitor.name}/klien")

    assert visitor.control("").json["events"] == events
    assert len(visitor.heard()) == 1


def test_what_a_scenario_says_cannot_become_markup():
    visitor = begin(brief=dict.fromkeys(("id", "en"), "<script>1</script><b>x</b>"))

    page = shared().http.get(f"/r/{visitor.name}/klien").text

    assert "<b>x" not in page
    assert "<script" not in page
    assert "&lt;b&gt;x" in page


def test_a_rehearsal_whose_scenario_is_gone_still_has_a_page(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(
        "schema: cbtsync-scenario/1\nid: mine\ntitle: {id: A, en: B}\n"
        "start: {at: 2017-04-08T07:40:00+07:00}\nexpect: {ending: ready}\n",
        encoding="utf-8",
    )
    simulator = Simulator(scenarios=tmp_path)
    address = start(simulator, "mine").headers["Location"]
    path.unlink()

    page = simulator.http.get(address)
    assert page.status_code == 200
    assert "mine" not in page.text
    name = address.split("/")[2]
    assert simulator.control(f"rehearsals/{name}").json["expect"] is None


def test_a_broken_scenario_is_told_on_the_start_page(tmp_path):
    (tmp_path / "mine.yaml").write_text("id: mine\n", encoding="utf-8")

    page = Simulator(scenarios=tmp_path).http.get("/").text

    assert "Skenario yang tidak dapat dipakai" in page
    assert "mine.yaml" in page


def test_the_address_without_its_slash_leads_to_the_page():
    answer = shared().http.get(a_rehearsal().rstrip("/"))

    assert answer.status_code == 308
    assert answer.headers["Location"].endswith("/")


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_rule_stands_among_the_limits_with_its_basis(language):
    page = shared().http.get(f"/batas?lang={language}").text

    rules = load_rules()
    assert all(getattr(rule, language).replace("'", "&#39;") in page for rule in rules)
    assert {rule.basis.value for rule in rules} == {"documented", "reported", "assumed"}
    assert page.count('<span class="tag') >= len(rules)
    headings = set(re.findall(r'scope="rowgroup" colspan="2">([^<]+)<', page))
    assert len(headings) == len({rule.part for rule in rules})
    assert not headings & {"room", "portal", "left_out"}


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_value_of_the_procedure_has_a_name_that_people_understand(language):
    page = shared().http.get(f"/batas?lang={language}").text

    for fact in load_pack("unbk-2017").facts:
        assert fact.key not in page
        assert f"<td>{spoken(fact.written(language), language)}</td>" in page


@pytest.mark.parametrize(
    ("value", "language", "said"),
    [
        ("90s", "id", "90 detik"),
        ("2m", "en", "2 minutes"),
        ("1h", "en", "1 hour"),
        ("5MiB", "id", "5 MiB"),
        ("5.1.0", "id", "5.1.0"),
        ("07:45", "en", "07:45"),
        ("Senin", "id", "Senin"),
    ],
)
def test_quantities_are_written_out(value, language, said):
    assert spoken(value, language) == said


def static(name: str) -> tuple[int, str, str, str]:
    """Return status, media type, sniffing header and text, and close the file."""
    with shared().http.get(f"/static/{name}") as answer:
        sniffing = answer.headers["X-Content-Type-Options"]
        return answer.status_code, answer.mimetype, sniffing, answer.text


def test_static_files_are_there():
    assert static("app.css")[:3] == (200, "text/css", "nosniff")
    assert static("icon.svg")[:3] == (200, "image/svg+xml", "nosniff")
    assert static("../app.py")[0] == 404


def test_the_stylesheet_asks_nobody_else_for_anything():
    css = static("app.css")[3]

    assert "url(" not in css
    assert "@import" not in css


def test_every_text_of_the_pages_has_an_english_version_and_no_other():
    extracted = [
        message for _, _, message, _, _ in extract_from_dir(TEMPLATES, [("**.html", "jinja2")])
    ]
    counted = {of[0] for of in extracted if not isinstance(of, str)}

    catalogue = translating.catalogue("en")

    assert catalogue.keys() == {of for of in extracted if isinstance(of, str)} | counted
    for text, forms in catalogue.items():
        assert len(forms) == 1 + (text in counted)
        assert all(forms)
        for english in forms:
            assert re.findall(r"%\(\w+\)s", text) == re.findall(r"%\(\w+\)s", english)


def test_one_thing_is_not_several_in_english():
    simulator = Simulator()
    with simulator.app.test_request_context():
        g.language = "en"
        count = simulator.app.jinja_env.from_string(
            "{% trans n=n %}{{ n }} kursi{% pluralize %}{{ n }} kursi{% endtrans %}"
        )
        assert [count.render(n=n) for n in (0, 1, 2)] == ["0 seats", "1 seat", "2 seats"]
        g.language = "id"
        assert [count.render(n=n) for n in (0, 1, 2)] == ["0 kursi", "1 kursi", "2 kursi"]


def test_a_failure_of_ours_is_a_page_without_a_traceback():
    simulator = Simulator()

    def fails() -> None:
        raise RuntimeError("a secret of the house")

    simulator.app.add_url_rule("/fails", "fails", fails)
    simulator.app.add_url_rule("/r/<name>/api/fails", "fails2", lambda name: fails())
    simulator.app.add_url_rule("/control/v1/fails", "fails3", fails)
    visitor = simulator.begin()

    page = simulator.http.get("/fails")
    vendor = visitor.get("fails")
    control = simulator.control("fails")

    assert (page.status_code, page.mimetype) == (500, "text/html")
    assert (vendor.status_code, vendor.json["refused"]["code"]) == (500, "error.internal")
    assert (control.status_code, control.json["type"]) == (500, "urn:cbtsync:problem:defect")
    for answer in (page, vendor, control):
        assert "secret" not in answer.text
        assert "Traceback" not in answer.text
    assert len(simulator.failures) == 3
    assert all("a secret of the house" in told for told in simulator.failures)


def test_a_database_that_fails_is_told_and_not_called_a_defect():
    class Full(MemoryEventStore):
        full = False

        def append(self, name, expected, payloads) -> None:
            if self.full:
                raise StoreError("rehearsals.db cannot grow: its disk is full")
            super().append(name, expected, payloads)

    store = Full()
    visitor = Simulator(store=store).begin()
    store.full = True

    vendor = visitor.post("machine/use", {"machine": "laptop"})
    control = visitor.control("clock/run", {"speed": 2})

    assert (vendor.status_code, vendor.json["refused"]["code"]) == (503, "error.internal")
    assert (control.status_code, control.json["type"]) == (503, "urn:cbtsync:problem:storage")
    assert "disk is full" in control.json["detail"]
    assert "disk is full" in visitor.simulator.failures[0]


def test_addresses_can_still_be_built_from_the_rules():
    with shared().app.test_request_context():
        built = shared().app.url_for("machines.sync_status", name="r1")

    assert built == "/r/r1/api/sync"
