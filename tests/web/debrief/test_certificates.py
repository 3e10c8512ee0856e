"""The certificate: for a run passed from its beginning, with a code that can be checked."""

import re

import pytest

from tests.web.debrief.support import Run, finished, words
from tests.web.visitor import Simulator


def code_on(page) -> str:
    return re.findall(r">([0-9A-F]{4}-[0-9A-F]{4})<", page.text)[0]


def passed(simulator: Simulator | None = None) -> Run:
    run = finished(simulator=simulator).guesses()
    run.page("bahas")
    return run


def test_a_passed_run_earns_a_paper_that_says_what_it_is():
    page = passed().page("sertifikat")

    assert page.status_code == 200
    for said in ("latihan simulasi", "Bukan sertifikat resmi", "L1 "):
        assert said in words(page)


def test_the_result_comes_before_the_paper():
    run = finished().guesses()

    assert run.page("sertifikat").headers["Location"].endswith("/bahas")


def test_a_run_that_was_not_passed_earns_none():
    run = finished(well=False).guesses()
    run.page("bahas")

    assert run.page("sertifikat").status_code == 404


def test_the_code_stays_the_same_and_is_known_again():
    run = passed()
    code = code_on(run.page("sertifikat"))

    assert code_on(run.page("sertifikat")) == code
    for typed in (code, code.lower().replace("-", " "), f" {code}"):
        assert "Kode ini benar." in run.http.get("/periksa", query_string={"kode": typed}).text


@pytest.mark.parametrize("typed", ["0000-0000", "x", "<b>", "7F3A-91C2' OR 1"])
def test_a_code_that_was_never_issued_is_not_known(typed):
    page = passed().http.get("/periksa", query_string={"kode": typed})

    assert "tidak dikenal" in page.text
    assert "<b>0" not in page.text
    assert typed == "<b>" or "<b>" not in typed


def test_the_check_page_asks_for_a_code():
    page = finished().http.get("/periksa")

    assert page.status_code == 200
    assert "tidak dikenal" not in page.text


def test_two_houses_do_not_know_each_others_codes():
    code = code_on(passed().page("sertifikat"))

    assert (
        "tidak dikenal"
        in passed(Simulator()).http.get("/periksa", query_string={"kode": code}).text
    )
