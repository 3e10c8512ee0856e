"""From rung to rung over HTTP: the example first, both consequences, what is next, the rubric."""

import csv
import io
import re
from typing import Any

import pytest

from tests.web.classes.classroom import POSTPONED, SERVER, Browser, Facilitator, House

ENTER = {"machine": SERVER}
EXAMBRO = {"version": "50.170406"}


class Run:
    """One rehearsal in somebody's browser, worked at as a program would, looked at as a person."""

    def __init__(self, house: House, browser: Browser, place: str) -> None:
        self.house, self.browser = house, browser
        self.base = "/".join(place.split("/")[:3]) + "/"

    def asks(self, path: str, **body: Any) -> Any:
        return self.browser._http.post(f"{self.base}api/{path}", json=body).json

    def waits(self, minutes: int) -> "Run":
        self.house.time.advance(minutes * 60_000)  # at ten times the speed of the story or more
        return self

    def looks(self, *paths: str) -> Any:
        for path in paths:
            answer = self.browser.get(f"{self.base}api/{path}")
        return answer.json

    def page(self, path: str = "") -> str:
        return self.browser.get(f"{self.base}{path}").text

    def sends(self, path: str, **form: str) -> "Run":
        answer = self.browser.post(f"{self.base}{path}", form)
        assert answer.status_code == 303, answer.text[:2000]
        return Run(self.house, self.browser, answer.headers["Location"])

    def reports(self, **claims: Any) -> "Run":
        self.asks("report", **POSTPONED | claims)
        self.sends("tebak", siap="yes", yakin="80")
        return self

    def declares(self) -> "Run":
        own = self.looks("portal/ids")["servers"][0]["server_id"]
        return self.reports(
            decision="ready",
            server_id=own,
            version="5.1.0",
            datasets_complete=9,
            participants=36,
            tests_visible=True,
            time=self.looks("desk")["now"][11:16],
        )

    def closes(self) -> str:
        return self.page("bahas")


def alone(scenario: str) -> Run:
    house = House()
    browser = house.browser("192.168.10.5")
    return begun(house, browser, scenario)


def begun(house: House, browser: Browser, scenario: str) -> Run:
    answer = browser.post("/", {"scenario": scenario})
    assert answer.status_code == 303
    return Run(house, browser, answer.headers["Location"])


def marks(page: str) -> list[bool]:
    """Which of the four points of the level of consequences are ticked."""
    found = re.search(r'<ul class="checks marks">(.*?)</ul>', page, re.DOTALL)
    return ["is-open" not in one for one in re.findall(r"<li[^>]*>", found[1])]


# --- the example ---------------------------------------------------------------------------------


def test_the_example_is_led_to_from_the_start_page_and_from_the_seat():
    run = alone("worked-example")
    link = run.browser.get(run.base)
    going = run.browser.get("/").text

    assert link.headers["Location"] == f"{run.base}contoh/"
    assert f'href="{run.base}contoh/"' in going
    assert run.browser.follow(run.base).request.path == f"{run.base}contoh/1"


def test_a_class_is_led_to_the_example_too_and_back_to_it():
    room = Facilitator(House(), "worked-example").opens()
    (ayu,) = room.seats("Ayu")

    assert ayu.enter().endswith("/contoh/")
    assert ayu.enter().endswith("/contoh/")


def test_who_sat_down_after_the_example_is_not_led_back_to_it():
    run = alone("worked-example")
    run.asks("machine/use", **ENTER)

    assert run.browser.get(run.base).status_code == 200


def test_the_example_is_done_when_every_guess_was_made():
    run = alone("worked-example")
    for n in range(1, 60):
        page = run.browser.get(f"{run.base}contoh/{n}")
        if page.status_code != 200:
            break
        if 'name="g"' in page.text:
            assert 'is-done"><a href="#L0' not in run.browser.get("/").text
            run.browser.post(f"{run.base}contoh/{n}", {"g": "a"})

    assert re.search(r'<li class="is-done"><a href="#L0"', run.browser.get("/").text)


# --- see what follows ----------------------------------------------------------------------------


def in_the_sandbox() -> Run:
    """The rows are green, and nothing forbidden was done yet."""
    run = alone("what-hapus-costs")
    run.asks("machine/use", **ENTER)
    run.asks("exambro/open", **EXAMBRO)
    run.asks("cbtsync/open")
    run.asks("id/submit", server_id=run.looks("portal/ids")["servers"][0]["server_id"])
    run.looks("dashboard")
    run.asks("menu/open", menu="status-download")
    run.asks("status/refresh")
    run.asks("status/close")
    run.asks("sync/start")
    run.waits(1).looks("sync")
    return run


def test_the_level_of_consequences_is_whole_only_with_both_a_refusal_and_a_server_that_is_ready():
    run = in_the_sandbox()
    assert "Anda diundang melanggar" in run.page()
    assert marks(run.page()) == [False] * 4

    run.asks("menu/open", menu="backup")
    run.asks("delete/start", answer="yes")
    run.waits(1).looks("delete")
    assert marks(run.page()) == [False] * 4
    deleted = run.closes()
    assert marks(deleted) == [True, False, False, False]

    second = run.sends("coba-lagi", seq=before(deleted, "K2"))
    other = second.looks("portal/ids")["servers"][1]["server_id"]
    second.asks("id/submit", server_id=other)
    changed = second.closes()
    assert marks(changed) == [True, True, False, False]

    third = second.sends("coba-lagi", seq=before(changed, "K1"))
    assert "Kedua akibat sudah terlihat" in third.page()
    third.waits(2).looks("desk")
    third.sends("lakukan", aksi="reply", index="0", choice="decline")
    for menu in ("participants", "tests"):
        third.asks("menu/open", menu=menu)
        third.looks(menu)
    last = third.declares().closes()

    assert marks(last) == [True] * 4
    assert "Lihat sertifikat" not in last
    assert re.search(r'<li class="is-done"><a href="#L2b"', run.browser.get("/").text)


