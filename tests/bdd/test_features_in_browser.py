"""A few scenarios by clicks in a real Chromium, so that every build proves the other driver, too.

All of them: pytest tests/bdd --driver browser. Then, and where evidence is written, this sample
is left out.
"""

from typing import Literal

import pytest
from pytest_bdd import scenario

pytestmark = [pytest.mark.slow, pytest.mark.browser]

IN_BROWSER = True


@pytest.fixture(scope="session")
def driver() -> Literal["browser"]:
    return "browser"


FEATURE = "05_cadangkan_dan_hapus.feature"


@scenario(FEATURE, "Cadangan yang diunduh lewat klik disini utuh dan memuat semua data lama")
def test_a_backup_is_made_and_downloaded() -> None: ...


@scenario(FEATURE, "HAPUS yang didahulukan menghasilkan cadangan kosong")
def test_a_deletion_that_comes_first_leaves_an_empty_backup() -> None: ...


@scenario(FEATURE, "Batal membiarkan data lama tetap ada")
def test_a_question_that_is_answered_no_changes_nothing() -> None: ...
