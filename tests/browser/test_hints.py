"""The next rung of a hint waits: the one that is open is read first."""

import pytest

from tests.browser.people import People

pytestmark = [pytest.mark.browser, pytest.mark.slow]

READ_MS = 10_000


def test_the_next_rung_opens_ten_seconds_after_the_one_before(people: People) -> None:
    page = people.seat("normal", condition="active").page
    page.clock.install()
    page.reload()
    second = page.locator("[data-kunci=petunjuk-2]")

    page.locator("[data-kunci=petunjuk-1]").click()
    second.wait_for()
    page.clock.run_for(1_000)
    assert second.is_disabled()
    assert "Baca dahulu" in second.inner_text()

    page.reload()  # does not begin the wait anew
    page.clock.run_for(READ_MS)
    assert second.is_enabled()
    assert "Buka" in second.inner_text()
    second.click()
    page.locator("[data-kunci=petunjuk-3]").wait_for()


def test_without_a_script_the_next_rung_is_open_at_once(people: People) -> None:
    page = people.seat("normal", condition="active", java_script_enabled=False).page

    page.locator("[data-kunci=petunjuk-1]").click()

    assert page.locator("[data-kunci=petunjuk-2]").is_enabled()
