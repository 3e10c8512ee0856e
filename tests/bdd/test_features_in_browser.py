"""One chapter by clicks in a real Chromium, so that every build proves the other driver, too.

All chapters: pytest tests/bdd --driver browser. Then, and where evidence is written, this sample
is left out.
"""

from typing import Literal

import pytest
from pytest_bdd import scenarios

pytestmark = [pytest.mark.slow, pytest.mark.browser]

IN_BROWSER = True


@pytest.fixture(scope="session")
def driver() -> Literal["browser"]:
    return "browser"


scenarios("05_cadangkan_dan_hapus.feature")
