"""Every screen, looked at by axe: WCAG 2.2 A and AA, and its best practices."""

import pytest

from tests.browser import axe, screens

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("tour", screens.TOURS)
def test_axe_finds_nothing_on_any_screen_of(tour, people):
    found = []
    seen = 0
    for name, page in screens.TOURS[tour](people):
        found += [f"{name}: {line}" for line in axe.violations(page)]
        seen += 1

    assert seen >= 2
    assert not found, "\n".join(found)
