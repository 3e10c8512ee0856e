"""What can be read in a window: its words, its tables, its pairs of label and value."""

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from playwright.sync_api import Locator

GREEN_BY = 20  # so much more green than red or blue is in a colour that people call green
_NUMBER = re.compile(r"\d[\d.]*")
_READ = """window => ({
  text: window.innerText,
  facts: [...window.querySelectorAll('dt')].map(
    dt => [dt.innerText.trim(), dt.nextElementSibling.innerText.trim()]),
  tables: [...window.querySelectorAll('table')].map(table => ({
    caption: table.caption ? table.caption.innerText.trim() : '',
    rows: [...table.tBodies].flatMap(body => [...body.rows]).map(row => ({
      cells: [...row.cells].map(cell => cell.innerText.trim()),
      ink: getComputedStyle([...row.querySelectorAll('td *')].pop() || row).color,
    })),
  })),
})"""


class Row(NamedTuple):
    """``ink`` is the colour in which the last thing in the row is written."""

    cells: tuple[str, ...]
    ink: str

    @property
    def is_green(self) -> bool:
        red, green, blue = [int(part) for part in re.findall(r"\d+", self.ink)[:3]]
        return green - max(red, blue) >= GREEN_BY


class Sight(NamedTuple):
    text: str
    facts: dict[str, str]
    tables: tuple[tuple[str, tuple[Row, ...]], ...]

    def has(self, words: str) -> bool:
        return words in self.text

    def table(self, caption: str) -> tuple[Row, ...]:
        """Return the rows of the table with this caption, none if there is no such table."""
        return next((rows for named, rows in self.tables if named.startswith(caption)), ())

    def number_after(self, words: str) -> int | None:
        """Return the number that follows the words; None if they do not stand there."""
        found = re.search(rf"{re.escape(words)}\s*({_NUMBER.pattern})", self.text)
        return None if found is None else number(found[1])

    def line_with(self, words: str) -> str:
        """Return the line in which the words stand, '' if they do not."""
        return next((line for line in self.text.splitlines() if words in line), "")


def read(window: "Locator") -> Sight:
    """Read a window as it stands there, what an open view covers included."""
    raw = window.evaluate(_READ)
    return Sight(
        text=raw["text"],
        facts=dict(raw["facts"]),
        tables=tuple(
            (
                table["caption"],
                tuple(Row(tuple(row["cells"]), row["ink"]) for row in table["rows"]),
            )
            for table in raw["tables"]
        ),
    )


def number(text: str) -> int:
    """Return 1290 for 1.290, as the Indonesian pages write it."""
    return int(text.replace(".", ""))
