"""A roster from a CSV file: every wrong row is told by its number. Pure.

The columns are seat, name and school; a first row with their names may stand there, in Indonesian
or English. Spreadsheets write semicolons or commas, with or without a mark at the start.
"""

import csv
from collections.abc import Mapping
from typing import Literal

import msgspec

from mock_server.cohort.deciding import NAME_MAX, SEATS_MAX
from mock_server.cohort.events import Member

BYTES_MAX = 64 * 1024
_HEADINGS: Mapping[str, str] = {
    "kursi": "seat",
    "seat": "seat",
    "no": "seat",
    "nomor": "seat",
    "nama": "name",
    "name": "name",
    "sekolah": "school",
    "school": "school",
}
Wrong = Literal["seat", "name", "school", "twice", "columns", "encoding", "empty", "large"]


class RowError(msgspec.Struct, frozen=True, kw_only=True):
    """``row`` is 1-based as a spreadsheet counts, 0 where the whole file is meant."""

    row: int
    what: Wrong
    value: str = ""


def read(data: bytes) -> tuple[tuple[Member, ...], tuple[RowError, ...]]:
    """Return the members of the sound rows, and what is wrong with the others."""
    if len(data) > BYTES_MAX:
        return (), (RowError(row=0, what="large"),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return (), (RowError(row=0, what="encoding"),)
    rows = list(csv.reader(text.splitlines(), delimiter=_delimiter(text)))
    members: dict[int, Member] = {}
    errors: list[RowError] = []
    columns = ["seat", "name", "school"]
    seen_first = False
    for number, cells in enumerate(rows, 1):
        cells = [cell.strip() for cell in cells]
        if not any(cells):
            continue
        heading = [_HEADINGS.get(cell.casefold(), "") for cell in cells]
        if not seen_first and "name" in heading:
            columns, seen_first = heading, True
            continue
        seen_first = True
        found = _member(number, dict(zip(columns, cells, strict=False)))
        if isinstance(found, Member) and found.seat in members:
            found = RowError(row=number, what="twice", value=str(found.seat))
        if isinstance(found, RowError):
            errors.append(found)
        else:
            members[found.seat] = found
    if not members and not errors:
        errors.append(RowError(row=0, what="empty"))
    return tuple(sorted(members.values(), key=lambda one: one.seat)), tuple(errors)


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(";,\t", key=first.count)


def _member(row: int, cells: Mapping[str, str]) -> Member | RowError:
    if "name" not in cells or "seat" not in cells:
        return RowError(row=row, what="columns")
    seat, name = cells["seat"], " ".join(cells["name"].split())
    school = " ".join(cells.get("school", "").split())
    number = int(seat) if seat.isascii() and seat.isdecimal() and len(seat) <= 3 else 0
    if not 1 <= number <= SEATS_MAX:
        return RowError(row=row, what="seat", value=seat[:NAME_MAX])
    if not name or len(name) > NAME_MAX or not name.isprintable():
        return RowError(row=row, what="name", value=name[:NAME_MAX])
    if len(school) > NAME_MAX or not (school.isprintable() or not school):
        return RowError(row=row, what="school", value=school[:NAME_MAX])
    return Member(seat=number, name=name, school=school)
