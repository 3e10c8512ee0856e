"""Whether a browser is there to be driven."""

import pytest

from tests.browser.chromium import VARIABLE, NoChromiumError, executable


def test_the_browser_that_a_variable_names_is_taken(tmp_path):
    named = tmp_path / "chrome"
    named.touch()

    assert executable({VARIABLE: str(named)}) == named


def test_a_variable_that_names_no_file_is_told_with_its_name(tmp_path):
    with pytest.raises(NoChromiumError, match=VARIABLE):
        executable({VARIABLE: str(tmp_path / "none")})
