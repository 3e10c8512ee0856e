"""How somebody works a page: with the mouse, or with nothing but the keyboard.

What to press is found by role and visible words only (the page objects see to that); here is how.
"""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

TABS_MAX = 150  # whoever needs more presses than this has lost their way
IS_FOCUSED = "node => node === document.activeElement"


class Hands(Protocol):
    """``stays``: what is pressed leads to no other page."""

    def press(self, what: "Locator", *, stays: bool = False) -> None: ...
    def write(self, field: "Locator", text: str) -> None: ...
    def choose(self, option: "Locator") -> None: ...


class Mouse:
    def press(self, what: "Locator", *, stays: bool = False) -> None:
        what.click()

    def write(self, field: "Locator", text: str) -> None:
        field.fill(text)

    def choose(self, option: "Locator") -> None:
        option.check()


class Keyboard:
    """Goes by TAB to what it looks for; ``tabs`` counts what that cost."""

    def __init__(self, page: "Page") -> None:
        self._page = page
        self.tabs = 0

    def press(self, what: "Locator", *, stays: bool = False) -> None:
        self._reach(what)
        if stays:
            self._page.keyboard.press("Enter")
            return
        with self._page.expect_navigation():
            self._page.keyboard.press("Enter")

    def write(self, field: "Locator", text: str) -> None:
        self._reach(field)
        self._page.keyboard.press("ControlOrMeta+a")
        self._page.keyboard.type(text)

    def choose(self, option: "Locator") -> None:
        """Go to the group of choices, then along it with the arrows."""
        group = option.evaluate("node => node.name")
        self._reach(option, f"node => document.activeElement.name === {group!r}")
        for _ in range(9):
            if option.evaluate(IS_FOCUSED):
                self._page.keyboard.press("Space")
                return
            self._page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrow keys do not reach {option}")

    def _reach(self, what: "Locator", reached: str = IS_FOCUSED) -> None:
        for _ in range(TABS_MAX):
            if what.evaluate(reached):
                assert what.evaluate(HAS_RING), f"nothing shows that {what} has the focus"
                return
            self._page.keyboard.press("Tab")
            self.tabs += 1
        raise AssertionError(f"{TABS_MAX} times TAB do not lead to {what}")


HAS_RING = """node => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
}"""
