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


def test_axe_would_find_it_if_a_field_had_lost_its_label(people):
    person = people.person()
    person.visit()
    person.page.evaluate("document.querySelectorAll('label').forEach(one => one.remove())")

    assert any(line.startswith("label: ") for line in axe.violations(person.page))