def before(page: str, code: str) -> str:
    """The point to try again from that the lesson about this slip offers."""
    cards = re.findall(r'<section class="card point.*?</section>', page, re.DOTALL)
    titles = {"K2": "21", "K1": "9"}
    card = next(one for one in cards if f"Langkah {titles[code]}<" in one)
    return re.search(r'name="seq" value="(\d+)"', card)[1]


# --- what comes next -----------------------------------------------------------------------------


def test_what_failed_is_begun_again_where_its_block_begins_and_is_practice():
    run = alone("normal")
    run.asks("machine/use", **ENTER)
    run.reports(decision="ready")
    page = run.closes()
    assert "Latihan berikutnya" in page
    assert f'action="{run.base}berikutnya"' in page

    child = run.sends("berikutnya")

    assert child.base != run.base
    child.asks("machine/use", **ENTER)
    assert child.looks("patch")["version"] == "5.1.0"  # the block of backup, HAPUS and sync
    assert "Latihan ulang" in child.reports(decision="ready").closes()


def test_after_two_failures_a_level_lower_is_offered_and_begun():
    run = alone("partial-sync")
    run.asks("machine/use", **ENTER)
    run.reports(decision="ready").closes()
    again = run.sends("berikutnya")
    again.asks("machine/use", **ENTER)
    page = again.reports(decision="ready").closes()

    assert "Turun satu tingkat" in page
    assert "L2b Lihat akibatnya" in page
    lower = again.sends("berikutnya")
    assert "Anda diundang melanggar" in lower.page()


def test_nothing_is_begun_before_the_result_was_shown():
    run = alone("normal")

    assert run.browser.post(f"{run.base}berikutnya").status_code == 409


def test_in_a_class_one_repeats_but_the_facilitator_says_what_is_next():
    house = House()
    room = Facilitator(house, "first-day").opens()
    (ayu,) = room.seats("Ayu")
    run = Run(house, ayu.browser, ayu.enter())
    run.asks("machine/use", **ENTER)
    page = run.reports().closes()

    assert "Latihan berikutnya" in page
    assert 'berikutnya"><button' not in page
    assert run.browser.post(f"{run.base}berikutnya").status_code == 409


@pytest.mark.slow
def test_two_failures_in_a_row_call_the_facilitator():
    house = House()
    room = Facilitator(house, "normal").opens()
    (ayu,) = room.seats("Ayu")
    run = Run(house, ayu.browser, ayu.enter())
    run.asks("machine/use", **ENTER)
    run.reports(decision="ready").closes()
    assert "Dua kali berturut-turut" not in room.page("/?kursi=1")

    again = run.sends("berikutnya")
    again.asks("machine/use", **ENTER)
    again.reports(decision="ready").closes()

    page = room.page("/?kursi=1")
    assert "Dua kali berturut-turut belum berhasil" in page
    alert = re.search(r'name="tanda" value="(U[^"]+)"', page)[1]
    assert room.does("lihat", kursi=1, tanda=alert) == "done"
    assert "Dua kali berturut-turut" not in room.page("/?kursi=1")


# --- the class's word on the rubric --------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({}, "K3 tidak aktif, K4 tidak aktif"),
        ({"k3": "1"}, "K3 aktif, K4 tidak aktif"),
        ({"k3": "1", "k4": "1"}, "K3 aktif, K4 aktif"),
    ],
)
def test_the_switches_of_a_class_stand_on_its_reports_and_in_its_results(form, said):
    house = House()
    room = Facilitator(house, "already-synced")
    assert room.does("rubrik", **form) == "done"
    room.opens()
    (ayu,) = room.seats("Ayu")
    run = Run(house, ayu.browser, ayu.enter())
    run.asks("machine/use", **ENTER)

    page = run.reports().closes()
    rows = csv.DictReader(io.StringIO(room.page("/hasil.csv").lstrip("\ufeff")), delimiter=";")

    assert said in page
    row = next(rows)
    assert (row["k3_menentukan"] == "ya", row["k4_menentukan"] == "ya") == (
        "k3" in form,
        "k4" in form,
    )


def test_a_switch_holds_for_runs_that_begin_after_it():
    house = House()
    room = Facilitator(house, "already-synced").opens()
    ayu, bayu = room.seats("Ayu", "Bayu")
    first = Run(house, ayu.browser, ayu.enter())
    room.does("rubrik")
    second = Run(house, bayu.browser, bayu.enter())

    for run, said in ((first, "K3 aktif, K4 aktif"), (second, "K3 tidak aktif, K4 tidak aktif")):
        run.asks("machine/use", **ENTER)
        assert said in run.reports().closes()


def test_a_run_that_was_moved_is_never_counted_as_passed():
    house = House()
    room = Facilitator(house, "already-synced").opens()
    (ayu,) = room.seats("Ayu")
    ayu.enter()
    assert room.does("pindah", kursi=1, keadaan="synced") == "done"
    run = Run(house, ayu.browser, ayu.enter())
    run.asks("machine/use", **ENTER)
    page = run.reports().closes()
    text = room.page("/hasil.csv").lstrip("\ufeff")
    *_, row = csv.DictReader(io.StringIO(text), delimiter=";")

    assert "Latihan ulang" in page
    assert (row["latihan_saja"], row["lulus"]) == ("ya", "belum")
    assert "adlnet.gov/expapi/verbs/failed" not in room.page("/xapi.jsonl")
