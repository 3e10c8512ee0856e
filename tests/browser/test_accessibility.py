"""Every screen, looked at by axe (WCAG 2.2 A and AA, best practices), and on a narrow phone."""

import pytest

from tests.browser import axe, screens

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ON_THE_WALL = ("proyektor",)  # is read from afar, and never on a phone
PHONE = {"width": 360, "height": 740}
IS_TOO_WIDE = "document.documentElement.scrollWidth > window.innerWidth"


@pytest.mark.parametrize("tour", screens.TOURS)
def test_axe_finds_nothing_and_a_phone_need_not_scroll_sideways_on(tour, people):
    found, wide, seen = [], [], 0
    for name, page in screens.TOURS[tour](people):
        found += [f"{name}: {line}" for line in axe.violations(page)]
        size = page.viewport_size
        page.set_viewport_size(PHONE)
        wide += [name] if name not in ON_THE_WALL and page.evaluate(IS_TOO_WIDE) else []
        page.set_viewport_size(size)
        seen += 1

    assert seen >= 2
    assert (found, wide) == ([], [])


def test_axe_would_find_it_if_a_field_had_lost_its_label(people):
    person = people.person()
    person.visit()
    person.page.evaluate("document.querySelectorAll('label').forEach(one => one.remove())")

    assert any(line.startswith("label: ") for line in axe.violations(person.page))
